import { isLabError, LabError } from '../model/errors.js';
import { isNothing, NOTHING_LEFT } from '../model/left-over.js';
import type { Scenario } from '../model/scenario.js';
import { executeStep } from './execute-step.js';
import type { KeptLab } from './left-over.js';
import type { PlanEntry } from './plan.js';
import { type Isolating, keepLab, putBack, untilSettled } from './put-back.js';
import { createLateStage } from './put-back-stage.js';
import type { RunSession } from './session.js';

/** Lets each scenario find the lab as what it stands on leaves it, whatever was run in between. */
export interface Isolation {
  /** Makes the lab that. Resolves to why it could not be done. Throws LabError `interrupted`, and our own bugs. */
  before(entry: PlanEntry): Promise<string | undefined>;
  /** To be told of every scenario that was run, when its faults are undone. */
  after(entry: PlanEntry, hasPassed: boolean): Promise<void>;
  /** The lab is not fit for anything until it is made anew. */
  spoil(why: string): void;
}

export function createIsolation(session: RunSession, isolating: Isolating): Isolation {
  const { emit, signal } = session.deps;
  const grounds = new Map<string, Scenario>();
  const kept = new Map<string, KeptLab>();
  /** Whose work the lab shows, untouched. */
  let at: string | undefined;
  let last = '';
  let spoilt: string | undefined;

  async function keep(id: string): Promise<void> {
    try {
      kept.set(id, await keepLab(session, isolating));
    } catch (error) {
      if (!isLabError(error)) throw error;
      kept.delete(id);
    }
  }

  async function restore({ scenario, on }: PlanEntry, to: string): Promise<string | undefined> {
    const lab = kept.get(to);
    if (lab === undefined) {
      emit({ kind: 'warning', text: `${scenario.id} takes the lab as ${last} left it: after ${to} no cluster ran` });
      return undefined;
    }
    const stage = createLateStage(session, 'put-back');
    try {
      const done = await putBack(session, isolating, lab, (what) => stage.tell(`put back what ${last} left: ${what}`));
      if (!isNothing(done.left) || done.broughtBack.length > 0)
        stage.end({ ...done, after: last, before: scenario.id, to });
      return undefined;
    } catch (error) {
      stage.fail(error);
      if (!isLabError(error) || signal.aborted) throw error;
      return makeAnew({ scenario, on }, `${last} left it otherwise: ${error.message}`);
    }
  }

  async function makeAnew(
    { scenario, on }: Pick<PlanEntry, 'scenario' | 'on'>,
    why: string,
  ): Promise<string | undefined> {
    const { remake } = isolating;
    if (remake === undefined) return `${why}; the lab stood before this run, so it is not made anew`;
    const stage = createLateStage(session, 'anew');
    stage.tell(`make the lab anew: ${why}`);
    try {
      session.beginLab();
      await remake(stage.tell);
      for (const id of on) {
        await setUpAgain(session, grounds.get(id), stage.tell);
        await untilSettled(session, isolating);
        await keep(id);
      }
      session.beginLab();
      spoilt = undefined;
      emit({ kind: 'warning', text: `the lab was made anew before ${scenario.id}: ${why}` });
      stage.end({
        left: NOTHING_LEFT,
        broughtBack: [],
        anew: why,
        after: last,
        before: scenario.id,
        to: on.at(-1) ?? '',
      });
      return undefined;
    } catch (error) {
      stage.fail(error);
      if (!isLabError(error) || signal.aborted) throw error;
      spoilt = `${why}; and it could not be made anew: ${error.message}`;
      return spoilt;
    }
  }

  return {
    async before(entry) {
      const ground = entry.on.at(-1);
      const isThere = at === ground;
      at = undefined;
      if (spoilt !== undefined) return makeAnew(entry, spoilt);
      return ground === undefined || isThere ? undefined : restore(entry, ground);
    },
    async after({ scenario, isGround }, hasPassed) {
      last = scenario.id;
      at = undefined;
      if (!isGround || !hasPassed || signal.aborted) return;
      grounds.set(scenario.id, scenario);
      await keep(scenario.id);
      at = scenario.id;
    },
    spoil(why) {
      spoilt ??= why;
    },
  };
}

/** Unseen, for the reports have it already. Throws LabError where it does not pass this time. */
async function setUpAgain(
  session: RunSession,
  scenario: Scenario | undefined,
  tell: (text: string) => void,
): Promise<void> {
  if (scenario === undefined) throw new LabError('bug', 'what is to be set up again was never set up');
  const { auditor: _, ...deps } = session.deps;
  const unseen: RunSession = { ...session, deps: { ...deps, emit: () => undefined } };
  session.beginScenario();
  for (const step of scenario.steps) {
    tell(`${scenario.id} / ${step.id}`);
    const { verdict, reason } = await executeStep(unseen, scenario, step);
    if (verdict !== 'passed')
      throw new LabError('heal-failed', `${scenario.id} / ${step.id} is ${verdict} this time: ${reason ?? ''}`);
  }
}
