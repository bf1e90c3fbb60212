import type { FailedAction } from '../../model/cluster-state.js';
import { baseId } from '../../model/resource-tree.js';
import { type FailureFacts, failureFacts, type Standing } from '../failure.js';
import { about, item, type Meaning, type MeaningCode, type Payloads, type Severity } from '../meaning.js';
import { instancesNamed, type Situation } from '../situation.js';

type FailureCode = { [C in MeaningCode]: Payloads[C] extends FailureFacts ? C : never }[MeaningCode];

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

/** Each failed action. One that its resource got over is a record, and no problem any more. */
export function failedActionItems(situation: Situation): readonly Meaning[] {
  return situation.state.failedActions.map((action) => itemOf(action, situation));
}

function itemOf(action: FailedAction, situation: Situation): Meaning {
  const facts = failureFacts(action, situation);
  if (facts === undefined) return item('failed-unreadable', 'problem', about('resource'), { printed: [action.text] });
  const code = codeOf(action, facts);
  return item(code, severityOf(code, facts, situation), about('resource', facts.resource), facts);
}

/** A monitor that does not recur is a probe: it asks whether the resource is there already. */
function codeOf({ intervalMs }: FailedAction, { operation }: FailureFacts): FailureCode {
  if (operation === 'monitor' && intervalMs === 0) return 'failed-probe';
  return CODES[operation] ?? 'failed-operation';
}

const SEVERITY: { readonly [S in Standing]: Severity } = {
  runs: 'warning',
  'runs-elsewhere': 'warning',
  stopped: 'problem',
  failed: 'problem',
  blocked: 'problem',
  'not-told': 'problem',
};

function severityOf(code: FailureCode, { now, resource }: FailureFacts, situation: Situation): Severity {
  const instances = instancesNamed(situation, resource);
  const isMeantToStop = instances.length > 0 && instances.every(({ disabled, role }) => disabled && role === 'Stopped');
  if (isMeantToStop) return 'warning';
  if (now === 'stopped' && code === 'failed-probe') return 'warning';
  const node = situation.state.nodes.find(({ name }) => name === baseId(resource));
  return now === 'not-told' && node?.online === true ? 'warning' : SEVERITY[now];
}
