import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { parseJson } from '../model/json-text.js';

/** A run folder in a night is five levels below the reports: nights/NIGHT/cells/UNIT/ATTEMPT/RUN. */
const DEPTH = 6;
const SUMMARY = 'summary.json';
const EVENTS = 'events.jsonl';

/** What summary.json of each run below the folder holds, the newest first; what is no JSON is left out. */
export function summariesBelow(folder: string, atMost: number): readonly unknown[] {
  const finished = runFoldersBelow(folder, [SUMMARY, EVENTS]);
  const runs = finished.toSorted((one, other) => (basename(one) < basename(other) ? 1 : -1));
  return runs.slice(0, atMost).flatMap((run) => parseJson(readFileSync(join(run, SUMMARY), 'utf8')) ?? []);
}

/** A run's folder below the folder of reports. */
export interface PastRun {
  readonly path: string;
  /** Relative to the folder of reports, with `/`. */
  readonly folder: string;
  /** The night that started it, by its id. */
  readonly night?: string;
  /** Of its events. */
  readonly bytes: number;
}

/** Every run that wrote an event, as far as it got. */
export function runsBelow(reportsDir: string): readonly PastRun[] {
  return runFoldersBelow(reportsDir, [EVENTS])
    .map((path) => pastRun(reportsDir, path))
    .filter(({ bytes }) => bytes > 0);
}

export function pastRun(reportsDir: string, path: string): PastRun {
  const folder = relative(reportsDir, path).split(sep).join('/');
  const { size: bytes } = statSync(join(path, EVENTS));
  const night = IN_NIGHT.exec(folder)?.[1];
  return { path, folder, bytes, ...(night === undefined ? {} : { night }) };
}

const IN_NIGHT = /(?:^|\/)nights\/([^/]+)\/cells\//;

/** The folder that nights and runs are in; a cell of a night is told to write into a part of it. */
export function reportsRoot(reportsDir: string): string {
  return reportsDir
    .split(sep)
    .join('/')
    .replace(/\/nights\/[^/]+\/cells\/.*$/, '');
}

/** The first event of a run; undefined where it was cut off. */
export function firstEventOf({ path }: Pick<PastRun, 'path'>): unknown {
  const handle = openSync(join(path, EVENTS), 'r');
  const bytes = Buffer.alloc(PIECE_BYTES);
  try {
    let line = '';
    for (;;) {
      const read = readSync(handle, bytes, 0, bytes.length, null);
      line += bytes.toString('latin1', 0, read);
      const end = line.indexOf('\n');
      if (end >= 0 || read === 0)
        return parseJson(Buffer.from(end >= 0 ? line.slice(0, end) : line, 'latin1').toString('utf8'));
    }
  } finally {
    closeSync(handle);
  }
}

const PIECE_BYTES = 16 * 1024;

/** Folders that have these files. `latest`, a link, is not followed. */
function runFoldersBelow(folder: string, files: readonly string[], depth = DEPTH): readonly string[] {
  if (depth < 0 || !existsSync(folder)) return [];
  if (files.every((file) => existsSync(join(folder, file)))) return [folder];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? runFoldersBelow(join(folder, entry.name), files, depth - 1) : [],
  );
}
