import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import type { FailedAction } from '../model/cluster-state.js';
import type { LabObservation } from '../model/observation.js';
import { scoreText } from '../model/pacemaker-values.js';
import { baseId } from '../model/resource-tree.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { bestCib, configuredBy, failCountsIn, isFencingDevice, operationCountsIn } from './configured.js';
import { hasBrokenController, hasLostControllers, isCountedUp, isMadeToFail } from './faults.js';
import { keyOf, newFencing } from './fencing.js';
import { failed, joined, operationFailed, unique } from './finding.js';
import { allViews } from './views.js';

export const noFailures: AuditTable['no-failures'] = {
  kind: 'no-failures',
  holds: message('audit.no-failures.holds'),
  reads: message('audit.no-failures.reads'),
  judge,
};

/** crm_mon is the authority on what counts as a failure: a probe that finds something running is none, whatever its exit code. */
function judge(input: AuditInput): readonly Finding[] {
  const actions = newActions(input);
  const reported = new Set(actions.map(({ place }) => place));
  return [
    ...actions.map(({ finding }) => finding),
    ...newCounts(input).flatMap(({ place, finding }) => (reported.has(place) ? [] : [finding])),
    ...newFailedFencing(input),
    ...allViews(input).missing,
  ];
}

interface Failure {
  readonly place: string;
  readonly finding: Finding;
}

function newActions(input: AuditInput): readonly Failure[] {
  const { now, before } = input;
  const known = new Set(actionsIn(before).map(({ key }) => key));
  const found = actionsIn(now).filter(({ key, action }) => !known.has(key) && !isExplained(input, action));
  return unique(found.map(({ key }) => key)).flatMap((key) => {
    const same = found.filter((each) => each.key === key);
    const [{ action } = { action: undefined }] = same;
    if (action === undefined) return [];
    const { resource = '', node = '' } = action;
    if (failsByFault(input, resource, node)) return [];
    const by = joined(unique(same.map((each) => each.by)));
    const seen = `${describeAction(action)}, by the view of ${by}`;
    const about = { resource: baseId(resource), node, operation: nameOfOperation(action) };
    return [{ place: placeOf(resource, node), finding: operationFailed(about, seen) }];
  });
}

function nameOfOperation({ operation, intervalMs = 0 }: Pick<FailedAction, 'operation' | 'intervalMs'>) {
  return operation === 'monitor' && intervalMs === 0 ? 'probe' : operation;
}

/** Probes are never made to fail. */
function isExplained(input: AuditInput, { resource, node, operation, intervalMs = 0 }: FailedAction): boolean {
  if (resource === undefined || node === undefined || operation === undefined) return false;
  if (operation === 'monitor' && intervalMs === 0) return false;
  return isMadeToFail(input, resource, node, operation);
}

interface ReportedAction {
  readonly key: string;
  readonly action: FailedAction;
  readonly by: string;
}

function actionsIn(observation: LabObservation | undefined): readonly ReportedAction[] {
  return (observation?.nodes ?? []).flatMap(({ node, status }) =>
    (status?.failedActions ?? []).map((action) => ({ key: actionKey(action), action, by: node })),
  );
}

/** Call ids start again with the daemons, so the time is part of the key. Without either the text is the key. */
function actionKey({ text, resource, operation, intervalMs, node, exitCode, call, at }: FailedAction): string {
  if (resource === undefined || node === undefined || (call === undefined && at === undefined)) return text;
  return [resource, operation, intervalMs, node, exitCode, call, at].join(' ');
}

function describeAction({
  text,
  resource,
  operation,
  intervalMs = 0,
  node,
  exitCode,
  exitStatus,
  reason,
}: FailedAction): string {
  if (resource === undefined || operation === undefined || node === undefined) return `failed: ${text}`;
  const every = intervalMs > 0 ? ` (every ${intervalMs / 1000} s)` : '';
  const exit = [exitStatus, exitCode === undefined ? undefined : `exit code ${exitCode}`].filter(Boolean).join(', ');
  return `${operation}${every} of ${resource} failed on ${node}${exit === '' ? '' : `: ${exit}`}${reason ? ` (${reason})` : ''}`;
}

