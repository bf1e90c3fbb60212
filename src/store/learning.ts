import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { labelOf } from '../model/lab.js';
import type { Clock } from '../ports/clock.js';
import { runIdOf } from './run-folder.js';

/**
 * A log that several processes append to: one event a line, in one write each. It is read again for every query, because another
 * process may have appended meanwhile. A line that a crash cut short is passed over.
 */
interface EventLog<E> {
  append(event: E): Stamped<E>;
  read(): readonly Stamped<E>[];
}

/** `at`: ISO 8601. */
type Stamped<E> = E & { readonly at: string };

function openEventLog<E extends object>(file: string, clock: Pick<Clock, 'now'>): EventLog<E> {
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
  };
}

/** The folder of one learning session. */
export interface SessionFolder<E> {
  readonly id: string;
  readonly path: string;
  readonly log: EventLog<E>;
  /** Writes a file below the folder, and returns its path relative to it. */
  write(name: string, content: string | Buffer): string;
  /** The text of a file that was written; undefined where it was not. */
  read(name: string): string | undefined;
}

/** A session of this exercise in this lab, which is from now on the lab's session. */
export function createSessionFolder<E extends object>(
  place: { readonly stateDir: string; readonly lab: string; readonly exercise: string },
  clock: Clock,
): SessionFolder<E> {
  const parent = sessionsFolder(place.stateDir, place.lab);
  mkdirSync(parent, { recursive: true });
  const wished = runIdOf(clock.now(), place.exercise);
  // Their order is that of their names, so a number in the same second has to sort behind the name.
  const taken = readdirSync(parent).filter((name) => name === wished || name.startsWith(`${wished}.`)).length;
  const id = taken === 0 ? wished : `${wished}.${taken + 1}`;
  mkdirSync(join(parent, id));
  return sessionFolder(join(parent, id), id, clock);
}

/** The lab's latest session; undefined where there was none. */
export function latestSession<E extends object>(
  stateDir: string,
  lab: string,
  clock: Clock,
): SessionFolder<E> | undefined {
  const parent = sessionsFolder(stateDir, lab);
  putSessionsBack(stateDir, lab);
  const id = existsSync(parent) ? readdirSync(parent).toSorted().at(-1) : undefined;
  return id === undefined ? undefined : sessionFolder(join(parent, id), id, clock);
}

/** Before the lab is removed to be made again under its name. */
export function keepSessionsAside(stateDir: string, lab: string): void {
  const from = sessionsFolder(stateDir, lab);
  if (!existsSync(from)) return;
  mkdirSync(dirname(asideFolder(stateDir, lab)), { recursive: true });
  renameSync(from, asideFolder(stateDir, lab));
}

/** Also where the process that kept them aside was killed. */
export function putSessionsBack(stateDir: string, lab: string): void {
  const to = sessionsFolder(stateDir, lab);
  if (!existsSync(asideFolder(stateDir, lab)) || existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(asideFolder(stateDir, lab), to);
}

function asideFolder(stateDir: string, lab: string): string {
  return join(stateDir, 'learn', `sessions-of-${lab}`);
}

/** What a student has finished, over all labs: one line for each exercise each time. */
export function openProgress<E extends object>(
  stateDir: string,
  student: string | undefined,
  clock: Clock,
): EventLog<E> {
  return openEventLog(join(stateDir, 'learn', `${fileNameOf(student ?? '')}.jsonl`), clock);
}

/** Different names must not share a file, whatever letters they have. */
function fileNameOf(student: string): string {
  return student === '' ? 'everybody' : `student-${encodeURIComponent(student.normalize('NFC'))}`;
}

function sessionsFolder(stateDir: string, lab: string): string {
  return join(stateDir, labelOf(lab), 'learn');
}

function sessionFolder<E extends object>(path: string, id: string, clock: Clock): SessionFolder<E> {
  return {
    id,
    path,
    log: openEventLog(join(path, 'events.jsonl'), clock),
    write(name, content) {
      const file = resolve(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return name;
    },
    read(name) {
      const file = resolve(path, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  };
}

/** On a line of its own, even where a crash cut the line before it short. */
function appendLine(file: string, line: string): void {
  const handle = openSync(file, 'a+');
  try {
    const { size } = fstatSync(handle);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(handle, last, 0, 1, size - 1);
    writeSync(handle, `${size === 0 || last.toString() === '\n' ? '' : '\n'}${line}\n`);
  } finally {
    closeSync(handle);
  }
}

function parsed<T>(line: string): T | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as T;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
