import { createConnection } from 'node:net';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedBackend } from '../backends/embedded/backend.js';
import type { EmbeddedDeps } from '../backends/embedded/host.js';
import { createVagrantBackend } from '../backends/vagrant/backend.js';
import { libvirtUri, locate, PROGRAMS } from '../backends/vagrant/programs.js';
import type { LabInstance, Provider } from '../model/lab.js';
import type { Backend } from '../ports/backend.js';
import { takeLock } from '../store/lock.js';
import { systemClock } from '../system/clock.js';
import { createProcessRunner } from '../system/process-runner.js';
import { generateKeyPair } from '../transports/keys.js';
import { connectSsh2 } from '../transports/ssh2-transport.js';
import { ROOT, type Settings } from './settings.js';
import { unknownOne } from './unknown-one.js';

export const BACKENDS = ['embedded', 'vagrant'] as const;
type BackendName = (typeof BACKENDS)[number];

/** What a backend is told beyond the settings. */
interface Choices {
  readonly provider?: Provider | undefined;
  readonly packages?: string | undefined;
}

const MAKE: { readonly [B in BackendName]: (settings: Settings, choices: Choices) => Backend } = {
  embedded: makeEmbedded,
  vagrant: makeVagrant,
};

/** The composition root: the one place that knows which adapter stands behind which port. */
export function createBackend(name: string, settings: Settings, provider?: Provider): Backend {
  return MAKE[backendName(name)](settings, { provider });
}

/** The backend that an instance was made with. */
export function backendOf({ backend, provider, packages }: LabInstance, settings: Settings): Backend {
  return MAKE[backendName(backend)](settings, { provider, packages });
}

/** Every backend of which something may be on this machine; the one that knows its labs best comes first. */
export function backendsHere(settings: Settings): readonly Backend[] {
  return [...(process.platform === 'linux' ? ['embedded'] : []), 'vagrant'].map((name) =>
    createBackend(name, settings),
  );
}

/** VirtualBox where it is installed, for that is what most people have; libvirt where it alone is. */
export function providerHere(settings: Settings): Provider {
  const has = (provider: Provider) => locate(placesOf(settings), PROGRAMS[provider]) !== undefined;
  return !has('virtualbox') && has('libvirt') ? 'libvirt' : 'virtualbox';
}

function backendName(name: string): BackendName {
  const known = BACKENDS.find((each) => each === name);
  if (known === undefined) throw unknownOne('backend', name, BACKENDS);
  return known;
}

function makeEmbedded(settings: Settings): Backend {
  return createEmbeddedBackend(embeddedDeps(settings));
}

export function embeddedDeps(settings: Settings): EmbeddedDeps {
  return {
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
    // What it is told by its environment the power controllers' side is told outright: a unit of systemd has none of it.
    powerSwitch: [
      ...[
        'env',
        `PATH=${settings.path}`,
        `HALAB_STATE_DIR=${settings.stateDir}`,
        `HALAB_CACHE_DIR=${settings.cacheDir}`,
      ],
      ...[...HALAB, 'power-switch'],
    ],
    takeLock,
  };
}

function makeVagrant(settings: Settings, { provider, packages }: Choices): Backend {
  return createVagrantBackend({
    processes: createProcessRunner(),
    clock: systemClock,
    dirs: { state: settings.stateDir },
    provider: provider ?? providerHere(settings),
    arch: process.arch,
    ...placesOf(settings),
    ...(packages === undefined ? {} : { packages }),
    generateKeyPair: (comment) => generateKeyPair(comment),
    fencing: {
      authorizedKeys: join(homedir(), '.ssh', 'authorized_keys'),
      user: userInfo().username,
      gateCommand: (instance, its) => [
        ...[...HALAB, 'fence-gate', instance, its, programOf(settings, its)],
        libvirtUri(process.env),
      ],
    },
    connectHost: ({ host, port, ...login }) =>
      connectSsh2({ ...login, nowMs: systemClock.monotonicMs, endpoint: { host, port } }),
  });
}

const HALAB = [process.execPath, join(ROOT, 'bin', 'halab.js')] as const;

/** sshd runs the gate with a search path of its own, so the program is named by its place. */
function programOf(settings: Settings, provider: Provider): string {
  return locate(placesOf(settings), PROGRAMS[provider]) ?? PROGRAMS[provider];
}

function placesOf({ path }: Settings) {
  return { platform: process.platform, path, env: process.env };
}
