import { messageIn, speakerOf } from '../messages/message.js';
import { type Language, textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { COMMANDS } from '../ports/cluster.js';
import { formatDuration, formatElapsed, oneLine, type Paint, VERDICT_MARKS } from './format.js';
import { longestOutageOf, outageText } from './probe-text.js';
import type { ScenarioState, StageState, StepState } from './state.js';

/** One line of the live view and what stands below it. */
export interface Unit {
  readonly title: string;
  readonly state: 'waiting' | 'running' | Verdict;
  readonly startedMs: number;
  readonly durationMs: number;
  /** What the line waits for, or what it said last. */
  readonly note: string;
  /** Shown behind the duration when it is over: a reason, an outage. */
  readonly result: string;
  readonly collapse: boolean;
  readonly children: readonly Unit[];
  /** True of a step that its scenario ended without. */
  readonly isLeft?: boolean;
}

/** A stage, or a scenario with its steps, as a unit of the live view. */
export function unitOf(part: StageState | ScenarioState, language: Language): Unit {
  return part.kind === 'stage' ? stageUnitOf(part) : scenarioUnitOf(part, language);
}

function stageUnitOf({ title, startedMs, durationMs, progress = '', error }: StageState): Unit {
  const state = durationMs === undefined ? 'running' : error === undefined ? 'passed' : 'failed';
  const note = state === 'running' ? oneLine(progress) : '';
  return { title, state, startedMs, durationMs: durationMs ?? 0, note, result: error ?? '', ...FLAT };
}

function scenarioUnitOf({ title, asGiven, startedMs, steps, result }: ScenarioState, language: Language): Unit {
  const suffix = asGiven ? ` (${speakerOf(language)('report.setup')})` : '';
  const isSaidByStep = result?.steps.some((step) => step.verdict === result.verdict) === true;
  return {
    title: textIn(title, language) + suffix,
    state: result?.verdict ?? 'running',
    startedMs,
    durationMs: result?.durationMs ?? 0,
    note: '',
    result: isSaidByStep ? '' : (result?.reason ?? ''),
    collapse: asGiven,
    children: steps.map((step) => ({
      ...stepUnitOf(step, asGiven, language),
      isLeft: result !== undefined && step.result === undefined,
    })),
  };
}

/** The story of a set-up is shown below its line; that of another step is printed whole above all lines. */
function stepUnitOf({ title, say, startedMs, waiting, result }: StepState, asGiven: boolean, language: Language): Unit {
  const told = say && asGiven ? textIn(say, language) : '';
  const note = waiting === undefined ? told : messageIn(language, 'report.not-yet', { seen: waiting });
  return {
    title: textIn(title, language),
    state: result?.verdict ?? (startedMs === undefined ? 'waiting' : 'running'),
    startedMs: startedMs ?? 0,
    durationMs: result?.durationMs ?? 0,
    note: result === undefined ? oneLine(note) : '',
    result: result
      ? [...outageOf(result, language), ...(result.reason ? [result.reason] : []), ...byHandIn(result)].join('; ')
      : '',
    ...FLAT,
  };
}

const FLAT = { collapse: false, children: [] } as const;

function outageOf(result: NonNullable<StepState['result']>, language: Language): readonly string[] {
  const longest = longestOutageOf(result);
  if (longest === undefined) return [];
  return [`${speakerOf(language)('outage.title')} ${outageText(longest.window, longest.probe.everyMs, language)}`];
}

/** The commands behind a formation stage. */
function byHandIn({ checks }: NonNullable<StepState['result']>): readonly string[] {
  return checks.flatMap(({ seen }) => seen.split(COMMANDS)[1] ?? []).slice(0, 1);
}

/** Whether nothing more will happen to it. */
export function isOver({ state, isLeft = false }: Unit): boolean {
  return isLeft || (state !== 'waiting' && state !== 'running');
}

/** A unit's line: mark, title, time, result. */
export function unitLine(unit: Unit, nowMs: number, frame: string, paint: Paint): string {
  switch (unit.state) {
    case 'waiting':
      return paint.dim(`· ${unit.title}`);
    case 'running':
      return `${frame} ${unit.title} ${paint.dim(formatElapsed(nowMs - unit.startedMs))}`;
    default: {
      const time = unit.state === 'skipped' ? '' : ` ${paint.dim(formatDuration(unit.durationMs))}`;
      const result = unit.result === '' ? '' : `  ${oneLine(unit.result)}`;
      return `${paint.verdict(unit.state, VERDICT_MARKS[unit.state])} ${unit.title}${time}${result}`;
    }
  }
}
