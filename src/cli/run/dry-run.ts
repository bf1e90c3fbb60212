import { CHECKS } from '../../checks/index.js';
import { DEFAULT_SETTLE } from '../../config/scenario.js';
import { targetText } from '../../config/target.js';
import type { Excuse } from '../../model/audit.js';
import type { LabInstance } from '../../model/lab.js';
import type { Action, Expectation, Fault, ProbeSpec, Step } from '../../model/scenario.js';
import { type Language, textIn } from '../../model/text.js';
import type { PlanEntry } from '../../runner/plan.js';
import { output } from '../output.js';

/** The plan as people read it: nothing has been touched. */
export function printPlan(plan: readonly PlanEntry[], instance: LabInstance, language: Language): void {
  output.line(
    `lab ${instance.lab.name} as ${instance.name} on ${instance.backend}: ${instance.lab.nodes.map(({ name }) => name).join(', ')}`,
  );
  for (const { scenario, asGiven, skipped } of plan) {
    const why = skipped ? ` — skipped: ${skipped}` : asGiven ? ' (set-up)' : '';
    output.line(`\n${scenario.id}: ${textIn(scenario.title, language)}${why}`);
    for (const step of scenario.steps) for (const line of stepLines(step, language)) output.line(`  ${line}`);
  }
}

function stepLines(step: Step, language: Language): readonly string[] {
  const action = actionText(step.action);
  return [
    `${step.id}: ${textIn(step.title, language)}`,
    ...(action ? [`    do      ${action}`] : []),
    ...step.unless.map((expectation) => `    unless  ${describe(expectation)}`),
    ...step.probes.map((probe) => `    probe   ${probeText(probe)}`),
    ...step.expect.map((expectation) => `    expect  ${describe(expectation)}`),
    ...(step.expect.length > 0 ? [`    within  ${step.within.source}`] : []),
    ...step.excuse.map((excuse) => `    excuse  ${excuseText(excuse, language)}`),
    ...(step.settle.source === DEFAULT_SETTLE ? [] : [`    settle  ${step.settle.source}`]),
  ];
}

function probeText(probe: ProbeSpec): string {
  const place = 'port' in probe ? `${probe.target}:${probe.port}` : probe.target;
  return `${probe.kind} ${place} from ${targetText(probe.from)} every ${probe.everyMs} ms`;
}

function excuseText({ audit, of, because }: Excuse, language: Language): string {
  return `${audit}${of ? ` of ${of.join(', ')}` : ''}, because ${textIn(because, language)}`;
}

export function actionText(action: Action): string | undefined {
  if (action.kind === 'run') return `run on ${targetText(action.on)}: ${action.argv.join(' ')}`;
  if (action.kind === 'form') return `form the cluster: ${action.stage}`;
  if (action.kind === 'heal') return `heal ${action.step}`;
  if (action.kind === 'none') return undefined;
  if (action.kind === 'install') return `install ${action.what} on every ha node`;
  const { fault } = action;
  return `fault ${fault.kind}${faultDetails(fault)} on ${targetText(fault.node)}`;
}

function faultDetails(fault: Fault): string {
  switch (fault.kind) {
    case 'link-down':
      return ` ${fault.link} (${fault.by})`;
    case 'one-way-loss':
      return ` ${fault.link} from ${targetText(fault.from)}`;
    case 'daemon-kill':
    case 'daemon-stop':
      return ` ${fault.daemon}`;
    case 'address-gone':
      return ` ${fault.address}`;
    case 'failcount':
      return ` ${fault.value} of ${fault.resource}`;
    default:
      return '';
  }
}

function describe(expectation: Expectation): string {
  return (CHECKS[expectation.kind] as { describe(each: Expectation): string }).describe(expectation);
}

export function planJson(plan: readonly PlanEntry[], instance: LabInstance) {
  return {
    schema: 'halab.plan/1',
    lab: instance.lab.name,
    instance: instance.name,
    backend: instance.backend,
    scenarios: plan.map(({ scenario, asGiven, skipped }) => ({
      asGiven,
      ...(skipped ? { skipped } : {}),
      ...scenario,
    })),
  };
}
