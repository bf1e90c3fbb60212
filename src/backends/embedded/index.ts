import type { BackendHost, BackendModule } from '../../ports/backend-module.js';
import type { EmbeddedDeps } from './host.js';

/** Containers on this machine. It adds no flags of its own. */
export const embedded: BackendModule = {
  name: 'embedded',
  summary: 'containers on this Linux machine',
  // Only Linux has the namespaces that its nodes are made of.
  runsOn: (platform) => platform === 'linux',
  flags: [],
  optionsFrom: () => ({}),
  create: async (host) => (await import('./backend.js')).createEmbeddedBackend(embeddedDeps(host)),
};

export function embeddedDeps(host: BackendHost): EmbeddedDeps {
  const { dirs, path } = host;
  return {
    ...host,
    // Its settings go along, since a unit of systemd inherits no environment.
    powerSwitch: [
      ...['env', `PATH=${path}`, `HALAB_STATE_DIR=${dirs.state}`, `HALAB_CACHE_DIR=${dirs.cache}`],
      ...[...host.halab, 'power-switch'],
    ],
  };
}
