import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { DeviceObservation, NodeObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { arePartitioned, isCutOff, isTakenDown } from './faults.js';
import { failed, joined, onceIdle, unique, unknown } from './finding.js';

/** What runs outside the cluster and decides with it: which partition has the device's vote, by its own word and by the members'. */
export const quorumDevice: AuditTable['quorum-device'] = {
  kind: 'quorum-device',
  holds: message('audit.quorum-device.holds'),
  reads: message('audit.quorum-device.reads'),
  judge,
};

function judge(input: AuditInput): readonly Finding[] {
  const { nodes, quorumDevice: device } = input.now;
  if (device === undefined) return [];
  return onceIdle(input, [
    ...countedTwice(nodes),
    ...stateOf(input, device),
    ...atOddsWithDevice(nodes, device, input),
  ]);
}

/** Members of different memberships that count the vote at the same time. */
function countedTwice(nodes: readonly NodeObservation[]): readonly Finding[] {
  const counting = nodes.filter(({ quorum }) => quorum?.device?.votes === true);
  if (unique(counting.map(({ quorum }) => quorum?.ringId)).length < 2) return [];
  const where = counting.map(({ node, quorum }) => `${node} (ring ${quorum?.ringId})`);
  const names = counting.map(({ node }) => node);
  return [failed(names, `two partitions count the vote of the quorum device at once: ${joined(where)}`)];
}

function stateOf(
  input: AuditInput,
  { node, answered, machine, active, problems }: DeviceObservation,
): readonly Finding[] {
  if (isTakenDown(input, node)) return [];
  const what = `${node}, which gives the vote of the quorum device,`;
  if (!answered && machine !== undefined && machine !== 'running')
    return [failed([node], `${what} is down: its machine is ${machine}`)];
  if (active === false) return [failed([node], `corosync-qnetd does not run on ${node}`)];
  if (answered && active === true) return [];
  return [unknown([node], `${what} did not answer: ${Object.values(problems).join('; ') || 'nothing says why'}`)];
}

/**
 * Members that are not connected to a device that runs and that no fault separates from them; and those that count its vote
 * and were not given it for their membership, or the other way round.
 */
export function atOddsWithDevice(
  nodes: readonly NodeObservation[],
  device: DeviceObservation,
  under: Pick<AuditInput, 'faults'>,
): readonly Finding[] {
  if (device.active !== true) return [];
  return nodes.flatMap(({ node, quorum }) => {
    if (quorum === undefined) return [];
    const client = device.clients.find(({ nodeId }) => nodeId === quorum.nodeId);
    if (client === undefined || quorum.device?.alive !== true)
      return isKeptFrom(under, node, device.node)
        ? []
        : [failed([node, device.node], unconnected(node, device, quorum))];
    if (client.ringId !== quorum.ringId || !/^N?ACK$/.test(client.vote)) return [];
    if ((client.vote === 'ACK') === quorum.device.votes) return [];
    const given = client.vote === 'ACK' ? 'gave' : 'refused';
    const counts = quorum.device.votes ? 'counts it' : 'does not count it';
    return [
      failed(
        [node, device.node],
        `${device.node} ${given} ${node} the vote of the quorum device, and ${node} ${counts}`,
      ),
    ];
  });
}

function unconnected(node: string, device: DeviceObservation, quorum: NodeObservation['quorum']): string {
  const by = quorum?.device?.alive === true ? `${device.node} does not list it` : `corosync on ${node} has lost it`;
  return `${node} is not connected to the quorum device on ${device.node}, which runs: ${by}`;
}

function isKeptFrom(under: Pick<AuditInput, 'faults'>, node: string, device: string): boolean {
  return (
    [node, device].some((each) => isCutOff(under, each) || isTakenDown(under, each)) ||
    arePartitioned(under, node, device)
  );
}
