export const AUDITS = {
  'audit.allowed-nodes.holds':
    'No resource runs where it may not: on a banned node, on a node in standby, where an opt-in cluster does not allow it, or after too many failures.',
  'audit.reads.status-and-cib': 'crm_mon and CIB of every node with quorum',
  'audit.as-left.holds':
    'Nodes and daemons are running, enabled and members of the cluster exactly as the scenario left them.',
  'audit.as-left.reads':
    'which nodes answer, and since which boot; every node’s units; which nodes are online, in standby or in maintenance in a partition with quorum',
  'audit.clone-limits.holds':
    'No clone has more instances, or more promoted instances, than allowed in total and on each node.',
  'audit.clone-limits.reads': 'every node’s crm_mon and CIB',
  'audit.constraints-hold.holds': 'Mandatory colocations and orders hold.',
  'audit.disk-space.holds': ({ percent, mib }: { percent: number; mib: number }) =>
    `At least ${percent} % and ${mib} MiB are free on the disks that hold the cluster’s data and logs.`,
  'audit.disk-space.reads': 'df on every node',
  'audit.fenced-first.holds':
    'With fencing on, resources of a lost node are started elsewhere only after its fencing was confirmed, and a node whose fencing was confirmed has been off.',
  'audit.fenced-first.reads':
    'membership before and now, the fencing history, when the CIB says that resources were started, and boots',
  'audit.groups-together.holds':
    'The active members of a group are on one node, and no member is active while an earlier one is not.',
  'audit.in-service.holds':
    'Whatever the cluster should run does run, and no resource counts as active on a node that is known not to run it.',
  'audit.in-service.reads':
    'crm_mon and CIB of every node with quorum, which machines are off, and who answers for each address',
  'audit.no-crash.holds':
    'Since the previous observation, no daemon of the cluster has dumped core, died, restarted, or logged anything critical.',
  'audit.no-crash.reads': 'every node’s core dumps, critical log lines, units and processes',
  'audit.no-failures.holds': 'Since the previous observation, no action has failed, fencing included.',
  'audit.no-failures.reads': 'failed actions, fail counts and failed fencing in every node’s crm_mon and CIB',
  'audit.one-dc.holds':
    'Each partition has exactly one DC, all of its members name that one and agree on who is a member, and only active faults split the cluster.',
  'audit.one-dc.reads': 'every node’s corosync membership, its controller’s state and its crm_mon',
  'audit.one-mac.holds':
    'Exactly one MAC address answers for each address that the cluster manages while it is started.',
  'audit.one-mac.reads': 'the answers to ARP requests for the address, sent on its own network',
  'audit.one-mount.holds':
    'A file system on shared storage that is not a cluster file system is mounted on at most one node.',
  'audit.one-mount.reads': 'every node’s mounts, and the CIB’s Filesystem resources',
  'audit.quorum-device.holds':
    'Every member is connected to the quorum device, which gives its vote to one partition at most, and each member counts that vote exactly where it was given.',
  'audit.quorum-device.reads':
    'every node’s corosync, and corosync-qnetd on the node of the device; nothing without a device',
  'audit.quorum-respected.holds':
    'A partition without quorum runs no resource that needs quorum, as no-quorum-policy requires.',
  'audit.quorum-respected.reads':
    'every node’s corosync, crm_mon and CIB; its addresses, mounts, active units and processes',
  'audit.same-cib.holds':
    'All members of a partition have the same CIB, and no node keeps one on disk that would replace it or be lost.',
  'audit.same-cib.reads': 'every node’s own copy of the CIB, and the stored one where pacemaker does not run',
  'audit-advice.refresh': 'asks every node again what runs there; the cluster then corrects what differs',
  'audit-advice.quorum-device': 'on each member: shows its connection to the quorum device, and the votes',
  'audit-advice.cib': 'on each node: prints its own copy',
  'audit-advice.clone-limits': 'shows clone-max, clone-node-max and promoted-max',
  'audit-advice.failures': 'lists failed actions, fail counts and failed fencing',
  'audit-advice.as-left': 'lists nodes, their modes and the daemons',
  'audit-advice.crash': 'on the node: shows what the daemons logged',
  'audit.settled.holds': 'The cluster is idle: no action is in progress and none is pending.',
  'audit.settled.reads': 'every controller’s state, and what the DC’s scheduler would do next',
  'audit.single-active.holds':
    'A resource that is not a clone is active on at most one node, according to both the cluster and the nodes themselves, and where the cluster says.',
  'audit.single-active.reads':
    'every node’s crm_mon; its addresses, mounts, active units, processes and the ports they listen on',
};
