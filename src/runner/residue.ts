import { haNodesOf, type Lab } from '../model/lab.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import type { Residue } from '../model/residue.js';
import type { CibPart, CibSnapshot } from '../ports/isolation.js';

/** A lab as a set-up left it: what others that stand on it must find. */
export interface LabSnapshot {
  readonly cib: CibSnapshot;
  /** Node to a digest of its corosync.conf. */
  readonly confs: ReadonlyMap<string, string>;
  readonly look: LabObservation;
}

/** In what the lab differs from its snapshot. Pure. */
export function residueOf(snapshot: LabSnapshot, cib: CibSnapshot, look: LabObservation): Residue {
  const changed = (kind: CibPart['kind']) => differing(snapshot.cib.parts, cib.parts, kind);
  const fencedBefore = new Set(fencingsIn(snapshot.look).map(({ text }) => text));
  const has = new Set(snapshot.cib.attributes.map(({ node, name }) => `${node} ${name}`));
  return {
    resources: changed('resources'),
    constraints: changed('constraints'),
    properties: changed('properties'),
    nodes: changed('nodes'),
    sections: changed('sections'),
    failures: cib.failures.filter((failure) => !snapshot.cib.failures.includes(failure)),
    attributes: cib.attributes.filter(({ node, name }) => !has.has(`${node} ${name}`)),
    fencings: [
      ...new Set(fencingsIn(look).flatMap(({ text, target }) => (fencedBefore.has(text) ? [] : [target]))),
    ].sort(),
  };
}

function differing(before: readonly CibPart[], now: readonly CibPart[], kind: CibPart['kind']): readonly string[] {
  const of = (parts: readonly CibPart[]) =>
    new Map(parts.filter((part) => part.kind === kind).map(({ id, digest }) => [id, digest]));
  const [old, current] = [of(before), of(now)];
  return [...new Set([...old.keys(), ...current.keys()])].filter((id) => old.get(id) !== current.get(id)).sort();
}

function fencingsIn({ nodes }: LabObservation) {
  return nodes.flatMap(({ fencing }) => fencing ?? []);
}

/** Why a node is not in the cluster; `apart` passes by itself, if anything does. */
export interface Absence {
  readonly node: string;
  readonly why: 'off' | 'silent' | 'stopped' | 'apart';
}

/** The HA nodes that are not members beside the others, by their own word and that of most. Pure. */
export function absencesIn(look: LabObservation, lab: Lab): readonly Absence[] {
  const running = look.nodes.filter((seen) => whyNotRunning(seen) === undefined);
  const most = largestPartition(running);
  return haNodesOf(lab).flatMap(({ name }): Absence[] => {
    const seen = look.nodes.find(({ node }) => node === name);
    const why = whyNotRunning(seen) ?? (isAmong(name, most) ? undefined : 'apart');
    return why === undefined ? [] : [{ node: name, why }];
  });
}

function whyNotRunning(seen: NodeObservation | undefined): Absence['why'] | undefined {
  if (seen?.answered !== true) return seen?.machine === 'stopped' || seen?.machine === 'absent' ? 'off' : 'silent';
  if (seen.units === undefined) return 'silent';
  const isActive = (name: string) => seen.units?.some((unit) => unit.name === name && unit.active === 'active');
  return isActive('corosync') && isActive('pacemaker') ? undefined : 'stopped';
}

/** By corosync's ring id, which all members of one membership have. */
function largestPartition(running: readonly NodeObservation[]): readonly NodeObservation[] {
  const rings = [...new Set(running.flatMap(({ quorum }) => quorum?.ringId ?? []))];
  const partitions = rings.map((ring) => running.filter(({ quorum }) => quorum?.ringId === ring));
  return partitions.toSorted((one, other) => other.length - one.length)[0] ?? [];
}

/** It is one of them, and online to all of them. */
function isAmong(name: string, partition: readonly NodeObservation[]): boolean {
  const isOnline = ({ status }: NodeObservation) =>
    status?.nodes.some((node) => node.name === name && node.online && !node.pending && !node.unclean) === true;
  return partition.some(({ node }) => node === name) && partition.every(isOnline);
}

/** Units that start at boot where they did not, or the other way round. Pure. */
export function enablingsIn(
  kept: LabObservation,
  look: LabObservation,
): readonly { readonly node: string; readonly unit: string; readonly enabled: boolean }[] {
  return kept.nodes.flatMap(({ node, units }) => {
    const now = look.nodes.find((each) => each.node === node)?.units ?? [];
    return (units ?? []).flatMap(({ name, enabled }) => {
      const isOther = now.some((unit) => unit.name === name && unit.enabled !== enabled);
      if (!isOther || !['enabled', 'disabled'].includes(enabled)) return [];
      return [{ node, unit: name, enabled: enabled === 'enabled' }];
    });
  });
}
