import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { codeOf, LabError, messageOf } from '../model/errors.js';
import type { RunEvent, StampedEvent } from '../model/event.js';
import type { Clock } from '../ports/clock.js';
import type { RunFolder, StoredRun } from '../ports/store.js';

interface RunFolderOptions {
  /** Where run folders stand, e.g. `reports`; made if missing. */
  readonly root: string;
  /** The wished id, see `runIdOf`; a taken one gets `-2`, `-3` … */
  readonly id: string;
  readonly clock: Clock;
  /** Makes `latest`; default a symbolic link. */
  readonly link?: (target: string, path: string) => void;
}

/** `20261123-083155-interface-down` from an ISO time (UTC) and what is run. */
export function runIdOf(isoTime: string, subject: string): string {
  const [date = '', time = ''] = isoTime.split('T');
  const name = subject
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return [date.replaceAll('-', ''), time.slice(0, 8).replaceAll(':', ''), name].filter(Boolean).join('-');
}

/**
 * Makes the folder and points `latest` beside it at it, or has `latest.txt` name it. Throws LabError `disk-full` or `usage`
 * where that is not possible, and removes what it has made.
 */
export function createRunFolder({
  root,
  id: wishedId,
  clock,
  link = symlinkSync,
}: RunFolderOptions): RunFolder & StoredRun {
  const id = guarded(root, () => makeFreeFolder(root, wishedId));
  const path = resolve(root, id);
  let events: number | undefined;
  try {
    events = guarded(root, () => openSync(join(path, 'events.jsonl'), 'a'));
    guarded(root, () => pointLatestAt(root, id, link));
  } catch (error) {
    if (events !== undefined) closeSync(events);
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
  const startedMs = clock.monotonicMs();
  let seq = 0;

  return {
    id,
    path,
    startedMs,
    append(event: RunEvent): StampedEvent {
      if (events === undefined)
        throw new LabError('bug', `event ${event.kind} came after the run folder ${id} was closed`);
      const stamped = { ...event, seq, at: clock.now(), ms: clock.monotonicMs() - startedMs };
      seq += 1;
      writeWhole(events, `${JSON.stringify(stamped)}\n`);
      return stamped;
    },
    write(relativePath: string, content: string | Buffer): string {
      const { target, inside } = insideOf(path, relativePath);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      return inside;
    },
    read: (relativePath) => readInside(path, relativePath),
    close(): void {
      if (events === undefined) return;
      closeSync(events);
      events = undefined;
    },
  };
}

/** Throws LabError `bug` for a path that leads out of the folder. */
export function insideOf(folder: string, relativePath: string): { readonly target: string; readonly inside: string } {
  const target = resolve(folder, relativePath);
  const inside = relative(folder, target);
  if (inside === '' || inside.startsWith('..'))
    throw new LabError('bug', `${relativePath} is not inside the run folder`);
  return { target, inside: inside.split(sep).join('/') };
}

/** Nothing outside of the folder is read. */
export function readInside(folder: string, relativePath: string): Buffer | undefined {
  const target = resolve(folder, relativePath);
  if (relative(folder, target).startsWith('..')) return undefined;
  try {
    return readFileSync(target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EISDIR') return undefined;
    throw error;
  }
}

function makeFreeFolder(root: string, wishedId: string): string {
  mkdirSync(root, { recursive: true });
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? wishedId : `${wishedId}-${number}`;
    try {
      mkdirSync(join(root, id));
      return id;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** What a file system or a user without the right to make links answers (symlink(2); EPERM on Windows). */
const NO_LINKS = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR'];

/** A rename replaces the old link in one move, so that a reader never finds none. */
function pointLatestAt(root: string, id: string, link: NonNullable<RunFolderOptions['link']>): void {
  const next = join(root, `.latest-${id}`);
  const latest = join(root, 'latest');
  rmSync(next, { force: true });
  try {
    link(id, next);
    renameSync(next, latest);
  } catch (error) {
    if (!NO_LINKS.includes(codeOf(error) ?? '')) throw error;
    for (const stale of [next, latest]) rmSync(stale, { force: true });
    writeFileSync(join(root, 'latest.txt'), `${id}\n`);
  }
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

function guarded<T>(root: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const isFull = codeOf(error) === 'ENOSPC';
    throw new LabError(isFull ? 'disk-full' : 'usage', `cannot make a run folder in ${root}: ${messageOf(error)}`, {
      hint: isFull
        ? 'Free some space, or choose another folder for reports.'
        : 'Choose a folder for reports that can be written to.',
      cause: error,
    });
  }
}
