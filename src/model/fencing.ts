import { type Lab, resourceNodesOf } from './lab.js';

/** The failures of a controller. `lies`: it reports that it has cut the power, and has not. */
export const CONTROLLER_FAILURES = ['unreachable', 'wrong-password', 'slow', 'lies'] as const;
export type ControllerFailure = (typeof CONTROLLER_FAILURES)[number];

/**
 * One way to fence a node, which becomes one stonith resource. The cluster tries level 1 first, and the next level if that
 * fails.
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

/** A device with its own power and address that switches a node's power. */
export interface Controller {
  readonly node: string;
  /** 1: the node's own management controller. 2: its outlet of a switched power distribution unit. */
  readonly level: 1 | 2;
  /** Its address on the management network, IPv4 without prefix. */
  readonly address: string;
}

const LEVELS = [1, 2] as const;
/** Nodes get addresses from .11 on (docs/fencing.md). */
const STEP = 100;

/**
 * The controllers of a lab's HA nodes: where a node has 10.77.0.12 on the management network, its management controller
 * has 10.77.0.112 and its outlet 10.77.0.212. None if the network is too small for that.
 */
export function controllersOf(lab: Lab): readonly Controller[] {
  const controllers = resourceNodesOf(lab).flatMap(({ name, management }) =>
    LEVELS.map((level) => ({ node: name, level, address: above(management, STEP * level) })),
  );
  const taken = new Set(lab.nodes.map(({ management }) => management));
  const fits =
    lab.management.prefix <= 24 && controllers.every(({ address }) => isHost(address) && !taken.has(address));
  return fits ? controllers : [];
}

function above(address: string, step: number): string {
  return address.replace(/\d+$/, (last) => String(Number(last) + step));
}

function isHost(address: string): boolean {
  return Number(address.split('.').at(-1)) < 255;
}
