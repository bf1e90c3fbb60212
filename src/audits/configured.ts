import {
  type Cib,
  type CibBundle,
  type CibClone,
  type CibGroup,
  type CibPrimitive,
  type CibResource,
  compareVersions,
} from '../model/cib.js';
import type { LabObservation } from '../model/observation.js';
import { isFalse, isTrue } from '../model/pacemaker-values.js';
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
  switch (resource.kind) {
    case 'primitive':
      return [{ id: resource.id, primitive: resource, meta: { ...defaults, ...resource.meta } }];
    case 'group':
      return resource.members.flatMap((member) =>
        primitivesIn(member, { ...defaults, ...resource.meta }).map((each) => ({ ...each, group: resource })),
      );
    case 'clone':
      return primitivesIn(resource.child, { ...defaults, ...resource.meta }).map((each) => ({
        ...each,
        clone: resource,
      }));
    case 'bundle':
      return resource.primitive === undefined
        ? []
        : primitivesIn(resource.primitive, { ...defaults, ...resource.meta }).map((each) => ({
            ...each,
            bundle: resource,
          }));
  }
}

/** Of an instance's or any container's id: what is configured by that name, or within it. */
export function configuredBy(cib: Cib, id: string): Configured | undefined {
  return configuredIn(cib).find((each) => each.id === id);
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

/** Where nothing runs any more, what was configured is known from before. */
export function lastCib({ now, before }: Pick<AuditInput, 'now' | 'before'>): Cib | undefined {
  return bestCib(now) ?? bestCib(before);
}
