import { setTimeout as delay } from 'node:timers/promises';
import { FAULTS } from '../../faults/index.js';
import { EMPTY_STATE } from '../../model/cluster-state.js';
import { isLabError, messageOf } from '../../model/errors.js';
import { ABILITIES, type Scenario, type ScriptHost, type Step } from '../../model/scenario.js';
import { ScriptStopped } from '../../model/scripted.js';
import { timerMs } from '../../model/slowness.js';
import { targetText } from '../../model/target.js';
import { driverOf } from '../../ports/fault.js';
import type { ScenarioSelection } from '../scenario-files.js';
import { type Problem, refuseIfAny } from '../source.js';
import { placeOf, placeOfError, TOP } from './place.js';
import type { FreshScript } from './read-script.js';

/** A script that makes more steps than this without a lab waits for something that only a lab shows. */
const MOST_STEPS = 100;
const LONGEST_MS = 5_000;

async function late(): Promise<'late'> {
  await delay(timerMs(LONGEST_MS), undefined, { ref: false });
  return 'late';
}

interface Rehearsal {
  readonly steps: readonly Step[];
  /** How many of them it makes whatever the lab answers. */
  readonly certain: number;
  readonly openEnd?: string;
  readonly problems: readonly Problem[];
}

/**
 * The same scenarios, their scripts gone through without a lab, so that a plan shows their steps and what these need.
 * Throws LabError `config-invalid` for every mistake that a script makes before it has asked the lab anything.
 */
export async function rehearseScripts<S extends ScenarioSelection>(selections: readonly S[]): Promise<readonly S[]> {
  const scenarios = new Set(selections.flatMap(({ selected, library }) => [...selected, ...library.values()]));
  const problems: Problem[] = [];
  const rehearsed = new Map<Scenario, Scenario>();
  for (const scenario of scenarios) {
    if (scenario.script === undefined || scenario.misfit !== undefined) continue;
    const rehearsal = await rehearse(scenario.script as FreshScript);
    problems.push(...rehearsal.problems);
    rehearsed.set(scenario, withSteps(scenario, rehearsal));
  }
  refuseIfAny(problems);
  const of = (scenario: Scenario) => rehearsed.get(scenario) ?? scenario;
  return selections.map((selection) => ({
    ...selection,
    selected: selection.selected.map(of),
    library: new Map([...selection.library].map(([id, scenario]) => [id, of(scenario)])),
  }));
}

function withSteps(scenario: Scenario, { steps, certain, openEnd }: Rehearsal): Scenario {
  const ofFaults = steps.flatMap(({ action }) =>
    action.kind === 'fault' ? driverOf(FAULTS, action.fault).needs(action.fault) : [],
  );
  const abilities = ABILITIES.filter((each) => [...scenario.needs.abilities, ...ofFaults].includes(each));
  const { play } = scenario.script as FreshScript;
  const script = { play, certain, ...(openEnd === undefined ? {} : { openEnd }) };
  return { ...scenario, steps, needs: { ...scenario.needs, abilities }, script };
}

/**
 * Calls the script with a host on which every step passes at once. Roles stand for themselves, commands print nothing; from the
 * first answer on that a lab would have given, what it does is a guess, and no mistake is told of it.
 */
async function rehearse({ call, source }: FreshScript): Promise<Rehearsal> {
  const steps: Step[] = [];
  let certain: number | undefined;
  let isOver = false;
  const guess = () => {
    certain ??= steps.length;
  };
  const host: ScriptHost = {
    async step(step) {
      if (isOver || steps.length >= MOST_STEPS) throw new ScriptStopped(`${MOST_STEPS} steps`);
      steps.push(step);
      if (step.action.kind === 'act') guess();
      return {
        outputs() {
          guess();
          return [{ node: '', exitCode: 0, stdout: '', stderr: '' }];
        },
      };
    },
    exec: async () => ({ node: '', exitCode: 0, stdout: '', stderr: '' }),
    async resolve(target) {
      if (target.kind !== 'node') guess();
      return targetText(target);
    },
    async state() {
      guess();
      return EMPTY_STATE;
    },
    pause: async () => undefined,
  };
  const ended = await Promise.race([call(host), late()]);
  isOver = true;
  const parts = { steps, certain: certain ?? steps.length };
  if (ended === 'late') return { ...parts, openEnd: 'it waits for something else than its steps', problems: [] };
  const { error } = ended;
  if (certain !== undefined) return { ...parts, openEnd: 'what follows depends on what the lab answers', problems: [] };
  if (error instanceof ScriptStopped)
    return { ...parts, openEnd: `it makes more than ${MOST_STEPS} steps`, problems: [] };
  return { ...parts, problems: error === undefined ? noSteps(source, steps) : problemsOf(error, source) };
}

function problemsOf(error: unknown, { file, path, text }: FreshScript['source']): readonly Problem[] {
  if (isLabError(error) && error.code === 'config-invalid') return error.data.problems as readonly Problem[];
  const place = placeOfError(error, path) ?? placeOf(text, /\bsteps\s*[:(]/) ?? TOP;
  if (isLabError(error)) return [{ file, ...place, message: error.message, hint: error.hint ?? 'fix it there' }];
  const [line = ''] = messageOf(error).split('\n');
  const name = error instanceof Error ? error.name : 'Error';
  return [{ file, ...place, message: `the script throws ${name}: ${line}`, hint: 'fix it there' }];
}

function noSteps({ file, text }: FreshScript['source'], steps: readonly Step[]): readonly Problem[] {
  if (steps.length > 0) return [];
  const hint = 'call inject, command, shell, expect, act or another of its functions, each with await';
  return [{ file, ...placeOf(text, /\bsteps\s*[:(]/), message: 'the script makes no step', hint }];
}
