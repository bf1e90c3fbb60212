import { type Message, message, sentences } from '../../messages/message.js';
import type { ClusterState, FencingEvent } from '../../model/cluster-state.js';
import { groupBy } from '../../model/group-by.js';
import { type ExplanationTable, firstOf, historyStep, step } from '../explanation.js';
import { type Facts, printed } from '../facts.js';
import { about, type DiagnosisItem, item, type Payloads } from '../item.js';

/** Fencing that failed, is in progress or succeeded; one item for each target and action. */
export function fencingItems({ state }: Facts): readonly DiagnosisItem[] {
  const events = allEvents(state);
  const by = (status: FencingEvent['status']) => grouped(events.filter((event) => event.status === status));
  return [
    ...by('failed').map((same) => failedItem(same, state, events)),
    ...by('pending').map(([{ action, target, delegate }]) =>
      item('fencing-pending', 'warning', about('node', target), { action, ...printed({ delegate }) }),
    ),
    ...by('success').map((same) => {
      const [{ action, target, at, delegate }] = same;
      const payload = { action, times: same.length, ...printed({ at, delegate }) };
      return item('fencing-done', 'note', about('node', target), payload);
    }),
  ];
}

type Same = readonly [FencingEvent, ...FencingEvent[]];

/** `Failed Fencing Actions` and the history may print the same event. */
function allEvents({ fencingHistory, failedFencing }: ClusterState): readonly FencingEvent[] {
  const seen = new Set(fencingHistory.map(keyOf));
  return [...fencingHistory, ...failedFencing.filter((event) => !seen.has(keyOf(event)))];
}

function keyOf({ action, target, status, at, client }: FencingEvent): string {
  return JSON.stringify([action, target, status, at, client]);
}

function grouped(events: readonly FencingEvent[]): readonly Same[] {
  return [...groupBy(events, ({ action, target }) => `${action} ${target}`).values()];
}

/** A failure is only a record if fencing succeeded later or the node is online again. */
function failedItem(same: Same, state: ClusterState, events: readonly FencingEvent[]): DiagnosisItem {
  const [{ action, target, at, delegate, reason }] = same;
  const now = targetState(target, state);
  const newest = events.find((event) => event.target === target);
  const isOver = newest?.status === 'success' || now === 'online' || now === 'no-node';
  return item('fencing-failed', isOver ? 'warning' : 'problem', about('node', target), {
    action,
    times: same.length,
    target: now,
    ...printed({ at, delegate, reason }),
  });
}

function targetState(target: string, { nodes, truncated }: ClusterState): Payloads['fencing-failed']['target'] {
  const node = nodes.find(({ name }) => name === target);
  if (node === undefined) return nodes.length > 0 && truncated.length === 0 ? 'no-node' : 'unknown';
  if (node.unclean) return 'unclean';
  return node.online ? 'online' : 'offline';
}

export const FENCING_EXPLANATIONS = {
  'fencing-failed': ({ subject: { names }, payload }) => ({
    means: message(`fencing-failed.means.${payload.target}`),
    cause: failedCause(payload),
    next:
      payload.target === 'no-node'
        ? [step('crm_node --list', 'fencing-failed.crm-node')]
        : [
            historyStep(firstOf(names, 'NODE')),
            step('pcs stonith config', 'fencing-failed.pcs-stonith-config'),
            step('fence_AGENT … -o status', 'step.fence-agent'),
            step('journalctl -u pacemaker -g fenc', 'fencing-failed.journalctl-pacemaker-fenc'),
            step(`pcs stonith history cleanup ${firstOf(names, 'NODE')}`, 'fencing-failed.pcs-stonith-history'),
          ],
  }),
  'fencing-pending': ({ subject: { names }, payload: { delegate } }) => ({
    cause: delegate === undefined ? undefined : message('fencing-pending.cause', { delegate }),
    next: [historyStep(firstOf(names, 'NODE'))],
  }),
  'fencing-done': () => ({ next: [step('journalctl -u pacemaker -g fenc', 'fencing-done.journalctl-pacemaker-fenc')] }),
} satisfies Partial<ExplanationTable>;

function failedCause({ delegate, reason, target }: Payloads['fencing-failed']): Message {
  const given = reason === undefined ? undefined : message('fencing-failed.reason', { reason });
  if (target === 'no-node') return sentences(given, message('fencing-failed.cause.no-node'));
  const usual = message('fencing-failed.cause');
  return sentences(given, delegate === undefined ? undefined : message('fencing-failed.delegate', { delegate }), usual);
}
