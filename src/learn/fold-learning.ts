import { changesBetween } from '../diagnosis/looks.js';
import type { Step } from '../model/scenario.js';
import type { LearnEvent, Look, StampedLearnEvent } from './events.js';
import { heldAfter, NOT_HELD } from './hold.js';
import { lookOfPicture, type Picture } from './picture.js';
import { type LearnState, type LearnStep, learnStepOf, msBetween, stepOf, taskOf } from './state.js';
import { verdictOfLook } from './verdict-of-look.js';

/** Of two events further apart than this, the time between counts as a pause. */
const PAUSE_MS = 10 * 60_000;

/** Pure. The state of a session after all of its events; throws where the first is not its start. */
export function foldLearning(events: readonly StampedLearnEvent[]): LearnState {
  const [first, ...others] = events;
  if (first?.kind !== 'session-started') throw new Error('a session begins with its start');
  return others.reduce(apply, startOf(first));
}

/** Pure. The one fold: every screen, answer and report of a session is a view of what it returns. */
function apply(state: LearnState, event: StampedLearnEvent): LearnState {
  if (event.kind === 'session-started') return startOf(event);
  const timed = { ...withTime(state, event.at), lastAt: event.at };
  return (APPLY[event.kind] as (state: LearnState, event: LearnEvent, at: string) => LearnState)(
    timed,
    event,
    event.at,
  );
}

function startOf(event: Extract<StampedLearnEvent, { kind: 'session-started' }>): LearnState {
  const { kind: _, at, ...rest } = event;
  const { steps } = rest.scenario;
  return {
    ...rest,
    startedAt: at,
    attemptAt: at,
    current: steps[0]?.id ?? '',
    steps: steps.map((step) => freshStep(step)),
    timeline: [],
    resets: 0,
    lastAt: at,
  };
}

function freshStep(step: Step): LearnStep {
  const { by, points } = taskOf(step);
  return {
    step: step.id,
    by,
    points,
    spentMs: 0,
    held: [],
    roles: {},
    saved: {},
    given: {},
    past: [],
    help: [],
    isSolved: false,
    typed: [],
    ...NOT_HELD,
  };
}

/** Adds the time since the event before to the step that the session stands at. */
function withTime(state: LearnState, at: string): LearnState {
  if (state.preparing !== undefined || state.finishedAt !== undefined) return state;
  const gapMs = msBetween(state.lastAt, at);
  if (gapMs <= 0 || gapMs > PAUSE_MS) return state;
  return change(state, state.current, (step) =>
    step.begunAt === undefined || step.left !== undefined ? {} : { spentMs: step.spentMs + gapMs },
  );
}

function change(state: LearnState, id: string, how: (step: LearnStep) => Partial<LearnStep>): LearnState {
  return { ...state, steps: state.steps.map((each) => (each.step === id ? { ...each, ...how(each) } : each)) };
}

type Of<K extends LearnEvent['kind']> = Extract<LearnEvent, { kind: K }>;

