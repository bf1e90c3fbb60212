import type { AuditKind } from '../../model/audit.js';
import type { Text } from '../../model/text.js';
import type { RawFault, Scene } from './scene.js';

/** An expectation as a scenario file has it; it is checked with the whole walk, which is read like any file. */
export type RawExpectation = Readonly<Record<string, unknown>>;

/** A violation that a step declares, as a scenario file has it. */
export interface RawExpectedViolation {
  audit: AuditKind | 'any';
  of?: string[] | undefined;
  because: string | Text;
  optional?: boolean | undefined;
}

/** What a fault is drawn from. */
export interface Draw {
  readonly scene: Scene;
  readonly chance: Chance;
  /** What it may be on: names and roles of nodes, as a scenario writes them. */
  readonly on: readonly string[];
}

/** What must be seen while a fault is in force, so that it is not healed before the cluster has noticed it. */
export interface Effect {
  readonly expect: readonly RawExpectation[];
  readonly within: string;
}

/**
 * What an operator does after a fault. `cleanup`: clears failures of what came back by itself. `recover`: the same where
 * something may be blocked until then, as after a stop that failed in a cluster without fencing. `sweep`: looks again where
 * addresses really are.
 */
export type Recovery = 'cleanup' | 'recover' | 'sweep';

/** What a walk knows of one kind of fault. */
export interface WalkRow<F = RawFault> {
  /** How often it is drawn, beside the others; 10 is usual. */
  readonly weight: number;
  /** Undefined where there is nothing of the kind to draw. Takes chance from `draw` only. */
  draw(draw: Draw): F | undefined;
  /** How many members the cluster may be without while it is in force; all of them where that is not known. */
  membersLost(fault: F, scene: Scene): number;
  /** What the cluster may do about another fault would be left undone meanwhile. */
  readonly blocksRecovery?: boolean;
  /** A second one in the same place would be refused, so no second one overlaps it. */
  readonly isOneAtMost?: boolean;
  effect?(fault: F, scene: Scene): Effect | undefined;
  /** What audits may find while it is in force, and why that is no news. */
  inForce?(fault: F, scene: Scene): readonly RawExpectedViolation[];
  /** What audits may find once it is healed. */
  healed?(fault: F, scene: Scene): readonly RawExpectedViolation[];
  /** What they may find until the cluster has noticed, where the next fault is healed without waiting for that. */
  unnoticed?(fault: F, scene: Scene): readonly RawExpectedViolation[];
  recovery?(fault: F, scene: Scene): Recovery | undefined;
  /** How long the cluster may take to become idle while it is in force. */
  readonly settle?: string;
  /** How long it stays where nothing tells that it was noticed: the cluster would be idle at once, and nothing tried. */
  readonly holdS?: number;
}

/** A kind that no walk draws, and why. */
export interface NeverDrawn {
  readonly never: string;
}

/** Choices by a stream of numbers in [0, 1): the same numbers make the same choices. */
export interface Chance {
  /** Undefined only where there is nothing to choose from. */
  one<T>(candidates: readonly T[]): T | undefined;
  /** `weightOf` above 0. */
  weighted<T>(candidates: readonly T[], weightOf: (each: T) => number): T | undefined;
  isHit(probability: number): boolean;
}

export function createChance(random: () => number): Chance {
  return {
    one: (candidates) => candidates[Math.floor(random() * candidates.length)],
    weighted(candidates, weightOf) {
      let left = random() * candidates.reduce((sum, each) => sum + weightOf(each), 0);
      for (const each of candidates) {
        left -= weightOf(each);
        if (left < 0) return each;
      }
      return candidates.at(-1);
    },
    isHit: (probability) => random() < probability,
  };
}
