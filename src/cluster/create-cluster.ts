import { lastLinesOf } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import { sameAddress } from '../model/managed-address.js';
import type { Clock } from '../ports/clock.js';
import type { ClusterCommands, ClusterPort } from '../ports/cluster.js';
import type { Transport } from '../ports/transport.js';
import { disagreements } from './agreement.js';
import { primitivesIn } from './cib/resources.js';
import { readTimeConstants } from './constants.js';
import { form } from './formation.js';
import { readHistory } from './history.js';
import { createStatusReader } from './read-status.js';

/** The clock sets the time of each reading. */
export function createCluster({ clock }: { readonly clock: Pick<Clock, 'now'> }): ClusterPort {
  return {
    ...createStatusReader(clock),
    commands: CLUSTER_COMMANDS,
    disagreements: ({ textState }, { state }) => (textState && state ? disagreements(textState, state) : []),
    readTimeConstants,
    readHistory,
    resourceWith,
    form,
  };
}

/** Subcommands of pcs that neither start nor stop a node or its daemons, nor put it into standby or maintenance. */
const HARMLESS_PCS: readonly string[] = [
  'resource',
  'constraint',
  'property',
  'status',
  'stonith',
  'config',
  'quorum',
  'alert',
  'tag',
  'acl',
  'cib',
];
/** Tools that only query, or only change the CIB. */
const HARMLESS =
  /^(?:crm_mon|crm_resource|crm_attribute|crm_verify|crm_simulate|cibadmin|corosync-\w+tool|ip|cat|ls|df|sleep)$/;
/** Arguments of crm_attribute that put a node into standby or maintenance. */
const NODE_MODE = /(?:^|=)(?:standby|maintenance)$/;

export const CLUSTER_COMMANDS: ClusterCommands = {
  start: ['pcs', 'cluster', 'start'],
  digestOfConfiguration: ['sha256sum', '/etc/corosync/corosync.conf'],
  setStartAtBoot: (unit, enabled) => ['systemctl', enabled ? 'enable' : 'disable', unit],
  mayChangeNodes([program = '', verb = '', ...rest]) {
    const name = program.split('/').at(-1) ?? program;
    if (name === 'pcs') return !HARMLESS_PCS.includes(verb) || (verb === 'stonith' && rest[0] === 'fence');
    return !HARMLESS.test(name) || (name === 'crm_attribute' && [verb, ...rest].some((word) => NODE_MODE.test(word)));
  },
};

const TIMEOUT_MS = 10_000;

/** Throws LabError `status-unreadable`, and what the transport throws. */
async function resourceWith(address: string, transport: Transport, signal?: AbortSignal): Promise<string | undefined> {
  const argv = ['cibadmin', '--query', '--scope', 'resources'];
  const result = await transport.exec(argv, { timeoutMs: TIMEOUT_MS, signal });
  if (result.exitCode !== 0)
    throw new LabError(
      'status-unreadable',
      `the resources could not be read on ${transport.node}: ${lastLinesOf(result)}`.trim(),
    );
  return primitiveWith(address, result.stdout);
}

/** Pure; `undefined` also for broken XML. */
export function primitiveWith(address: string, resources: string): string | undefined {
  return primitivesIn(resources).find(({ parameters: { ip } }) => ip !== undefined && sameAddress(ip, address))?.id;
}