const APPLY: {
  readonly [K in Exclude<LearnEvent['kind'], 'session-started'>]: (
    state: LearnState,
    event: Of<K>,
    at: string,
  ) => LearnState;
} = {
  'preparation-started': ({ problem: _, ...state }, { purpose }, at) => ({
    ...state,
    attemptAt: at,
    preparing: { purpose, since: at },
  }),
  'preparation-progress': (state, { text }) =>
    state.preparing === undefined ? state : { ...state, preparing: { ...state.preparing, text } },
  'preparation-finished': ({ preparing: _, ...state }, { problem }) => ({
    ...state,
    ...(problem === undefined ? {} : { problem }),
  }),
  'step-begun': (state, { step, roles }, at) => ({
    ...change(state, step, (before) => ({ begunAt: before.begunAt ?? at, roles: { ...before.roles, ...roles } })),
    current: step,
    beganAt: state.beganAt ?? at,
  }),
  looked: (state, { step, tookMs, look = learnStepOf(state, step).look }, at) => {
    if (look === undefined) return state;
    const seen = change(state, step, (before) => ({
      look,
      lookedAt: at,
      held: heldOnce(before, look),
      ...judged(before, state, look, at),
    }));
    return pictured(seen, step, look.picture, at, tookMs);
  },
  pictured: (state, { step, tookMs, picture = state.picture }, at) =>
    picture === undefined ? state : pictured(state, step, picture, at, tookMs),
  answered: (state, { step, question, option, because }, at) =>
    change(state, step, ({ given }) => {
      const tries = (given[question]?.tries ?? 0) + 1;
      const reason = because === undefined ? {} : { because };
      return { given: { ...given, [question]: { option, ...reason, at, tries } } };
    }),
  acting: (state, { step }, at) => change(state, step, () => ({ actingSince: at })),
  acted: (state, { step, result, roles, saved }, at) =>
    change(state, step, (before) => ({
      result,
      roles: { ...before.roles, ...roles },
      saved,
      actingSince: undefined,
      verdict: result.verdict === 'skipped' ? 'unknown' : result.verdict,
      ...(result.verdict === 'passed' ? { heldSince: at, doneAt: at } : { heldSince: undefined, doneAt: undefined }),
    })),
  remembered: (state, { step, roles, saved }) =>
    change(state, step, (before) => ({ roles: { ...before.roles, ...roles }, saved })),
  settled: (state, { step, outcome }, at) => change(state, step, () => ({ outcome: { ...outcome, at } })),
  'hint-given': (state, { step, help }, at) =>
    change(state, step, (before) => ({ help: [...before.help, { ...help, at }] })),
  solving: (state, { step }, at) => change(state, step, () => ({ actingSince: at, isSolved: true })),
  solved: (state, { step, typed }) => change(state, step, () => ({ typed, actingSince: undefined })),
  'step-left': (state, { step, done }, at) => change(state, step, () => ({ left: { at, done } })),
  'went-to': (state, { step, scope }) => {
    const target = state.steps.findIndex((each) => each.step === step);
    const steps = state.steps.map((each, index) =>
      index < target && scope === 'step' ? behind(each) : afresh(each, stepOf(state.scenario, each.step)),
    );
    return { ...state, steps, current: step, resets: state.resets + 1 };
  },
  finished: (state, { kept = {} }, at) => ({
    ...state,
    steps: state.steps.map((each) => {
      const atEnd = kept[each.step];
      return atEnd === undefined ? each : { ...each, atEnd };
    }),
    finishedAt: at,
  }),
};

/** Adds what changed since the picture before. */
function pictured(state: LearnState, step: string, picture: Picture, at: string, tookMs = 0): LearnState {
  const toMs = Date.parse(at);
  const shown = lookOfPicture(picture, { fromMs: toMs - tookMs, toMs }, state.shown);
  const changes = state.shown === undefined ? [] : changesBetween(state.shown, shown);
  const moments = changes.map((each) => ({ at, step, change: each }));
  return { ...state, picture, shown, timeline: [...state.timeline, ...moments] };
}

function heldOnce({ held }: LearnStep, { checks }: Look): LearnStep['held'] {
  return [...held, ...checks.flatMap(({ verdict }, index) => (verdict === 'passed' ? [index] : []))].filter(
    (index, at, all) => all.indexOf(index) === at,
  );
}

function judged(step: LearnStep, { scenario }: LearnState, look: Look, at: string): Partial<LearnStep> {
  if (step.by === 'halab') return {};
  const task = taskOf(stepOf(scenario, step.step));
  const verdict = verdictOfLook(look, task, step.given.answer?.option);
  const sinceLastMs = step.lookedAt === undefined ? undefined : msBetween(step.lookedAt, at);
  // A process that was killed while it typed the solution leaves what it typed; from now on the cluster is looked at again.
  return { ...heldAfter(step, { verdict, at, sinceLastMs }, task.holdMs), actingSince: undefined };
}

/** A step before the one that the session goes to: what the student has done stays done; halab does it once more. */
function behind(step: LearnStep): LearnStep {
  const isDone = step.left?.done === true || step.by === 'halab';
  return { ...step, roles: {}, saved: {}, isSolved: step.isSolved || !isDone };
}

/** What was learnt about a step stays; what was done in it is gone. */
function afresh({ given, outcome, past, help, spentMs }: LearnStep, step: Step): LearnStep {
  const { predict } = given;
  const settled = predict !== undefined && outcome !== undefined ? [{ given: predict, outcome }] : [];
  return { ...freshStep(step), spentMs, help, past: [...past, ...settled] };
}
