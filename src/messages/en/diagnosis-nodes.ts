import type { NodeType } from '../../model/cluster-state.js';
import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

const KINDS = {
  member: { one: 'Node', other: 'Nodes' },
  remote: { one: 'Remote node', other: 'Remote nodes' },
  guest: { one: 'Guest node', other: 'Guest nodes' },
};

/** `Node a is`, `Nodes a, b are`. */
const subject = (type: NodeType, names: List) =>
  `${plural(names.length, KINDS[type])} ${list(names)} ${plural(names.length, { one: 'is', other: 'are' })}`;

export const DIAGNOSIS_NODES = {
  'nodes-online.title': ({ names }: { names: List }) => `Online: ${list(names)}`,
  'nodes-online.means': ({ names }: { names: List }) =>
    plural(names.length, {
      one: 'It is a full member and may run resources.',
      other: 'They are full members and may run resources.',
    }),
  'nodes-online.means.remote': 'Connected through Pacemaker Remote: resources may run there, and it has no vote.',
  'node-offline.title': ({ type, names }: { type: NodeType; names: List }) => `${subject(type, names)} OFFLINE`,
  'node-offline.means.member':
    'The other nodes receive no heartbeat from it and consider it stopped: it was shut down cleanly, was fenced, has not started yet or, with fencing off, is simply lost. Its resources may run elsewhere.',
  'node-offline.means.remote': 'Pacemaker has no connection to pacemaker_remote there, so nothing can run on it.',
  'node-offline.cause': ({ fencedAt }: { fencedAt: string }) => `It was fenced at ${fencedAt}.`,
  'node-stopped.title': ({ names }: { names: List }) => `The cluster is stopped on ${list(names)}`,
  'node-stopped.means':
    'The node is up and answers, but corosync and pacemaker do not run on it: it runs no resource and gives no vote. What it ran may run elsewhere.',
  'node-stopped.pcs-cluster-start': 'on any node',
  'node-stopped.journalctl': ({ nodes }: { nodes: List }) =>
    `on ${list(nodes)}, if nobody stopped it: shows why it ended`,
  'node-outside.title': ({ names }: { names: List }) =>
    `${list(names)} ${plural(names.length, { one: 'has', other: 'have' })} no corosync.conf, and other nodes of the lab have one`,
  'node-outside.means':
    'It does not belong to the cluster: nobody added it, or its configuration was destroyed. pcs cluster start fails there; it has to be added.',
  'node-outside.remove': 'on a member, if pcs status still lists it',
  'node-outside.add': 'on a member; if pcs is not authenticated there: pcs host auth first',
  'link-down.title': ({ names, device, network }: { names: List; device: string; network: string | undefined }) =>
    `${device} of ${list(names)} is down${network === undefined ? '' : ` (network ${network})`}`,
  'link-down.means': 'Nothing reaches the node over it, and addresses on it do not answer.',
  'link-down.means.cut-off':
    'No link that carries cluster traffic is up there, so corosync on the two sides counts the other as lost.',
  'link-down.cause.down': 'It was switched off on the node itself.',
  'link-down.cause.no-carrier':
    'It is switched on, and there is no signal: the cable or the port at the other end is off.',
  'node-unclean.title': ({ type, names, as }: { type: NodeType; names: List; as: string }) =>
    `${subject(type, names)} UNCLEAN (${as})`,
  'node-unclean.means':
    'The cluster does not know whether anything still runs there, and has to fence it before it starts those resources elsewhere.',
  'node-unclean.means.online':
    'It still counts as a member: either something failed on it that only fencing can clear (most often a stop; see the failed actions), or it has just died and is about to be fenced. Check again in a minute.',
  'node-unclean.means.stop-failed': ({ resources }: { resources: List }) =>
    `It still counts as a member; the stop of ${list(resources)} failed there, which only fencing can clear.`,
  'node-pending.title': ({ type, names }: { type: NodeType; names: List }) => `${subject(type, names)} pending`,
  'node-pending.means':
    'Corosync receives its heartbeat and counts it for quorum, but pacemaker there has not joined yet, so nothing runs on it so far. After a start this lasts seconds.',
  'node-pending.cause': 'It is starting. If this persists, pacemaker hangs there, or the DC refuses it.',
  'node-pending.journalctl-pacemaker': 'on that node, and on the DC',
  'node-pending.crm-mon': 'again, to see whether anything changes',
  'node-standby.title': ({ names }: { names: List }) => `${subject('member', names)} in standby`,
  'node-standby.means': 'Still a member with a vote, but not allowed to run resources.',
  'node-standby.means.with-resources': 'It still runs some: they are being moved away, or have nowhere to go.',
  'node-standby.cause': 'It was set for maintenance or an exercise, and stays in force after a restart.',
  'node-standby.pcs-node-unstandby': 'when the work is done (pcs cluster unstandby, up to 0.9)',
  'node-standby-on-fail.title': ({ names }: { names: List }) =>
    `${subject('member', names)} in standby because of a failure`,
  'node-standby-on-fail.means':
    'An operation with on-fail=standby failed there, so it may not run resources until an administrator intervenes.',
  'node-standby-on-fail.cause': 'See the failed actions.',
  'node-standby-on-fail.pcs-resource-failcount': 'shows which resource failed',
  'node-standby-on-fail.pcs-resource-cleanup': 'after the fix: ends this standby',
  'node-maintenance.title': ({ names }: { names: List }) => `${subject('member', names)} in maintenance`,
  'node-maintenance.means': 'Resources there keep running, but pacemaker does not start, stop or monitor them.',
  'node-maintenance.cause': 'An administrator set it.',
  'node-health.title': ({ names, health }: { names: List; health: string }) =>
    `The health of ${list(names)} is ${health}`,
  'node-health.means.red':
    'A health agent reports trouble there. Depending on node-health-strategy, resources move away from the node.',
  'node-health.means.yellow': 'A health agent reports signs of trouble there: disk, load or temperature.',
  'node-health.crm-mon-a': 'shows the attributes that begin with #health',
  'node-health.pcs-property-config': 'shows what follows from it',
  'node-leftover.title': ({ names, unclean, id }: { names: List; unclean: boolean; id: string | undefined }) =>
    `Node ${list(names)} ${plural(names.length, { one: 'is', other: 'are' })} listed twice: online, and ${unclean ? 'UNCLEAN' : 'offline'} under ${id === undefined ? 'another id' : `the id ${id}`}`,
  'node-leftover.means':
    'There is only one machine. Its id in corosync changed, and pacemaker kept the entry with the old id.',
  'node-leftover.crm-node': 'lists all ids and names',
  'node-leftover.cibadmin-node-id': 'deletes the old entry; with node_state instead of node, its recorded state',
  'node-unlisted.title': ({ names, resources }: { names: List; resources: List }) =>
    `${list(names)} ${plural(names.length, { one: 'is', other: 'are' })} not in the list of nodes, yet ${list(resources)} ${plural(resources.length, { one: 'is', other: 'are' })} shown there`,
  'node-unlisted.means.replica':
    'This is the node inside a container of a bundle. crm_mon does not list such nodes while they are offline.',
  'node-unlisted.means.mismatch':
    'As many nodes are listed as the cluster counts, so this name belongs to none of them: names do not match, or the text was edited. Nothing can be concluded about where it really runs.',
  'node-unlisted.means.unknown':
    'This output does not say what it is: crm_mon leaves out guest nodes that are offline, and a list of nodes may be filtered or incomplete.',
  'nodes-not-listed.title': ({ listed, counted }: { listed: number; counted: number }) =>
    `The summary counts ${counted} nodes, and ${listed} ${plural(listed, { one: 'is', other: 'are' })} listed`,
  'nodes-not-listed.means':
    'The missing ones may be guest nodes that are offline, which crm_mon does not list, or lines of this output are missing. Nothing is known of them here.',
  'node-unlisted.crm-mon': 'shows the state of the resource that runs it',
  'node-offline.systemctl-status-corosync': ({ node }: { node: string }) =>
    `on ${node}: shows whether the cluster runs there`,
  'node-offline.corosync-cfgtool': 'shows whether its heartbeat arrives',
  'node-offline.pcs-cluster-start': 'if it was only stopped',
  'node-offline.remote.pcs-status': 'shows the resource that makes the connection',
  'node-unclean.cause.no-dc':
    'There is no DC to confirm the state of the nodes: all of them are shown like this until one is elected.',
  'node-unclean.cause.dc-offline':
    'The DC itself is listed as offline, so this list is not to be trusted; see the entry on that.',
  'node-unclean.cause.no-quorum': 'This partition has no quorum, and without it no node is fenced.',
  'node-unclean.cause.no-device': 'There is no fence device, so it cannot be fenced and stays unclean.',
  'node-unclean.cause.no-device-listed':
    'There is no fence device: every configured resource is listed, and none is one. So nothing will fence the node, unless sbd’s watchdog does (not printed here). Create a fence device, bring the node back into the cluster, or confirm manually that it is off.',
  'node-unclean.cause.stonith-disabled': 'Fencing is disabled, so it will not be fenced.',
  'node-unclean.cause.fencing-failed': 'Fencing was attempted and failed; see the entry on that.',
  'node-unclean.cause.fencing-pending': 'It is being fenced right now.',
  'node-unclean.confirm': 'ONLY after you have seen for yourself that it is powered off; otherwise this destroys data',
  'node-unclean.corosync-quorumtool': 'shows the members',
  'node-unclean.journalctl-pacemaker': 'on the DC: shows why it is unclean',

  'daemon-down.title': ({ names, active }: { names: List; active: string }) =>
    `${list(names)} ${plural(names.length, { one: 'is', other: 'are' })} ${active} on the node that was queried`,
  'daemon-down.means.pcsd': 'pcs on other nodes cannot reach this one. The cluster runs without pcsd.',
  'daemon-down.means.cluster': 'The cluster cannot run on a node without it.',
  'daemon-down.cause':
    'It was stopped or has failed; a daemon started without systemd, as in a container, is shown like this too.',
  'daemon-down.systemctl-status': 'shows whether and how it failed',
  'daemon-down.journalctl': 'shows why',
  'daemon-not-at-boot.title': ({ names }: { names: List }) => `Not started at boot: ${list(names)} (active/disabled)`,
  'daemon-not-at-boot.means': ({ names }: { names: List }) =>
    `${plural(names.length, { one: 'It is', other: 'They are' })} running now, but after a reboot the node does not rejoin the cluster by itself. Some prefer it that way, to inspect a fenced node before it rejoins.`,
  'daemon-not-at-boot.systemctl-enable-pcsd': 'on each node',
  'daemon-not-at-boot.pcs-cluster-enable': 'starts the cluster at boot, on all nodes',
  'daemons-fine.title': ({ names }: { names: List }) => `Running and enabled at boot: ${list(names)}`,
  'daemons-fine.means': 'On the node that was queried.',
  'pcsd-offline.title': ({ names }: { names: List }) => `pcsd does not answer on ${list(names)}`,
  'pcsd-offline.means': 'pcs cannot manage that node from here. The cluster itself does not need pcsd.',
  'pcsd-offline.cause': 'The node is down, pcsd does not run there, or port 2224 is blocked.',
  'pcsd-unauthorised.title': ({ names }: { names: List }) => `pcs is not authenticated against ${list(names)}`,
  'pcsd-unauthorised.means':
    'pcsd answers there but does not trust this node: there is no token, or it is no longer valid.',
  'pcsd-unauthorised.pcs-host-auth': 'asks for the password of hacluster (pcs cluster auth, up to 0.9)',
  'pcsd-unexplained.title': ({ names, printed }: { names: List; printed: List }) =>
    `pcsd on ${list(names)}: ${printed.join(' ')}`,
  'pcsd-unexplained.pcs-status-pcsd': 'queries it again',
};
