import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Import, importsOf, packageOf, readSources, type Sources } from './imports.js';

/** What of package.json matters here. */
export interface Package {
  readonly exports: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Imported by bin/halab.js, not by a source. */
const PROGRAM = 'src/cli/main.ts';
/** Entered by tools/bundle.ts. */
const BUNDLED = [
  'src/web/client/main.ts',
  'src/web/client/compare.ts',
  'src/web/client/site.ts',
  'src/web/client/night.ts',
  'src/messages/page-catalogues.ts',
];

/** The programs of packages that are named otherwise. */
const PROGRAMS: Readonly<Record<string, string>> = { '@biomejs/biome': 'biome', typescript: 'tsc' };

const EXPORT = /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;
const RE_EXPORT = /^export (?:type )?\{([^}]*)\}/gm;

/**
 * What nothing needs, a line each: sources that nothing imports, exports that no other file imports, exports that
 * tests alone use, and dependencies that no source imports.
 */
export function unusedIn(sources: Sources, manifest: Package): readonly string[] {
  const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
  const entries = new Set([PROGRAM, ...BUNDLED, ...Object.values(manifest.exports).map(sourceOf)]);
  const own = [...sources].filter(([file]) => file.startsWith('src/') && !entries.has(file));
  return [...own.flatMap(([file, text]) => problemsOf(file, text, imports)), ...unusedDependencies(imports, manifest)];
}

/** `src/state.ts` of `./dist/state.js`. */
function sourceOf(built: string): string {
  return posix
    .normalize(built)
    .replace(/^dist\//, 'src/')
    .replace(/\.js$/, '.ts');
}

function problemsOf(file: string, text: string, imports: readonly Import[]): readonly string[] {
  const users = imports.filter((each) => each.target === file && each.file !== file);
  if (users.every(isTest)) return [`${file} is imported by ${users.length > 0 ? 'tests only' : 'nothing'}`];
  return exportsOf(text).flatMap((name) => {
    const using = users.filter(({ names }) => names.includes(name) || names.includes('*'));
    if (using.some((each) => !isTest(each))) return [];
    if (using.length === 0) return [`${file} exports ${name}, which no other file imports`];
    return usesOf(name, text) > 1 ? [] : [`${file} exports ${name}, which tests alone use`];
  });
}

function isTest({ file }: Import): boolean {
  return file.startsWith('test/');
}

/** The names that a source exports, those it passes on included. */
export function exportsOf(text: string): readonly string[] {
  const declared = [...text.matchAll(EXPORT)].map(([, name = '']) => name);
  const passedOn = [...text.matchAll(RE_EXPORT)].flatMap(([, clause = '']) => clause.split(','));
  return [...declared, ...passedOn.map((name) => name.trim().replace(/^.*\bas\s+|^type\s+/, ''))].filter(Boolean);
}

function usesOf(name: string, text: string): number {
  return text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
}

function unusedDependencies(imports: readonly Import[], manifest: Package): readonly string[] {
  const packages = imports.filter(({ target }) => target === undefined);
  const inSource = new Set(packages.filter((each) => each.file.startsWith('src/')).map(packageOf));
  const anywhere = new Set(packages.map(packageOf));
  const scripts = Object.values(manifest.scripts).join(' ');
  const isRun = (name: string) => new RegExp(`(?:^|[ &])${PROGRAMS[name] ?? name}(?: |$)`).test(scripts);
  const isTypes = (name: string) => name.startsWith('@types/');
  return [
    ...Object.keys(manifest.dependencies)
      .filter((name) => !inSource.has(name) && !isRun(name))
      .map((name) => `package.json depends on ${name}, which src does not import and no script runs`),
    ...Object.keys(manifest.devDependencies)
      .filter((name) => !anywhere.has(name) && !isRun(name) && !isTypes(name))
      .map((name) => `package.json depends on ${name}, which nothing imports or runs`),
  ];
}

const TOP = fileURLToPath(new URL('../', import.meta.url));

/** Checks the project in this folder. */
export function unusedOf(top: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as Package;
  return unusedIn(readSources(top, ['src', 'test', 'tools']), manifest);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const unused = unusedOf(TOP);
  for (const each of unused) console.error(each);
  process.exitCode = unused.length > 0 ? 1 : 0;
}
