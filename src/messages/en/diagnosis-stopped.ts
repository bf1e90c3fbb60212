import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

export const DIAGNOSIS_STOPPED = {
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
  'stopped-no-node.title': 'no node can run it now',
  'stopped-no-node.means': 'Every node is offline, unclean, in standby or in maintenance.',
  'stopped-no-node.pcs-node-unstandby': 'if they are only in standby',
  'stopped-after-failure.title': ({
    operation,
    node,
    reported,
  }: {
    operation: string | undefined;
    node: string | undefined;
    reported: string | undefined;
  }) =>
    `${operation === undefined ? 'it failed too often' : `its ${operation} failed`}${node === undefined ? '' : ` on ${node}`}${reported === undefined ? '' : ` (${reported})`}`,
  'stopped-after-failure.means.everywhere':
    'It reports a wrong configuration, which pacemaker takes to be wrong on every node: it is not tried again anywhere.',
  'stopped-after-failure.means.here':
    'It is not tried there again until the failure is cleaned up, and no other node takes it over: it failed there too, or is not allowed there.',
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
