import { type Message, message, sentences } from '../../messages/message.js';
import type { FailedAction } from '../../model/cluster-state.js';
import { groupBy } from '../../model/group-by.js';
import { scoreText } from '../../model/pacemaker-values.js';
import { baseId } from '../../model/resource-tree.js';
import { argument, type Explanation, type ExplanationTable, type NextStep, step } from '../explanation.js';
import { type Facts, instancesNamed, printed } from '../facts.js';
import { type CurrentState, type FailureFacts, failureFacts, isProbe } from '../failure.js';
import { about, type DiagnosisCode, type DiagnosisItem, item, type Payloads, type Severity } from '../item.js';
import { retryAfter } from '../outcome.js';
import { AGENT_ADVICE } from './agent-advice.js';

type FailureCode = { [C in DiagnosisCode]: Payloads[C] extends FailureFacts ? C : never }[DiagnosisCode];

const CODES: Readonly<Record<string, FailureCode>> = {
  monitor: 'failed-monitor',
  status: 'failed-monitor',
  probe: 'failed-probe',
  start: 'failed-start',
  stop: 'failed-stop',
  promote: 'failed-promote',
  demote: 'failed-demote',
  migrate_to: 'failed-migration',
  migrate_from: 'failed-migration',
};

/** Each failed action, alike ones on several nodes once; if its resource runs again, it is only a record, not a problem. */
export function failedActionItems(facts: Facts): readonly DiagnosisItem[] {
  const told = facts.state.failedActions.map((action) => ({ action, failure: failureFacts(action, facts) }));
  const alike = groupBy(told, ({ action, failure }) => keyOf(action, failure));
  return [...alike.values()].map(([{ action, failure }, ...others]) => {
    if (failure === undefined)
      return item('failed-unreadable', 'problem', about('resource'), { printed: [action.text] });
    const whole = joined(
      failure,
      others.flatMap((each) => each.failure ?? []),
    );
    const code = codeOf(action);
    return item(code, severityOf(code, whole, facts), about('resource', whole.resource), whole);
  });
}

/** What alike failures have in common: one mistake that several nodes report is one statement. */
function keyOf({ intervalMs, text }: FailedAction, failure: FailureFacts | undefined): string {
  if (failure === undefined || failure.nodes.length === 0) return text;
  const { nodes: _nodes, at: _at, execMs: _execMs, failCount: _failCount, threshold: _threshold, ...alike } = failure;
  return JSON.stringify([intervalMs, alike]);
}

function joined(first: FailureFacts, others: readonly FailureFacts[]): FailureFacts {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const times = [...new Set(all.flatMap(({ at }) => at ?? []))].join('; ');
  const { at: _at, execMs: _execMs, failCount: _failCount, threshold: _threshold, ...alike } = first;
  return { ...alike, ...printed({ at: times }), nodes: [...new Set(all.flatMap(({ nodes }) => nodes))] };
}

function codeOf(action: FailedAction): FailureCode {
  return isProbe(action) ? 'failed-probe' : (CODES[action.operation ?? ''] ?? 'failed-operation');
}

const SEVERITY: { readonly [S in CurrentState]: Severity } = {
  runs: 'warning',
  'runs-elsewhere': 'warning',
  stopped: 'problem',
  failed: 'problem',
  blocked: 'problem',
  unknown: 'problem',
};

function severityOf(code: FailureCode, { now, resource }: FailureFacts, facts: Facts): Severity {
  const instances = instancesNamed(facts, resource);
  const isMeantToStop = instances.length > 0 && instances.every(({ disabled, role }) => disabled && role === 'Stopped');
  if (isMeantToStop) return 'warning';
  if (now === 'stopped' && code === 'failed-probe') return 'warning';
  const node = facts.state.nodes.find(({ name }) => name === baseId(resource));
  return now === 'unknown' && node?.online === true ? 'warning' : SEVERITY[now];
}

export const FAILURE_EXPLANATIONS = {
  'failed-monitor': ({ payload }) => failed(payload, message('failed-monitor.means')),
  'failed-probe': ({ payload }) =>
    failed(
      payload,
      sentences(message('failed-probe.means'), payload.now === 'failed' && message('failed-probe.means.failed')),
    ),
  'failed-start': ({ payload }) => failed(payload, message('failed-start.means')),
  'failed-stop': ({ payload }) =>
    failed(payload, sentences(message('failed-stop.means'), message(`failed-stop.means.${payload.fencing}`))),
  'failed-promote': ({ payload }) => failed(payload, message('failed-promote.means')),
  'failed-demote': ({ payload }) => failed(payload, message('failed-demote.means')),
  'failed-migration': ({ payload }) => failed(payload, message('failed-migration.means')),
  'failed-operation': ({ payload }) => failed(payload, message('failed-operation.means')),
  'failed-unreadable': () => ({ next: [step('crm_mon -1', 'failed-unreadable.crm-mon')] }),
} satisfies Partial<ExplanationTable>;

function failed(facts: FailureFacts, does: Message): Explanation {
  return {
    title: titleOf(facts),
    // If the resource runs there again, pacemaker has already handled the failure.
    means: sentences(nowOf(facts), ...(facts.now === 'runs' ? [] : [does, retryRule(facts)]), countOf(facts)),
    cause: causeOf(facts),
    next: stepsOf(facts),
  };
}

