import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

/** ` on a, b`, or nothing where no node is printed. */
const on = (nodes: List) => (nodes.length > 0 ? ` on ${list(nodes)}` : '');

const areOrIs = (names: List) => plural(names.length, { one: 'is', other: 'are' });

export const DIAGNOSIS_RESOURCES = {
  'resources-running.title': ({ running }: { running: number }) =>
    `${running} resource ${plural(running, { one: 'instance is', other: 'instances are' })} running`,
  'resources-running.means':
    'According to their monitor operations: pacemaker trusts the last result until the next one.',
  'no-resources.title': 'There are no resources yet',
  'no-resources.means': 'Nothing is configured, so there is nothing to run.',
  'no-resources.pcs-resource-create': 'creates the first one',
  'resource-failed.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} ${areOrIs(names)} FAILED${on(nodes)}`,
  'resource-failed.means':
    'An operation failed. Pacemaker recovers the resource by stopping and starting it; if this persists, the recovery is held up.',
  'resource-failed.means.stop':
    'It is neither running as it should nor surely stopped. Pacemaker goes on with it once the node has been fenced or the failure is cleaned up.',
  'resource-failed.cause.nothing': 'No failed action of it is printed here, so the reason is not known.',
  'resource-failed.means.several': 'On which of these nodes it is active, if on any, is not printed.',
  'resource-failed.cause.device': 'The fence device failed its monitor operation.',
  'resource-failed.cause.resource': 'See the failed actions for the reason.',
  'resource-failed.pcs-status': 'again, with the fail counts',
  'resource-failed.pcs-resource-cleanup': 'after the fix',
  'failure-ignored.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} failed${on(nodes)}, which is ignored as configured`,
  'failure-ignored.means': 'The operation has on-fail=ignore: pacemaker carries on as if it had succeeded.',
  'failure-ignored.pcs-resource-config': 'shows its operations',
  'resource-blocked.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} ${areOrIs(names)} blocked${on(nodes)}`,
  'resource-blocked.means':
    'Pacemaker leaves it alone and waits for an administrator. Resources that depend on it wait too.',
  'resource-blocked.cause.stop-failed':
    'Its stop failed, so it may still run there; without fencing there is no way to be sure, and starting it elsewhere could mean that two are running.',
  'resource-blocked.cause.unknown':
    'No failure that explains it is listed here. An operation with on-fail=block failed, which is also what a stop without fencing has by default.',
  'resource-blocked.pcs-resource-debug-stop': ({ nodes }: { nodes: List }) =>
    `${nodes.length > 0 ? `on ${list(nodes)}` : 'on the node'}: shows why it does not stop`,
  'resource-blocked.pcs-resource-cleanup': 'after you have made sure that it has really stopped there',
  'multiply-active.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `DANGER: ${list(names)} ${areOrIs(names)} active on ${nodes.length} nodes: ${list(nodes)}`,
  'multiply-active.means':
    'Only one instance may run. By default (multiple-active=stop_start), pacemaker stops it everywhere and starts it on one node; until then, two run at once.',
  'multiply-active.cause':
    'It was started manually, systemd starts it at boot, or the cluster was split without fencing.',
  'multiply-active.crm-resource': 'shows where it is now',
  'multiply-active.systemctl-is-enabled-service': 'a service that the cluster runs must not start at boot',
  'address-held-twice.title': ({ address, names, nodes }: { address: string; names: List; nodes: List }) =>
    `${address} (${list(names)}) is on ${list(nodes)} at the same time, by their own reports`,
  'address-held-twice.means': ({ claimed, others }: { claimed: List; others: List }) =>
    `Each of them answers for it, so which one a client reaches is chance. The cluster says that it is active on ${claimed.length > 0 ? list(claimed) : 'no node'} and does not look for it on ${others.length > 0 ? list(others) : 'the others'}.`,
  'address-held-twice.cause.split':
    'These nodes do not see each other, and each side runs it. Only fencing keeps a cluster from that.',
  'address-held-twice.corosync-cfgtool': 'on each of them: shows which links are cut; repair these first',
  'address-held-twice.cause.no-fencing':
    'Most often, the interface was down when the cluster stopped the address there: IPaddr2 then finds no interface to take it from, and the address is back with the link. Fencing is off, so nothing else made sure that the node gave it up.',
  'address-held-twice.cause.unknown':
    'Most often, the interface was down when the cluster stopped the address there: IPaddr2 then finds no interface to take it from, and the address is back with the link. Or it was added manually.',
  'address-held-twice.pcs-resource-refresh':
    'asks every node again; the cluster then finds it on all of them, stops it there and starts it once',
  'address-held-twice.nic': 'afterwards: IPaddr2 then finds the interface even while it is down',
  'address-held-twice.ip-address': ({ nodes }: { nodes: List }) => `on ${list(nodes)}: shows which addresses they have`,
  'on-unclean-node.title': ({ names, node }: { names: List; node: string }) =>
    `${list(names)} may still run on ${node}, which is UNCLEAN`,
  'on-unclean-node.means.device': 'Its state there is unknown. Meanwhile, other nodes can still use the fence device.',
  'on-unclean-node.means.resource':
    'Its state there is unknown. It is not started elsewhere until that node has been fenced.',
  'orphaned.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} ${areOrIs(names)} orphaned: active${on(nodes)}, but no longer configured`,
  'orphaned.means':
    'It was deleted from the configuration while it ran. Pacemaker stops it (stop-orphan-resources, on by default), unless the stop fails.',
  'orphaned.pcs-resource-cleanup': 'clears its record, once it has stopped',
  'unmanaged.title': ({ names }: { names: List }) => `${list(names)} ${areOrIs(names)} unmanaged`,
  'unmanaged.means':
    'Pacemaker does not start, stop or move an unmanaged resource, and does not recover it after a failure.',
  'unmanaged.cause': 'is-managed=false was set.',
  'unmanaged.title.maintenance': ({ names }: { names: List }) =>
    `${list(names)} ${areOrIs(names)} in maintenance, so unmanaged`,
  'unmanaged.cause.maintenance': 'The meta attribute maintenance=true was set on the resource.',
  'runs-until-managed.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} ${areOrIs(names)} disabled, but still ${plural(names.length, { one: 'runs', other: 'run' })}${on(nodes)}`,
  'runs-until-managed.means':
    'Pacemaker leaves it alone for now. As soon as it is managed again, it is stopped, because its target role is Stopped.',
  'runs-until-managed.pcs-resource-enable': 'before that, if it is meant to keep running',
  'on-offline-node.title': ({ names, role, nodes }: { names: List; role: string; nodes: List }) =>
    `${list(names)} ${areOrIs(names)} shown as ${role}${on(nodes)}, which ${plural(nodes.length, { one: 'is', other: 'are' })} OFFLINE`,
  'on-offline-node.means':
    'Pacemaker counts the node as stopped and the resource as running there, and both cannot be so. Unless the node is only cut off and still runs it, nobody provides this service; and pacemaker does not start it elsewhere while it believes this.',
  'on-offline-node.means.remote':
    'Pacemaker has no connection to that node, so whether the resource still runs there is unknown.',
  'on-offline-node.means.unmanaged':
    'It is unmanaged, so pacemaker keeps the last state that it knows. Whether anything still runs there is unknown, and it is not started elsewhere.',
  'on-offline-node.cause':
    'Pacemaker keeps an old state: this is known of 2.1.5 with shutdown-lock, where a node dies without being shut down. Or the text was edited.',
  'on-offline-node.pcs-property-config': 'shows whether resources wait for a node that was shut down',
  'on-offline-node.journalctl-pacemaker': 'on the DC: shows what it decided when the node left',
  'under-way.title': ({ names, what, nodes }: { names: List; what: string; nodes: List }) =>
    `${list(names)}: ${what}${on(nodes)}`,
  'under-way.means': 'An operation is in progress; check again in a moment.',
  'under-way.crm-mon': 'again',
  'multiply-active.data': 'This corrupts shared data.',
  'multiply-active.address': 'Two hosts answer for the same address.',
  'group-partial.title': ({ names, down }: { names: List; down: List }) =>
    `Group ${list(names)} runs only in part: ${list(down)} ${plural(down.length, { one: 'does', other: 'do' })} not run`,
  'group-partial.means': (group: { running: List; first: string; firstIs: 'stopped' | 'failed' }) =>
    `Members start in order, each after the one before it: ${list(group.running)} ${plural(group.running.length, { one: 'runs', other: 'run' })}. Check ${group.first} first, which ${group.firstIs === 'failed' ? 'has failed' : 'is stopped'}; the members after it wait for it.`,
  'group-partial.pcs-resource-config': 'shows the order and the options',
  'group-inactive.title': ({ names, hidden }: { names: List; hidden: number }) =>
    `Group ${list(names)}: ${hidden} ${plural(hidden, { one: 'member is', other: 'members are' })} inactive and not listed`,
  'group-inactive.means': 'Members start in order, so the missing ones are the last.',
  'clone-stopped-on.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${plural(names.length, { one: 'Clone', other: 'Clones' })} ${list(names)} ${plural(names.length, { one: 'does', other: 'do' })} not run on ${list(nodes)}, although ${plural(nodes.length, { one: 'that node is', other: 'those nodes are' })} online`,
  'clone-stopped-on.means':
    'A clone runs on every node that is allowed to run it. If a constraint keeps it off that node, or clone-max is less than the number of nodes, this is intended; otherwise something is wrong there.',
  'clone-stopped-on.cause': 'It failed there: see the failed actions.',
  'clone-stopped-on.cause.checking':
    'A monitor operation of a stopped instance is still in progress, so this may change: check again.',
  'clone-stopped-on.pcs-constraint-location': 'shows whether this is intended',
  'clone-not-there.title': ({ names, nodes }: { names: List; nodes: List }) =>
    `${list(names)} ${plural(names.length, { one: 'does', other: 'do' })} not run on ${list(nodes)}, as expected`,
  'clone-not-there.means': 'A clone cannot run on a node that is not fully available.',
  'clone-without-promoted.title': ({ names }: { names: List }) =>
    `Promotable clone ${list(names)} has no Promoted instance`,
  'clone-without-promoted.means': ({ nodes }: { nodes: List }) =>
    `It runs on ${list(nodes)}, but only as Unpromoted: a database or DRBD device in this state cannot be written to, and resources that need the Promoted instance wait.`,
  'clone-without-promoted.cause':
    'The agent gives no node a promotion score, because it does not know whether the data is up to date; or a constraint or a failed promote forbids it.',
  'clone-without-promoted.crm-simulate': 'shows the promotion scores',
  'clone-without-promoted.pcs-status': 'node attributes: master-NAME or promotion scores',
  'clone-not-promotable.title': ({ names, promoted, others }: { names: List; promoted: List; others: List }) =>
    `Clone ${list(names)} is not a promotable clone, yet is promoted${on(promoted)}${others.length === 0 ? '' : ` and not${on(others)}`}`,
  'clone-not-promotable.means':
    'Such a mixture cannot be in a promotable clone: the clone was made without that option, so pacemaker promotes no instance, and takes none of them over.',
  'clone-not-promotable.pcs-resource-config': 'shows its options',
  'clone-not-promotable.pcs-resource-promotable':
    'makes one of the resource, once it is no longer cloned (pcs resource master, up to 0.9)',
  'bundle-without-promoted.title': ({ names }: { names: List }) => `Bundle ${list(names)} has no Promoted instance`,
  'bundle-without-promoted.means': ({ nodes }: { nodes: List }) =>
    `It runs${on(nodes)}, but only as Unpromoted: such a service takes no writes, and resources that need the Promoted instance wait.`,
  'sap-hana.title': ({ names, attribute, value }: { names: List; attribute: string; value: string }) =>
    `SAP HANA on ${list(names)}: ${attribute} is ${value}`,
  'sap-hana.means.not-in-sync':
    'System replication to the secondary is not in sync. While this lasts, the agent does not take over to that secondary if the primary fails.',
  'sap-hana.means.down': 'The database there reports an error or is down (the first number of its roles; 4 is well).',
  'sap-hana.means.waiting':
    'The agent waits there before it decides on a role: for the primary, for the last primary to be settled, or for its first check.',
  'sap-hana.show-attr': 'shows the attributes of both sites side by side',
  'sap-hana.replication': 'on the primary, as SIDadm: shows the state of each service',
  'sap-hana.landscape': 'on that node, as SIDadm: shows the state of the database',
  'replica-down.title': ({ bundle, names }: { bundle: string; names: List }) =>
    `Bundle ${bundle}: ${list(names)} ${areOrIs(names)} down`,
  'replica-down.means': 'One container of the bundle, or the program in it, does not run; the others carry on.',
  'replica-down.cause':
    'The image cannot be pulled, the container exits, or there are fewer nodes than replicas (one a node, unless replicas-per-host allows more).',
  'replica-down.pcs-status': 'shows the parts of each replica',
  'replica-down.podman-ps': 'on the node: shows whether the container has exited (or docker ps -a)',
  'resources-running.title.all': ({ running }: { running: number }) =>
    plural(running, {
      one: 'The one resource instance is running',
      other: `All ${running} resource instances are running`,
    }),

  stopped: ({ names, why }: { names: List; why: string }) =>
    `${list(names)} ${plural(names.length, { one: 'is', other: 'are' })} stopped: ${why}`,
  'stopped-disabled.title': 'disabled',
  'stopped-disabled.means': 'It was disabled on purpose (target-role=Stopped), so this is as it should be.',
  'stopped-disabled.pcs-resource-enable': 'allows it to start',
  'stopped-by-stop-all.title': 'stop-all-resources is set',
  'stopped-by-stop-all.means': 'No resource starts while this is set.',
  'stopped-locked.title': ({ node }: { node: string }) => `reserved for ${node} until it is back`,
  'stopped-locked.means':
    'shutdown-lock is on: when a node is shut down cleanly, its resources wait for it instead of moving, for at most shutdown-lock-limit.',
  'stopped-locked.pcs-resource-refresh': 'releases the lock',
  'stopped-unmanaged.title.maintenance-mode': 'the cluster is in maintenance mode',
  'stopped-unmanaged.title.maintenance': 'it is in maintenance',
  'stopped-unmanaged.title.unmanaged': 'unmanaged',
  'stopped-unmanaged.means': 'Pacemaker does not start resources that it does not manage.',
  'stopped-no-dc.title': 'there is no DC',
  'stopped-no-dc.means': 'Without a DC, no node decides to start it.',
  'stopped-no-dc.pcs-status': 'again, once there is a DC',
  'stopped-no-quorum.title': 'no quorum',
  'stopped-no-quorum.means':
    'It starts by itself when this partition has quorum again; another partition may run it meanwhile.',
  'stopped-no-quorum.corosync-quorumtool': 'shows which members are missing',
  'stopped-no-device.title': 'fencing is on and there is no fence device',
  'stopped-no-device.means': 'It starts as soon as there is a device, or fencing is off.',
  'stopped-no-device-listed.title': 'probably because there is no fence device',
  'stopped-no-device-listed.means':
    'Every configured resource is listed, none is a fence device and none runs. Unless stonith-enabled is false, which this output does not print, pacemaker starts no resource without a fence device.',
  'stopped-no-device-listed.pcs-property-config': 'shows whether fencing is on (it is by default)',
  'stopped-no-node.title': 'no node can run it now',
  'stopped-no-node.means': 'Every node is offline, unclean, in standby or in maintenance.',
  'stopped-no-node.pcs-node-unstandby': 'if they are only in standby',
  'stopped-after-failure.title': ({
    operation,
    nodes,
    reported,
  }: { [K in 'operation' | 'reported']: string | undefined } & { nodes: List }) =>
    `${operation === undefined ? 'it failed too often' : `its ${operation} failed`}${on(nodes)}${reported === undefined ? '' : ` (${reported})`}`,
  'stopped-after-failure.means.everywhere':
    'It reports a wrong configuration, which pacemaker takes to be wrong on every node: it is not tried again anywhere.',
  'stopped-after-failure.means.here': 'It is not tried there again until the failure is cleaned up.',
  'stopped-after-failure.means.no-other': 'No other node is available.',
  'stopped-after-failure.means.others': ({ others }: { others: List }) =>
    `Why ${list(others)} ${plural(others.length, { one: 'does', other: 'do' })} not take it over is not shown here: it is not allowed there, has failed there before, or is about to start.`,
  'stopped-after-failure.cause': 'See the failed action for the reason.',
  'stopped-after-failure.pcs-resource-failcount': 'shows on which nodes it failed',
  'stopped-after-failure.pcs-resource-cleanup': 'after the fix: pacemaker tries again',
  'stopped-waits-for-fencing.title': ({ nodes }: { nodes: List }) =>
    `waiting until ${list(nodes)} ${plural(nodes.length, { one: 'is', other: 'are' })} fenced`,
  'stopped-waits-for-fencing.means':
    'By default (requires=fencing), nothing is started while a node is unclean, because it may still run there.',
  'stopped-banned.title': ({ nodes }: { nodes: List }) => `banned from every available node (${list(nodes)})`,
  'stopped-banned.means': 'Location constraints leave it nowhere to go.',
  'stopped-banned.pcs-constraint-location': 'shows which constraints',
  'stopped-banned.pcs-resource-clear': 'removes the constraints of move and ban',
  'stopped-ticket.title': ({ tickets }: { tickets: List }) => `possibly because the ticket ${list(tickets)} is missing`,
  'stopped-ticket.means': 'If it depends on that ticket, it runs at the site that holds the ticket.',
  'stopped-ticket.pcs-constraint-ticket': 'shows whether it depends on it',
  'stopped-behind.title': ({ first, container }: { first: string; container: string }) =>
    `waiting for ${first} in ${container}`,
  'stopped-behind.means': 'Members of a group start in order. Check the first one.',
  'stopped-unexplained.title': 'this output does not say why',
  'stopped-unexplained.means.device':
    'A stopped fence device is not monitored: it may or may not work when it is needed.',
  'stopped-unexplained.means.resource':
    'This output shows nothing that keeps it from running: no failure, no ban, and both quorum and nodes are there.',
  'stopped-unexplained.cause.device':
    'Most often its start failed, which checks whether the device answers, and the failure was cleaned up; or it is disabled or banned.',
  'stopped-unexplained.cause.resource':
    'It is about to be started (check again), a constraint that is not printed here keeps it off (location, order, colocation), or a failure was cleaned up.',
  'stopped-unexplained.pcs-constraint': 'shows all constraints',
  'stopped-unexplained.crm-simulate': 'shows what pacemaker would do, and the scores',
  'stopped-unexplained.pcs-stonith-config': 'shows how the device is reached',
};
