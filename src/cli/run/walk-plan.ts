import { scenarioText } from '../../config/scenario.js';
import { loadScenarios } from '../../config/scenario-files.js';
import { FAULTS, type FaultKind, rowOf } from '../../faults/index.js';
import { type Scene, sceneOf } from '../../faults/walk/scene.js';
import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import { abilitiesOf, type Backend } from '../../ports/backend.js';
import { rangesOf } from '../../report/walk-lines.js';
import { type PlanEntry, planRun } from '../../runner/plan.js';
import { type DrawnFault, drawWalk } from '../../walk/draw.js';
import { scenarioOfWalk } from '../../walk/walk.js';
import { ownFlagsIn } from '../backend-flags.js';
import type { LabFlags } from '../lab-session.js';
import type { Settings } from '../settings.js';
import { offerOf } from './lab-groups.js';
import { createRandom } from './request.js';

export const DEFAULT_GIVEN = 'form-cluster,fencing-off,virtual-ip';

interface WalkRequest {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly seed: number;
  readonly count: number;
  readonly given: readonly string[];
  /** The flags that select the lab, for the command that runs the walk again. */
  readonly where: string;
}

/** What `--random` drew. */
export interface Walk extends WalkRequest {
  readonly scene: Scene;
  readonly drawn: readonly DrawnFault[];
}

/** A scenario of a walk, as it is run and as it is kept. */
export interface WalkPlan {
  readonly plan: readonly PlanEntry[];
  /** Id of its scenario. */
  readonly id: string;
  readonly text: string;
}

/** Pure but for the files of the set-ups. Throws LabError where a set-up is none, or this lab cannot be broken at all. */
export function createWalk(request: WalkRequest): Walk {
  const { settings, instance, backend, seed, count, given } = request;
  const { lab } = instance;
  const { library } = loadScenarios(given, lab, settings);
  const scene = sceneOf(lab, [...library.values()], kindsOf(backend, instance));
  const drawn = drawWalk(scene, createRandom(seed), count);
  if (drawn.length === count) return { ...request, scene, drawn };
  throw new LabError('usage', `there is nothing to break in the lab ${lab.name} on ${backend.name}`, {
    hint: '`halab fault list` says what each fault needs; --given names set-ups that leave more to break',
  });
}

/** The whole walk, or some of its faults. It is read and checked like any scenario file. */
export function planWalk(walk: Walk, drawn: readonly DrawnFault[] = walk.drawn): WalkPlan {
  const { settings, instance, backend, scene, seed, given } = walk;
  const isPrefix = drawn.every(({ number }, index) => number === index + 1);
  const scenario = scenarioOfWalk(drawn, scene, { seed, given, isShrunk: !isPrefix });
  const text = scenarioText(scenario, [originOf(walk, drawn, isPrefix)]);
  const written = [{ file: `${scenario.id}.yaml`, text }];
  const { selected, library } = loadScenarios([], instance.lab, settings, { written });
  return { id: scenario.id, text, plan: planRun(selected, [...library.values()], offerOf(instance, backend)) };
}

function originOf(walk: Walk, drawn: readonly DrawnFault[], isPrefix: boolean): string {
  if (isPrefix) return `Drawn by: ${walkCommand(walk, drawn.length)}`;
  const numbers = rangesOf(drawn.map(({ number }) => number));
  return `Faults ${numbers} of what is drawn by: ${walkCommand(walk, walk.drawn.length)}`;
}

/** How to draw the first faults of a walk again. */
export function walkCommand({ seed, given, where }: Pick<Walk, 'seed' | 'given' | 'where'>, count: number): string {
  const setUps = given.join(',');
  const standing = setUps === DEFAULT_GIVEN ? '' : ` --given ${setUps}`;
  return `halab run --random ${count} --seed ${seed}${standing} ${where}`;
}

/** A lab that is up already may be named by `--name` alone. */
export function whereOf(flags: LabFlags, instance: LabInstance): string {
  const { lab = instance.lab.name, backend, image } = flags;
  const words = Object.entries({ lab, backend, ...ownFlagsIn(flags), image });
  return words.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag} ${value}`])).join(' ');
}

function kindsOf(backend: Backend, instance: LabInstance): readonly FaultKind[] {
  const abilities = abilitiesOf(backend, instance);
  return (Object.keys(FAULTS) as FaultKind[]).filter(
    (kind) => rowOf(kind) !== undefined && FAULTS[kind].needs({}).every((need) => abilities.includes(need)),
  );
}

export interface RandomFlags {
  readonly random?: number;
  readonly given?: string;
  readonly shrink?: number;
  readonly write?: string;
  readonly set?: string;
}

/** Throws LabError `usage` for flags that contradict each other. */
export function checkRandomFlags(selectors: readonly string[], flags: RandomFlags): void {
  const { random, given, write, set } = flags;
  if (random !== undefined && selectors.length > 0)
    throw new LabError('usage', `--random draws its own scenario, and ${selectors.join(', ')} is asked for as well`, {
      hint: 'leave one of them out; --given names the set-ups that a random walk requires',
    });
  if (random !== undefined && set !== undefined)
    throw new LabError('usage', '--set picks among scenario files, and --random draws its own', {
      hint: 'leave one of them out',
    });
  if (random !== undefined) return;
  const alone = given !== undefined ? '--given' : write !== undefined ? '--write' : undefined;
  if (alone !== undefined)
    throw new LabError('usage', `${alone} is for random walks`, { hint: 'add --random N, or leave it out' });
  if (selectors.length === 0 && set === undefined)
    throw new LabError('usage', 'no scenario is named', {
      hint: 'halab run SCENARIO runs ids, files or folders; --set SET runs a set of the library; --random N draws faults',
    });
}

/** Ids with commas, blanks around them allowed. */
export function setUpsOf(given: string): readonly string[] {
  const ids = given
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length > 0) return ids;
  throw new LabError('usage', '--given names no set-up', {
    hint: 'form-cluster at least, such as form-cluster,fencing-off',
  });
}
