import { execFileSync } from 'node:child_process';
import { needProgram } from '../programs.js';
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
  /** What stands on it now, of a program that draws on all of it. */
  visible(): string;
  /** Waits until that has the words, wherever its lines break, and returns it. */
  untilVisible(words: RegExp, withinMs?: number): Promise<string>;
  /** The process that runs on it. */
  pid(): number;
  /** The device of its terminal. */
  device(): string;
  resize(columns: number, rows: number): void;
  /** The other panes of its window, which the program may have opened. */
  others(): readonly Screen[];
  /** Resolves to the exit code of the program. */
  ended(withinMs?: number): Promise<number>;
  close(): void;
}

/** As the eye reads it, wherever the lines break. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ');

const CALL_MS = 10_000;
const ENDED = /halab ended with (\d+)/;

interface ScreenOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly rows?: number;
  readonly columns?: number;
}

/**
 * In a `describe`, which is skipped where tmux is not installed: starts halab in it. Each screen is closed when the next
 * one is opened, and after the test.
 */
export function inTmux(): (args: readonly string[], options?: ScreenOptions) => Screen {
  let screen: Screen | undefined;
  const close = () => {
    screen?.close();
    screen = undefined;
  };
  before(function () {
    needProgram(this, 'tmux');
  });
  afterEach(close);
  return (args, options) => {
    close();
    screen = startInTmux(args, options);
    return screen;
  };
}

/** On a server of its own that no other tmux knows of. */
function startInTmux(args: readonly string[], { env = {}, rows = 40, columns = 100 }: ScreenOptions = {}): Screen {
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
  const where = ['-x', String(columns), '-y', String(rows), '-P', '-F', '#{pane_id}'];
  const pane = tmux('-f', '/dev/null', 'new-session', '-d', ...where, 'sh', '-c', script).trim();
  return screenOn(tmux, pane);
}

/** To halab on this screen, below the shell there. */
export function signal(screen: Screen, name: NodeJS.Signals): void {
  process.kill(Number(execFileSync('pgrep', ['-P', String(screen.pid())], { encoding: 'utf8' }).trim()), name);
}

type Tmux = (...words: readonly string[]) => string;

function screenOn(tmux: Tmux, pane: string): Screen {
  const at = ['-t', pane];
  const text = () => tmux('capture-pane', '-p', '-J', '-S', '-5000', ...at).trimEnd();
  const visible = () => tmux('capture-pane', '-p', ...at).trimEnd();
  const shown = (format: string) => tmux('display-message', '-p', ...at, format).trim();
  // The last line may be written anew, so that it counts as read only when another follows it.
  let read = 0;
  const fresh = () => text().split('\n').slice(read).join('\n');
  return {
    text,
    visible,
    type: (typed) => void tmux('send-keys', ...at, '-l', typed),
    press: (...keys) => void tmux('send-keys', ...at, ...keys),
    async untilShows(words, withinMs = 60_000) {
      await until(`the words ${words}`, () => words.test(fresh()) || ENDED.test(text()), { withinMs, seen: text });
      const now = fresh();
      if (!words.test(now)) throw new Error(`halab ended without ${words}:\n${text()}`);
      read = text().split('\n').length - 1;
      return now;
    },
    async untilVisible(words, withinMs = 60_000) {
      let seen = '';
      const isThere = () => {
        seen = visible();
        return words.test(flat(seen));
      };
      await until(`${words} on the screen`, () => isThere() || ENDED.test(seen), { withinMs, seen: visible });
      if (!words.test(flat(seen))) throw new Error(`halab ended without ${words}:\n${text()}`);
      return seen;
    },
    pid: () => Number(shown('#{pane_pid}')),
    device: () => shown('#{pane_tty}'),
    resize: (columns, rows) => void tmux('resize-window', ...at, '-x', String(columns), '-y', String(rows)),
    others: () =>
      tmux('list-panes', ...at, '-F', '#{pane_id}')
        .trim()
        .split('\n')
        .filter((each) => each !== pane)
        .map((each) => screenOn(tmux, each)),
    async ended(withinMs = 60_000) {
      await until('the end of halab', () => ENDED.test(text()), { withinMs, seen: text });
      return Number(ENDED.exec(text())?.[1]);
    },
    close: () => void tmux('kill-server'),
  };
}
