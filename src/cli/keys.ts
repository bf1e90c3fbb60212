import { StringDecoder } from 'node:string_decoder';
import { displayWidth } from '../report/format.js';

/** The keyboard of a terminal, key by key. */
export interface Keys {
  /** The next key that is pressed: a character, or `enter`. Undefined once the signal aborts. */
  next(): Promise<string | undefined>;
  /** A line that is typed behind these words; undefined as for `next`. */
  line(words: string): Promise<string | undefined>;
  /** Gives the terminal back. */
  close(): void;
}

/** Stdin, as far as keys are read from it. */
export interface Keyboard {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

interface KeyOptions {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  /** Called for Ctrl-C, of which a terminal that hands out keys makes no signal, and where the terminal is gone. */
  readonly onInterrupt: () => void;
  /** Ends every wait. */
  readonly signal: AbortSignal;
}

const CTRL_C = '\u0003';
const ERASE_LINE = '\r\u001b[2K';
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals send keys like this
const KEY = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[\s\S]/gu;

/** Keys that are no character, by what a terminal sends for them (xterm, "PC-Style Function Keys"). */
const NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  '\u001b[5~': 'page-up',
  '\u001b[6~': 'page-down',
  '\u001b[H': 'home',
  '\u001b[F': 'end',
};

/** Hands on every key by its name or character, until the function that it returns gives the terminal back. */
export function listenToKeys(
  keyboard: Keyboard,
  { onKey, onInterrupt }: Pick<KeyOptions, 'onInterrupt'> & { readonly onKey: (key: string) => void },
): () => void {
  const decoder = new StringDecoder('utf8');
  const onData = (chunk: Buffer | string) => {
    const typed = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    for (const [key] of typed.matchAll(KEY)) {
      if (key === CTRL_C) onInterrupt();
      else if (NAMES[key] !== undefined) onKey(NAMES[key]);
      else if (!key.startsWith('\u001b')) onKey(key);
    }
  };
  keyboard.setRawMode?.(true);
  keyboard.on('data', onData);
  keyboard.on('end', onInterrupt);
  keyboard.resume();
  return () => {
    keyboard.off('data', onData);
    keyboard.off('end', onInterrupt);
    keyboard.setRawMode?.(false);
    keyboard.pause();
  };
}

/** Whether a key is a character that can be typed. */
function isCharacter(key: string): boolean {
  return [...key].length === 1;
}

/** Pure. A line after one more key; keys that write nothing leave it as it was. */
export function lineAfter(text: string, key: string): string {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  return isCharacter(key) ? text + key : text;
}

/** Keys that are pressed while nobody waits are dropped: they were meant for something else. */
export function readKeys(keyboard: Keyboard, { write, columns, onInterrupt, signal }: KeyOptions): Keys {
  let receive: ((key: string | undefined) => void) | undefined;
  const endWait = () => receive?.(undefined);
  const stop = listenToKeys(keyboard, {
    onKey: (key) => {
      if (isCharacter(key) || key === 'enter' || key === 'backspace') receive?.(key);
    },
    onInterrupt,
  });
  signal.addEventListener('abort', endWait);

  /** Takes keys until the receiver makes something of one. */
  function wait<T>(take: (key: string | undefined) => { readonly end: T } | undefined): Promise<T> {
    return new Promise((resolve) => {
      receive = (key) => {
        const taken = take(key);
        if (taken === undefined) return;
        receive = undefined;
        resolve(taken.end);
      };
      if (signal.aborted) endWait();
    });
  }

  return {
    next: () => wait((key) => ({ end: key })),
    async line(words) {
      let text = '';
      write(words);
      const typed = await wait((key) => {
        if (key === undefined || key === 'enter') return { end: key && text.trim() };
        text = lineAfter(text, key);
        write(`${ERASE_LINE}${words}${lastOf(text, columns() - displayWidth(words) - 1)}`);
        return undefined;
      });
      write('\n');
      return typed;
    },
    close() {
      signal.removeEventListener('abort', endWait);
      stop();
    },
  };
}

/** As much of the end of a text as fits, so that it stays on one line. */
function lastOf(text: string, columns: number): string {
  const characters = [...text];
  while (characters.length > 0 && displayWidth(characters.join('')) > columns) characters.shift();
  return characters.join('');
}
