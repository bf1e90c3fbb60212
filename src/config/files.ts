import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { LabError, messageOf } from '../model/errors.js';
import type { Lab } from '../model/lab.js';
import { nearest } from '../model/nearest.js';
import { readLabFile } from './lab.js';
import type { Problem } from './source.js';

/** Where the user stands, and where the project's own labs/ and scenarios/ are. */
export interface Dirs {
  readonly cwd: string;
  readonly root: string;
}

function isYaml(path: string): boolean {
  return ['.yaml', '.yml'].includes(extname(path));
}

export function looksLikePath(text: string): boolean {
  return text.includes('/') || isYaml(text);
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** As a person at `cwd` would write it. */
export function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

/** YAML files below a folder, each level by name. */
export function yamlFilesBelow(folder: string): readonly string[] {
  return filesBelow(folder, isYaml);
}

/** The files below a folder whose path is wanted, each level by name. */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isFolder(path))
      return entry.isSymbolicLink() || entry.name === 'node_modules' ? [] : filesBelow(path, isWanted);
    return isWanted(path) && isFile(path) ? [path] : [];
  });
}

/** Path of a lab file. Paths, and names in labs/, are looked for where the user stands, then in the project. */
export function findLabFile(nameOrPath: string, dirs: Dirs): string {
  if (looksLikePath(nameOrPath)) {
    const path = [resolve(dirs.cwd, nameOrPath), resolve(dirs.root, nameOrPath)].find(isFile);
    if (path !== undefined) return path;
  } else {
    const found = labFolders(dirs)
      .flatMap((folder) => [join(folder, `${nameOrPath}.yaml`), join(folder, `${nameOrPath}.yml`)])
      .find(isFile);
    if (found !== undefined) return found;
  }
  throw labNotFound(nameOrPath, dirs);
}

export function loadLab(nameOrPath: string, dirs: Dirs): { lab: Lab; warnings: readonly Problem[] } {
  const path = findLabFile(nameOrPath, dirs);
  return readLabFile(shownPath(path, dirs.cwd), readText(path, 'lab-not-found'), dirname(path));
}

/** A file's text. Throws LabError `code` where it cannot be read. */
export function readText(path: string, code: 'lab-not-found' | 'scenario-not-found'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new LabError(code, `cannot read ${path}: ${messageOf(cause)}`, {
      hint: 'Check the path and its permissions.',
      data: { path },
      cause,
    });
  }
}

function labFolders(dirs: Dirs): readonly string[] {
  return [...new Set([join(dirs.cwd, 'labs'), join(dirs.root, 'labs')])];
}

/** The labs that can be named without a path. */
export function labNames(dirs: Dirs): readonly string[] {
  const files = labFolders(dirs).flatMap((folder) =>
    isFolder(folder) ? readdirSync(folder).filter(isYaml).sort() : [],
  );
  return [...new Set(files.map((file) => basename(file, extname(file))))];
}

function labNotFound(asked: string, dirs: Dirs): LabError {
  const known = labNames(dirs);
  const what = looksLikePath(asked) ? `no lab file ${asked}` : `no lab named '${asked}'`;
  const hint =
    known.length > 0
      ? `Known labs: ${known.join(', ')}. A path to a lab file works too.`
      : 'Give the path of a lab file.';
  return notFound('lab-not-found', what, asked, known, hint);
}

/** So many names are read at a glance. */
const FEW = 12;

/** What was asked for is neither a path nor one of the known names; the nearest of those is suggested. */
export function notFound(
  code: 'lab-not-found' | 'scenario-not-found',
  what: string,
  asked: string,
  known: readonly string[],
  hint: string,
): LabError {
  const near = nearest(basename(asked, extname(asked)), known);
  const suggestion = near === undefined ? '' : `, did you mean '${near}'?`;
  // Where the one that is meant is known, a list of dozens hides it.
  const short = '`halab list` and `halab scenarios` list them; a path to a file or a folder works too.';
  return new LabError(code, `${what}${suggestion}`, {
    hint: near === undefined || known.length <= FEW ? hint : short,
    data: { asked, known, near },
  });
}
