import { haNodesOf, type Lab } from '../model/lab.js';
import type { LeftOver } from '../model/left-over.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import type { CibPart, KeptCib } from '../ports/cib-keeper.js';

/** A lab as a set-up left it: what others that stand on it must find. */
export interface KeptLab {
  readonly cib: KeptCib;
  /** Node to a digest of its corosync.conf. */
  readonly confs: ReadonlyMap<string, string>;
  readonly look: LabObservation;
}

/** In what the lab differs from how it was kept. Pure. */
export function leftOverOf(kept: KeptLab, cib: KeptCib, look: LabObservation): LeftOver {
  const changed = (kind: CibPart['kind']) => differing(kept.cib.parts, cib.parts, kind);
  const fencedBefore = new Set(fencingsIn(kept.look).map(({ text }) => text));
  const has = new Set(kept.cib.attributes.map(({ node, name }) => `${node} ${name}`));
  return {
    resources: changed('resources'),
    constraints: changed('constraints'),
    properties: changed('properties'),
    nodes: changed('nodes'),
    sections: changed('sections'),
    failures: cib.failures.filter((failure) => !kept.cib.failures.includes(failure)),
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

/** The HA nodes that are not members beside all the others, by their own word. Pure. */
export function absencesIn(look: LabObservation, lab: Lab): readonly Absence[] {
  const names = haNodesOf(lab).map(({ name }) => name);
  return names.flatMap((node): Absence[] => {
    const why = whyAbsent(
      look.nodes.find((each) => each.node === node),
      names.length,
    );
    return why === undefined ? [] : [{ node, why }];
  });
}

function whyAbsent(seen: NodeObservation | undefined, count: number): Absence['why'] | undefined {
  if (seen?.answered !== true) return seen?.machine === 'stopped' || seen?.machine === 'absent' ? 'off' : 'silent';
  const isActive = (name: string) => seen.units?.find((unit) => unit.name === name)?.active === 'active';
  if (!isActive('corosync') || !isActive('pacemaker')) return 'stopped';
  const online = seen.status?.nodes.filter((node) => node.online && !node.pending && !node.unclean) ?? [];
  return seen.quorum?.members.length === count && online.length >= count ? undefined : 'apart';
}

/** Units that start at boot where they did not, or the other way round. Pure. */
export function enablingsIn(
  kept: LabObservation,
  look: LabObservation,
): readonly { readonly node: string; readonly argv: readonly string[] }[] {
  return kept.nodes.flatMap(({ node, units }) => {
    const now = look.nodes.find((each) => each.node === node)?.units ?? [];
    return (units ?? []).flatMap(({ name, enabled }) => {
      const isOther = now.some((unit) => unit.name === name && unit.enabled !== enabled);
      if (!isOther || !['enabled', 'disabled'].includes(enabled)) return [];
      return [{ node, argv: ['systemctl', enabled === 'enabled' ? 'enable' : 'disable', name] }];
    });
  });
}
