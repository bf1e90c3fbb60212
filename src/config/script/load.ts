import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../../model/errors.js';
import { type Dirs, filesBelow, isFile, isFolder, readText, shownPath } from '../files.js';
import type { Problem } from '../source.js';
import { placeOf, placeOfError, TOP } from './place.js';

/** A file that exports a scenario, imported. */
export interface ScriptFile {
  readonly path: string;
  /** As a person writes it. */
  readonly file: string;
  readonly text: string;
  /** What it exports as default; nobody has looked at it yet. */
  readonly exported?: unknown;
  /** Why it could not be imported. */
  readonly problem?: Problem;
}

const SCRIPT = /\.scenario\.m?[jt]s$/;

export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}

/**
 * The scripts of the library, and those that a selector names by their file or folder. Each is imported, which runs what it
 * holds outside of functions; never throws for what is wrong in one.
 */
export async function loadScripts(selectors: readonly string[], dirs: Dirs): Promise<readonly ScriptFile[]> {
  const asked = selectors.flatMap((selector) => {
    const path = [resolve(dirs.cwd, selector), resolve(dirs.root, selector)].find(
      (one) => isFile(one) || isFolder(one),
    );
    if (path === undefined) return [];
    return isFolder(path) ? filesBelow(path, isScript) : [path].filter(isScript);
  });
  const paths = new Set(
    [...filesBelow(join(dirs.root, 'scenarios'), isScript), ...asked].map((path) => realpathSync(path)),
  );
  if (paths.size === 0) return [];
  const load = await loader();
  return [...paths].map((path) => load(path, shownPath(path, dirs.cwd)));
}

async function loader(): Promise<(path: string, file: string) => ScriptFile> {
  // Positions in errors are those of the TypeScript file.
  process.setSourceMapsEnabled(true);
  const { require: load } = await import('tsx/cjs/api');
  return (path, file) => {
    const text = readText(path, 'scenario-not-found');
    try {
      const module = load(path, import.meta.url) as { readonly default?: unknown };
      return { path, file, text, exported: module.default };
    } catch (error) {
      return { path, file, text, problem: importProblem(error, { path, file, text }) };
    }
  };
}

/** esbuild: `/tmp/a.scenario.ts:4:14: ERROR: Unexpected ";"`. */
const SYNTAX = /^(.+):(\d+):(\d+): ERROR: (.+)$/m;

function importProblem(error: unknown, script: Pick<ScriptFile, 'path' | 'file' | 'text'>): Problem {
  const { file, path, text } = script;
  const [, where, line, column, what] = SYNTAX.exec(messageOf(error)) ?? [];
  if (where !== undefined) {
    const place = { file: where === path ? file : where, line: Number(line), column: Number(column) + 1 };
    return { ...place, message: `not valid TypeScript: ${what}`, hint: 'check brackets, quotes and types here' };
  }
  const [message = ''] = messageOf(error).split('\n');
  const [, missing] = /^Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  if (missing !== undefined) {
    const hint = missing.startsWith('halab/')
      ? "import types only: import type { ScriptedScenario } from 'halab/scenario'"
      : 'check the path, or install the package where the script is';
    return { file, ...placeOf(text, missing), message: `there is no module '${missing}'`, hint };
  }
  return {
    file,
    ...(placeOfError(error, path) ?? TOP),
    message: `the script throws when it is imported: ${message}`,
    hint: 'fix it there',
  };
}
