import { messageIn } from '../../messages/message.js';
import { type Keyboard, listenToKeys } from '../keys.js';
import { output, wantsColor } from '../output.js';
import { OTHER_SCREEN, scrollOf, topAfter } from '../scrolling.js';
import type { Settings } from '../settings.js';
import { localTime } from './status-labs.js';
import { type LabView, labsJson, labsLines, type SeenChange } from './status-page.js';
import { frame, roomIn, scrolledFrame } from './status-screen.js';

/** Between refreshes, unless --interval says otherwise. */
export const EVERY_S = 2;

/** What changed in each lab, the newest first. */
export type Changes = ReadonlyMap<string, readonly SeenChange[]>;

/** Stdout, as far as a view uses it. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  once(event: 'error', listener: () => void): unknown;
}

export interface WatchView {
  show(labs: readonly LabView[], changes?: Changes): void;
  /** Whether the reader has exited, as `head` does, or pressed q. */
  isGone(): boolean;
  /** Resolves when it has. */
  readonly gone: Promise<void>;
  /** Gives the terminal back as it was. */
  close(): void;
}

interface ViewOptions {
  readonly everyMs: number;
  readonly keyboard?: Keyboard;
}

/** Redrawn in place on a terminal, where keys scroll; otherwise, and as JSON, written again only when something has changed. */
export function createView(
  settings: Settings,
  screen: Screen,
  env: NodeJS.ProcessEnv,
  { everyMs, keyboard }: ViewOptions = { everyMs: EVERY_S * 1_000 },
): WatchView {
  let isGone = false;
  let leave: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    leave = () => {
      isGone = true;
      resolve();
    };
  });
  screen.once('error', leave);
  const { language } = settings;
  const page = { language, color: wantsColor(env) };
  const linesOf = (labs: readonly LabView[], changes: Changes = new Map()) =>
    labsLines(labs, [], { ...page, width: screen.columns ?? 100, changes });
  const core = { isGone: () => isGone, gone, close: () => undefined };
  if (settings.json)
    return {
      ...core,
      show: whenChanged((labs) => JSON.stringify(labsJson(labs, [], language)), withoutTimes, output.line),
    };
  if (screen.isTTY !== true || env.TERM === 'dumb')
    return {
      ...core,
      show: whenChanged(
        (labs, changes) => `${linesOf(labs, changes).join('\n')}\n`,
        (_text, labs, changes) =>
          labsLines(labs, [], { ...page, width: 100, ages: false, ...(changes && { changes }) }).join('\n'),
        output.line,
      ),
    };
  const headed = (labs: readonly LabView[], changes: Changes | undefined) => {
    const [first] = labs;
    const looked =
      first && messageIn(language, 'status.looked-again', { time: localTime(first.at).split(' ')[1] ?? '', everyMs });
    return [...(looked === undefined ? [] : [looked]), ...linesOf(labs, changes)];
  };
  if (keyboard?.isTTY !== true)
    return {
      ...core,
      show: (labs, changes) => screen.write(frame(headed(labs, changes), screen.rows ?? 24, language)),
    };
  return scrollingView(screen, keyboard, core, leave, headed, language);
}

function scrollingView(
  screen: Screen,
  keyboard: Keyboard,
  core: Pick<WatchView, 'isGone' | 'gone'>,
  leave: () => void,
  linesOf: (labs: readonly LabView[], changes: Changes | undefined) => readonly string[],
  language: Settings['language'],
): WatchView {
  let top = 0;
  let lines: readonly string[] = [];
  const rows = () => screen.rows ?? 24;
  const draw = () => screen.write(scrolledFrame(lines, rows(), top, language));
  screen.write(OTHER_SCREEN.enter);
  const stop = listenToKeys(keyboard, {
    onKey: (key) => {
      if (key === 'q' || key === 'Q') return leave();
      const scroll = scrollOf(key);
      if (scroll === undefined) return;
      top = topAfter(scroll, top, lines.length, roomIn(rows()));
      draw();
    },
    // In raw mode, the terminal sends Ctrl-C as a character.
    onInterrupt: () => process.kill(process.pid, 'SIGINT'),
  });
  return {
    ...core,
    show: (labs, changes) => {
      lines = linesOf(labs, changes);
      draw();
    },
    close: () => {
      stop();
      screen.write(OTHER_SCREEN.leave);
    },
  };
}

function whenChanged(
  textOf: (labs: readonly LabView[], changes: Changes | undefined) => string,
  essence: (text: string, labs: readonly LabView[], changes: Changes | undefined) => string,
  write: (text: string) => void,
): WatchView['show'] {
  let last: string | undefined;
  return (labs, changes) => {
    const text = textOf(labs, changes);
    const now = essence(text, labs, changes);
    if (now === last) return;
    last = now;
    write(text);
  };
}

/** Times differ in every refresh. */
function withoutTimes(json: string): string {
  return json.replace(/"(?:at|updatedAt)":"[^"]*"|"forMs":\d+/g, '""');
}
