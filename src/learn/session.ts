import { diagnose } from '../diagnosis/diagnose.js';
import { LabError, messageOf } from '../model/errors.js';
import type { LabObservation } from '../model/observation.js';
import type { Step } from '../model/scenario.js';
import { createRound } from '../runner/round.js';
import type { RunSession } from '../runner/session.js';
import { recordPastRoles, statesThatCount } from '../runner/targets.js';
import { nextHelp } from './choose-hint.js';
import { actStep, healOwn } from './do-step.js';
import type { GivenHelp, LearnEvent, Look, StampedLearnEvent } from './events.js';
import { refuseInExam } from './exam.js';
import { foldLearning } from './fold-learning.js';
import { helpOf } from './help-text.js';
import { keptTasks } from './kept-tasks.js';
import { judgeQuestion, lookAt, observe } from './look.js';
import { openQuestion, requireReady, unknownStep, whyNotReady } from './refusals.js';
import { withMemoryOf } from './remembered.js';
import { currentOf, isThrough, type LearnState, learnStepOf, standingOf, stepOf, taskOf } from './state.js';

/** What a learning session needs from outside. */
interface LearnDeps {
  /** The runner's session on this lab. */
  readonly run: RunSession;
  readonly log: {
    append(event: LearnEvent): StampedLearnEvent;
    read(): readonly StampedLearnEvent[];
  };
  /** Files of the session, by name; what was not written reads as undefined. */
  readonly keep: {
    write(name: string, text: string): unknown;
    read(name: string): string | undefined;
  };
  readonly baseline: Baseline;
  /** One command at a time changes the lab. Throws LabError `lab-busy` where somebody else is at it. */
  exclusively<T>(doing: string, work: () => Promise<T>): Promise<T>;
}

/** The state of the lab that an exercise begins with. */
export interface Baseline {
  /**
   * Brings the lab to it, whatever was done since. For a step, nodes that run go on if the cluster's own configuration is enough to
   * do so; for an exercise, their disks are new too. Throws LabError that says what could not be restored.
   */
  restore(onProgress: (text: string) => void, scope: 'step' | 'exercise'): Promise<void>;
}

/** One student's session: every call reads the log first, acts, appends what happened, and resolves to the state after it. */
export interface LearnSession {
  state(): LearnState;
  /** Goes to the first step; for a session that has just been started in a lab where all set-ups are done. */
  begin(): Promise<LearnState>;
  /** Looks once. */
  look(): Promise<LearnState>;
  /** Looks until the task has held for its time, or does not hold. */
  check(): Promise<LearnState>;
  answer(option: string, because?: string): Promise<LearnState>;
  /** The next hint; absent where everything holds. */
  hint(): Promise<{ readonly state: LearnState; readonly help?: GivenHelp }>;
  /** Does a step of halab's, or goes on from a step that is done. Resolves with the session where it was if it cannot. */
  next(): Promise<LearnState>;
  /** Types the solution of the step that the session stands at. */
  solve(): Promise<LearnState>;
  /** Brings the lab to where this step begins: the baseline, and halab does every step before. */
  goTo(step: string): Promise<LearnState>;
  /** The same for the step that the session stands at, or for the whole exercise. */
  reset(scope: 'step' | 'exercise'): Promise<LearnState>;
  /** Looks once more, also at the tasks that were done before, and ends the session. */
  finish(): Promise<LearnState>;
}

const LOOK_EVERY_MS = 500;
/** Where a look takes longer than what may lie between two, a task never holds without a break. */
const LONGEST_CHECK_MS = 120_000;

