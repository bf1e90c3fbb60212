import { type Lab, resourceNodesOf } from './lab.js';

/** The failures of a controller. `lies`: it reports that it has cut the power, and has not. */
export const CONTROLLER_FAILURES = ['unreachable', 'wrong-password', 'slow', 'lies'] as const;
export type ControllerFailure = (typeof CONTROLLER_FAILURES)[number];

/**
 * A device that fences a node, or one of several that do so together; it becomes one stonith resource. The cluster tries level 1 first, with
 * all devices of that level, and the next level if that fails.
 */
export interface FenceDevice {
  /** The id of the resource. */
  readonly id: string;
  /** The node that it fences. */
  readonly node: string;
  readonly level: number;
  readonly agent: string;
  readonly options: Readonly<Record<string, string>>;
  /** Options that must not appear in any log, event or report. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * 1: the node's own management controller, 2: its outlet of a switched power distribution unit. Of a node with two power supplies, the outlet
 * of the first and that of the second.
 */
export const CONTROLLER_NUMBERS = [1, 2] as const;
export type ControllerNumber = (typeof CONTROLLER_NUMBERS)[number];

/** A device with its own power and address that switches a node's power, or that of one of its two power supplies. */
export interface Controller {
  readonly node: string;
  readonly number: ControllerNumber;
  /** At which the cluster tries it. Those of two power supplies have one level, and both must succeed. */
  readonly level: 1 | 2;
  /** Its address on the management network, IPv4 without prefix. */
  readonly address: string;
  /** What its fence device is called, before the node's name, and who logs in there. */
  readonly device: string;
  readonly user: string;
}

/** The outlets are another maker's, with another user. */
const ONE_SUPPLY = [
  { number: 1, level: 1, device: 'fence', user: 'operator' },
  { number: 2, level: 2, device: 'outlet', user: 'outlets' },
] as const;
const TWO_SUPPLIES = [
  { number: 1, level: 1, device: 'supply1', user: 'outlets1' },
  { number: 2, level: 1, device: 'supply2', user: 'outlets2' },
] as const;
/** Nodes get addresses from .11 on (docs/fencing.md). */
const STEP = 100;

/**
 * The controllers of a lab's HA nodes: where a node has 10.77.0.12 on the management network, its management controller
 * has 10.77.0.112 and its outlet 10.77.0.212; the same for the outlets of two power supplies. None if the network is too small for that.
 */
export function controllersOf(lab: Lab): readonly Controller[] {
  const controllers = resourceNodesOf(lab).flatMap(({ name, management }) =>
    (lab.powerSupplies === 2 ? TWO_SUPPLIES : ONE_SUPPLY).map((each) => ({
      ...each,
      node: name,
      address: above(management, STEP * each.number),
    })),
  );
  const taken = new Set(lab.nodes.map(({ management }) => management));
  const fits =
    lab.management.prefix <= 24 && controllers.every(({ address }) => isHost(address) && !taken.has(address));
  return fits ? controllers : [];
}

/** The devices that the cluster tries together for a node: all of them must succeed, before the next level is tried. */
interface FencingLevel {
  readonly node: string;
  readonly level: number;
  readonly ids: readonly string[];
}

/** In the order of the devices. */
export function levelsOf(devices: readonly Pick<FenceDevice, 'id' | 'node' | 'level'>[]): readonly FencingLevel[] {
  const places = [...new Map(devices.map(({ node, level }) => [`${node} ${level}`, { node, level }])).values()];
  return places.map(({ node, level }) => ({
    node,
    level,
    ids: devices.flatMap((each) => (each.node === node && each.level === level ? each.id : [])),
  }));
}

function above(address: string, step: number): string {
  return address.replace(/\d+$/, (last) => String(Number(last) + step));
}

function isHost(address: string): boolean {
  return Number(address.split('.').at(-1)) < 255;
}
