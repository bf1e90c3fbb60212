import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { parseJson } from '../model/json-text.js';
import type { Clock } from '../ports/clock.js';

/**
 * A log that several processes append to: one event a line, in one write each. It is read again for every query, because another
 * process may have appended meanwhile. A line that a crash cut short is passed over.
 */
export interface EventLog<E> {
  append(event: E): Stamped<E>;
  read(): readonly Stamped<E>[];
  /** In bytes; 0 where there is none. It grows with every event. */
  size(): number;
}

/** `at`: ISO 8601. */
type Stamped<E> = E & { readonly at: string };

export function openEventLog<E extends object>(file: string, clock: Pick<Clock, 'now'>): EventLog<E> {
  return {
    append(event) {
      const stamped = { ...event, at: clock.now() };
      mkdirSync(dirname(file), { recursive: true });
      appendLine(file, JSON.stringify(stamped));
      return stamped;
    },
    read() {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      return lines.flatMap((line) => parsed<Stamped<E>>(line) ?? []);
    },
    size: () => statSync(file, { throwIfNoEntry: false })?.size ?? 0,
  };
}

/** On a line of its own, even where a crash cut the line before it short; on the disk when it returns. */
function appendLine(file: string, line: string): void {
  const handle = openSync(file, 'a+');
  try {
    const { size } = fstatSync(handle);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(handle, last, 0, 1, size - 1);
    writeSync(handle, `${size === 0 || last.toString() === '\n' ? '' : '\n'}${line}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function parsed<T>(line: string): T | undefined {
  return parseJson(line) as T | undefined;
}
