import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from '../model/errors.js';
import { parseJson } from '../model/json-text.js';
import type { Clock } from '../ports/clock.js';
import { type EventLog, openEventLog } from './event-log.js';
import { runIdOf } from './run-folder.js';

const NIGHTS = 'nights';
const PLAN = 'plan.jsonl';
const LOG = 'night.jsonl';

/** A night's folder: its plan, its log, and the runs of its attempts. */
export interface NightFolder<E> {
  readonly id: string;
  readonly path: string;
  readonly log: EventLog<E>;
  readonly plan: string;
  write(name: string, text: string): void;
}

/** `plan` is on the disk before the folder counts as a night. */
export function createNightFolder<E extends object>(
  { reportsDir, plan }: { readonly reportsDir: string; readonly plan: string },
  clock: Clock,
): NightFolder<E> {
  const parent = join(reportsDir, NIGHTS);
  mkdirSync(parent, { recursive: true });
  const path = makeFree(parent, runIdOf(clock.now(), 'night'));
  writeFileSync(join(path, PLAN), plan, { flush: true });
  return openNightFolder(path, clock);
}

function makeFree(parent: string, wished: string): string {
  for (let number = 1; ; number += 1) {
    const path = join(parent, number === 1 ? wished : `${wished}-${number}`);
    try {
      mkdirSync(path);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

export function openNightFolder<E extends object>(path: string, clock: Pick<Clock, 'now'>): NightFolder<E> {
  return {
    id: basename(path),
    path,
    log: openEventLog(join(path, LOG), clock),
    plan: readFileSync(join(path, PLAN), 'utf8'),
    write: (name, text) => writeFileSync(join(path, name), text),
  };
}

export function isNightFolder(path: string): boolean {
  return existsSync(join(path, PLAN)) && existsSync(join(path, LOG));
}

/** Paths of all nights in the folder of reports, the newest first. */
export function nightFolders(reportsDir: string): readonly string[] {
  const parent = join(reportsDir, NIGHTS);
  if (!existsSync(parent)) return [];
  const paths = readdirSync(parent).map((name) => join(parent, name));
  return paths.filter(isNightFolder).toSorted().toReversed();
}

/** A run folder, as far as it got. */
interface FoundRun {
  readonly path: string;
  /** What summary.json holds; undefined where it is not there or no JSON. */
  readonly summary: unknown;
  /** The last event that was written whole. */
  readonly lastEvent: unknown;
}

/** The run folders directly below this one, in their order. */
export function runsIn(folder: string): readonly FoundRun[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries
    .map(({ name }) => join(folder, name))
    .toSorted()
    .flatMap((path) => runIn(path) ?? []);
}

export function runIn(path: string): FoundRun | undefined {
  const events = join(path, 'events.jsonl');
  if (!existsSync(events)) return undefined;
  const summary = join(path, 'summary.json');
  return {
    path,
    summary: existsSync(summary) ? parseJson(readFileSync(summary, 'utf8')) : undefined,
    lastEvent: lastLines(events)
      .map(parseJson)
      .findLast((event) => event !== undefined),
  };
}

/** Every event of a run that was written whole. */
export function eventsOf(run: string): readonly unknown[] {
  const file = join(run, 'events.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => parseJson(line) ?? []);
}

/** An event with evidence in it is long, and a night looks every second. */
const TAIL_BYTES = 128 * 1024;

function lastLines(file: string): readonly string[] {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8').split('\n');
  } finally {
    closeSync(handle);
  }
}

/** The last lines of what a job has printed; empty where there is nothing. */
export function lastWordsIn(file: string, count: number): string {
  if (!existsSync(file)) return '';
  return lastLines(file)
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join(' · ');
}
