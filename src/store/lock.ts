import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, LabError, messageOf, tolerate } from '../model/errors.js';

interface Holder {
  readonly pid: number;
  /** The mark by which `Liveness` identifies the process. */
  readonly startTime: string;
  readonly doing: string;
}

/**
 * One process at a time may change a lab, or whatever else a lock is of. The lock of a process that is gone is taken over.
 * Throws LabError `lab-busy` naming who holds it, and `usage` where no lock can be made. Returns the function that gives it back.
 */
export function takeLock(file: string, doing: string, liveness: Liveness = livenessOn(process.platform)): () => void {
  makeFolder(dirname(file));
  const mine: Holder = { pid: process.pid, startTime: liveness.markOf(process.pid) ?? '', doing };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (tryCreate(file, mine)) return () => rmSync(file, { force: true });
    const holder = readHolder(file);
    if (holder && liveness.markOf(holder.pid) === holder.startTime) {
      throw new LabError('lab-busy', `process ${holder.pid} is at work on this lab (${holder.doing})`, {
        hint: 'wait for it to end, or give this lab another name with --name',
        data: { ...holder },
      });
    }
    if (holder !== undefined || existsSync(file)) removeStale(file, holder, liveness);
  }
  throw new LabError('lab-busy', `${file} is taken and given back too fast to be had`);
}

/**
 * Several may find the lock of a dead process at once. One of them removes it, and only if it is still that one: a second would
 * remove what the first has taken meanwhile. Throws LabError `lab-busy` where another is at it.
 */
function removeStale(file: string, stale: Holder | undefined, liveness: Liveness): void {
  const mark = stale === undefined ? 'unreadable' : `${stale.pid}-${stale.startTime}`;
  const release = takeLock(`${file}.${mark}`, 'takeover', liveness);
  try {
    const now = readHolder(file);
    if (now?.pid === stale?.pid && now?.startTime === stale?.startTime) rmSync(file, { force: true });
  } finally {
    release();
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new LabError('usage', `cannot make a lock in ${folder}: ${messageOf(cause)}`, {
      hint: 'point HALAB_STATE_DIR (or XDG_RUNTIME_DIR, where that is set) at a folder that can be written to',
      cause,
    });
  }
}

/** Linked into place complete, so that no process ever reads half a lock. */
function tryCreate(file: string, holder: Holder): boolean {
  const own = `${file}.${holder.pid}`;
  writeFileSync(own, JSON.stringify(holder));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Who holds the lock now, if a process that is alive does. */
export function holderOf(
  file: string,
  liveness: Liveness = livenessOn(process.platform),
): { readonly pid: number; readonly doing: string } | undefined {
  const holder = readHolder(file);
  if (holder === undefined || liveness.markOf(holder.pid) !== holder.startTime) return undefined;
  return { pid: holder.pid, doing: holder.doing };
}

/** Undefined for a lock that is gone again, or that was cut off while it was written. */
function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Checks whether a process id still belongs to the recorded process. */
interface Liveness {
  /** A mark of the process that runs under this id; undefined where none does. */
  markOf(pid: number): string | undefined;
}

const ALIVE = 'alive';

/** Linux reports when a process began; elsewhere it is only known whether the id is in use. */
export function livenessOn(platform: NodeJS.Platform, signal: typeof process.kill = process.kill): Liveness {
  if (platform === 'linux') return { markOf: startTimeOf };
  return { markOf: (pid) => (isAlive(pid, signal) ? ALIVE : undefined) };
}

/** The states of a process that has ended but was not reaped yet (proc_pid_stat(5)). */
const ENDED = ['Z', 'X'];

/** Field 22 of /proc/PID/stat, which differs when the id is used again by another process. */
function startTimeOf(pid: number): string | undefined {
  const stat = tolerate(['ENOENT', 'ESRCH'], () => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '';
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ENDED.includes(state) ? undefined : fields[18];
}

/** Signal 0 only checks (kill(2)); EPERM means that the process is alive and belongs to another user. */
function isAlive(pid: number, signal: typeof process.kill): boolean {
  try {
    return tolerate(['ESRCH'], () => signal(pid, 0)) ?? false;
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true;
    throw error;
  }
}
