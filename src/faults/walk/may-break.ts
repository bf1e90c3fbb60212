import type { Text } from '../../model/text.js';
import type { RawExpectedViolation } from './row.js';
import type { Scene } from './scene.js';

/** A matter of chance in a walk, for whatever was drawn before may have its part in it. */
export function mayBreak(
  audit: RawExpectedViolation['audit'],
  of: readonly string[],
  because: Text,
): readonly RawExpectedViolation[] {
  return of.length === 0 ? [] : [{ audit, of: [...of], because, optional: true }];
}

/** Of what these name, audits may be unable to tell. */
export function mayBeUntold(of: readonly string[], because: Text): readonly RawExpectedViolation[] {
  return of.length === 0 ? [] : [{ audit: 'any', of: [...of], because }];
}

/** The same, where it may be over by the time that audits look. */
export function mayBeUntoldYet(of: readonly string[], because: Text): readonly RawExpectedViolation[] {
  return mayBeUntold(of, because).map((violation) => ({ ...violation, optional: true }));
}

export function mayNotSettle(because: Text): RawExpectedViolation {
  return { audit: 'settled', because, optional: true };
}

/** Where nobody fences, what a node that is lost still runs is started elsewhere all the same. */
export function mayBeTwice({ resources, isFencing }: Scene, because: Text): readonly RawExpectedViolation[] {
  if (isFencing) return [];
  return [
    ...mayBreak('single-active', idsOf(resources), because),
    ...mayBreak('one-mac', addressesOf(resources), because),
  ];
}

export function idsOf(resources: Scene['resources']): readonly string[] {
  return resources.map(({ id }) => id);
}

export function addressesOf(resources: Scene['resources']): readonly string[] {
  return resources.flatMap(({ address }) => address ?? []);
}

/** Those that an address comes and goes with. */
export function withAddress({ resources }: Scene): Scene['resources'] {
  return resources.filter(({ address }) => address !== undefined);
}