function titleOf({ resource, operation, nodes, outcome, at }: FailureFacts): Message {
  return message('failure.title', { operation, resource, nodes, outcome: message(`outcome.${outcome}.name`), at });
}

function nowOf({ now, runsOn }: FailureFacts): Message | undefined {
  if (now === 'unknown') return undefined;
  return now === 'runs-elsewhere' ? message(`failure.now.${now}`, { runsOn }) : message(`failure.now.${now}`);
}

/** For codes after which pacemaker does not retry on this node, or on any; after a failed stop it retries nowhere. */
function retryRule({ outcome, operation }: FailureFacts): Message | undefined {
  if (operation === 'stop') return undefined;
  const retry = retryAfter(outcome);
  return retry === 'soft' ? undefined : message(`failure.${retry}`);
}

function countOf({ failCount, threshold }: FailureFacts): Message | undefined {
  if (failCount === undefined) return undefined;
  const count = scoreText(failCount);
  return threshold === undefined
    ? message('failure.count', { count })
    : message('failure.count-of', { count, threshold: scoreText(threshold) });
}

/** An agent's own reason comes first, because it is the most specific. */
function causeOf(failure: FailureFacts): Message {
  const { reason, outcome, operation, agentKind, outside, nodes } = failure;
  const isConnection = agentKind === 'stonith' || agentKind === 'remote';
  const isGeneral = outcome === 'error' || outcome === 'not-executed';
  const isGone = operation === 'monitor' && outcome === 'not-running' && !['lsb', 'systemd'].includes(agentKind);
  // Where the agent itself gives the reason, what is usual for its kind is only a guess beside it.
  const hasUsual = !isGone && (reason === undefined || isConnection);
  if (outside !== undefined)
    return sentences(
      reason !== undefined && message('failure.reason', { reason }),
      message('failure.outside', { ...outside, nodes }),
    );
  return sentences(
    reason === undefined ? undefined : message('failure.reason', { reason }),
    isGeneral && (isConnection || reason !== undefined) ? undefined : causesOf(outcome, operation),
    reason === undefined ? undefined : remedyOf(reason, failure),
    hasUsual && AGENT_ADVICE[agentKind].usual,
  );
}

/** Only a monitor that finds nothing running tells of a service that ran; a start finds that it never did. */
function causesOf(outcome: FailureFacts['outcome'], operation: string): Message {
  if (outcome !== 'not-running' || operation === 'monitor') return message(`outcome.${outcome}.causes`);
  return message(`outcome.not-running.causes.${operation === 'start' ? 'start' : 'other'}`);
}

/** `Unable to find nic or netmask.`, `[findif] failed`, `ocf-exit-reason:Unable to find nic` (IPaddr2, findif.sh). */
const OUTSIDE = /unable to find (?:nic|interface)|\[findif\] failed/i;

/** Reasons that agents of resource-agents print, and what would fix them. */
const REMEDIES: readonly (readonly [RegExp, Message])[] = [
  [OUTSIDE, message('failure.remedy.address-outside')],
  // `label too long` (IPaddr2: an interface label has at most 15 characters)
  [/label too long/i, message('failure.remedy.label')],
];

function remedyOf(reason: string, failure: FailureFacts): Message | undefined {
  if (OUTSIDE.test(reason) && isWithoutInterface(failure)) return message('failure.remedy.no-interface');
  return REMEDIES.find(([pattern]) => pattern.test(reason))?.[1];
}

/** What was monitored had an interface before, and an address in a network of its node fits one that is up. */
function isWithoutInterface({ operation, inside }: FailureFacts): boolean {
  return inside === true || operation === 'monitor';
}

function stepsOf(failure: FailureFacts): readonly NextStep[] {
  const { resource, operation, nodes, agent, agentKind, now, outside } = failure;
  const id = argument(resource, 'RESOURCE');
  const where =
    nodes.length === 0 ? message('on-the-node') : message('on-node', { node: message('list', { items: nodes }) });
  const isDown = now === 'stopped' || now === 'blocked' || now === 'failed';
  const debug =
    operation === 'stop'
      ? 'debug-stop'
      : operation === 'start' || (isDown && now === 'stopped')
        ? 'debug-start'
        : 'debug-monitor';
  const needsAddress = outside !== undefined || (OUTSIDE.test(failure.reason ?? '') && !isWithoutInterface(failure));
  if (needsAddress && now !== 'runs')
    return [
      step(`pcs resource update ${id} ip=ADDRESS`, 'failure.other-address'),
      ...AGENT_ADVICE[agentKind].checks(agent, resource),
      step(`pcs resource cleanup ${id}`, 'failure.cleanup'),
    ];
  const hasNoDebug = agentKind === 'stonith' || agentKind === 'remote';
  return [
    step('journalctl -u pacemaker', 'failure.journal', { where }),
    ...AGENT_ADVICE[agentKind].checks(agent, resource),
    ...(hasNoDebug || now === 'runs' ? [] : [step(`pcs resource ${debug} ${id}`, 'failure.debug', { where })]),
    ...(now === 'runs' ? [] : [step(`pcs resource failcount show ${id}`, 'failure.fail-count')]),
    step(`pcs ${agentKind === 'stonith' ? 'stonith' : 'resource'} cleanup ${id}`, 'failure.cleanup'),
  ];
}
