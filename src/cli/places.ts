import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** What of this machine decides where things are kept and what can run. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly isRoot: boolean;
}

interface Places {
  readonly stateDir: string;
  readonly cacheDir: string;
  /** A folder that is gone after a reboot, for locks and sockets; absent where `run` in the state folder must do. */
  readonly runDir?: string;
}

export function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), isRoot: process.getuid?.() === 0 };
}

/** Path rules of the machine that is meant, whichever this runs on. */
export function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** Where each system wants such files; root on Linux shares them with the whole machine. */
export function placesOn(machine: Machine, env: NodeJS.ProcessEnv): Places {
  if (machine.platform === 'win32') return windowsPlaces(machine, env);
  if (machine.platform === 'darwin') return macPlaces(machine);
  if (machine.isRoot) return { stateDir: '/var/lib/halab', cacheDir: '/var/cache/halab', runDir: '/run' };
  return xdgPlaces(machine, env);
}

function windowsPlaces({ home }: Machine, env: NodeJS.ProcessEnv): Places {
  const folder = win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'halab');
  return {
    stateDir: win32.join(folder, 'state'),
    cacheDir: win32.join(folder, 'cache'),
  };
}

function macPlaces({ home }: Machine): Places {
  const library = posix.join(home, 'Library');
  return {
    stateDir: posix.join(library, 'Application Support', 'halab'),
    cacheDir: posix.join(library, 'Caches', 'halab'),
  };
}

/** XDG Base Directory Specification 0.8: a variable that holds no absolute path counts as not set. */
function xdgPlaces({ home }: Machine, env: NodeJS.ProcessEnv): Places {
  const given = (value: string | undefined) => (value !== undefined && posix.isAbsolute(value) ? value : undefined);
  const runtime = given(env.XDG_RUNTIME_DIR);
  return {
    stateDir: posix.join(given(env.XDG_STATE_HOME) ?? posix.join(home, '.local', 'state'), 'halab'),
    cacheDir: posix.join(given(env.XDG_CACHE_HOME) ?? posix.join(home, '.cache'), 'halab'),
    ...(runtime === undefined ? {} : { runDir: posix.join(runtime, 'halab') }),
  };
}
