import { type Message, message, sentences } from '../../messages/message.js';
import type { FailedAction } from '../../model/cluster-state.js';
import { scoreText } from '../../model/pacemaker-values.js';
import { baseId } from '../../model/resource-tree.js';
import { argument, type Explanation, type ExplanationTable, type NextStep, step } from '../explanation.js';
import { type Facts, instancesNamed } from '../facts.js';
import { type CurrentState, type FailureFacts, failureFacts } from '../failure.js';
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

/** Each failed action; if its resource runs again, it is only a record, not a problem. */
export function failedActionItems(facts: Facts): readonly DiagnosisItem[] {
  return facts.state.failedActions.map((action) => itemOf(action, facts));
}

function itemOf(action: FailedAction, facts: Facts): DiagnosisItem {
  const failure = failureFacts(action, facts);
  if (failure === undefined) return item('failed-unreadable', 'problem', about('resource'), { printed: [action.text] });
  const code = codeOf(action, failure);
  return item(code, severityOf(code, failure, facts), about('resource', failure.resource), failure);
}

/** A monitor that does not recur is a probe: it checks whether the resource already runs there. */
function codeOf({ intervalMs }: FailedAction, { operation }: FailureFacts): FailureCode {
  if (operation === 'monitor' && intervalMs === 0) return 'failed-probe';
  return CODES[operation] ?? 'failed-operation';
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
  'failed-probe': ({ payload }) => failed(payload, message('failed-probe.means')),
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

function titleOf({ resource, operation, node, outcome, at }: FailureFacts): Message {
  return message('failure.title', { operation, resource, node, outcome: message(`outcome.${outcome}.name`), at });
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
function causeOf({ reason, outcome, operation, agentKind }: FailureFacts): Message {
  const isConnection = agentKind === 'stonith' || agentKind === 'remote';
  const isGeneral = outcome === 'error' || outcome === 'not-executed';
  const isGone = operation === 'monitor' && outcome === 'not-running' && !['lsb', 'systemd'].includes(agentKind);
  return sentences(
    reason === undefined ? undefined : message('failure.reason', { reason }),
    isGeneral && (isConnection || reason !== undefined) ? undefined : message(`outcome.${outcome}.causes`),
    isGone ? undefined : AGENT_ADVICE[agentKind].usual,
  );
}

function stepsOf({ resource, operation, node, agent, agentKind, now }: FailureFacts): readonly NextStep[] {
  const id = argument(resource, 'RESOURCE');
  const where = node === undefined ? message('on-the-node') : message('on-node', { node });
  const isDown = now === 'stopped' || now === 'blocked' || now === 'failed';
  const debug =
    operation === 'stop'
      ? 'debug-stop'
      : operation === 'start' || (isDown && now === 'stopped')
        ? 'debug-start'
        : 'debug-monitor';
  const hasNoDebug = agentKind === 'stonith' || agentKind === 'remote';
  return [
    step('journalctl -u pacemaker', 'failure.journal', { where }),
    ...AGENT_ADVICE[agentKind].checks(agent, resource),
    ...(hasNoDebug || now === 'runs' ? [] : [step(`pcs resource ${debug} ${id}`, 'failure.debug', { where })]),
    ...(now === 'runs' ? [] : [step(`pcs resource failcount show ${id}`, 'failure.fail-count')]),
    step(`pcs ${agentKind === 'stonith' ? 'stonith' : 'resource'} cleanup ${id}`, 'failure.cleanup'),
  ];
}
