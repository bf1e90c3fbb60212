import { CHECKS } from '../../checks/index.js';
import { usualDialect } from '../../cluster/dialect.js';
import { commandsOf, typedText as commandsText } from '../../cluster/formation/commands.js';
import { DEFAULT_SETTLE } from '../../config/scenario-schema.js';
import { FAULTS } from '../../faults/index.js';
import type { ExpectedViolation } from '../../model/audit.js';
import type { TypedLine } from '../../model/exercise.js';
import type { Expectation } from '../../model/expectation.js';
import { placeOfFault, withNodes } from '../../model/fault-nodes.js';
import type { Lab, LabInstance } from '../../model/lab.js';
import { sourceText } from '../../model/saved-value.js';
import type { Action, Fault, ProbeSpec, Step } from '../../model/scenario.js';
import { scriptIn } from '../../model/script.js';
import { targetText } from '../../model/target.js';
import { type Language, textIn } from '../../model/text.js';
import { checkOf } from '../../ports/check.js';
import { driverOf } from '../../ports/fault.js';
import type { WalkJson } from '../../report/walk-lines.js';
import type { PlanEntry } from '../../runner/plan.js';
import type { AnswerOf } from '../answers/index.js';
import { output } from '../output.js';
import type { LabGroup } from './lab-groups.js';

/** The plan as people read it: nothing has been touched. */
export function printPlan(plan: readonly PlanEntry[], instance: LabInstance, language: Language): void {
  output.line(
    `lab ${instance.lab.name} as ${instance.name} on ${instance.backend}: ${instance.lab.nodes.map(({ name }) => name).join(', ')}`,
  );
  for (const [index, { scenario, asGiven, skipped }] of plan.entries()) {
    const why = skipped ? ` — skipped: ${skipped}` : asGiven ? ' (set-up)' : '';
    const setUp = skipped === undefined ? setUpToRestore(plan, index) : undefined;
    if (setUp !== undefined) output.line(`\n(the lab again as ${setUp} leaves it)`);
    output.line(`\n${scenario.id}: ${textIn(scenario.title, language)}${why}`);
    for (const [at, step] of scenario.steps.entries()) {
      if (at === scenario.script?.certain)
        output.line(`  (from here on as far as the script can be followed without a lab)`);
      for (const line of stepLines(step, instance.lab, language)) output.line(`  ${line}`);
    }
    if (scenario.script?.openEnd !== undefined) output.line(`  … ${scenario.script.openEnd}`);
  }
}

/** The set-up that a scenario requires, where another scenario is run in between. */
function setUpToRestore(plan: readonly PlanEntry[], index: number): string | undefined {
  const setUp = plan[index]?.requires.at(-1);
  const before = plan.slice(0, index).findLast(({ skipped }) => skipped === undefined);
  return setUp === undefined || before?.scenario.id === setUp ? undefined : setUp;
}

function stepLines(step: Step, lab: Lab, language: Language): readonly string[] {
  const action = actionText(step.action);
  return [
    `${step.id}: ${textIn(step.title, language)}`,
    ...Object.entries(step.keeps ?? {}).map(([name, target]) => `    keep    ${targetText(target)} as ${name}`),
    ...(step.moment?.when ?? []).map((expectation) => `    when    ${describe(expectation)}`),
    ...(step.moment === undefined ? [] : [`    within  ${step.moment.within.source}`]),
    ...(action ? [`    do      ${action}`] : []),
    ...byHand(step.action, lab).map((line) => `    type    ${line}`),
    ...Object.entries(step.saves ?? {}).map(([name, source]) => `    save    ${sourceText(source)} as ${name}`),
    ...step.unless.map((expectation) => `    unless  ${describe(expectation)}`),
    ...step.probes.map((probe) => `    probe   ${probeText(probe)}`),
    ...step.expect.map((expectation) => `    expect  ${describe(expectation)}`),
    ...(step.expect.length > 0 ? [`    within  ${step.within.source}`] : []),
    ...step.expectedViolations.map((violation) => `    expect  a violation: ${violationText(violation, language)}`),
    ...(step.isAuditedWithNext ? ['    audit   with the next step'] : []),
    ...(step.settle.source === DEFAULT_SETTLE ? [] : [`    settle  ${step.settle.source}`]),
  ];
}

