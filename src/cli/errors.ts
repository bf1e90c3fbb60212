import { unknownWord } from '../fields/value-problem.js';
import { type ErrorCode, isLabError, LabError } from '../model/errors.js';
import { EXIT } from '../model/verdict.js';
import { output } from './output.js';

/** Errors in the request itself, on any machine: exit code 2. Every other known error is 3. */
const USAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'usage',
  'config-invalid',
  'lab-not-found',
  'lab-already-up',
  'scenario-not-found',
  'no-session',
  'node-not-found',
  'link-not-found',
]);

export function exitCodeOfError(error: unknown): number {
  if (!isLabError(error) || error.code === 'bug') return EXIT.bug;
  if (error.code === 'interrupted') return EXIT.interrupted;
  return USAGE.has(error.code) ? EXIT.usage : EXIT.unknown;
}

/** The word, if it is one of those known. Throws LabError `usage` otherwise. */
export function oneOf<T extends string>(what: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  throw unknownOne(what, word, known);
}

/** For a value on the command line that does not exist: suggests the nearest, and lists them all. */
export function unknownOne(
  what: string,
  word: string,
  known: readonly string[],
  code: Extract<ErrorCode, 'usage' | 'node-not-found' | 'link-not-found'> = 'usage',
): LabError {
  const { message, hint } = unknownWord(what, word, known);
  return new LabError(code, message, { hint, data: { asked: word, known } });
}

/** What other tools call a command. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  start: 'up',
  create: 'up',
  stop: 'down',
  destroy: 'down',
  rm: 'down',
  delete: 'down',
  ls: 'list',
  labs: 'list',
  ps: 'status',
  exec: 'ssh',
  shell: 'ssh',
  test: 'run',
  undo: 'heal',
  repair: 'heal',
  break: 'fault inject',
  images: 'image list',
};

/** commander suggests what is spelt alike; a word that another tool has for a command is answered with the command. */
export function withMeantCommand(text: string): string {
  const [first = '', word = ''] = /unknown command '([\w-]+)'/.exec(text) ?? [];
  const meant = Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined;
  if (meant === undefined) return text;
  return text.replace(/\n?\(Did you mean [^)]*\)/, '').replace(first, `${first}\n(Did you mean ${meant}?)`);
}

/** Prints one message; a stack trace only for a bug or with --debug. */
export function printError(error: unknown, settings: { readonly json: boolean; readonly debug: boolean }): void {
  const known = isLabError(error) && error.code !== 'bug';
  if (!known || settings.debug) output.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (known && !settings.debug) output.note(`halab: ${error.message}`);
  if (isLabError(error) && error.hint) output.note(`  → ${error.hint}`);
  if (!known) output.note('  → this is a bug in halab, please report it with the lines above');
  if (settings.json) printJsonError(error);
}

export function printJsonError(error: unknown): void {
  output.answer('error', { error: errorJson(error) });
}

function errorJson(error: unknown) {
  if (isLabError(error)) return { code: error.code, message: error.message, hint: error.hint, data: error.data };
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}
