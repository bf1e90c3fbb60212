import { CHECKS } from '../checks/index.js';
import { unknownWord } from '../fields/value-problem.js';
import { rolesIn } from '../fields/words.js';
import type { Expectation } from '../model/expectation.js';
import { nodesNamedBy } from '../model/fault-nodes.js';
import { valuesNamedIn } from '../model/saved-value.js';
import type { Target } from '../model/target.js';
import { checkOf, type Reference } from '../ports/check.js';
import { checkViolationsOnce } from './expected-violations.js';
import type { ReadStep } from './scenario-schema.js';
import { entriesOf, fieldOf, listOf, type Path, type Source, textOf } from './source.js';

const ACTION_KEYS = ['run', 'form', 'fault', 'heal', 'install'] as const;
/** What a script writes instead of one of those, where the step is code of its own; no file can say it. */
export const OWN_CODE = 'act';

/** What the steps up to here have: those that cannot be read may have anything. */
interface Before {
  /** Ids of the steps, with whether each has a fault; undefined where it cannot be read. */
  readonly steps: Map<string, boolean | undefined>;
  /** Kinds of the probes, by id. */
  readonly probes: Map<string, string>;
  /** The names under which steps keep nodes. */
  readonly kept: Set<string>;
  /** The names under which steps save values. */
  readonly saved: Set<string>;
  allRead: boolean;
}

/** Reports what no single step shows. A step that cannot be read is undefined: its own problems have been reported. */
export function checkSteps(source: Source, steps: readonly (ReadStep | undefined)[]): void {
  const before: Before = { steps: new Map(), probes: new Map(), kept: new Set(), saved: new Set(), allRead: true };
  const written = listOf(fieldOf(source.data, 'steps'));
  const ids = written.map((step) => textOf(fieldOf(step, 'id')));
  for (const [index, step] of steps.entries()) {
    const path: Path = ['steps', index];
    const id = ids[index];
    if (id !== undefined && before.steps.has(id)) {
      const message = `step id '${id}' is there already`;
      source.report([...path, 'id'], { message, hint: 'give each step an id of its own' });
    }
    if (step === undefined) {
      before.allRead = false;
      if (id !== undefined) before.steps.set(id, undefined);
      continue;
    }
    checkActions(source, path, Object.fromEntries(entriesOf(written[index])), step);
    checkHeal(source, path, step, before, ids);
    checkKept(source, path, step, before);
    checkSaved(source, path, step, before);
    before.steps.set(step.id, step.fault !== undefined);
    checkProbes(source, path, step, before, Array.isArray(fieldOf(written[index], 'probe')));
    checkExpectations(source, path, step, before);
    checkAudit(source, path, Object.keys(Object.fromEntries(entriesOf(written[index]))), step);
    checkViolationsOnce(source, [...path, 'expected-violations'], step['expected-violations'] ?? []);
  }
  checkGiven(source);
}

/** Reports steps that would never be audited: halab audits an exercise at other times, and after the last step comes no other. */
export function checkAuditedLater(source: Source, steps: readonly (ReadStep | undefined)[], isExercise: boolean): void {
  for (const [index, step] of steps.entries()) {
    if (step?.audit === undefined) continue;
    const at = ['steps', index, 'audit'];
    if (isExercise)
      source.reportKey(at, { message: 'audit is not for exercises', hint: 'remove it, or write a scenario' });
    else if (index === steps.length - 1)
      source.reportKey(at, { message: 'no step comes after this one to be audited with', hint: 'remove it' });
  }
}

/** What is found is the next step's. */
function checkAudit(source: Source, path: Path, written: readonly string[], { audit }: ReadStep): void {
  if (audit === undefined) return;
  for (const key of ['expected-violations', 'settle'].filter((each) => written.includes(each))) {
    const message = `${key} in a step that is not audited by itself`;
    source.reportKey([...path, key], { message, hint: 'move it to the next step, with which this one is audited' });
  }
}

/** `written` is the step as the file has it: in its order of keys, and without defaults. */
function checkActions(source: Source, path: Path, written: Readonly<Record<string, unknown>>, step: ReadStep): void {
  const [first, second] = Object.keys(written).filter((key) => (ACTION_KEYS as readonly string[]).includes(key));
  if (second !== undefined) {
    const message = `a step does one thing, and this one has both ${first} and ${second}`;
    source.reportKey([...path, second], { message, hint: 'move one of them to a step of its own' });
  }
  if (step['when-within'] !== undefined && step.when === undefined) {
    const hint = 'add when, or remove this';
    source.reportKey([...path, 'when-within'], { message: 'when-within without a moment to wait for', hint });
  }
  if (first !== undefined || OWN_CODE in written || step.solve !== undefined) return;
  const hintToAct = `add one of ${ACTION_KEYS.join(', ')}, or move this to expect`;
  if (step.unless !== undefined)
    source.reportKey([...path, 'unless'], { message: 'unless without anything to leave out', hint: hintToAct });
  if (step.when !== undefined)
    source.reportKey([...path, 'when'], { message: 'when without anything to do at that moment', hint: hintToAct });
  const isAudited = 'expected-violations' in written || 'settle' in written;
  if (isAudited || (step.expect ?? []).length > 0 || step.answer !== undefined) return;
  const message = 'this step does nothing and expects nothing';
  source.report(path, { message, hint: `add expect, or one of ${ACTION_KEYS.join(', ')}` });
}

