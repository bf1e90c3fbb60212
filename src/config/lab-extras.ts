import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { strict, text } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { type Extras, NODE_ROLES, type OwnFile, type OwnScript } from '../model/lab.js';
import * as values from './lab-values.js';
import type { Path, Source } from './source.js';

const besideLab = text("a file's path, from the folder of the lab file");

/** What a node can have beyond its image; a role, or all nodes, can have the same. */
export const extrasShape = {
  packages: z
    .array(values.packageName)
    .optional()
    .describe('Packages beyond those of the image, by the names of its system. Embedded nodes get them in an image.'),
  files: z
    .record(values.nodePath, besideLab)
    .optional()
    .describe('Files of your own: the path on the node, and the file beside the lab file. Text, at most 1 MiB each.'),
  provision: besideLab
    .optional()
    .describe('A script beside the lab file; root runs it once on each new node, after packages and files are there.'),
  modules: z
    .array(values.moduleName)
    .optional()
    .describe("Modules that the node's kernel loads at each boot. Virtual machines only."),
};

const extrasSchema = strict(extrasShape).optional();
type Role = 'all' | (typeof NODE_ROLES)[number];

export const rolesSchema = strict(
  Object.fromEntries(['all', ...NODE_ROLES].map((role) => [role, extrasSchema])) as Record<Role, typeof extrasSchema>,
).describe('What all nodes have beyond their image, or those of a role. A node gets it before its own.');

type ReadExtras = NonNullable<z.output<typeof extrasSchema>>;

interface ReadPart {
  readonly path: Path;
  readonly read: ReadExtras;
}

interface ReadNodes {
  readonly roles: z.output<typeof rolesSchema>;
  readonly nodes: Readonly<Record<string, ReadExtras & { readonly role: Role }>>;
}

/** What each node has beyond its image. The files are read from `folder`, and those that cannot be used are reported. */
export function readExtras(source: Source, { roles, nodes }: ReadNodes, folder: string): ReadonlyMap<string, Extras> {
  const own = createReader(source, folder);
  return new Map(
    Object.entries(nodes).flatMap(([name, node]): [string, Extras][] => {
      const parts = [
        { path: ['roles', 'all'], read: roles.all ?? {} },
        { path: ['roles', node.role], read: roles[node.role] ?? {} },
        { path: ['nodes', name], read: node },
      ];
      const extras = together(source, parts, own);
      return Object.values(extras).some((each) => each.length > 0) ? [[name, extras]] : [];
    }),
  );
}

function together(source: Source, parts: readonly ReadPart[], own: OwnReader): Extras {
  const named = (key: 'packages' | 'modules') => {
    const written = parts.flatMap(({ path, read }) =>
      (read[key] ?? []).map((name, index) => ({ name, at: placeOf(source, [...path, key, index]) })),
    );
    return written.filter(({ name }, index) => written.findIndex((other) => other.name === name) === index);
  };
  const files = parts.flatMap(({ path, read }) =>
    Object.entries(read.files ?? {}).flatMap(([target, file]): OwnFile[] => {
      const found = own([...path, 'files', target], file);
      return found === undefined ? [] : [{ path: target, content: found.content, mode: found.mode }];
    }),
  );
  const scripts = parts.flatMap(({ path, read: { provision: file } }): OwnScript[] => {
    const found = file === undefined ? undefined : own([...path, 'provision'], file, scriptWrong);
    if (file === undefined || found === undefined) return [];
    return [{ name: file, at: placeOf(source, [...path, 'provision']), content: found.content }];
  });
  // A node's own file takes the place of its role's.
  const last = files.filter(({ path }, index) => files.findLastIndex((other) => other.path === path) === index);
  return { packages: named('packages'), modules: named('modules'), files: last, scripts };
}

function placeOf(source: Source, path: Path): string {
  const { file, line, column } = source.problemAt(path, { message: '', hint: '' });
  return `${file}:${line}:${column}`;
}

interface FoundFile {
  readonly content: string;
  readonly mode: number;
}
type Judge = (file: string, found: FoundFile) => ValueProblem | undefined;
type OwnReader = (path: Path, file: string, judge?: Judge) => FoundFile | undefined;

const MOST_BYTES = 1024 ** 2;

/** Reads a file that the lab file names. One that several nodes have is read, and reported, once. */
function createReader(source: Source, folder: string): OwnReader {
  const seen = new Map<string, FoundFile | undefined>();
  return (path, file, judge) => {
    const key = JSON.stringify(path);
    if (!seen.has(key)) {
      const found = readOwn(resolve(folder, file), file);
      const wrong = 'message' in found ? found : judge?.(file, found);
      if (wrong !== undefined) source.report(path, wrong);
      seen.set(key, 'message' in found || wrong !== undefined ? undefined : found);
    }
    return seen.get(key);
  };
}

function readOwn(path: string, file: string): FoundFile | ValueProblem {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { message: `there is no file ${file}`, hint: `the lab file means ${path}` };
  if (!found.isFile()) return { message: `${file} is not a file`, hint: 'name each file by itself' };
  if (found.size > MOST_BYTES)
    return { message: `${file} is larger than 1 MiB`, hint: 'bring large things in as a package' };
  const bytes = readFileSync(path);
  const content = bytes.toString('utf8');
  if (content.includes('\0') || !Buffer.from(content).equals(bytes))
    return { message: `${file} is not text`, hint: 'files of a lab are text in UTF-8; bring others in as a package' };
  return { content, mode: found.mode & 0o111 ? 0o755 : 0o644 };
}

function scriptWrong(file: string, { content, mode }: FoundFile): ValueProblem | undefined {
  if (!/^#!\s*\//.test(content))
    return { message: `${file} has no first line that names its interpreter`, hint: 'begin it with #!/bin/sh' };
  // Windows has no such permission.
  if (mode === 0o755 || process.platform === 'win32') return undefined;
  return { message: `${file} is not executable`, hint: `chmod +x ${file}` };
}
