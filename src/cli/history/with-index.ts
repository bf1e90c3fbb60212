import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from '../../databases/postgres.js';
import { openSqlite } from '../../databases/sqlite.js';
import { openRunIndex, type RunIndex } from '../../history/run-index.js';
import { messageOf } from '../../model/errors.js';
import { lockWithin } from '../../ports/lock.js';
import type { SqlDatabase } from '../../ports/sql.js';
import { takeLock } from '../../store/lock.js';
import { reportsRoot } from '../../store/past-runs.js';
import { systemClock } from '../../system/clock.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';

const LOCK_WITHIN_MS = 30_000;
const OFF = 'off';

export function isHistoryOff({ history }: Settings): boolean {
  return history === OFF;
}

/** Where the history is kept: a file, or a URL of PostgreSQL. */
function historyPlace({ history, reportsDir }: Settings): string {
  return history ?? join(reportsRoot(reportsDir), 'history.db');
}

function isServer(place: string): boolean {
  return !place.startsWith('/') && place.includes('://');
}

/**
 * Opens the index for this work. A file is locked meanwhile, and one that is broken is put aside with a warning and begun again.
 * Throws LabError `lab-busy` where others have it for too long, and `usage` where it cannot be opened at all.
 */
export async function withIndex<T>(settings: Settings, work: (index: RunIndex) => Promise<T>): Promise<T> {
  const place = historyPlace(settings);
  if (isServer(place)) return using(await openPostgres(place), 'refuse', work);
  const release = await lockHistory(place);
  try {
    return await using(await openSqlite(place), 'replace', work);
  } catch (error) {
    if (!isBroken(error) || !existsSync(place)) throw error;
    const aside = `${place}.broken`;
    renameSync(place, aside);
    rmSync(journalOf(place), { force: true });
    output.note(
      `warning: the history in ${place} is broken (${messageOf(error)}); it is begun again, and ${aside} keeps what it was`,
    );
    return await using(await openSqlite(place), 'replace', work);
  } finally {
    release();
  }
}

/** Removes the index, if it is a file: a server has the runs of others too. */
export async function startOver(settings: Settings): Promise<void> {
  const place = historyPlace(settings);
  if (isServer(place)) return;
  const release = await lockHistory(place);
  for (const file of [place, journalOf(place)]) rmSync(file, { force: true });
  release();
}

function lockOf(place: string): string {
  return `${place.replace(/\.db$/, '')}.lock`;
}

/** What SQLite would undo in the file, after a process was killed. */
function journalOf(place: string): string {
  return `${place}-journal`;
}

function lockHistory(place: string): Promise<() => void> {
  return lockWithin(
    { clock: systemClock, takeLock },
    { file: lockOf(place), what: 'the history', doing: 'using the history', withinMs: LOCK_WITHIN_MS },
  );
}

async function using<T>(
  database: SqlDatabase,
  otherVersion: 'replace' | 'refuse',
  work: (index: RunIndex) => Promise<T>,
): Promise<T> {
  try {
    return await work(await openRunIndex(database, otherVersion));
  } finally {
    await database.close();
  }
}

/** What SQLite says of a file that is none of its own, or is damaged (SQLITE_NOTADB, SQLITE_CORRUPT). */
function isBroken(error: unknown): boolean {
  return /malformed|not a database|disk image|corrupt/i.test(messageOf(error));
}