/** What a person would type for a stage of forming the cluster; which fence devices there are is known once the lab is up. */
function byHand(action: Action, lab: Lab): readonly string[] {
  if (action.kind !== 'form') return [];
  return commandsOf(action.stage, lab, { pcs: usualDialect(lab) }).map((each) => commandsText([each]));
}

function probeText(probe: ProbeSpec): string {
  const place = 'port' in probe ? `${probe.target}:${probe.port}` : probe.target;
  return `${probe.kind} ${place} from ${targetText(probe.from)} every ${probe.everyMs} ms`;
}

function violationText({ audit, of, operation, on, because }: ExpectedViolation, language: Language): string {
  const failing = operation === undefined ? '' : ` of the ${operation}`;
  return `${audit}${failing}${of ? ` of ${of.join(', ')}` : ''}${on === undefined ? '' : ` on ${on}`}, because ${textIn(because, language)}`;
}

export function actionText(action: Action): string | undefined {
  if (action.kind === 'run') return runText(action);
  if (action.kind === 'form') return `form the cluster: ${action.stage}`;
  if (action.kind === 'heal') return `heal ${action.step}`;
  if (action.kind === 'none') return undefined;
  if (action.kind === 'install') return `install ${action.what} on every ha node`;
  if (action.kind === 'type') return typedText(action.lines);
  if (action.kind === 'act') return 'what the script says';
  const { fault } = action;
  return `fault ${fault.kind}${faultDetails(fault)} on ${placeOfFault(withNodes(fault, targetText))}`;
}

/** The lines of a script stand one below the other. */
function runText({ on, argv }: Extract<Action, { kind: 'run' }>): string {
  const script = scriptIn(argv);
  const where = `run on ${targetText(on)}:`;
  if (script === undefined) return `${where} ${argv.join(' ')}`;
  return [`${where} a script`, ...script.trimEnd().split('\n')].join('\n            ');
}

/** What a student would type stands one line below the other. */
function typedText(lines: readonly TypedLine[]): string {
  return ['type', ...lines.map(({ on, line }) => `${targetText(on)}# ${line.trimEnd()}`)].join('\n            ');
}

function faultDetails(fault: Fault): string {
  const details = driverOf(FAULTS, fault).describe(fault);
  return details === '' ? '' : ` ${details}`;
}

function describe(expectation: Expectation): string {
  return checkOf(CHECKS, expectation).describe(expectation);
}

export function printPlans(groups: readonly LabGroup[], language: Language): void {
  for (const [index, { plan, instance }] of groups.entries()) {
    if (index > 0) output.line('');
    printPlan(plan, instance, language);
  }
}

/** One plan as it is; of several labs, a list. */
export function plansJson(groups: readonly LabGroup[], walk?: DrawnWalk) {
  const plans = groups.map((group) => planJson(group, walk));
  return plans.length === 1 ? plans[0] : ({ schema: 'halab.plans/1', plans } satisfies AnswerOf<'plans'>);
}

type DrawnWalk = Pick<WalkJson, 'seed' | 'faults' | 'given'>;

export function planJson({ plan, instance, warnings = [] }: Omit<LabGroup, 'backend'>, walk?: DrawnWalk) {
  return {
    schema: 'halab.plan/1',
    lab: instance.lab.name,
    instance: instance.name,
    backend: instance.backend,
    walk,
    ...(warnings.length === 0 ? {} : { warnings }),
    scenarios: plan.map(({ scenario: { script, ...scenario }, asGiven, skipped, requires }) => ({
      ...{ asGiven, requires, skipped, ...scenario },
      ...(script === undefined ? {} : { script: { certain: script.certain, openEnd: script.openEnd } }),
    })),
  } satisfies AnswerOf<'plan'>;
}
