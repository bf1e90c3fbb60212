import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

const ACTIONS: Readonly<Record<string, string>> = { reboot: 'Rebooting', off: 'Powering off', on: 'Unfencing' };

type Attempts = { times: number; at: string | undefined };

/** `, 3 times, last at 12:00:03`. */
const timesAndLast = ({ times, at }: Attempts) =>
  `${times === 1 ? '' : `, ${times} times`}${at === undefined ? '' : `, last at ${at}`}`;

export const DIAGNOSIS_FENCING = {
  'fencing-failed.title': ({ action, names, ...attempts }: Attempts & { action: string; names: List }) =>
    `${ACTIONS[action] ?? action} ${list(names)} failed${timesAndLast(attempts)}`,
  'fencing-failed.crm-node': 'lists the names of the nodes',
  'fencing-failed.pcs-stonith-config': 'shows address, user and plug of each device',
  'fencing-failed.journalctl-pacemaker-fenc': 'on the node that made the attempt',
  'fencing-failed.pcs-stonith-history': 'after the fix: clears the record',
  'fencing-pending.title': ({ action, names }: { action: string; names: List }) =>
    `${ACTIONS[action] ?? action} ${list(names)} is in progress`,
  'fencing-pending.means':
    'Resources that may have run there wait for it. It takes as long as the device needs, up to stonith-timeout (60 s by default) for each device.',
  'fencing-pending.cause': ({ delegate }: { delegate: string }) => `${delegate} carries it out.`,
  'fencing-done.title': (done: Attempts & { names: List; action: string; delegate: string | undefined }) =>
    `${list(done.names)} ${plural(done.names.length, { one: 'was', other: 'were' })} ${done.action === 'on' ? 'unfenced' : `fenced (${done.action})`}${timesAndLast(done)}${done.delegate === undefined ? '' : `, by ${done.delegate}`}`,
  'fencing-done.means': 'Fencing worked. The log of the node that was DC at the time says why it was needed.',
  'fencing-done.journalctl-pacemaker-fenc': 'on the nodes, around that time',
  'fencing-failed.means.unclean':
    'Until it succeeds, no resource that may still run there is started elsewhere: no service at all is better than two on the same data. Recovery is held up, and pacemaker keeps trying.',
  'fencing-failed.means.offline':
    'The node is offline and clean by now, so the problem was resolved in another way; but the device would fail again next time.',
  'fencing-failed.means.online':
    'The node is online again, so this is only a record. But the device will be needed one day, and would fail again.',
  'fencing-failed.means.no-node': 'No node of that name is listed. Fencing takes the name of a node, not of a device.',
  'fencing-failed.means.unknown':
    'Until a node that has to be fenced has been fenced, no resource that may run there is started elsewhere.',
  'fencing-failed.reason': ({ reason }: { reason: string }) => `The reason given: ${reason}.`,
  'fencing-failed.cause.no-node': 'A device was named instead, or the name is misspelt.',
  'fencing-failed.cause':
    'The device does not answer (its network often fails along with the node), credentials or plug are wrong, or no device is allowed to fence this node (pcmk_host_list, pcmk_host_map).',
  'fencing-failed.delegate': ({ delegate }: { delegate: string }) => `${delegate} made the attempt.`,
};
