import type { ClusterCommands } from '../ports/cluster.js';

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
/** Tools that only ask, or only change the CIB. */
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
