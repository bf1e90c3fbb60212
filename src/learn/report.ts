import { changeText } from '../diagnosis/change-text.js';
import { message } from '../messages/message.js';
import { defined } from '../model/defined.js';
import type { Question } from '../model/exercise.js';
import type {
  LearnReport,
  ReportedAnswer,
  ReportedMoment,
  ReportedOutage,
  ReportedStep,
} from '../model/learn-report.js';
import { longestOf } from '../model/outage.js';
import type { QuestionKind } from './events.js';
import { examOf } from './exam.js';
import { lostOf, scoreByCheckOf, scoreOf } from './score.js';
import { checksOf, identityOf } from './session-view.js';
import type { TypedCommand } from './shell-history.js';
import { type LearnState, type LearnStep, standingOf, stepOf, taskOf } from './state.js';

/** Pure. What a session is handed in as; `commands` are those of the nodes' shells, if the student agreed. */
export function learnReportOf(state: LearnState, commands: readonly TypedCommand[], now: string): LearnReport {
  const { scenario } = state;
  const exam = examOf(state, now);
  return {
    ...identityOf(state),
    ...defined({ finishedAt: state.finishedAt }),
    spentMs: state.steps.reduce((sum, { spentMs }) => sum + spentMs, 0),
    minutes: scenario.exercise?.minutes ?? 0,
    ...defined({ exam: exam && { minutes: exam.minutes, isOver: exam.leftMs <= 0 } }),
    points: { ...scoreOf(state) },
    pointsByCheck: { ...scoreByCheckOf(state) },
    resets: state.resets,
    // What comes next is for the student to see when it comes.
    steps: state.steps.filter(({ begunAt }) => begunAt !== undefined).map((at) => stepOfReport(state, at)),
    timeline: momentsOf(state, commands),
    isRecorded: state.records === true,
  };
}

function stepOfReport({ scenario }: LearnState, at: LearnStep): ReportedStep {
  const step = stepOf(scenario, at.step);
  const task = taskOf(step);
  return {
    step: step.id,
    title: step.title,
    by: task.by,
    ...defined({ ask: task.ask }),
    isDone: standingOf(at) === 'done' && lostOf(at).length === 0,
    isSolved: at.isSolved,
    points: at.points,
    spentMs: at.spentMs,
    checks: checksOf(at),
    hints: at.help.map(({ at: given, grade, hint }) => ({ at: given, grade, ...defined({ hint }) })),
    ...defined({ answer: answerOf(task.answer, 'answer', at), predict: answerOf(task.predict, 'predict', at) }),
    outages: (at.result?.probes ?? []).map(({ probe, target, windows }): ReportedOutage => {
      const longest = longestOf(windows);
      return { probe, target, longestMs: longest?.durationMs ?? 0, ended: longest?.ended ?? true };
    }),
  };
}

function answerOf(asked: Question | undefined, kind: QuestionKind, at: LearnStep): ReportedAnswer | undefined {
  if (asked === undefined) return undefined;
  const given = at.given[kind];
  // A question about the cluster stays open until it is answered.
  const right = kind === 'predict' ? at.outcome?.right : given && at.look?.right.answer;
  const say = (id: string | undefined) => asked.options.find((option) => option.id === id)?.say;
  return {
    ask: asked.ask,
    ...defined({ given: say(given?.option), because: given?.because, right: say(right) }),
    tries: given?.tries ?? 0,
    ...(given === undefined || right === undefined ? {} : { isRight: given.option === right }),
    seen: kind === 'predict' ? (at.outcome?.seen ?? []) : [],
  };
}

function momentsOf(
  { scenario, steps, timeline }: LearnState,
  commands: readonly TypedCommand[],
): readonly ReportedMoment[] {
  const ofSteps = steps.flatMap((at): readonly ReportedMoment[] => {
    const step = stepOf(scenario, at.step);
    const { predict, answer } = at.given;
    const said = [predict, answer].flatMap((given) =>
      given === undefined ? [] : [{ at: given.at, what: 'student' as const, text: message('learn.answered', given) }],
    );
    return [
      ...(at.begunAt === undefined ? [] : [{ at: at.begunAt, what: 'step' as const, text: step.title }]),
      ...said,
      ...at.help.map(({ at: given, grade }) => ({
        at: given,
        what: 'halab' as const,
        text: message('learn.hint-grade', { grade }),
      })),
      ...(at.doneAt === undefined ? [] : [{ at: at.doneAt, what: 'step' as const, text: message('learn.done') }]),
    ];
  });
  const ofCluster = timeline.map(({ at, change }) => ({ at, what: 'cluster' as const, text: changeText(change) }));
  const typed = commands.map(({ node, at, line }) => ({ at, what: 'command' as const, node, text: { en: line } }));
  return [...ofSteps, ...ofCluster, ...typed].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
