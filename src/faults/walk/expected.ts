import { message } from '../../messages/message.js';
import type { Text } from '../../model/text.js';
import type { Draw, Effect, RawExpectation, RawExpectedViolation, WalkRow } from './row.js';
import { type Scene, wasOf } from './scene.js';

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

/** Without fencing, what a node that is lost still runs is started elsewhere all the same. */
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

export const NOTICED = 'token + consensus + 20s';

/** The others have noticed that the node is gone. Where there is fencing it is unclean to them until it was fenced. */
export function lost(node: string, { isFencing }: Scene, seenFrom?: string): Effect {
  const seat = seenFrom === undefined ? {} : { 'seen-from': seenFrom };
  const offline: RawExpectation = { node: wasOf(node), is: 'offline', ...seat };
  const unclean: RawExpectation = { node: wasOf(node), is: 'unclean', ...seat };
  return { expect: [isFencing ? { 'any-of': [[offline], [unclean]] } : offline], within: NOTICED };
}

/** Round a second time: neighbours may first be lost to each other one by one. */
export const QUORUM_LOST: Effect = {
  expect: [{ quorum: false, 'seen-from': 'all' }],
  within: '2 * token + 2 * consensus + 20s',
};

/** Of a fault that is on one node and has no other parameter. */
export function onOneNode<K extends string>(kind: K, becomes: 'offline' | 'standby' | 'maintenance') {
  return {
    draw: ({ chance, on }: Draw) => {
      const node = chance.one(on);
      return node === undefined ? undefined : { kind, node };
    },
    membersLost: () => 1,
    effect: ({ node }: { readonly node: string }) => ({
      expect: [{ node: wasOf(node), is: becomes }],
      within: NOTICED,
    }),
  } satisfies Partial<WalkRow<{ readonly kind: string; readonly node: string }>>;
}

/** No other fault overlaps it: what would stop a file system meanwhile hangs, and blocks it. */
export const ALONE = {
  membersLost: (_fault: unknown, { hosts }: Scene) => hosts.length,
  inForce: (_fault: unknown, scene: Scene) => waited(scene),
  healed: (_fault: unknown, scene: Scene) => waited(scene),
  recovery: () => 'recover',
  holdS: 20,
} satisfies Partial<WalkRow<{ readonly kind: string; readonly node: string }>>;

/** The set-ups mount a disk that the storage node serves. */
export function standsOnDisks({ lab, resources }: Scene): boolean {
  const isServed = lab.nodes.some(({ role }) => role === 'storage');
  return isServed && resources.some(({ agent }) => agent === 'ocf:heartbeat:Filesystem');
}

function waited({ resources }: Scene) {
  return mayBreak('no-failures', idsOf(resources), message('fault.waited-for-disk'));
}
