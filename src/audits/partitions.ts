import type { LabObservation, NodeObservation } from '../model/observation.js';
import { unique } from './finding.js';

/** Nodes with the same membership, as their own corosync reports it. */
export interface Partition {
  readonly ringId: string;
  /** By name, whether they were read or not. */
  readonly members: readonly string[];
  /** The members that report it. */
  readonly respondents: readonly NodeObservation[];
  /** As at least one of them reports. */
  readonly quorate: boolean;
}

export function partitionsOf(observation: LabObservation): readonly Partition[] {
  const nameOf = namesById(observation);
  const found = new Map<string, Partition>();
  for (const node of observation.nodes) {
    if (!node.answered || node.quorum === undefined) continue;
    const { ringId, members, quorate } = node.quorum;
    const names = unique(members.map(({ id, name }) => nameOf.get(id) ?? shortName(name))).toSorted();
    const key = [ringId, ...names].join(' ');
    const other = found.get(key);
    found.set(key, {
      ringId,
      members: names,
      respondents: [...(other?.respondents ?? []), node],
      quorate: quorate || other?.quorate === true,
    });
  }
  return [...found.values()];
}

/** The partition with quorum; the first, if there are several, which is a finding of one-dc. */
export function quoratePartition(observation: LabObservation | undefined): Partition | undefined {
  return observation && partitionsOf(observation).find(({ quorate }) => quorate);
}

/** As the node itself reports. */
export function membersBy(observation: LabObservation, node: string): readonly string[] | undefined {
  return partitionsOf(observation).find(({ respondents }) => respondents.some((each) => each.node === node))?.members;
}

export function describePartition({ ringId, members }: Partition): string {
  return `{${members.join(', ')}} (ring ${ringId})`;
}

/** corosync may know its members by address alone; its ids are pacemaker's too. */
function namesById({ nodes }: LabObservation): ReadonlyMap<string, string> {
  const fromCibs = nodes.flatMap(({ cib }) => (cib?.nodes ?? []).map(({ id, name }) => [id, name] as const));
  const fromViews = nodes.flatMap(({ status }) =>
    (status?.nodes ?? []).flatMap(({ id, name }) => (id === undefined ? [] : [[id, name] as const])),
  );
  const ownWords = nodes.flatMap(({ node, quorum }) => (quorum === undefined ? [] : [[quorum.nodeId, node] as const]));
  return new Map([...fromCibs, ...fromViews, ...ownWords]);
}

function shortName(name: string): string {
  return /^[\d.]+$/.test(name) || name.includes(':') ? name : (name.split('.')[0] ?? name);
}
