import { haNodesOf, type Lab } from './lab.js';

/** What may be wrong with a controller. `lies`: it says that it has cut the power, and has not. */
export const CONTROLLER_FAILURES = ['unreachable', 'wrong-password', 'slow', 'lies'] as const;
export type ControllerFailure = (typeof CONTROLLER_FAILURES)[number];

/**
 * What the cluster is told of one way to fence a node: one stonith resource. Level 1 is tried first, the others where it
 * fails.
 */
export interface FenceDevice {
  /** Of the resource. */
  readonly id: string;
  /** Whom it fences. */
  readonly node: string;
  readonly level: number;
  readonly agent: string;
  readonly options: Readonly<Record<string, string>>;
  /** Options that nobody is to read: in no log, event or report. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Something with power and an address of its own that has a node's power in its hand. */
export interface Controller {
  readonly node: string;
  /** 1: the node's own management controller. 2: its outlet of a switched power distribution unit. */
  readonly level: 1 | 2;
  /** On the management network, IPv4 without prefix. */
  readonly address: string;
}

const LEVELS = [1, 2] as const;
/** Nodes are given out from .11 on (docs/fencing.md). */
const STEP = 100;

/**
 * The controllers of a lab's HA nodes: where a node has 10.77.0.12 on the management network, its management controller
 * has 10.77.0.112 and its outlet 10.77.0.212. None at all where the network has no room for that.
 */
export function controllersOf(lab: Lab): readonly Controller[] {
  const controllers = haNodesOf(lab).flatMap(({ name, management }) =>
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
