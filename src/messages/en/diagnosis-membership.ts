export const DIAGNOSIS_MEMBERSHIP = {
  'dc.title': ({ node, version }: { node: string; version: string | undefined }) =>
    `${node} is the DC${version === undefined ? '' : `, pacemaker ${version}`}`,
  'dc.means':
    'The designated controller decides what runs where and instructs the other nodes. Any member can take this role, at no cost.',
  'dc-none.title': 'There is no DC, so no decisions are made',
  'dc-none.means':
    'Until a DC is elected, nothing is started, stopped, moved or fenced, and the states shown for nodes and resources are out of date.',
  'dc-none.cause.no-nodes':
    'Not even the nodes are known, so pacemaker has only just started, or receives nothing from corosync.',
  'dc-none.cause.none-online':
    'This node sees no members, not even itself. It has just started (an election waits up to dc-deadtime, 20 s by default), or corosync cannot form a membership because of the network, a firewall, or wrong names or addresses in corosync.conf.',
  'dc-none.cause.electing':
    'An election is in progress. It takes seconds, and up to dc-deadtime (20 s by default) after a start. If this persists, the nodes do not agree on who is a member.',
  'dc-none.pcs-status': 'again in half a minute',
  'dc-none.corosync-cfgtool': 'shows whether this node receives the others’ heartbeats',
  'dc-none.corosync-quorumtool': 'shows the members and the votes',
  'dc-none.journalctl-pacemaker-corosync': 'shows what it is waiting for',
  'mixed-version.title': 'The members run different versions of pacemaker',
  'mixed-version.means':
    'This should last only for a rolling upgrade. The oldest version sets the rules, and a node that has left may be refused if it comes back with a version older than the others’.',
  'mixed-version.cause': 'An upgrade was not finished on all nodes.',
  'feature-sets.title': 'The members do not have the same feature set',
  'feature-sets.means':
    'They run different versions of pacemaker. This should last only for a rolling upgrade: the oldest sets the rules, and once all are upgraded an older one is refused.',
};
