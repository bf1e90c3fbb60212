import { type RawFault, rowOf } from '../faults/index.js';
import { type Chance, createChance } from '../faults/walk/row.js';
import { everyTarget, isRole, othersThan, type Scene, targetOf } from '../faults/walk/scene.js';

export interface DrawnFault {
  /** From 1; its place in the walk. */
  readonly number: number;
  readonly fault: RawFault;
  /** It is made while the one before it is still in force. */
  readonly overlaps: boolean;
}

const TWO_AT_ONCE = 0.3;
/** So often another second one is looked for, before the fault stands alone. */
const TRIES = 8;

/** The first `count` faults of the walk of these numbers: a shorter walk is the beginning of a longer one. */
export function drawWalk(scene: Scene, random: () => number, count: number): readonly DrawnFault[] {
  const chance = createChance(random);
  const drawn: DrawnFault[] = [];
  for (let number = 1; number <= count; number += 1) {
    const before = drawn.at(-1);
    const second =
      before && !before.overlaps && chance.isHit(TWO_AT_ONCE) ? drawSecond(before.fault, scene, chance) : undefined;
    const fault = second ?? drawOne(scene, chance, everyTarget(scene));
    if (fault === undefined) return drawn;
    drawn.push({ number, fault, overlaps: second !== undefined });
  }
  return drawn;
}

function drawOne(scene: Scene, chance: Chance, on: readonly string[]): RawFault | undefined {
  const rows = scene.kinds.flatMap((kind) => rowOf(kind) ?? []);
  for (let left = rows; left.length > 0; ) {
    const row = chance.weighted(left, ({ weight }) => weight);
    const fault = row?.draw({ scene, chance, on });
    if (fault !== undefined) return fault;
    left = left.filter((each) => each !== row);
  }
  return undefined;
}

function drawSecond(first: RawFault, scene: Scene, chance: Chance): RawFault | undefined {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const fault = drawOne(scene, chance, targetsOfSecond(first, scene));
    if (fault !== undefined && mayOverlap(fault, first, scene)) return fault;
  }
  return undefined;
}

/** A role that names the first fault's node would mean another node from then on. */
function targetsOfSecond(first: RawFault, scene: Scene): readonly string[] {
  const target = targetOf(first);
  const others = everyTarget(scene).filter((each) => !isRole(each) || each !== target);
  if (target === undefined || membersLostBy(first, scene) === 0) return others;
  const holders = others.filter((each) => each.startsWith('{holder of '));
  return [...othersThan(target, scene), ...holders];
}

/** Together they leave a quorum, and neither keeps the cluster from doing something about the other. */
function mayOverlap(second: RawFault, first: RawFault, scene: Scene): boolean {
  if (second.kind === first.kind && (rowOf(first.kind)?.isOneAtMost || mayBeSame(second, first))) return false;
  const sparable = Math.ceil(scene.hosts.length / 2) - 1;
  const [ofFirst, ofSecond] = [membersLostBy(first, scene), membersLostBy(second, scene)];
  const isBlocked =
    (rowOf(first.kind)?.blocksRecovery && ofSecond > 0) || (rowOf(second.kind)?.blocksRecovery && ofFirst > 0);
  return !isBlocked && ofFirst + ofSecond <= sparable;
}

/** A fault that is in force is not injected again, and a role may mean any node. */
function mayBeSame(second: RawFault, first: RawFault): boolean {
  const others = (fault: RawFault) => JSON.stringify({ ...fault, node: undefined });
  const targets = [targetOf(second), targetOf(first)];
  return (
    others(second) === others(first) && (targets[0] === targets[1] || targets.some((each) => each && isRole(each)))
  );
}

export function membersLostBy(fault: RawFault, scene: Scene): number {
  return rowOf(fault.kind)?.membersLost(fault, scene) ?? scene.hosts.length;
}

/** A fault, or two that are in force at once, from the whole cluster to the whole cluster. */
export type Round = readonly DrawnFault[];

/** One that would join what is not there any more stands alone. */
export function roundsOf(drawn: readonly DrawnFault[]): readonly Round[] {
  const rounds: DrawnFault[][] = [];
  for (const each of drawn) {
    const last = rounds.at(-1);
    if (each.overlaps && last?.at(-1)?.number === each.number - 1) last.push(each);
    else rounds.push([each]);
  }
  return rounds;
}
