import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { inLanguage } from '../messages/phrases.js';
import type { Language } from '../model/text.js';
import { systemClock } from '../system/clock.js';
import type { ANSWERS, AnswerOf } from './answers/index.js';

let language: Language = 'en';

/** Everything that halab prints: the answer on stdout, progress and warnings on stderr, in the reader's language. */
export const output = {
  /** For all that is printed from now on; JSON is the same in every language. */
  speak: (spoken: Language) => {
    language = spoken;
  },
  /** A text in the language that is spoken. */
  spoken: (text: string) => inLanguage(text, language),
  line: (text: string) => void process.stdout.write(`${inLanguage(text, language)}\n`),
  json: (value: unknown) => void process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`),
  /** A command's answer to `--json`. */
  answer: <N extends keyof typeof ANSWERS>(name: N, answer: Omit<AnswerOf<N>, 'schema'>) =>
    output.json({ schema: `halab.${name}/1`, ...answer }),
  note: (text: string) => void process.stderr.write(`${inLanguage(text, language)}\n`),
};

/** The reader of our output may exit early, as `head` does, or the terminal be closed (EIO); the command still runs to its end. */
export function outliveReaders(streams: readonly NodeJS.EventEmitter[] = [process.stdout, process.stderr]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}

/**
 * At its exit, Node 20 aborts where it cannot give back a terminal that was closed (nodejs/node#58200); it leaves closed
 * descriptors alone.
 */
export function outliveTerminal(): void {
  const terminals = [0, 1, 2].filter(isatty);
  process.once('exit', () => {
    for (const terminal of terminals) if (!isatty(terminal)) closeSync(terminal);
  });
}

/** The time since the call, as `12.3s`. */
export function stopwatch(): () => string {
  const startedMs = systemClock.monotonicMs();
  return () => `${((systemClock.monotonicMs() - startedMs) / 1000).toFixed(1)}s`;
}

/** How text is laid out for the terminal on stdout. */
export function terminalPage(language: Language) {
  return { language, color: wantsColor(process.env), width: process.stdout.columns ?? 100 };
}

export function wantsColor(env: NodeJS.ProcessEnv): boolean {
  return process.stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
