import { defined } from '../model/defined.js';
import type { Question } from '../model/exercise.js';
import { type GivenHelp, QUESTION_KINDS, type QuestionKind } from './events.js';
import { isEarned, scoreOf } from './score.js';
import { isThrough, type LearnState, type LearnStep, standingOf, stepOf, taskOf } from './state.js';

/** Pure. Which exercise this is, whose, and since when. */
export function identityOf({ session, lab, scenario, student, seed, startedAt }: LearnState) {
  return {
    session,
    lab,
    exercise: scenario.id,
    title: scenario.title,
    goal: scenario.exercise?.goal ?? scenario.title,
    ...defined({ student, seed }),
    variant: scenario.exercise?.variant ?? {},
    startedAt,
  };
}

/** Pure. The checks of a step as they were last looked at. */
export function checksOf({ atEnd, look, result }: LearnStep) {
  return (atEnd ?? look?.checks ?? result?.checks ?? []).map(({ expected, verdict, seen }) => ({
    expected,
    verdict,
    seen,
  }));
}

/** Pure. A session as programs read it; what the student is not to know yet is left out. */
export function sessionViewOf(state: LearnState, help?: GivenHelp) {
  return {
    ...identityOf(state),
    ...defined({ finishedAt: state.finishedAt, problem: state.problem }),
    ...defined({ preparing: state.preparing && (state.preparing.text ?? state.preparing.purpose) }),
    current: state.current,
    through: isThrough(state),
    points: { ...scoreOf(state) },
    resets: state.resets,
    steps: state.steps.map((each) => stepViewOf(state, each)),
    ...defined({ help }),
  };
}

function stepViewOf({ scenario }: LearnState, at: LearnStep) {
  const step = stepOf(scenario, at.step);
  const task = taskOf(step);
  const isKnown = at.begunAt !== undefined;
  const question = (kind: QuestionKind) => {
    const asked = task[kind];
    return asked === undefined || !isKnown ? undefined : questionViewOf(asked, kind, at);
  };
  const [predict, answer] = QUESTION_KINDS.map(question);
  return {
    step: step.id,
    by: task.by,
    title: step.title,
    ...(isKnown ? defined({ say: step.say, ask: task.ask }) : {}),
    standing: standingOf(at),
    points: at.points,
    earned: isEarned(at),
    solved: at.isSolved,
    holdMs: task.holdMs,
    spentMs: at.spentMs,
    ...defined({ lookedAt: at.lookedAt, busy: at.look?.busy }),
    checks: checksOf(at),
    disorders: (at.look?.disorders ?? []).map((each) => ({ ...each })),
    ...defined({ predict, answer }),
    helped: Math.max(0, ...at.help.map(({ grade }) => grade)),
  };
}

function questionViewOf({ ask, reason, options }: Question, kind: QuestionKind, { given, outcome, look }: LearnStep) {
  const answered = given[kind];
  const right = kind === 'predict' ? outcome?.right : look?.right.answer;
  const mayBeTold = kind === 'predict' ? outcome !== undefined : answered !== undefined && answered.option === right;
  return {
    ask,
    reason,
    options: options.map(({ id, say }) => ({ id, say })),
    ...defined({ given: answered && { ...answered } }),
    ...(mayBeTold ? defined({ right }) : {}),
    ...(kind === 'predict' && outcome !== undefined ? { seen: outcome.seen } : {}),
  };
}
