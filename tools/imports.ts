import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** TypeScript sources by their path from the top of the project, with `/` on every system. */
export type Sources = ReadonlyMap<string, string>;

export interface Import {
  readonly file: string;
  readonly line: number;
  /** As written: `../model/lab.js`, `zod`. */
  readonly specifier: string;
  /** The source it names, `src/model/lab.ts`; undefined for a package. */
  readonly target: string | undefined;
  /** The names taken, as their owner exports them; `*` for all of them. */
  readonly names: readonly string[];
}

export function readSources(top: string, folders: readonly string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => posix.join(folder, path.replaceAll('\\', '/'))),
  );
  return new Map(files.sort().map((file) => [file, readFileSync(join(top, file), 'utf8')]));
}

/**
 * Formatted code is what makes patterns enough here: a statement begins its line, and its module stands in single
 * quotes. `import('…')` is found wherever it stands, so that a type written in place counts as well.
 */
const STATEMENT = /^(?:import|export)\s(?:(?<names>[^'"`;]*?)\sfrom\s)?'(?<specifier>[^'\n]+)'/gm;
const IN_PLACE = /^(?!\s*(?:\/\/|\*|\/\*)).*?\bimport\('(?<specifier>[^'\n]+)'\)(?<member>\.\w+)?/gm;

/** Every import and re-export of a source, those of types included. */
export function importsOf(file: string, text: string): readonly Import[] {
  const statements = [...text.matchAll(STATEMENT)].map(({ index, groups }) =>
    importAt(file, text, index, groups?.specifier ?? '', namesIn(groups?.names ?? '')),
  );
  const inPlace = [...text.matchAll(IN_PLACE)].map(({ index, groups }) =>
    importAt(file, text, index, groups?.specifier ?? '', [groups?.member?.slice(1) ?? '*']),
  );
  return [...statements, ...inPlace];
}

function importAt(file: string, text: string, index: number, specifier: string, names: readonly string[]): Import {
  const line = text.slice(0, index).split('\n').length;
  return { file, line, specifier, target: targetOf(file, specifier), names };
}

function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
}

/** `type A, b as c` in braces are `A` and `b`; a namespace, a default or a bare `*` takes everything. */
function namesIn(clause: string): readonly string[] {
  const braces = /\{([^}]*)\}/.exec(clause)?.[1];
  if (braces === undefined) return ['*'];
  return braces
    .split(',')
    .map((name) =>
      name
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s+.*$/, ''),
    )
    .filter((name) => name !== '');
}

/** `zod` of `zod/v4`, `@biomejs/biome` of what lies in it; a module of Node.js is itself. */
export function packageOf({ specifier }: Import): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * The groups of sources that reach each other by imports, types counted: each is an import circle. Tarjan's algorithm
 * for strongly connected components.
 */
export function circlesOf(imports: readonly Import[]): readonly (readonly string[])[] {
  const edges = new Map<string, string[]>();
  for (const { file, target } of imports) {
    if (target !== undefined) edges.set(file, [...(edges.get(file) ?? []), target]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const circles: string[][] = [];

  function visit(file: string): void {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    open.add(file);
    const targets = edges.get(file) ?? [];
    for (const target of targets) {
      if (!index.has(target)) visit(target);
      if (open.has(target)) low.set(file, Math.min(low.get(file) ?? own, low.get(target) ?? own));
    }
    if (low.get(file) !== own) return;
    const members = stack.splice(stack.indexOf(file));
    for (const member of members) open.delete(member);
    if (members.length > 1 || targets.includes(file)) circles.push(members.sort());
  }

  for (const file of [...edges.keys()].sort()) if (!index.has(file)) visit(file);
  return circles.sort();
}
