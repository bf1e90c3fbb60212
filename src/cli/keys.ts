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
interface Keyboard {
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
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
const ENTER: readonly string[] = ['\r', '\n'];
const BACKSPACE: readonly string[] = ['\u007f', '\b'];
const ERASE_LINE = '\r\u001b[2K';
// biome-ignore lint/suspicious/noControlCharactersInRegex: arrows and the like, which mean nothing here
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?/gu;

/** Keys that are pressed while nobody waits are dropped: they were meant for something else. */
export function readKeys(keyboard: Keyboard, { write, columns, onInterrupt, signal }: KeyOptions): Keys {
  const decoder = new StringDecoder('utf8');
  let receive: ((key: string | undefined) => void) | undefined;
  const endWait = () => receive?.(undefined);
  const onData = (chunk: Buffer) => {
    for (const key of decoder.write(chunk).replace(SEQUENCE, '')) {
      if (key === CTRL_C) onInterrupt();
      else receive?.(ENTER.includes(key) ? 'enter' : key);
    }
  };
  keyboard.setRawMode?.(true);
  keyboard.on('data', onData);
  keyboard.on('end', onInterrupt);
  signal.addEventListener('abort', endWait);
  keyboard.resume();

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
        text = BACKSPACE.includes(key) ? [...text].slice(0, -1).join('') : text + key;
        write(`${ERASE_LINE}${words}${lastOf(text, columns() - displayWidth(words) - 1)}`);
        return undefined;
      });
      write('\n');
      return typed;
    },
    close() {
      keyboard.off('data', onData);
      keyboard.off('end', onInterrupt);
      signal.removeEventListener('abort', endWait);
      keyboard.setRawMode?.(false);
      keyboard.pause();
    },
  };
}

/** As much of the end of a text as fits, so that it stays on one line. */
function lastOf(text: string, columns: number): string {
  const characters = [...text];
  while (characters.length > 0 && displayWidth(characters.join('')) > columns) characters.shift();
  return characters.join('');
}