function checkHeal(
  source: Source,
  path: Path,
  { heal }: ReadStep,
  { steps }: Before,
  ids: readonly (string | undefined)[],
): void {
  if (heal === undefined) return;
  const faults = [...steps].flatMap(([id, hasFault]) => (hasFault === true ? id : []));
  if (steps.get(heal) === false) {
    const hint =
      faults.length > 0
        ? `steps with a fault before this one: ${faults.join(', ')}`
        : 'no step before this one has a fault';
    source.report([...path, 'heal'], { message: `step '${heal}' has no fault to heal`, hint });
  } else if (!steps.has(heal) && ids.includes(heal)) {
    const message = `step '${heal}' is not before this one, so there is nothing to heal yet`;
    source.report([...path, 'heal'], { message, hint: 'put the heal after the fault' });
  } else if (!steps.has(heal)) {
    source.report([...path, 'heal'], unknownWord('step to heal', heal, faults));
  }
}

/** A name is known from the step that keeps it. */
function checkKept(source: Source, path: Path, step: ReadStep, before: Before): void {
  for (const [name, target] of Object.entries(step.as ?? {})) {
    reportUnkept(source, [...path, 'as', name], target, before);
    before.kept.add(name);
  }
  const { run, fault, probe = [], solve = [], mistakes = [] } = step;
  const typed = [
    ...solve.map((line, index) => ({ line, at: ['solve', index] })),
    ...mistakes.flatMap(({ do: lines }, index) =>
      lines.map((line, each) => ({ line, at: ['mistakes', index, 'do', each] })),
    ),
  ];
  for (const { line, at } of typed)
    for (const target of [line.on, ...Object.values(line.roles ?? {})])
      reportUnkept(source, [...path, ...at], target, before);
  if (run) reportUnkept(source, [...path, 'run', 'on'], run.on, before);
  for (const role of run === undefined ? [] : Object.values(rolesIn(run.argv)))
    reportUnkept(source, [...path, 'run'], role, before);
  for (const target of fault === undefined ? [] : nodesNamedBy(fault))
    reportUnkept(source, [...path, 'fault'], target, before);
  for (const { from } of probe) reportUnkept(source, [...path, 'probe'], from, before);
}

/** A value is known from the step after the one that saves it. */
function checkSaved(source: Source, path: Path, { run, save }: ReadStep, { saved, allRead }: Before): void {
  for (const name of allRead ? valuesNamedIn(run?.argv ?? []) : []) {
    if (saved.has(name)) continue;
    const { message, hint } = unknownWord('saved value', name, saved);
    const example = `a step before saves one with save: { ${name}: "a pattern with (a group)" }`;
    source.report([...path, 'run'], { message, hint: saved.size > 0 ? hint : example });
  }
  if (save !== undefined && run === undefined)
    source.reportKey([...path, 'save'], {
      message: 'save without a command to save from',
      hint: 'add run, or remove this',
    });
  for (const name of Object.keys(save ?? {})) saved.add(name);
}

function reportUnkept(source: Source, path: Path, target: Target, { kept, allRead }: Before): void {
  const role = target.kind === 'other' ? target.than : target;
  if (role.kind !== 'kept' || kept.has(role.name) || !allRead) return;
  const { message, hint } = unknownWord('kept node', role.name, kept);
  const example = `a step keeps one with as: { ${role.name}: "{any other than dc}" }`;
  source.report(path, { message, hint: kept.size > 0 ? hint : example });
}

/** A probe without an id of its own has that of its step. */
function checkProbes(source: Source, path: Path, step: ReadStep, { probes }: Before, isList: boolean): void {
  for (const [index, { id, kind }] of (step.probe ?? []).entries()) {
    const at: Path = isList ? [...path, 'probe', index] : [...path, 'probe'];
    const name = id ?? step.id;
    if (probes.has(name)) {
      const message = `probe id '${name}' is there already`;
      source.report(id === undefined ? at : [...at, 'id'], { message, hint: 'give each probe an id of its own' });
    }
    probes.set(name, kind);
  }
}

