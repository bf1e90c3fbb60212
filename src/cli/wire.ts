import { createConnection } from 'node:net';
import { createEmbeddedBackend } from '../backends/embedded/backend.js';
import type { Backend } from '../ports/backend.js';
import { systemClock } from '../system/clock.js';
import { createProcessRunner } from '../system/process-runner.js';
import { generateKeyPair } from '../transports/keys.js';
import { connectSsh2 } from '../transports/ssh2-transport.js';
import type { Settings } from './settings.js';
import { unknownOne } from './unknown-one.js';

export const BACKENDS = ['embedded'] as const;

/** The composition root: the one place that knows which adapter stands behind which port. */
export function createBackend(name: string, settings: Settings): Backend {
  if (name !== 'embedded') {
    throw unknownOne('backend', name, BACKENDS);
  }
  return createEmbeddedBackend({
    processes: createProcessRunner(),
    clock: systemClock,
    dirs: { state: settings.stateDir, cache: settings.cacheDir, run: settings.runDir },
    mirror: settings.mirror,
    path: settings.path,
    generateKeyPair: (comment) => generateKeyPair(comment),
    connectSocket: ({ node, socket, privateKey, hostKey, timeoutMs }) =>
      connectSsh2({
        node,
        username: 'root',
        privateKey,
        hostKey,
        timeoutMs,
        nowMs: systemClock.monotonicMs,
        endpoint: { sock: createConnection(socket) },
      }),
  });
}
