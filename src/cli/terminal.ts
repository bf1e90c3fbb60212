import { type Keyboard, listenToKeys } from './keys.js';
import { OTHER_SCREEN } from './scrolling.js';
import type { Settings } from './settings.js';

/** A terminal that is drawn on as a whole. */
export interface Terminal {
  size(): { readonly columns: number; readonly rows: number };
  /** Shows these lines; what is on the screen already is not written again. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Stdout, as far as it is drawn on. */
interface Display {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

interface TerminalOptions {
  readonly onKey: (key: string) => void;
  readonly onInterrupt: () => void;
  readonly onResize: () => void;
}

/** Takes the terminal until `close`. */
export function openTerminal(keyboard: Keyboard, display: Display, options: TerminalOptions): Terminal {
  let shown: readonly string[] = [];
  const onResize = () => {
    shown = [];
    display.write(CLEAR);
    options.onResize();
  };
  display.write(OTHER_SCREEN.enter + CLEAR);
  display.on('resize', onResize);
  const stop = listenToKeys(keyboard, options);
  return {
    size: () => ({ columns: display.columns ?? 80, rows: display.rows ?? 24 }),
    draw(lines) {
      const changed = lines.flatMap((line, row) =>
        line === shown[row] ? [] : [`\u001b[${row + 1};1H${ERASE}${line}`],
      );
      shown = lines;
      if (changed.length > 0) display.write(changed.join(''));
    },
    close() {
      stop();
      display.off('resize', onResize);
      display.write(OTHER_SCREEN.leave);
    },
  };
}

const CLEAR = '\u001b[2J';
/** Before the line is written: behind one that fills the row, it would erase the last column. */
const ERASE = '\u001b[2K';

/** Whether somebody sits at a terminal and wants no JSON. */
export function isInteractive({ json }: Pick<Settings, 'json'>): boolean {
  return !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
}
