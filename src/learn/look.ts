import type { StatusReading } from '../model/cluster-state.js';
import type { Question, Task } from '../model/exercise.js';
import type { Expectation } from '../model/expectation.js';
import { faultText } from '../model/fault-nodes.js';
import type { LabObservation } from '../model/observation.js';
import type { Step } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import { untilAborted } from '../ports/clock.js';
import { judgeObserved } from '../runner/audit-step.js';
import { observeLab } from '../runner/observe-lab.js';
import { isOfCommand } from '../runner/poll.js';
import { createRound, expectedInWords, judgeOnce, type Round } from '../runner/round.js';
import { activeIn, type RunSession } from '../runner/session.js';
import type { CheckSeen, Disorder, Look, Outcome } from './events.js';
import type { Picture } from './picture.js';
import { pictureOf } from './picture-of.js';
import { type JudgedOption, outcomeOf } from './settle.js';

/** A look, and how the prediction comes out if this is the end of the step. */
interface Looked {
  readonly look: Look;
  readonly outcome?: Outcome;
  /** What was observed, where the cluster was idle and no audit found anything: later looks are audited against this. */
  readonly sound?: LabObservation;
}

/**
 * Looks once at the whole lab, and judges it for the step that a student does: its expectations, its questions and hints, and the
 * audits against `before`: what was observed as the step began, or at a later look that was sound. It waits for nothing and changes nothing.
 */
export async function lookAt(
  run: RunSession,
  step: Step,
  task: Task,
  before: LabObservation | undefined,
): Promise<Looked> {
  const round = createRound(run);
  const { signal } = run.deps;
  const [observed, checks] = await untilAborted(
    Promise.all([observe(run, before), judgeAll(run, round, expectationsFor(run, step))]),
    signal,
  );
  const [readings, fitting, answer, predict] = await untilAborted(
    Promise.all([
      Promise.all(run.haNodes.map(round.stateOf)),
      fittingHints(run, round, task),
      task.answer && judgeQuestion(run, round, task.answer),
      task.predict && checks.every(({ verdict }) => verdict === 'passed') && judgeQuestion(run, round, task.predict),
    ]),
    signal,
  );
  const { isSound, ...audits } = observed === undefined ? { isSound: false } : auditsOf(run, step, before, observed);
  const look: Look = {
    checks,
    ...audits,
    right: answer?.right === undefined ? {} : { answer: answer.right },
    fitting,
    picture: pictureFrom(run, readings, observed),
  };
  return { look, ...(predict ? { outcome: predict } : {}), ...(isSound && observed ? { sound: observed } : {}) };
}

/** Looks at the lab without judging anything. */
export async function takePicture(run: RunSession): Promise<Picture> {
  const round = createRound(run);
  const both = Promise.all([observe(run), Promise.all(run.haNodes.map(round.stateOf))]);
  const [observed, readings] = await untilAborted(both, run.deps.signal);
  return pictureFrom(run, readings, observed);
}

function pictureFrom(
  run: RunSession,
  readings: readonly StatusReading[],
  observed: LabObservation | undefined,
): Picture {
  const faults = [...new Set(activeIn(run).map(({ fault }) => faultText(fault)))];
  return pictureOf(run.deps.instance.lab, readings, observed ?? { nodes: [] }, faults);
}

/** How a question comes out at this moment. */
export async function judgeQuestion(run: RunSession, round: Round, { options }: Question): Promise<Outcome> {
  const judged: JudgedOption[] = [];
  for (const { id, when } of options) {
    const judgements = await Promise.all(when.map((each) => judgeOnce(run.deps.checks, each, round)));
    judged.push({ id, judgements });
    if (judgements.every(({ verdict }) => verdict === 'passed')) break;
  }
  return outcomeOf(judged);
}

/** The expectations of a step at this moment, without its questions and the audits. */
export function judgeExpectations(run: RunSession, step: Step): Promise<readonly CheckSeen[]> {
  return judgeAll(run, createRound(run), expectationsFor(run, step));
}

/** What judges the command of a step has nothing to judge where a student types. */
function expectationsFor({ deps: { checks } }: RunSession, { expect }: Step): readonly Expectation[] {
  return expect.filter((each) => !isOfCommand(checks, each));
}

async function judgeAll(
  run: RunSession,
  round: Round,
  expectations: readonly Expectation[],
): Promise<readonly CheckSeen[]> {
  const { checks } = run.deps;
  const judgements = await Promise.all(expectations.map((each) => judgeOnce(checks, each, round)));
  return expectations.map((each, index): CheckSeen => {
    const { verdict, seen } = judgements[index] as Judgement;
    return { expected: expectedInWords(checks, each, round.resolved), verdict, seen };
  });
}

async function fittingHints(run: RunSession, round: Round, { hints }: Task): Promise<readonly string[]> {
  const fitting = await Promise.all(
    hints.map(async ({ id, when }) => {
      const judgements = await Promise.all(when.map((each) => judgeOnce(run.deps.checks, each, round)));
      return when.length > 0 && judgements.every(({ verdict }) => verdict === 'passed') ? [id] : [];
    }),
  );
  return fitting.flat();
}

/** Everything that the audits read; undefined where audits are off. */
export async function observe(run: RunSession, before?: LabObservation): Promise<LabObservation | undefined> {
  const { auditor } = run.deps;
  if (auditor === undefined) return undefined;
  return observeLab(run, { auditor, ...(before === undefined ? {} : { before }), firstSince: 'now' });
}

function auditsOf(
  run: RunSession,
  step: Step,
  before: LabObservation | undefined,
  now: LabObservation,
): Pick<Look, 'disorders' | 'busy'> & { readonly isSound: boolean } {
  const activity = run.deps.auditor?.pendingActivityIn(now, { faults: activeIn(run) });
  const busy = activity === undefined || activity.mayStay ? undefined : activity.seen;
  const settled = {
    now,
    ...(activity === undefined ? {} : { pendingActivity: activity.seen }),
    ...(busy === undefined ? {} : { unsettled: busy }),
  };
  const { results } = judgeObserved({ session: run, step }, settled, before, Object.fromEntries(run.recorded));
  const disorders = results.flatMap(({ audit, findings }): readonly Disorder[] =>
    // That the cluster is at work is said by `busy`.
    audit === 'settled' ? [] : findings.map(({ verdict, seen }) => ({ audit, verdict, seen })),
  );
  return {
    disorders,
    ...(busy === undefined || results.length === 0 ? {} : { busy }),
    // What is under way now may have to be judged by what was there before it began.
    isSound: activity === undefined && results.length > 0 && disorders.length === 0,
  };
}
