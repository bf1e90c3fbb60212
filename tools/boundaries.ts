import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { circlesOf, type Import, importsOf, packageOf, readSources, type Sources } from './imports.js';

/** Which modules and libraries a module may import, as the two tables of docs/architecture.md say. */
export interface Rules {
  /** By module: paths under src without extension, `cluster/cib` for the file or all of a folder; `all` for everything. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
  /** By library: the modules that may import it. */
  readonly libraries: ReadonlyMap<string, readonly string[]>;
}

/** Folders under src whose files may import each other in a circle until it is cut. It only ever gets shorter. */
export const KNOWN_CIRCLES: readonly string[] = [];

/** Reads the rows under the headings `| module | … | may import |` and `| library | module | … |`. */
export function rulesFrom(page: string): Rules {
  const modules = rowsUnder(page, 'module').map(([name = '', , allowed = '']) => {
    if (allowed === 'all') return [name, ['all']] as const;
    return [name, wordsIn(allowed)] as const;
  });
  const libraries = rowsUnder(page, 'library').map(([name = '', owners = '']) => [name, wordsIn(owners)] as const);
  return {
    modules: new Map(modules.map(([name, allowed]) => [name.replaceAll('`', ''), allowed])),
    libraries: new Map(libraries.map(([name, owners]) => [name.replaceAll('`', ''), owners])),
  };
}

function rowsUnder(page: string, heading: string): readonly (readonly string[])[] {
  const table = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(page)?.[1] ?? '';
  const rows = table.trimEnd().split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function wordsIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

/** What is wrong with the imports of the sources under src, a line each: `file:line what, and what is allowed`. */
export function violationsIn(sources: Sources, rules: Rules, knownCircles = KNOWN_CIRCLES): readonly string[] {
  const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
  const modules = [...new Set([...sources.keys()].map(moduleOf))];
  return [
    ...modules.filter((name) => !rules.modules.has(name)).map((name) => `src/${name} has no row in the module table`),
    ...imports.flatMap((each) => refusal(each, sources, rules) ?? []),
    ...circleProblems(imports, knownCircles),
  ];
}

function refusal(each: Import, sources: Sources, rules: Rules): string | undefined {
  const place = `${each.file}:${each.line}`;
  const { target } = each;
  if (target === undefined) return libraryRefusal(place, each, rules);
  if (!target.startsWith('src/')) return `${place} imports ${target}, which lies outside of src`;
  if (!sources.has(target)) return `${place} imports ${target}, which does not exist`;
  const owner = moduleOf(each.file);
  const allowed = rules.modules.get(owner) ?? [];
  const path = target.slice('src/'.length).replace(/\.ts$/, '');
  const isAllowed =
    moduleOf(target) === owner ||
    allowed.some((entry) => entry === 'all' || path === entry || path.startsWith(`${entry}/`));
  return isAllowed ? undefined : `${place} imports ${path}; ${owner} may import ${listOf(allowed)}`;
}

function libraryRefusal(place: string, each: Import, rules: Rules): string | undefined {
  const owner = moduleOf(each.file);
  const name = packageOf(each);
  const isBuiltIn = name.startsWith('node:');
  const owners = rules.libraries.get(name);
  if (owners === undefined)
    return isBuiltIn ? undefined : `${place} imports ${name}, which has no row in the library table`;
  return owners.includes(owner) ? undefined : `${place} imports ${name}, which belongs to ${listOf(owners)}`;
}

function circleProblems(imports: readonly Import[], known: readonly string[]): readonly string[] {
  const circles = circlesOf(imports);
  const isIn = (folder: string, circle: readonly string[]) => circle.every((file) => file.startsWith(`src/${folder}/`));
  const unknown = circles.filter((circle) => !known.some((folder) => isIn(folder, circle)));
  const stale = known.filter((folder) => !circles.some((circle) => isIn(folder, circle)));
  return [
    ...unknown.map((circle) => `${circle.join(', ')} import each other in a circle; move what they share below them`),
    ...stale.map((folder) => `src/${folder} has no import circle any more: remove it from KNOWN_CIRCLES`),
  ];
}

/** `model` of `src/model/lab.ts`; a file directly under src is a module of its own. */
function moduleOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

const TOP = fileURLToPath(new URL('../', import.meta.url));

/** Checks the project in this folder. */
export function violationsOf(top: string, knownCircles = KNOWN_CIRCLES): readonly string[] {
  const rules = rulesFrom(readFileSync(join(top, 'docs/architecture.md'), 'utf8'));
  return violationsIn(readSources(top, ['src']), rules, knownCircles);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const violations = violationsOf(TOP);
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
