import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { idSchema as id, strict, text } from '../fields/schema.js';
import { unknownWord, type ValueProblem } from '../fields/value-problem.js';
import { LabError, messageOf } from '../model/errors.js';
import { IMAGES } from '../model/lab.js';
import { type Dirs, findLabFile, looksLikePath, readText, shownPath } from './files.js';
import { image } from './lab-values.js';
import { pickScenarios } from './scenario-files.js';
import { isScript } from './script/load.js';
import { readShape } from './shape.js';
import { readSource, refuseIfAny, type Source } from './source.js';

const imageSchema = image.meta({ enum: [...IMAGES] });
const selector = text('an id, a file or a folder').meta({ examples: ['interface-down', 'scenarios/failover'] });

export const nightlySchema = strict({
  set: text('the name of a set')
    .optional()
    .describe('Scenarios of this set, such as ci: of the whole library, or of those that scenarios names.'),
  scenarios: z.array(selector).min(1).optional().describe('Scenarios by id, file or folder.'),
  images: z.array(imageSchema).min(1).default(['debian-12']).describe('What the nodes run. Default: debian-12.'),
  labs: z
    .array(text("a lab's name or file"))
    .min(1)
    .optional()
    .describe('Labs by name or file. Default: the lab that each scenario is made for, or linuxha.'),
  stack: z
    .array(text('a folder, a .deb file or a line of sources.list').meta({ examples: ['./pacemaker-build'] }))
    .min(1)
    .optional()
    .describe('Packages on top of the images: folders, .deb files and lines of sources.list.'),
  repeat: z.int().min(1).max(100).default(1).describe('How many times each is run. Default 1.'),
  skip: z
    .array(
      strict({
        scenario: id,
        image: imageSchema.optional().describe('Only on this image.'),
        lab: text("a lab's name").optional().describe('Only in this lab.'),
        because: text('a reason').describe('Stands in the plan and in the report.'),
      }),
    )
    .default([])
    .describe('What is known not to work, with the reason.'),
}).meta({ title: 'halab nightly', description: 'Scenarios, images and labs of a nightly run.' });

/** What is run in a night. */
export type Matrix = z.output<typeof nightlySchema>;

const MATRIX_FILE = 'nightly.yaml';

/** The file that is meant: the one named, or nightly.yaml where the user stands, or that of halab. */
export function findMatrix(file: string | undefined, dirs: Dirs): string {
  const candidates =
    file === undefined ? [dirs.cwd, dirs.root].map((dir) => join(dir, MATRIX_FILE)) : [resolve(dirs.cwd, file)];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new LabError('usage', `there is no file ${file ?? MATRIX_FILE}`, {
    hint: 'docs/nightly.md says what a matrix file holds; halab nightly plan without a file takes the one that comes with halab',
  });
}

/** Throws LabError `config-invalid` with every problem of the file. Paths in it are relative to it. */
export function readMatrix(path: string, dirs: Dirs): Matrix {
  const source = readSource(shownPath(path, dirs.cwd), readText(path, 'scenario-not-found'));
  const matrix = readShape(source, nightlySchema);
  const placed = matrix && withPlaces(matrix, dirname(path));
  if (placed !== undefined) judge(placed, source, dirs);
  refuseIfAny(source.problems);
  if (placed === undefined) throw new LabError('bug', `${path} has no problem, and was not read`);
  return placed;
}

function withPlaces(matrix: Matrix, folder: string): Matrix {
  const placed = (word: string) => {
    const beside = resolve(folder, word);
    return looksLikePath(word) && existsSync(beside) ? beside : word;
  };
  const { scenarios, labs, stack } = matrix;
  return {
    ...matrix,
    ...(scenarios === undefined ? {} : { scenarios: scenarios.map(placed) }),
    ...(labs === undefined ? {} : { labs: labs.map(placed) }),
    ...(stack === undefined ? {} : { stack: placedSources(stack, folder) }),
  };
}

/** Folders and files of a stack, by their absolute paths; lines of sources.list as they are. */
export function placedSources(sources: readonly string[], folder: string): string[] {
  return sources.map((source) => (/^deb\s/.test(source) ? source : resolve(folder, source)));
}

/** What is wrong with a source that was placed; undefined where nothing is. */
export function whyNoSource(source: string): ValueProblem | undefined {
  if (/^deb\s/.test(source) || existsSync(source)) return undefined;
  return { message: `there is no folder ${source}`, hint: 'name a folder that has .deb files' };
}

function judge(matrix: Matrix, source: Source, dirs: Dirs): void {
  const { set, scenarios = [], labs = [], stack = [], images, skip } = matrix;
  if (set === undefined && scenarios.length === 0)
    source.report([], {
      message: 'neither set nor scenarios says what is run',
      hint: 'add set: ci, or scenarios: [ID]',
    });
  for (const [index, each] of scenarios.entries())
    if (!isScript(each)) tryIt(source, ['scenarios', index], () => pickScenarios([each], dirs));
  for (const [index, each] of labs.entries()) tryIt(source, ['labs', index], () => findLabFile(each, dirs));
  for (const [index, each] of stack.entries()) {
    const problem = whyNoSource(each);
    if (problem !== undefined) source.report(['stack', index], problem);
  }
  reportTwice(source, 'images', images);
  reportTwice(source, 'labs', labs);
  const known = pickScenarios([], dirs).all.flatMap(({ id: own }) => own ?? []);
  const own = scenarios.some(looksLikePath);
  for (const [index, { scenario }] of skip.entries())
    if (!own && !known.includes(scenario))
      source.report(['skip', index, 'scenario'], unknownWord('scenario', scenario, known));
}

function reportTwice(source: Source, key: string, words: readonly string[]): void {
  for (const [index, word] of words.entries())
    if (words.indexOf(word) < index)
      source.report([key, index], {
        message: `'${word}' is in the list already`,
        hint: 'keep one of the two; repeat: 2 runs all twice',
      });
}

function tryIt(source: Source, path: readonly (string | number)[], work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    source.report(path, { message: messageOf(error), hint: error.hint ?? 'change it' });
  }
}
