import { readFileSync } from 'node:fs';

/** Tells whether a process id still means the process that was noted. */
export interface Liveness {
  /** A mark of the process that runs under this id; undefined where none does. */
  markOf(pid: number): string | undefined;
}

const ALIVE = 'alive';

/** Linux tells when a process began; elsewhere we know only whether one of that id runs. */
export function livenessOn(platform: NodeJS.Platform, signal: typeof process.kill = process.kill): Liveness {
  if (platform === 'linux') return { markOf: startTimeOf };
  return { markOf: (pid) => (isAlive(pid, signal) ? ALIVE : undefined) };
}

/** Of a process that has ended and whose parent has taken no note of it yet (proc_pid_stat(5)). */
const ENDED = ['Z', 'X'];

/** Field 22 of /proc/PID/stat: a process id that came back is not the holder. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ENDED.includes(state) ? undefined : fields[18];
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Signal 0 is sent to nobody; a process of somebody else answers EPERM (kill(2)), and is alive. */
function isAlive(pid: number, signal: typeof process.kill): boolean {
  try {
    return signal(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM') return true;
    if (code === 'ESRCH') return false;
    throw error;
  }
}
