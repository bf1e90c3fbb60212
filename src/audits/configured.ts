import {
  type Cib,
  type CibBundle,
  type CibClone,
  type CibGroup,
  type CibNodeState,
  type CibPrimitive,
  type CibResource,
  compareVersions,
} from '../model/cib.js';
import type { LabObservation } from '../model/observation.js';
import { isFalse, isTrue, parseCount } from '../model/pacemaker-values.js';
import type { AuditInput } from '../ports/audit.js';
import { quoratePartition } from './partitions.js';

type Meta = Readonly<Record<string, string>>;

/** A primitive as configured, with what stands around it. */
export interface Configured {
  readonly id: string;
  readonly primitive: CibPrimitive;
  readonly group?: CibGroup;
  readonly clone?: CibClone;
  readonly bundle?: CibBundle;
  /** What is in force: its own first, then that of what stands around it, then the defaults. */
  readonly meta: Meta;
}

export function configuredIn(cib: Cib): readonly Configured[] {
  return cib.resources.flatMap((resource) => primitivesIn(resource, cib.resourceDefaults));
}

function primitivesIn(resource: CibResource, defaults: Meta): readonly Configured[] {
  const meta = { ...defaults, ...resource.meta };
  switch (resource.kind) {
    case 'primitive':
      return [{ id: resource.id, primitive: resource, meta }];
    case 'group':
      return resource.members.flatMap((member) =>
        primitivesIn(member, meta).map((each) => ({ ...each, group: resource })),
      );
    case 'clone':
      return primitivesIn(resource.child, meta).map((each) => ({ ...each, clone: resource }));
    case 'bundle':
      if (resource.primitive === undefined) return [];
      return primitivesIn(resource.primitive, meta).map((each) => ({ ...each, bundle: resource }));
  }
}

/** Of an instance's or any container's id: what is configured by that name, or within it. */
export function configuredBy(cib: Cib, id: string): Configured | undefined {
  return configuredIn(cib).find((each) => each.id === id);
}

interface OperationCount {
  readonly resource: string;
  /** Absent where the failures of all operations are counted together. */
  readonly operation?: { readonly operation: string; readonly intervalMs: number };
  readonly count: number;
}

/** Of each resource, `fail-count-vip#monitor_30000` for each operation; up to 1.1.16 there was one for all. */
export function operationCountsIn(transient: CibNodeState['transient']): readonly OperationCount[] {
  return Object.entries(transient).flatMap(([name, value]) => {
    const [, resource, operation, interval] = /^fail-count-([^#]+)(?:#(.+)_(\d+))?/.exec(name) ?? [];
    if (resource === undefined) return [];
    const of = operation === undefined ? {} : { operation: { operation, intervalMs: Number(interval) } };
    return [{ resource, ...of, count: parseCount(value, 0) }];
  });
}

export function failCountsIn(transient: CibNodeState['transient']): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { resource, count } of operationCountsIn(transient)) sums.set(resource, (sums.get(resource) ?? 0) + count);
  return sums;
}

export function isFencingDevice(agent: string): boolean {
  return agent.startsWith('stonith:');
}

/** Only one instance of it may be. */
export function isSingle({ clone, bundle }: Configured): boolean {
  return clone === undefined && bundle === undefined;
}

/** The cluster neither starts nor stops it, by the configuration. */
export function isLeftAlone({ meta }: Configured, { properties }: Cib): boolean {
  return (
    isTrue(properties['maintenance-mode']) ||
    isFalse(meta['is-managed'] ?? properties['is-managed-default']) ||
    isTrue(meta.maintenance)
  );
}

/** The same for CIBs that say the same, be `num_updates` what it may: it counts how often, not what. */
export function contentOf({ version: { adminEpoch, epoch }, digest }: Pick<Cib, 'version' | 'digest'>): string {
  return `${adminEpoch}.${epoch} ${digest}`;
}

/** The CIB that counts most: of the quorate partition, its DC's first; else the newest. */
export function bestCib(observation: LabObservation | undefined): Cib | undefined {
  const quorate = quoratePartition(observation)?.respondents ?? [];
  const dc = quorate.find(({ dc: name }) => name !== undefined)?.dc;
  const counted = [...quorate.filter(({ node }) => node === dc), ...quorate].find(({ cib }) => cib !== undefined)?.cib;
  if (counted !== undefined) return counted;
  const others = observation?.nodes.flatMap(({ cib }) => cib ?? []) ?? [];
  return others.toSorted((one, other) => compareVersions(other.version, one.version))[0];
}

/** Primitives of which only one instance may be, in the last CIB that is known. */
export function singlesIn(input: Pick<AuditInput, 'now' | 'before'>): readonly Configured[] {
  const cib = lastCib(input);
  return cib === undefined ? [] : configuredIn(cib).filter(isSingle);
}

/** Where nothing runs any more, what was configured is known from before. */
export function lastCib({ now, before }: Pick<AuditInput, 'now' | 'before'>): Cib | undefined {
  return bestCib(now) ?? bestCib(before);
}
