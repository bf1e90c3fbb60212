import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { shownPath } from '../../config/files.js';
import { idSchema } from '../../fields/schema.js';
import { LabError, messageOf } from '../../model/errors.js';
import { LAB_NAME } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';

/** What can be begun, and the words that go with it. */
const KINDS = {
  scenario: {
    what: 'a scenario',
    name: 'my-scenario',
    takes: (name: string) => idSchema.safeParse(name).success,
    next: 'halab run PATH --dry-run',
  },
  exercise: {
    what: 'an exercise',
    name: 'my-exercise',
    takes: (name: string) => idSchema.safeParse(name).success,
    next: 'halab run PATH --dry-run',
  },
  lab: { what: 'a lab', name: 'my-lab', takes: (name: string) => LAB_NAME.test(name), next: 'halab up PATH' },
} as const;

export type NewKind = keyof typeof KINDS;

/** Writes a commented file to begin with, named as asked for. Throws LabError `usage` where there is one already. */
export function newFile(settings: Settings, kind: NewKind, asked: string | undefined): number {
  const { what, name: usual, next } = KINDS[kind];
  const path = pathOf(asked ?? usual, settings.cwd);
  const shown = shownPath(path, settings.cwd);
  const text = namedAs(skeletonOf(kind, settings), kind, path);
  write(path, text, shown);
  if (settings.json) output.answer('new', { kind, file: path });
  else {
    output.line(`${shown}: ${what} to begin with`);
    output.line(`  ${next.replace('PATH', shown.includes('/') ? shown : `./${shown}`)}`);
  }
  return EXIT.passed;
}

function pathOf(asked: string, cwd: string): string {
  const isYaml = ['.yaml', '.yml'].includes(extname(asked));
  return resolve(cwd, isYaml ? asked : `${asked}.yaml`);
}

/** In the reader's language, if there is one in it. */
function skeletonOf(kind: NewKind, { root, language }: Settings): string {
  const own = join(root, 'skeletons', `${kind}.${language}.yaml`);
  return readFileSync(existsSync(own) ? own : join(root, 'skeletons', `${kind}.yaml`), 'utf8');
}

/** The skeleton with the name that its file has. */
function namedAs(skeleton: string, kind: NewKind, path: string): string {
  const { what, name: usual, takes } = KINDS[kind];
  const name = basename(path, extname(path));
  if (!takes(name))
    throw new LabError('usage', `'${name}' cannot be the name of ${what}`, {
      hint: `use lower-case letters, digits and hyphens: halab new ${kind} ${usual}`,
    });
  return skeleton.replaceAll(usual, name);
}

function write(path: string, text: string, shown: string): void {
  if (existsSync(path))
    throw new LabError('usage', `${shown} exists already`, { hint: 'name another file, or remove this one' });
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    throw new LabError('usage', `cannot write ${shown}: ${messageOf(cause)}`, {
      hint: 'name a file in a folder that you may write to',
      cause,
    });
  }
}
