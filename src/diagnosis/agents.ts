/** Agents of which more is known than that they are agents. */
export const AGENT_KINDS = [
  'stonith',
  'systemd',
  'lsb',
  'remote',
  'address',
  'filesystem',
  'web',
  'database',
  'machine',
  'storage',
  'other',
] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

const BY_TYPE: readonly (readonly [RegExp, AgentKind])[] = [
  [/^stonith:/, 'stonith'],
  [/^(?:systemd|upstart|service):/, 'systemd'],
  [/^lsb:/, 'lsb'],
  [/:pacemaker:remote$/, 'remote'],
  [/:IPaddr2?$|:IPsrcaddr$|:(?:aws|azure|gcp)-.*(?:vip|lb)/, 'address'],
  [/:(?:Filesystem|exportfs|nfsserver|nfsnotify)$/, 'filesystem'],
  [/:(?:apache|nginx|tomcat|haproxy)$/, 'web'],
  [/:(?:mysql|mariadb|galera|pgsql|pgsqlms|redis|db2|oracle|SAPHana\w*|SAPInstance|SAPDatabase)$/, 'database'],
  [/:(?:VirtualDomain|docker|podman|podman-etcd|lxc|Xen)$/, 'machine'],
  [/:(?:drbd|LVM|LVM-activate|lvmlockd|clvm|iSCSI\w*|ZFS|mdraid)$/, 'storage'],
];

/** By `class:provider:type`, as printed since 2.1. */
export function agentKindOf(agent: string): AgentKind {
  return BY_TYPE.find(([pattern]) => pattern.test(agent))?.[1] ?? 'other';
}

/** `nfs` of `systemd:nfs` or `lsb:nfs`. */
export function agentTypeOf(agent: string): string {
  return agent.slice(agent.lastIndexOf(':') + 1);
}
