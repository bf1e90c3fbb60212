import { sameAddress } from '../model/managed-address.js';
import type { NodeReport } from '../model/node-look.js';
import { type Beside, NOTHING_BESIDE } from './beside.js';
import { conditionOf } from './changes.js';
import { placementsOf } from './placements.js';
import type { View } from './views.js';

/** What one look at a lab showed, and what earlier ones showed of resources that are away since. */
export interface Look {
  /** In ms on one clock: before the nodes were asked, and after they had answered. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Resource to the nodes that it is active on. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  /** Node to its condition, in pacemaker's words. */
  readonly nodes: ReadonlyMap<string, string>;
  /** `DC`, `quorum`, and links that are down by `ha-host1 eth1`. */
  readonly facts: ReadonlyMap<string, string>;
  readonly away: ReadonlyMap<string, Away>;
}

/** A resource that is active nowhere. */
interface Away {
  readonly from: readonly string[];
  /** It was last seen active by a look that began then. */
  readonly seenMs: number;
  /** The first look without it ended then. */
  readonly missedMs: number;
}

/** One thing that changed; `betweenMs` are the two looks that it happened between. */
export type Change = { readonly name: string; readonly betweenMs: readonly [number, number] } & (
  | {
      readonly kind: 'moved' | 'back';
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly away: Bounds;
    }
  | { readonly kind: 'started'; readonly to: readonly string[] }
  | { readonly kind: 'stopped'; readonly from: readonly string[] }
  | { readonly kind: 'other'; readonly from: string; readonly to: string }
);

/** It lasted no less and no longer, as far as looks every so often can tell. */
interface Bounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** What a look is made from: the view that counts, what the nodes report beside it, and which of them are off. */
export interface Seen {
  readonly fromMs: number;
  readonly toMs: number;
  readonly views: readonly View[];
  readonly reports: readonly NodeReport[];
  readonly off: readonly string[];
  readonly beside?: Beside;
}

/** Pure. `before` is the look before, if there is one; it stands for one that showed nothing. */
export function lookOf(seen: Seen, before?: Look): Look {
  const { fromMs, toMs, views, reports, off, beside = NOTHING_BESIDE } = seen;
  const state = (views.find((view) => view.state.quorate === true) ?? views[0])?.state;
  if (state === undefined && before !== undefined) return before;
  const places = new Map(
    (state === undefined ? [] : placementsOf(state)).flatMap(({ resource, nodes }) => {
      const there = nodes.filter((node) => !off.includes(node) && !lacksAddress(resource, node, reports, beside));
      return there.length > 0 ? [[resource, there.toSorted()] as const] : [];
    }),
  );
  const nodes = new Map((state?.nodes ?? []).map((node) => [node.name, conditionOf(node)]));
  const { dc, dcIsNone, quorate } = state ?? {};
  const facts = factsOf({ dc: dc?.name ?? (dcIsNone === true ? 'NONE' : undefined), quorate }, beside.linksDown);
  return lookAfter({ fromMs, toMs, places, nodes, facts }, before);
}

/** Pure. What a look shows, with what it has to remember of the one before. */
export function lookAfter(shown: Omit<Look, 'away'>, before?: Look): Look {
  return { ...shown, away: awayAfter(before, shown.places, shown.toMs) };
}

/** Pure. The facts of a look; what is undefined is not known. */
export function factsOf(
  cluster: { readonly dc: string | undefined; readonly quorate: boolean | undefined },
  linksDown: readonly { readonly node: string; readonly device: string }[],
): Look['facts'] {
  const { dc, quorate } = cluster;
  return new Map([
    ...(dc === undefined ? [] : [['DC', dc] as const]),
    ...(quorate === undefined ? [] : [['quorum', quorate ? 'with quorum' : 'WITHOUT quorum'] as const]),
    ...linksDown.map(({ node, device }) => [`${node} ${device}`, 'down'] as const),
  ]);
}

/** The node itself says that it does not have the resource's address on an interface that is up. */
function lacksAddress(resource: string, node: string, reports: readonly NodeReport[], beside: Beside): boolean {
  const address = beside.addresses.get(resource);
  const bound = reports.find(({ reading }) => reading.node === node)?.look?.addresses;
  if (address === undefined || bound === undefined) return false;
  return !bound.some((each) => each.up && sameAddress(each.address, address));
}

function awayAfter(before: Look | undefined, places: Look['places'], toMs: number): Look['away'] {
  if (before === undefined) return new Map();
  const gone = [...before.places]
    .filter(([resource]) => !places.has(resource))
    .map(([resource, from]) => [resource, { from, seenMs: before.fromMs, missedMs: toMs }] as const);
  return new Map([...before.away, ...gone].filter(([resource]) => !places.has(resource)));
}

/** Pure. What differs in a look from the one before it. What one of them does not show is no change. */
export function changesBetween(before: Look, now: Look): readonly Change[] {
  const betweenMs = [before.fromMs, now.toMs] as const;
  return [
    ...[...new Set([...before.places.keys(), ...now.places.keys()])].flatMap((name) =>
      placeChange(name, before, now, betweenMs),
    ),
    ...others(before.nodes, now.nodes, betweenMs),
    ...others(before.facts, now.facts, betweenMs),
    ...linkChanges(before, now, betweenMs),
  ];
}

function placeChange(name: string, before: Look, now: Look, betweenMs: Change['betweenMs']): readonly Change[] {
  const from = before.places.get(name);
  const to = now.places.get(name);
  if (from !== undefined && to !== undefined) {
    if (from.join() === to.join()) return [];
    // It was seen on both sides, and may have been away only in between.
    return [{ kind: 'moved', name, betweenMs, from, to, away: { leastMs: 0, mostMs: now.toMs - before.fromMs } }];
  }
  if (to === undefined) return from === undefined ? [] : [{ kind: 'stopped', name, betweenMs, from }];
  const away = before.away.get(name);
  if (away === undefined) return [{ kind: 'started', name, betweenMs, to }];
  const bounds = { leastMs: Math.max(0, before.fromMs - away.missedMs), mostMs: now.toMs - away.seenMs };
  const kind = away.from.join() === to.join() ? 'back' : 'moved';
  return [{ kind, name, betweenMs, from: away.from, to, away: bounds }];
}

/** Of names that both looks have. */
function others(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  betweenMs: Change['betweenMs'],
): readonly Change[] {
  return [...before].flatMap(([name, from]): Change[] => {
    const to = now.get(name);
    return to === undefined || to === from ? [] : [{ kind: 'other', name, betweenMs, from, to }];
  });
}

/** Only links that are down are listed. */
function linkChanges({ facts: before }: Look, { facts: now }: Look, betweenMs: Change['betweenMs']): readonly Change[] {
  const isLink = (name: string) => name.includes(' ');
  const went = (names: Iterable<string>, other: ReadonlyMap<string, string>, from: string, to: string): Change[] =>
    [...names]
      .filter((name) => isLink(name) && !other.has(name))
      .map((name) => ({ kind: 'other', name, betweenMs, from, to }));
  return [...went(now.keys(), before, 'up', 'down'), ...went(before.keys(), now, 'down', 'up')];
}