export function createLearnSession(deps: LearnDeps): LearnSession {
  const { log, keep, exclusively } = deps;
  const { clock, signal } = deps.run.deps;
  const state = () => foldLearning(log.read());
  /** The runner's session as it has to be for what happened so far, in this process or in another. */
  const runner = (at = state()) => withMemoryOf(deps.run, at);

  async function beginStep(id: string): Promise<LearnState> {
    const begun = state();
    const run = runner(begun);
    await recordPastRoles(run, stepOf(begun.scenario, id));
    const before = await observe(run);
    if (before !== undefined) keepBefore(id, before);
    log.append({ kind: 'step-begun', step: id, roles: Object.fromEntries(run.recorded) });
    return state();
  }

  const keepBefore = (id: string, before: LabObservation) => keep.write(placeOfBefore(id), JSON.stringify(before));
  const beforeOf = (id: string): LabObservation | undefined => {
    const text = keep.read(placeOfBefore(id));
    return text === undefined ? undefined : (JSON.parse(text) as LabObservation);
  };

  /** The latest look whose observation was kept; one like it has nothing new to compare with. */
  let kept: Look | undefined;

  async function look(): Promise<LearnState> {
    const begun = state();
    if (!isLookable(begun)) return begun;
    const { step, task, at } = currentOf(begun);
    const fromMs = clock.monotonicMs();
    const { look: seen, outcome, sound } = await lookAt(runner(begun), step, task, beforeOf(step.id));
    // Another command may have gone on meanwhile.
    const meanwhile = state();
    if (meanwhile.current !== step.id || meanwhile.attemptAt !== begun.attemptAt) return meanwhile;
    const tookMs = Math.round(clock.monotonicMs() - fromMs);
    // What a student does in order and one thing after the other is not judged as if it had happened at once.
    if (sound !== undefined && !isSame(kept, seen)) {
      keepBefore(step.id, sound);
      kept = seen;
    }
    log.append({ kind: 'looked', step: step.id, tookMs, ...(isSame(at.look, seen) ? {} : { look: seen }) });
    const after = state();
    const judged = learnStepOf(after, step.id);
    if (outcome === undefined || judged.outcome !== undefined || standingOf(judged) !== 'done') return after;
    log.append({ kind: 'settled', step: step.id, outcome });
    return state();
  }

  async function check(): Promise<LearnState> {
    const { task } = currentOf(state());
    const deadlineMs = clock.monotonicMs() + task.holdMs + LONGEST_CHECK_MS;
    for (;;) {
      const after = await look();
      if (standingOf(currentOf(after).at) !== 'holding' || clock.monotonicMs() >= deadlineMs) return after;
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  /** A step as `halab run` does it: an action of halab's, or the solution typed. */
  async function act(step: Step): Promise<LearnState> {
    log.append({ kind: 'acting', step: step.id });
    const run = runner();
    await healOwn(run, state(), step.id);
    const before = beforeOf(step.id);
    if (before !== undefined) run.observed.keep(before);
    const { result } = await actStep(run, state(), step);
    log.append({ kind: 'acted', step: step.id, result, ...memoryOf(run) });
    const { predict } = taskOf(step);
    if (predict !== undefined)
      log.append({ kind: 'settled', step: step.id, outcome: await judgeQuestion(run, createRound(run), predict) });
    return state();
  }

  async function next(): Promise<LearnState> {
    const begun = state();
    requireReady(begun);
    const { step, task, at } = currentOf(begun);
    if (isThrough(begun)) return begun;
    if (task.by === 'halab' && standingOf(at) !== 'done') {
      if (task.predict !== undefined && at.given.predict === undefined)
        throw new LabError('usage', `${step.id} has a question first: what will happen?`, {
          hint: `halab learn answer OPTION, with one of ${task.predict.options.map(({ id }) => id).join(', ')}`,
        });
      return exclusively(`learn ${step.id}`, () => act(step));
    }
    const after = task.by === 'halab' ? begun : await check();
    if (standingOf(currentOf(after).at) !== 'done') return after;
    // Another command may have gone on meanwhile; one that was killed while it did has left the step, and not begun the next.
    const meanwhile = state();
    const isLeft = meanwhile.current !== step.id || learnStepOf(meanwhile, step.id).left !== undefined;
    if (isLeft && at.left === undefined) return meanwhile;
    log.append({ kind: 'step-left', step: step.id, done: true });
    const { steps } = after.scenario;
    const following = steps[steps.findIndex(({ id }) => id === step.id) + 1];
    return following === undefined ? state() : beginStep(following.id);
  }

  async function goTo(id: string, scope: 'step' | 'exercise' = 'step'): Promise<LearnState> {
    const begun = state();
    const { scenario } = begun;
    if (!scenario.steps.some((each) => each.id === id)) throw unknownStep(id, begun);
    await exclusively(`learn goto ${id}`, async () => {
      log.append({ kind: 'preparation-started', purpose: scope === 'step' ? 'goto' : 'reset' });
      const report = (text: string) => void log.append({ kind: 'preparation-progress', text });
      try {
        await healOwn(runner(), state());
        await deps.baseline.restore(report, scope);
        log.append({ kind: 'went-to', step: id, scope });
        // What earlier attempts recorded is of a cluster that is gone.
        deps.run.beginScenario();
        for (const step of scenario.steps) {
          if (step.id === id) break;
          report(`${scenario.id} / ${step.id}`);
          await redo(step);
        }
      } catch (error) {
        log.append({ kind: 'preparation-finished', problem: messageOf(error) });
        throw error;
      }
      log.append({ kind: 'preparation-finished' });
    });
    return beginStep(id);
  }

  /** Does a step on the way to a later one; what it was worth stays as it was. */
  async function redo(step: Step): Promise<void> {
    const run = runner();
    const before = await observe(run);
    if (before !== undefined) run.observed.keep(before);
    const { result } = await actStep(run, state(), step);
    log.append({ kind: 'remembered', step: step.id, ...memoryOf(run) });
    if (result.verdict === 'passed') return;
    throw new LabError('heal-failed', `${step.id} is ${result.verdict} this time: ${result.reason ?? ''}`, {
      hint: 'halab learn reset begins again; halab learn reset --all goes back to the beginning',
    });
  }

  return {
    state,
    begin: () => beginStep(state().current),
    look,
    check,
    async answer(option, because) {
      const begun = state();
      requireReady(begun);
      const { step } = currentOf(begun);
      const question = openQuestion(begun, option);
      log.append({ kind: 'answered', step: step.id, question, option, ...(because === undefined ? {} : { because }) });
      return question === 'answer' ? look() : state();
    },
    async hint() {
      requireReady(state());
      refuseInExam(state(), 'hint');
      const seen = await look();
      const { step, task, at } = currentOf(seen);
      const given = standingOf(at) === 'done' ? undefined : nextHelp(task, at);
      if (given === undefined) return { state: seen };
      const help = helpOf(given, task, at, given.grade === 2 ? await itemsNow(runner()) : []);
      log.append({ kind: 'hint-given', step: step.id, help });
      return { state: state(), help };
    },
    next,
    async solve() {
      const begun = state();
      requireReady(begun);
      const { step, task } = currentOf(begun);
      refuseInExam(begun, 'solution');
      if (task.by === 'halab')
        throw new LabError('usage', `${step.id} is a step that halab does itself`, { hint: 'halab learn next' });
      if (step.action.kind === 'none')
        throw new LabError('usage', `${step.id} asks for nothing that could be typed`, {
          hint: task.answer === undefined ? 'halab learn next' : 'halab learn answer OPTION answers its question',
        });
      await exclusively(`learn solve ${step.id}`, async () => {
        log.append({ kind: 'solving', step: step.id });
        const { typed } = await actStep(runner(), state(), step);
        log.append({ kind: 'solved', step: step.id, typed });
      });
      return check();
    },
    goTo: (id) => goTo(id),
    reset: (scope) => goTo(scope === 'step' ? state().current : (state().steps[0]?.step ?? ''), scope),
    async finish() {
      const begun = state();
      if (begun.finishedAt !== undefined) return begun;
      if (!isThrough(begun) && isLookable(begun)) await check();
      log.append({ kind: 'finished', kept: await keptTasks(deps.run, state()) });
      return state();
    },
  };
}

function placeOfBefore(step: string): string {
  return `before/${step}.json`;
}

function memoryOf(run: RunSession) {
  return { roles: Object.fromEntries(run.recorded), saved: Object.fromEntries(run.saved) };
}

/** A look is for a task that a student has before them. */
function isLookable(state: LearnState): boolean {
  const { task, at } = currentOf(state);
  return task.by === 'student' && at.begunAt !== undefined && at.left === undefined && whyNotReady(state) === undefined;
}

function isSame(before: Look | undefined, now: Look): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now);
}

/** What the explanation of `halab status` says now, by a node with quorum where there is one. */
async function itemsNow(run: RunSession) {
  const [state] = statesThatCount(await Promise.all(run.haNodes.map(run.read.state)));
  return state === undefined ? [] : diagnose(state);
}
