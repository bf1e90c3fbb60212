import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { mayBeApart } from './faults.js';
import { failed, listed, onceIdle, unique } from './finding.js';
import { isSilent, nodeIn, nodesIn, runsPacemaker, silence, unread } from './node-words.js';
import { judgeMembership } from './one-dc-membership.js';
import { describePartition, type Partition, partitionsOf } from './partitions.js';

export const oneDc: AuditTable['one-dc'] = {
  kind: 'one-dc',
  holds: message('audit.one-dc.holds'),
  reads: message('audit.one-dc.reads'),
  judge,
};

/** Only a DC is ever in these (daemons/controld/controld_fsa.h); S_ELECTION, S_RECOVERY and S_HALT tell neither way. */
const OF_DC: readonly string[] = [
  'S_IDLE',
  'S_INTEGRATION',
  'S_FINALIZE_JOIN',
  'S_POLICY_ENGINE',
  'S_TRANSITION_ENGINE',
  'S_RELEASE_DC',
];

function judge(input: AuditInput): readonly Finding[] {
  const partitions = partitionsOf(input.now).filter(({ said }) => said.some((node) => runsPacemaker(node) !== false));
  return [
    ...partitions.flatMap((partition) => judgePartition(input, partition)),
    ...judgeMembership(input, partitions),
    ...judgeSplit(input, partitions),
    ...notHeard(input),
  ];
}

function judgePartition(input: AuditInput, partition: Partition): readonly Finding[] {
  const dcs = dcsOf(partition);
  const where = describePartition(partition);
  if (dcs.length > 1) {
    const states = partition.said.filter(({ node }) => dcs.includes(node));
    const words = states.map(({ node, controller }) => `${node} (${controller})`);
    return [failed(dcs, `${dcs.length} nodes are the DC of ${where} by their own word: ${listed(words)}`)];
  }
  const [dc] = dcs;
  if (dc === undefined) return withoutDc(input, partition);
  return onceIdle(input, strayNames(partition, dc));
}

function dcsOf({ said }: Partition): readonly string[] {
  return said
    .filter(({ controller }) => controller !== undefined && OF_DC.includes(controller))
    .map(({ node }) => node);
}

/** Somebody who was not heard may be the DC; that is told of by itself. */
function withoutDc(input: AuditInput, partition: Partition): readonly Finding[] {
  const { members, said } = partition;
  const controllers = said.filter(({ controller }) => controller !== undefined);
  const mayHaveIt = members.some((member) => {
    const node = nodeIn(input.now, member);
    return node === undefined || (runsPacemaker(node) !== false && node.controller === undefined);
  });
  if (mayHaveIt || controllers.length === 0) return [];
  const states = controllers.map(({ node, controller }) => `${node} is in ${controller}`);
  return onceIdle(input, [failed(members, `${describePartition(partition)} has no DC: ${listed(states)}`)]);
}

/** Whom the members take for the DC. */
function strayNames(partition: Partition, dc: string): readonly Finding[] {
  return partition.said.flatMap((node) => {
    if (runsPacemaker(node) === false || node.status === undefined) return [];
    if (node.dc === dc) return [];
    const named = node.dc === undefined ? 'knows of no DC' : `says that the DC is ${node.dc}`;
    const isOutside = node.dc !== undefined && !partition.members.includes(node.dc);
    const outside = isOutside ? `, which is not in ${describePartition(partition)}` : '';
    return [failed([node.node, dc], `${node.node} ${named}${outside}, but ${dc} is, by its own controller’s word`)];
  });
}

/** Partitions that no fault in force explains: neither is a node cut off, nor do two belong to different groups. */
function judgeSplit(input: AuditInput, partitions: readonly Partition[]): readonly Finding[] {
  const quorate = partitions.filter((each) => each.quorate);
  const twice =
    quorate.length > 1
      ? [
          failed(
            unique(quorate.flatMap(({ members }) => members)),
            `${quorate.length} partitions have quorum at once: ${listed(quorate.map(describePartition))}`,
          ),
        ]
      : [];
  const led = partitions.filter((each) => dcsOf(each).length > 0);
  return [
    ...twice,
    ...led.flatMap((one, index) => led.slice(index + 1).flatMap((other) => unexplained(input, one, other))),
  ];
}

function unexplained(input: AuditInput, one: Partition, other: Partition): readonly Finding[] {
  if (mayBeApart(input, speakers(one), speakers(other))) return [];
  const words = [one, other].map((each) => `${listed(dcsOf(each))} in ${describePartition(each)}`);
  return [
    failed(
      unique([...dcsOf(one), ...dcsOf(other)]),
      `two partitions, each with a DC, and no fault in force that would split them: ${listed(words)}`,
    ),
  ];
}

function speakers({ said }: Partition): readonly string[] {
  return said.map(({ node }) => node);
}

function notHeard(input: AuditInput): readonly Finding[] {
  return nodesIn(input).flatMap((node) => {
    if (isSilent(node)) return [silence(node)];
    const runs = runsPacemaker(node);
    if (runs === undefined) return [unread(node, 'units')];
    if (!runs) return [];
    return (['quorum', 'controller', 'status'] as const)
      .filter((part) => node[part] === undefined)
      .map((part) => unread(node, part));
  });
}
