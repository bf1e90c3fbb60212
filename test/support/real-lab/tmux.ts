import { execFileSync } from 'node:child_process';
import { cleanEnv, PROGRAM, TOP } from './halab.js';
import { until } from './until.js';

/** A terminal that a test looks at and presses keys on. */
export interface Screen {
  /** What is shown and what has scrolled away, without the blanks at the ends of lines. */
  text(): string;
  /** Types these characters. */
  type(text: string): void;
  /** Presses keys by the names that tmux has for them, e.g. `Enter`, `C-c`. */
  press(...keys: readonly string[]): void;
  /** Waits until the words appear behind what was there before the call, and returns that part. */
  untilShows(words: RegExp, withinMs?: number): Promise<string>;
  /** Resolves to the exit code of the program. */
  ended(withinMs?: number): Promise<number>;
  close(): void;
}

const CALL_MS = 10_000;
const ENDED = /halab ended with (\d+)/;

/** halab in tmux, on a server of its own that no other tmux knows of. */
export function startInTmux(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly rows?: number;
    readonly columns?: number;
  } = {},
): Screen {
  const { env = {}, rows = 40, columns = 100 } = options;
  const server = ['-L', `halab-test-${process.pid}-${Date.now()}`];
  const tmux = (...words: readonly string[]): string =>
    execFileSync('tmux', [...server, ...words], {
      cwd: TOP,
      env: { ...cleanEnv(), TERM: 'xterm-256color', ...env },
      encoding: 'utf8',
      timeout: CALL_MS,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const line = [...PROGRAM, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  // The screen stays when the program has ended, with its exit code.
  const script = `${line}; echo halab ended with $?; sleep 600`;
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), 'sh', '-c', script);
  const text = () => tmux('capture-pane', '-p', '-J', '-S', '-5000').trimEnd();
  // The last line may be written anew, so that it counts as read only when another follows it.
  let read = 0;
  const fresh = () => text().split('\n').slice(read).join('\n');
  return {
    text,
    type: (typed) => void tmux('send-keys', '-l', typed),
    press: (...keys) => void tmux('send-keys', ...keys),
    async untilShows(words, withinMs = 60_000) {
      await until(`the words ${words}`, () => words.test(fresh()) || ENDED.test(text()), { withinMs, seen: text });
      const shown = fresh();
      if (!words.test(shown)) throw new Error(`halab ended without ${words}:\n${text()}`);
      read = text().split('\n').length - 1;
      return shown;
    },
    async ended(withinMs = 60_000) {
      await until('the end of halab', () => ENDED.test(text()), { withinMs, seen: text });
      return Number(ENDED.exec(text())?.[1]);
    },
    close: () => void tmux('kill-server'),
  };
}
