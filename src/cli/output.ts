import { isLabError } from '../model/errors.js';
import type { AnswerOf } from './answers/index.js';
import type { Settings } from './settings.js';

/** The one door to the terminal. stdout holds the answer, stderr what happens on the way. */
export const output = {
  line: (text: string) => void process.stdout.write(`${text}\n`),
  json: (value: unknown) => void process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`),
  note: (text: string) => void process.stderr.write(`${text}\n`),
};

/** Whoever reads us may stop early, as `head` does; what we are doing goes on to its end. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** One clear message; a stack only for our own bugs or with --debug. */
export function printError(error: unknown, settings: Pick<Settings, 'json' | 'debug'>): void {
  const known = isLabError(error) && error.code !== 'bug';
  if (!known || settings.debug) output.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (known && !settings.debug) output.note(`halab: ${error.message}`);
  if (isLabError(error) && error.hint) output.note(`  → ${error.hint}`);
  if (!known) output.note('  → this is a bug in halab, please report it with the lines above');
  if (settings.json) printJsonError(error);
}

export function printJsonError(error: unknown): void {
  output.json({ schema: 'halab.error/1', error: errorJson(error) } satisfies AnswerOf<'error'>);
}

function errorJson(error: unknown) {
  if (isLabError(error)) return { code: error.code, message: error.message, hint: error.hint, data: error.data };
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}
