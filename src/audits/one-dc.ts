import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { mayBeApart } from './faults.js';
import { failed, joined, onceIdle } from './finding.js';
import { nodeIn, nodesIn, runsPacemaker, unreadOfPacemaker } from './node-parts.js';
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
  const partitions = partitionsOf(input.now).filter(({ respondents }) =>
    respondents.some((node) => runsPacemaker(node) !== false),
  );
  return [
    ...partitions.flatMap((partition) => judgePartition(input, partition)),
    ...judgeMembership(input, partitions),
    ...judgeSplit(input, partitions),
    ...nodesIn(input).flatMap((node) => unreadOfPacemaker(node, ['quorum', 'controller', 'status'])),
  ];
}

function judgePartition(input: AuditInput, partition: Partition): readonly Finding[] {
  const dcs = dcsOf(partition);
  const where = describePartition(partition);
  if (dcs.length > 1) {
    const states = partition.respondents.filter(({ node }) => dcs.includes(node));
    const details = states.map(({ node, controller }) => `${node} (${controller})`);
    return [failed(dcs, `${dcs.length} nodes are the DC of ${where} by their own reports: ${joined(details)}`)];
  }
  const [dc] = dcs;
  if (dc === undefined) return withoutDc(input, partition);
  return onceIdle(input, strayNames(partition, dc));
}

function dcsOf({ respondents }: Partition): readonly string[] {
  return respondents
    .filter(({ controller }) => controller !== undefined && OF_DC.includes(controller))
    .map(({ node }) => node);
}

/** A node that was not read may be the DC; that it was not read is a finding of its own. */
function withoutDc(input: AuditInput, partition: Partition): readonly Finding[] {
  const { members, respondents } = partition;
  const controllers = respondents.filter(({ controller }) => controller !== undefined);
  const mayHaveIt = members.some((member) => {
    const node = nodeIn(input.now, member);
    return node === undefined || (runsPacemaker(node) !== false && node.controller === undefined);
  });
  if (mayHaveIt || controllers.length === 0) return [];
  const states = controllers.map(({ node, controller }) => `${node} is in ${controller}`);
  return onceIdle(input, [failed(members, `${describePartition(partition)} has no DC: ${joined(states)}`)]);
}

/** Members that name another DC, or none. */
function strayNames(partition: Partition, dc: string): readonly Finding[] {
  return partition.respondents.flatMap((node) => {
    if (runsPacemaker(node) === false || node.status === undefined) return [];
    if (node.dc === dc) return [];
    const named = node.dc === undefined ? 'knows of no DC' : `says that the DC is ${node.dc}`;
    const isOutside = node.dc !== undefined && !partition.members.includes(node.dc);
    const outside = isOutside ? `, which is not in ${describePartition(partition)}` : '';
    return [failed([node.node, dc], `${node.node} ${named}${outside}, but ${dc} is, as its own controller reports`)];
  });
}

/** Partitions that no fault in force explains: neither is a node cut off, nor do two belong to different groups. */
function judgeSplit(input: AuditInput, partitions: readonly Partition[]): readonly Finding[] {
  const quorate = partitions.filter((each) => each.quorate);
  const twice = `${quorate.length} partitions have quorum at once: ${joined(quorate.map(describePartition))}`;
  const inQuorate = quorate.flatMap(({ members }) => members);
  const led = partitions.filter((each) => dcsOf(each).length > 0);
  return [
    ...(quorate.length > 1 ? [failed(inQuorate, twice)] : []),
    ...led.flatMap((one, index) => led.slice(index + 1).flatMap((other) => unexplained(input, one, other))),
  ];
}

function unexplained(input: AuditInput, one: Partition, other: Partition): readonly Finding[] {
  if (mayBeApart(input, respondentNames(one), respondentNames(other))) return [];
  const details = [one, other].map((each) => `${joined(dcsOf(each))} in ${describePartition(each)}`);
  const seen = `two partitions, each with a DC, and no fault in force that would split them: ${joined(details)}`;
  return [failed([...dcsOf(one), ...dcsOf(other)], seen)];
}

function respondentNames({ respondents }: Partition): readonly string[] {
  return respondents.map(({ node }) => node);
}

/** Whether the members of each partition have the same members, and pacemaker those that corosync has. */
function judgeMembership(input: AuditInput, partitions: readonly Partition[]): readonly Finding[] {
  return onceIdle(input, [
    ...oneSided(partitions),
    ...partitions.flatMap(differOnQuorum),
    ...partitions.flatMap(({ respondents, members }) =>
      respondents.flatMap((node) => membersApart(input, node.node, members)),
    ),
  ]);
}

/** A counts B as a member, but B reports another membership. */
function oneSided(partitions: readonly Partition[]): readonly Finding[] {
  return partitions.flatMap((one) =>
    partitions.flatMap((other) => {
      const claimed = respondentNames(other).filter((node) => one.members.includes(node));
      if (one === other || claimed.length === 0) return [];
      const by = respondentNames(one);
      const claim = `${joined(by)} ${by.length > 1 ? 'count' : 'counts'} ${joined(claimed)} in ${describePartition(one)}`;
      const own = `${joined(claimed)} ${claimed.length > 1 ? 'are' : 'is'} in ${describePartition(other)} by its own report`;
      return [failed([...claimed, ...by], `${claim}, but ${own}`)];
    }),
  );
}

/** In one membership all have quorum or none has. */
function differOnQuorum(partition: Partition): readonly Finding[] {
  const by = (quorate: boolean): readonly string[] =>
    partition.respondents.filter(({ quorum }) => quorum?.quorate === quorate).map(({ node }) => node);
  const [having, lacking] = [by(true), by(false)];
  if (having.length === 0 || lacking.length === 0) return [];
  const details = `with it as reported by ${joined(having)}, without it as reported by ${joined(lacking)}`;
  return [
    failed([...having, ...lacking], `the members of ${describePartition(partition)} differ on quorum: ${details}`),
  ];
}

/** Nodes that crm_mon lists as online, against corosync's members; a node that is joining is neither. */
function membersApart({ now }: AuditInput, name: string, members: readonly string[]): readonly Finding[] {
  const status = nodeIn(now, name)?.status;
  if (status === undefined) return [];
  const known = status.nodes.filter(({ type, pending }) => type === 'member' && !pending);
  return known.flatMap(({ name: node, online }) => {
    if (online === members.includes(node)) return [];
    const shown = `crm_mon on ${name} has ${node} ${online ? 'online' : 'offline'}, which`;
    if (online) return [failed([name, node], `${shown} is no member by corosync there: ${joined(members)}`)];
    const observed = nodeIn(now, node);
    const runs = observed !== undefined && runsPacemaker(observed) === true;
    return runs ? [failed([name, node], `${shown} runs pacemaker and is a member by corosync there`)] : [];
  });
}
