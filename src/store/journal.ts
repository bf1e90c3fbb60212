import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { LabError } from '../model/errors.js';
import { parseJson } from '../model/json-text.js';
import type { Clock } from '../ports/clock.js';
import type { FaultJournal, JournalEntry } from '../ports/store.js';

type JournalLine =
  | { readonly kind: 'opened'; readonly entry: JournalEntry }
  | { readonly kind: 'closed'; readonly id: string; readonly at: string };

/**
 * The undo journal of one lab instance: JSON lines, appended and synced before a call returns, read again for every
 * query because another process may have healed meanwhile.
 * A last line cut short by a crash is dropped: its `open` never returned, so its fault was never injected.
 * Throws LabError `heal-failed` where any other line cannot be read.
 */
export function createFaultJournal(
  file: string,
  clock: Clock,
  platform: NodeJS.Platform = process.platform,
): FaultJournal {
  return {
    open: (entry) => appendLine(file, { kind: 'opened', entry }, platform),
    close: (id) => appendLine(file, { kind: 'closed', id, at: clock.now() }, platform),
    pending: () => pendingOf(readJournal(file).lines),
  };
}

/** Entries opened and not closed, oldest first. */
function pendingOf(lines: readonly JournalLine[]): readonly JournalEntry[] {
  const open = new Map<string, JournalEntry>();
  for (const line of lines) {
    if (line.kind === 'opened') open.set(line.entry.id, line.entry);
    else open.delete(line.id);
  }
  return [...open.values()];
}

function appendLine(file: string, line: JournalLine, platform: NodeJS.Platform): void {
  mkdirSync(dirname(file), { recursive: true });
  const isNew = !existsSync(file);
  const { wholeBytes, needsNewline } = readJournal(file);
  // Not through the handle below: one that only appends cannot shorten a file on Windows.
  if (!isNew && statSync(file).size > wholeBytes) truncateSync(file, wholeBytes);
  const text = `${needsNewline ? '\n' : ''}${JSON.stringify(line)}\n`;
  onDisk(file, 'a', (handle) => writeSync(handle, text));
  // The file's name must survive a crash as well as its content. Windows has no such call; NTFS journals names itself.
  if (isNew && platform !== 'win32') onDisk(dirname(file), 'r');
}

/** `wholeBytes`: up to the end of the last line that can be read. `needsNewline`: that line has no end of its own yet. */
function readJournal(file: string) {
  const texts = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const last = texts.pop() ?? '';
  const lines = texts.flatMap((text, index) => {
    if (text === '') return [];
    return parseLine(text) ?? unreadable(file, index + 1, text);
  });
  const unended = parseLine(last);
  const whole = [...texts, unended === undefined ? '' : last].join('\n');
  return {
    lines: unended === undefined ? lines : [...lines, unended],
    wholeBytes: Buffer.byteLength(whole),
    needsNewline: unended !== undefined,
  };
}

function parseLine(text: string): JournalLine | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const line = value as { kind?: unknown; entry?: { id?: unknown; fault?: { kind?: unknown } }; id?: unknown };
  if (line.kind === 'opened' && typeof line.entry?.id === 'string' && typeof line.entry.fault?.kind === 'string')
    return value as JournalLine;
  return line.kind === 'closed' && typeof line.id === 'string' ? (value as JournalLine) : undefined;
}

function unreadable(file: string, line: number, text: string): never {
  throw new LabError(
    'heal-failed',
    `${file}:${line}: this line of the fault journal cannot be read: ${text.slice(0, 120)}`,
    {
      hint: 'Take the lab down (that undoes every fault), or fix the line, then heal again.',
      data: { file, line },
    },
  );
}

/** Returns when what is written, and all that was written before, is on the disk. */
function onDisk(path: string, flags: 'a' | 'r', write?: (handle: number) => void): void {
  const handle = openSync(path, flags);
  try {
    write?.(handle);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
