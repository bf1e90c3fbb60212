import { type ActiveFault, type Breakage, concerns } from '../model/fault-effect.js';
import { baseId } from '../model/resource-tree.js';
import type { AuditInput } from '../ports/audit.js';

type Under = Pick<AuditInput, 'faults'>;

/** An active fault takes the node, its daemons or its part in the cluster away. */
export function isTakenDown({ faults }: Under, node: string): boolean {
  return faults.some((each) => each.effect.node !== 'runs' && concerns(each, node));
}

/** An active fault ends or restarts its daemons; one that is halted may be killed for it. */
export function losesDaemons({ faults }: Under, node: string): boolean {
  return faults.some((each) => each.effect.node === 'loses-daemons' && concerns(each, node));
}

/** An active fault has stopped the whole node: it may be fenced, and boots then. */
export function isHalted({ faults }: Under, node: string): boolean {
  return faults.some((each) => each.effect.node === 'halted' && concerns(each, node));
}

/** An active fault separates it from the others, or from some of them. */
export function isSplitOff(under: Under, node: string): boolean {
  return isCutOff(under, node) || partitionsIn(under).some((groups) => groups.flat().includes(node));
}

/** They are in different groups of a partition; within its own each still receives from all. */
export function arePartitioned(under: Under, one: string, other: string): boolean {
  return partitionsIn(under).some((groups) => {
    const [its, others] = [one, other].map((name) => groups.findIndex((group) => group.includes(name)));
    return its !== others && its !== -1 && others !== -1;
  });
}

/** Active faults explain that these two sides do not receive each other: all of one are cut off, or they are partitioned. */
export function mayBeApart(under: Under, one: readonly string[], other: readonly string[]): boolean {
  const here = one.filter((node) => !isCutOff(under, node));
  const there = other.filter((node) => !isCutOff(under, node));
  if (here.length === 0 || there.length === 0) return true;
  return here.some((node) => there.some((far) => arePartitioned(under, node, far)));
}

function partitionsIn({ faults }: Under): readonly (readonly (readonly string[])[])[] {
  return faults.flatMap(({ effect: { connectivity } }) =>
    connectivity.kind === 'partitioned' ? [connectivity.groups] : [],
  );
}

/**
 * It lost some or all of the others. Neighbours in a ring part, and which memberships result is open: each counts as cut
 * off from all.
 */
export function isCutOff({ faults }: Under, node: string): boolean {
  return faults.some((each) => lostBy(each)?.nodes.includes(node));
}

/** It lost all of the others: its own view of them shows only that it does not receive them. */
export function isAlone({ faults }: Under, node: string): boolean {
  return faults.some((each) => lostBy(each)?.from === 'all' && lostBy(each)?.nodes.includes(node));
}

function lostBy({ effect: { connectivity } }: ActiveFault) {
  return connectivity.kind === 'lost' ? connectivity : undefined;
}

/** No active fault keeps it from stopping what it runs and leaving in order. */
export function mayLeaveInOrder({ faults }: Under, node: string): boolean {
  return faults.every((each) => each.effect.stopsInOrder || !concerns(each, node));
}

/** An active fault has taken this address from the node, whatever the cluster believes. */
export function isTaken(under: Under, node: string, address: string): boolean {
  return broken(under, node, 'address').some((each) => each.address === address);
}

/** An active fault makes this operation of the resource fail on the node; any operation, where none is named. */
export function isMadeToFail(under: Under, resource: string, node: string, operation?: string): boolean {
  return broken(under, node, 'operation').some(
    (each) => baseId(each.resource) === baseId(resource) && (operation === undefined || each.operation === operation),
  );
}

/** An active fault makes stops hang there: the node may be fenced for it. */
export function cannotStop(under: Under, node: string): boolean {
  return broken(under, node, 'operation').some(({ operation }) => operation === 'stop');
}

/** An active fault has added to the failures that are counted for the resource on the node. */
export function isCountedUp(under: Under, resource: string, node: string): boolean {
  return broken(under, node, 'fail-count').some((each) => baseId(each.resource) === resource);
}

/** Processes that an active fault has killed on the node, by their names. */
export function killedOn(under: Under, node: string): readonly string[] {
  return broken(under, node, 'process').map(({ process }) => process);
}

/** An active fault has filled up where this path is. */
export function isFilledUp(under: Under, node: string, path: string): boolean {
  return broken(under, node, 'full-path').some((each) => `${path}/`.startsWith(`${each.path}/`));
}

/** An active fault has broken the management controller of this node: an attempt to fence it by that fails. */
export function hasBrokenController(under: Under, node: string): boolean {
  return broken(under, node, 'management-controller').length > 0;
}

/** An active fault keeps this node from all power controllers: fence devices that run there fail. */
export function hasLostControllers(under: Under, node: string): boolean {
  return broken(under, node, 'way-to-controllers').length > 0;
}

/** An active fault has put the node in standby or maintenance. */
export function isSetAside(under: Under, node: string, condition: 'standby' | 'maintenance'): boolean {
  return broken(under, node, 'membership').some((each) => each.condition === condition);
}

function broken<K extends Breakage['kind']>(
  { faults }: Under,
  node: string,
  kind: K,
): readonly Extract<Breakage, { kind: K }>[] {
  return faults.flatMap(({ fault, effect: { breaks } }) =>
    breaks.kind === kind && fault.node === node ? [breaks as Extract<Breakage, { kind: K }>] : [],
  );
}

/** The step itself changed its daemons or its standing. */
export function isTouched({ touched }: Pick<AuditInput, 'touched'>, node: string): boolean {
  return touched.includes(node);
}
