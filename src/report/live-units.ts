import type { PlannedScenario, RunEvent, StampedEvent } from '../model/event.js';
import type { Language } from '../model/text.js';
import { textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { formatDuration, formatElapsed, oneLine, VERDICT_MARKS } from './format.js';
import type { Paint } from './paint.js';
import { phrasesIn } from './phrases.js';
import { longestOutageOf, outageText } from './probe-words.js';

/** One line of the live view and what stands below it. It changes as events come; the view only reads it. */
export interface Unit {
  readonly id: string;
  readonly title: string;
  readonly collapse: boolean;
  readonly children: readonly Unit[];
  state: 'waiting' | 'running' | Verdict;
  startedMs: number;
  durationMs: number;
  /** What the line is waiting for, or was told last. */
  note: string;
  /** Said behind the duration when it is over: a reason, an outage. */
  result: string;
  /** Called when nothing more will happen to the unit. */
  settle: () => void;
  readonly settled: Promise<void>;
}

export interface LiveModel {
  /** Every unit that started, in order. */
  readonly units: Unit[];
  readonly planned: Map<string, PlannedScenario>;
  readonly language: Language;
  /** Told of each new unit as it starts. */
  readonly onUnit: (unit: Unit) => void;
}

export function createUnit(
  id: string,
  title: string,
  options: { collapse?: boolean; children?: readonly Unit[] } = {},
): Unit {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const { collapse = false, children = [] } = options;
  return {
    id,
    title,
    collapse,
    children,
    state: 'waiting',
    startedMs: 0,
    durationMs: 0,
    note: '',
    result: '',
    settle,
    settled,
  };
}

/** Moves the model along by one event. */
export function advance(model: LiveModel, event: StampedEvent): void {
  const handle = HANDLERS[event.kind] as ((model: LiveModel, event: RunEvent, ms: number) => void) | undefined;
  handle?.(model, event, event.ms);
}

type Handlers = {
  readonly [K in RunEvent['kind']]?: (model: LiveModel, event: Extract<RunEvent, { kind: K }>, ms: number) => void;
};

const HANDLERS: Handlers = {
  'run-started': (model, { plan }) => {
    for (const scenario of plan) model.planned.set(scenario.scenario, scenario);
  },
  'stage-started': (model, { stage, title }, ms) => begin(model, createUnit(stageId(stage), title), ms),
  'stage-progress': (model, { stage, text }) => {
    const unit = openUnit(model, stageId(stage)) ?? model.units.findLast((candidate) => candidate.state === 'running');
    if (unit) unit.note = oneLine(text);
  },
  'stage-finished': (model, { stage, durationMs, error }) => {
    finish(openUnit(model, stageId(stage)), error === undefined ? 'passed' : 'failed', durationMs, error ?? '');
  },
  'scenario-started': (model, { scenario, title, asGiven }, ms) => {
    const steps = model.planned.get(scenario)?.steps ?? [];
    const children = steps.map((step) => createUnit(step.step, textIn(step.title, model.language)));
    const suffix = asGiven ? ` (${phrasesIn(model.language).setup})` : '';
    begin(model, createUnit(scenario, textIn(title, model.language) + suffix, { collapse: asGiven, children }), ms);
  },
  'step-started': (model, { scenario, step, title, say }, ms) => {
    const unit = stepUnit(model, scenario, step);
    if (!unit) return noteOn(model, scenario, textIn(title, model.language));
    unit.state = 'running';
    unit.startedMs = ms;
    unit.note = say ? oneLine(textIn(say, model.language)) : '';
  },
  'step-waiting': (model, { scenario, step, seen }) => {
    const unit = stepUnit(model, scenario, step);
    if (unit) unit.note = oneLine(seen);
  },
  'step-finished': (model, { result }) => {
    const longest = longestOutageOf(result);
    const outage = longest
      ? [`${phrasesIn(model.language).outage} ${outageText(longest.window, longest.probe.everyMs, model.language)}`]
      : [];
    const reason = result.reason === undefined ? [] : [result.reason];
    finish(
      stepUnit(model, result.scenario, result.step),
      result.verdict,
      result.durationMs,
      [...outage, ...reason].join('; '),
    );
  },
  'scenario-finished': (model, { result }) => {
    const shown = result.steps.some((step) => step.verdict === result.verdict) ? '' : (result.reason ?? '');
    const unit = openUnit(model, result.scenario);
    for (const child of unit?.children ?? []) child.settle();
    finish(unit, result.verdict, result.durationMs, shown);
  },
};

/** Ends everything that is still open, e.g. when a run was interrupted. */
export function settleAll(model: LiveModel): void {
  for (const unit of model.units) for (const each of [...unit.children, unit]) each.settle();
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

function begin(model: LiveModel, unit: Unit, ms: number): void {
  unit.state = 'running';
  unit.startedMs = ms;
  model.units.push(unit);
  model.onUnit(unit);
}

function finish(unit: Unit | undefined, state: Verdict, durationMs: number, result: string): void {
  if (!unit) return;
  Object.assign(unit, { state, durationMs, result, note: '' });
  unit.settle();
}

function stageId(stage: string): string {
  return `stage:${stage}`;
}

function openUnit(model: LiveModel, id: string): Unit | undefined {
  return model.units.findLast((unit) => unit.id === id && unit.state === 'running');
}

function stepUnit(model: LiveModel, scenario: string, step: string): Unit | undefined {
  return openUnit(model, scenario)?.children.find((child) => child.id === step);
}

function noteOn(model: LiveModel, scenario: string, note: string): void {
  const unit = openUnit(model, scenario);
  if (unit) unit.note = note;
}