/**
 * Where an expectation stands. `unless` and `when` are judged before the action, when there is neither output nor outage, and what is
 * looked at while a student works has neither too.
 */
interface Context {
  readonly source: Source;
  readonly before: Before;
  readonly hasCommand: boolean;
  readonly judged: Moment;
}

type Moment = 'before' | 'after' | 'any-time';

function checkExpectations(source: Source, path: Path, step: ReadStep, before: Before): void {
  for (const { at, judged, expectations } of expectationsIn(step)) {
    const context: Context = { source, before, hasCommand: step.run !== undefined, judged };
    for (const [index, one] of expectations.entries()) checkOne(context, [...path, ...at, index], one);
  }
}

interface Judged {
  readonly at: Path;
  readonly judged: Moment;
  readonly expectations: readonly Expectation[];
}

function expectationsIn({
  unless = [],
  when = [],
  expect = [],
  predict,
  answer,
  hints = [],
}: ReadStep): readonly Judged[] {
  const inside = (at: Path, judged: Moment, all: readonly { readonly when: readonly Expectation[] }[] = []) =>
    all.map((each, index) => ({ at: [...at, index, 'when'], judged, expectations: each.when }));
  return [
    { at: ['unless'], judged: 'before', expectations: unless },
    { at: ['when'], judged: 'before', expectations: when },
    { at: ['expect'], judged: 'after', expectations: expect },
    ...inside(['predict', 'options'], 'after', predict?.options),
    ...inside(['answer', 'options'], 'any-time', answer?.options),
    ...inside(['hints'], 'any-time', hints),
  ];
}

function checkOne(context: Context, path: Path, expectation: Expectation): void {
  const check = checkOf(CHECKS, expectation);
  checkWhen(context, path, expectation);
  for (const target of check.targets(expectation)) reportUnkept(context.source, path, target, context.before);
  if (context.judged === 'after')
    for (const reference of check.references?.(expectation) ?? [])
      checkReference(context, [...path, ...reference.at], reference, check.finds ?? check.kind);
  for (const { at, expectation: inner } of check.nested?.(expectation) ?? []) {
    checkOne(context, [...path, ...at], inner);
    if (checkOf(CHECKS, inner).lasting === undefined) continue;
    const hint = `write it beside ${check.kind}, as an expectation of its own`;
    context.source.reportKey([...path, ...at, inner.kind], {
      message: `${inner.kind} cannot stand in ${check.kind}`,
      hint,
    });
  }
}

function checkWhen({ source, hasCommand, judged }: Context, path: Path, expectation: Expectation): void {
  const { kind, when, finds = kind } = checkOf(CHECKS, expectation);
  const at = [...path, kind];
  if (judged === 'any-time') {
    const hint = 'ask for the state of the cluster instead';
    if (when !== 'now')
      source.reportKey(at, { message: `${finds} is not known at any time, as it must be here`, hint });
  } else if (when === 'of-command' && judged === 'before') {
    const hint = 'ask for the state of the cluster instead';
    source.reportKey(at, { message: `${finds} cannot be known before the command has run`, hint });
  } else if (when === 'of-command' && !hasCommand) {
    const message = `${finds} is of the step's own command, and this step runs none`;
    source.reportKey(at, { message, hint: 'add run, or remove this' });
  } else if (when !== 'now' && judged === 'before') {
    source.reportKey(at, { message: `${finds} cannot be known before the action`, hint: 'move it to expect' });
  }
}

function checkReference({ source, before }: Context, path: Path, reference: Reference, finds: string): void {
  const { id } = reference;
  if (reference.kind === 'step') {
    if (!before.steps.has(id)) source.report(path, unknownWord('step', id, before.steps.keys()));
    return;
  }
  const { kinds } = reference;
  const kind = before.probes.get(id);
  if (kind === undefined) {
    if (!before.allRead) return;
    const example = `a step gets one with probe: { id: …, kind: ${kinds[0]}, target: …, from: …, every: 20ms }`;
    const { message, hint } = unknownWord('probe', id, before.probes.keys());
    source.report(path, { message, hint: before.probes.size > 0 ? hint : example });
  } else if (!(kinds as readonly string[]).includes(kind)) {
    const message = `a ${kind} probe does not report ${finds}`;
    source.report(path, { message, hint: `use a probe of kind ${kinds.join(' or ')}` });
  }
}

function checkGiven(source: Source): void {
  const own = textOf(fieldOf(source.data, 'id'));
  for (const [index, given] of listOf(fieldOf(source.data, 'given')).entries())
    if (given === own && own !== undefined)
      source.report(['given', index], { message: `'${own}' is given to itself`, hint: 'remove it' });
}
