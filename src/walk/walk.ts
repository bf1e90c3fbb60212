import type { RawScenario } from '../config/scenario-schema.js';
import type { Scene } from '../faults/walk/scene.js';
import { message } from '../messages/message.js';
import { type DrawnFault, roundsOf } from './draw.js';
import { setupSteps, stepsOf } from './steps.js';

/** Below that, the loss of one member is the loss of the quorum. */
const HOSTS_NEEDED = 3;

interface WalkName {
  readonly seed: number;
  readonly given: readonly string[];
  /** Which of its faults were left out, if any. */
  readonly isShrunk?: boolean;
}

/** The walk as a scenario file has it: it can be kept, changed and run again. */
export function scenarioOfWalk(
  drawn: readonly DrawnFault[],
  scene: Scene,
  { seed, given, isShrunk }: WalkName,
): RawScenario {
  const count = drawn.length;
  return {
    id: `walk-${seed}-${isShrunk ? `shrunk-to-${count}` : count}`,
    title: message('walk.title', { faults: count, seed, shrunk: isShrunk === true }),
    needs: { 'ha-nodes': HOSTS_NEEDED },
    given: [...given],
    steps: [...setupSteps(scene), ...roundsOf(drawn).flatMap((round) => stepsOf(round, scene))],
  };
}
