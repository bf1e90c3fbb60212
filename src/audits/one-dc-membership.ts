import type { Finding } from '../model/audit.js';
import type { AuditInput } from '../ports/audit.js';
import { failed, listed, onceIdle } from './finding.js';
import { nodeIn, runsPacemaker } from './node-words.js';
import { describePartition, type Partition } from './partitions.js';

/** Whether the members of each partition have the same members, and pacemaker those that corosync has. */
export function judgeMembership(input: AuditInput, partitions: readonly Partition[]): readonly Finding[] {
  return onceIdle(input, [
    ...oneSided(partitions),
    ...partitions.flatMap(ofTwoMinds),
    ...partitions.flatMap(({ said, members }) => said.flatMap((node) => strangers(input, node.node, members))),
  ]);
}

/** A counts B in, but B is of another membership by its own word. */
function oneSided(partitions: readonly Partition[]): readonly Finding[] {
  return partitions.flatMap((one) =>
    partitions.flatMap((other) => {
      const claimed = other.said.map(({ node }) => node).filter((node) => one.members.includes(node));
      if (one === other || claimed.length === 0) return [];
      const by = listed(one.said.map(({ node }) => node));
      const own = describePartition(other);
      return [
        failed(
          [...claimed, ...one.said.map(({ node }) => node)],
          `${by} ${one.said.length > 1 ? 'count' : 'counts'} ${listed(claimed)} in ${describePartition(one)}, but ${listed(claimed)} ${claimed.length > 1 ? 'are' : 'is'} in ${own} by its own word`,
        ),
      ];
    }),
  );
}

/** In one membership all have quorum or none has. */
function ofTwoMinds(partition: Partition): readonly Finding[] {
  const by = (quorate: boolean): readonly string[] =>
    partition.said.filter(({ quorum }) => quorum?.quorate === quorate).map(({ node }) => node);
  const [having, lacking] = [by(true), by(false)];
  if (having.length === 0 || lacking.length === 0) return [];
  const words = `with it by the word of ${listed(having)}, without it by that of ${listed(lacking)}`;
  return [failed([...having, ...lacking], `the members of ${describePartition(partition)} differ on quorum: ${words}`)];
}

/** Whom crm_mon has online, against corosync's members; who is joining is neither. */
function strangers({ now }: AuditInput, name: string, members: readonly string[]): readonly Finding[] {
  const status = nodeIn(now, name)?.status;
  if (status === undefined) return [];
  const known = status.nodes.filter(({ type, pending }) => type === 'member' && !pending);
  const online = known.filter((node) => node.online).map((node) => node.name);
  const lacking = known
    .filter((node) => !node.online && members.includes(node.name))
    .map((node) => node.name)
    .filter((member) => {
      const node = nodeIn(now, member);
      return node !== undefined && runsPacemaker(node) === true;
    });
  const extra = online.filter((node) => !members.includes(node));
  return [
    ...extra.map((node) =>
      failed(
        [name, node],
        `crm_mon on ${name} has ${node} online, which is no member by corosync there: ${listed(members)}`,
      ),
    ),
    ...lacking.map((node) =>
      failed(
        [name, node],
        `crm_mon on ${name} has ${node} offline, which runs pacemaker and is a member by corosync there`,
      ),
    ),
  ];
}
