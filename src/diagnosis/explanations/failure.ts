import { type Message, message, sentences } from '../../messages/message.js';
import { INFINITY } from '../../model/pacemaker-values.js';
import type { FailureFacts, Standing } from '../failure.js';
import { AGENT_ADVICE } from './agent.js';
import { argument, type Explanation, type ExplanationTable, type NextStep, step } from './explanation.js';
import { OUTCOME_TEXTS } from './outcome.js';

type FailureCode =
  | 'failed-monitor'
  | 'failed-probe'
  | 'failed-start'
  | 'failed-stop'
  | 'failed-promote'
  | 'failed-demote'
  | 'failed-migration'
  | 'failed-operation'
  | 'failed-unreadable';

export const FAILURE_EXPLANATIONS: ExplanationTable<FailureCode> = {
  'failed-monitor': ({ payload }) => failed(payload, message('failed-monitor.means')),
  'failed-probe': ({ payload }) => failed(payload, message('failed-probe.means')),
  'failed-start': ({ payload }) => failed(payload, message('failed-start.means')),
  'failed-stop': ({ payload }) => failed(payload, sentences(STOP_FAILED, STOP_ANSWER[payload.fencing])),
  'failed-promote': ({ payload }) => failed(payload, message('failed-promote.means')),
  'failed-demote': ({ payload }) => failed(payload, message('failed-demote.means')),
  'failed-migration': ({ payload }) => failed(payload, message('failed-migration.means')),
  'failed-operation': ({ payload }) => failed(payload, message('failed-operation.means')),
  'failed-unreadable': ({ payload: { printed } }) => ({
    title: message('failed-unreadable.title'),
    means: message('failed-unreadable.means'),
    lines: printed,
    next: [step('crm_mon -1', message('failed-unreadable.crm-mon'))],
  }),
};

const STOP_FAILED = message('failed-stop.means');

const STOP_ANSWER: { readonly [F in FailureFacts['fencing']]: Message } = {
  on: message('failed-stop.means.on'),
  off: message('failed-stop.means.off'),
  'no-device': message('failed-stop.means.no-device'),
  'not-told': message('failed-stop.means.unknown'),
};

function failed(facts: FailureFacts, does: Message): Explanation {
  return {
    title: titleOf(facts),
    // What pacemaker does about it is over, where the resource runs there again.
    means: sentences(NOW[facts.now](facts), ...(facts.now === 'runs' ? [] : [does, severityOf(facts)]), countOf(facts)),
    cause: causeOf(facts),
    next: stepsOf(facts),
  };
}

function titleOf({ resource, operation, node, outcome, at }: FailureFacts): Message {
  return message('failure.title', { operation, resource, node, outcome: OUTCOME_TEXTS[outcome].name, at });
}

const NOW: { readonly [S in Standing]: (facts: FailureFacts) => Message | undefined } = {
  runs: () => message('failure.now.runs'),
  'runs-elsewhere': ({ runsOn }) => message('failure.now.runs-elsewhere', { runsOn }),
  stopped: () => message('failure.now.stopped'),
  failed: () => message('failure.now.failed'),
  blocked: () => message('failure.now.blocked'),
  'not-told': () => undefined,
};

/** Of hard and fatal codes; after a failed stop nothing is tried anywhere. */
function severityOf({ outcome, operation }: FailureFacts): Message | undefined {
  if (operation === 'stop') return undefined;
  const { taken } = OUTCOME_TEXTS[outcome];
  if (taken === 'hard') return message('failure.hard');
  if (taken === 'fatal') return message('failure.fatal');
  return undefined;
}

function countOf({ failCount, threshold }: FailureFacts): Message | undefined {
  if (failCount === undefined) return undefined;
  const count = scoreText(failCount);
  return threshold === undefined
    ? message('failure.count', { count })
    : message('failure.count-of', { count, threshold: scoreText(threshold) });
}

function scoreText(count: number): string {
  return count >= INFINITY ? 'INFINITY' : String(count);
}

/** An agent's own reason comes first; it knows best. */
function causeOf({ reason, outcome, operation, agentKind }: FailureFacts): Message {
  const isConnection = agentKind === 'stonith' || agentKind === 'remote';
  const isGeneral = outcome === 'error' || outcome === 'not-executed';
  const isGone = operation === 'monitor' && outcome === 'not-running' && !['lsb', 'systemd'].includes(agentKind);
  return sentences(
    reason === undefined ? undefined : message('failure.reason', { reason }),
    isGeneral && (isConnection || reason !== undefined) ? undefined : OUTCOME_TEXTS[outcome].causes,
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
  const isDevice = agentKind === 'stonith' || agentKind === 'remote';
  return [
    step('journalctl -u pacemaker', message('failure.journal', { where })),
    ...AGENT_ADVICE[agentKind].look(agent, resource),
    ...(isDevice || now === 'runs' ? [] : [step(`pcs resource ${debug} ${id}`, message('failure.debug', { where }))]),
    ...(now === 'runs' ? [] : [step(`pcs resource failcount show ${id}`, message('failure.fail-count'))]),
    step(`pcs ${agentKind === 'stonith' ? 'stonith' : 'resource'} cleanup ${id}`, message('failure.cleanup')),
  ];
}
