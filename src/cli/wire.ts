import { createConnection } from 'node:net';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { BACKENDS } from '../backends/index.js';
import type { LabInstance } from '../model/lab.js';
import type { Backend } from '../ports/backend.js';
import type { BackendHost, BackendModule } from '../ports/backend-module.js';
import { takeLock } from '../store/lock.js';
import { systemClock } from '../system/clock.js';
import { createProcessRunner } from '../system/process-runner.js';
import { generateKeyPair } from '../transports/keys.js';
import { connectSsh2 } from '../transports/ssh2-transport.js';
import { backendNamed } from './backend-flags.js';
import { ROOT, type Settings } from './settings.js';

/** The composition root: the one place where adapters are assigned to ports. */
export async function createBackend(backend: BackendModule, settings: Settings): Promise<Backend> {
  const created = await backend.create(backendHost(settings));
  const { slowness } = settings;
  return slowness === undefined ? created : { ...created, measureSlowness: async () => slowness };
}

/** The backend that an instance was made with. */
export function backendOf({ backend }: LabInstance, settings: Settings): Promise<Backend> {
  return createBackend(backendNamed(backend), settings);
}

/** Every backend that runs on this machine, the default one first. */
export function backendsHere(settings: Settings): Promise<readonly Backend[]> {
  const here = BACKENDS.filter((each) => each.runsOn(process.platform));
  return Promise.all(here.map((each) => createBackend(each, settings)));
}

export function backendHost(settings: Settings): BackendHost {
  return {
    processes: createProcessRunner(),
    clock: systemClock,
    dirs: { state: settings.stateDir, cache: settings.cacheDir, run: settings.runDir },
    cwd: settings.cwd,
    platform: process.platform,
    arch: process.arch,
    path: settings.path,
    env: process.env,
    user: { name: userInfo().username, home: homedir() },
    mirror: settings.mirror,
    halab: [process.execPath, join(ROOT, 'bin', 'halab.js')],
    generateKeyPair: (comment) => generateKeyPair(comment),
    connect: ({ endpoint, ...login }) =>
      connectSsh2({
        ...login,
        nowMs: systemClock.monotonicMs,
        endpoint: 'socket' in endpoint ? { sock: createConnection(endpoint.socket) } : endpoint,
      }),
    takeLock,
  };
}