/** Counts that have grown. */
function newCounts(input: AuditInput): readonly Failure[] {
  const { now, before } = input;
  const earlier = countsIn(before);
  return [...countsIn(now)].flatMap(([place, { resource, node, count, by }]) => {
    const was = earlier.get(place)?.count ?? 0;
    if (count <= was || isCausedByFault(input, resource, node) || failsByFault(input, resource, node)) return [];
    const seen = `the fail count of ${resource} on ${node} is ${scoreText(count)} and was ${scoreText(was)}, as reported by ${joined(by)}`;
    const operation = grownAlone(operationsCounted(now, place), operationsCounted(before, place));
    return [{ place, finding: operationFailed({ resource, node, operation }, seen) }];
  });
}

/** Operation to how many of its failures are counted, by the CIB: `fail-count-vip#monitor_30000`. The highest that any node has. */
function operationsCounted(observation: LabObservation | undefined, place: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { cib } of observation?.nodes ?? [])
    for (const { node, transient } of cib?.nodeStates ?? [])
      for (const { resource, operation, count } of operationCountsIn(transient))
        if (operation !== undefined && placeOf(resource, node) === place) {
          const name = nameOfOperation(operation);
          if (name !== undefined) counts.set(name, Math.max(count, counts.get(name) ?? 0));
        }
  return counts;
}

/** The one operation of which more failures are counted than before; undefined where it is not one. */
function grownAlone(now: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): string | undefined {
  const grown = [...now].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name);
  return grown.length === 1 ? grown[0] : undefined;
}

/** Failures that an active fault has recorded or caused. */
function isCausedByFault(input: AuditInput, resource: string, node: string): boolean {
  return isCountedUp(input, resource, node) || isMadeToFail(input, resource, node);
}

interface Count {
  readonly resource: string;
  readonly node: string;
  readonly count: number;
  readonly by: readonly string[];
}

/** The highest that any node reports, by resource and node. */
function countsIn(observation: LabObservation | undefined): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { node: by, status, cib } of observation?.nodes ?? []) {
    const seen = (status?.failCounts ?? []).map(({ failCount: count = 0, ...each }) => ({ ...each, count }));
    const kept = (cib?.nodeStates ?? []).flatMap(({ node, transient }) =>
      [...failCountsIn(transient)].map(([resource, count]) => ({ resource, node, count })),
    );
    for (const { resource, node, count } of [...seen, ...kept]) {
      const place = placeOf(resource, node);
      const other = counts.get(place);
      const isSame = other?.count === count;
      if (other !== undefined && other.count > count) continue;
      counts.set(place, { resource: baseId(resource), node, count, by: unique([...(isSame ? other.by : []), by]) });
    }
  }
  return counts;
}

function placeOf(resource: string, node: string): string {
  return `${baseId(resource)} ${node}`;
}

function newFailedFencing(input: AuditInput): readonly Finding[] {
  const found = newFencing(input).filter(({ status }) => status === 'failed');
  return unique(found.map(keyOf)).flatMap((key) => {
    const same = found.filter((event) => keyOf(event) === key);
    const [event] = same;
    if (event === undefined || hasBrokenController(input, event.target)) return [];
    const when = `${event.at === undefined ? '' : ` at ${event.at}`}${event.reason === undefined ? '' : ` (${event.reason})`}`;
    const by = joined(unique(same.map((each) => each.by)));
    return [failed([event.target], `fencing (${event.action}) of ${event.target} failed${when}, as reported by ${by}`)];
  });
}

/** The resource fences a node whose management controller an active fault has broken, so it cannot be started or monitored. */
function failsByFault(input: AuditInput, resource: string, node: string): boolean {
  const cib = bestCib(input.now);
  const primitive = cib && configuredBy(cib, baseId(resource))?.primitive;
  if (primitive === undefined || !isFencingDevice(primitive.agent)) return false;
  const targets = (primitive.parameters.pcmk_host_list ?? '').split(/[\s,;]+/);
  return hasLostControllers(input, node) || targets.some((target) => hasBrokenController(input, target));
}
