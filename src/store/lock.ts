import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LabError, messageOf } from '../model/errors.js';
import { type Liveness, livenessOn } from './liveness.js';

interface Holder {
  readonly pid: number;
  /** What `Liveness` knew the process by. */
  readonly startTime: string;
  readonly doing: string;
}

/**
 * One command at a time may change a lab. The lock of a process that is gone is taken over.
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
    rmSync(file, { force: true });
  }
  throw new LabError('lab-busy', `${file} is taken and given back too fast to be had`);
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

/** Linked into place whole, so that nobody ever reads half a lock. */
function tryCreate(file: string, holder: Holder): boolean {
  const own = `${file}.${holder.pid}`;
  writeFileSync(own, JSON.stringify(holder));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Undefined for a lock that is gone again, or that was cut off while it was written. */
function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
