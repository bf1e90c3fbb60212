import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { labelOf } from '../model/lab.js';
import type { Clock } from '../ports/clock.js';
import { type EventLog, openEventLog } from './event-log.js';
import { runIdOf } from './run-folder.js';

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
  const id = latestSessionId(stateDir, lab);
  return id === undefined ? undefined : sessionFolder(join(sessionsFolder(stateDir, lab), id), id, clock);
}

export function latestSessionId(stateDir: string, lab: string): string | undefined {
  const parent = sessionsFolder(stateDir, lab);
  return existsSync(parent) ? readdirSync(parent).toSorted().at(-1) : undefined;
}

/** Before the lab is removed to be made again under its name. */
export function keepSessionsAside(stateDir: string, lab: string): void {
  const from = sessionsFolder(stateDir, lab);
  if (!existsSync(from)) return;
  mkdirSync(dirname(asideFolder(stateDir, lab)), { recursive: true });
  renameSync(from, asideFolder(stateDir, lab));
}

/** Also where the process that kept them aside was killed; while one is at work that removes the lab, they would go with it. */
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
      // Another process may read it meanwhile.
      const fresh = `${file}.${process.pid}.new`;
      writeFileSync(fresh, content);
      renameSync(fresh, file);
      return name;
    },
    read(name) {
      const file = resolve(path, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  };
}
