import type { Ban, FailCount, FailedAction, FencingEvent, NodeAttribute, Ticket } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import { parseOperationKey } from '../text/failures.js';
import { type Attributes, childrenNamed, numberOf, textOf, truthOf, type XmlElement } from '../xml-tree.js';

/** One `<failure>` (`xml/api/failure-2.8.rng`); `text` is the line that crm_mon prints with `--show-detail`. */
export function failureOf({ attributes }: XmlElement): FailedAction {
  const subject = subjectOf(attributes);
  const details = {
    node: textOf(attributes, 'node'),
    exitCode: numberOf(attributes, 'exitcode'),
    exitStatus: textOf(attributes, 'exitstatus'),
    execution: textOf(attributes, 'status'),
    reason: reasonOf(attributes),
    call: numberOf(attributes, 'call'),
    at: textOf(attributes, 'last-rc-change'),
    queuedMs: numberOf(attributes, 'queued'),
    execMs: numberOf(attributes, 'exec'),
  };
  return { text: wordingOf(attributes.op_key ?? attributes.id ?? '', details), ...subject, ...defined(details) };
}

/** A failure without a key has the id of its history entry, `vip_last_failure_0`, which does not name the operation. */
function subjectOf(attributes: Attributes): Pick<FailedAction, 'resource' | 'operation' | 'intervalMs'> {
  const { resource, operation, intervalMs } = parseOperationKey(attributes.op_key ?? attributes.id ?? '') ?? {};
  return defined({
    resource,
    operation: operation ?? textOf(attributes, 'task'),
    intervalMs: intervalMs ?? numberOf(attributes, 'interval'),
  });
}

/** crm_mon 2.x escapes the reason before it prints it as XML, and prints `none` for no reason. */
function reasonOf(attributes: Attributes): string | undefined {
  const reason = textOf(attributes, 'exitreason');
  return reason === undefined || reason === 'none' ? undefined : unescaped(reason);
}

function wordingOf(key: string, failure: Readonly<Record<string, string | number | undefined>>): string {
  const parts = [
    ['call', failure.call, ''],
    ['status', failure.execution, "'"],
    ['exitreason', failure.reason, "'"],
    ['last-rc-change', failure.at, "'"],
    ['queued', failure.queuedMs === undefined ? undefined : `${failure.queuedMs}ms`, ''],
    ['exec', failure.execMs === undefined ? undefined : `${failure.execMs}ms`, ''],
  ] as const;
  const shown = parts.flatMap(([name, value, quote]) =>
    value === undefined ? [] : [`${name}=${quote}${value}${quote}`],
  );
  const head = `${key} on ${failure.node ?? '?'} '${failure.exitStatus ?? '?'}' (${failure.exitCode ?? '?'})`;
  return oneLine([head, shown.join(', ')].filter((part) => part !== '').join(': '));
}

const OUTCOMES = { success: 'successful', failed: 'failed', pending: 'pending' } as const;

/**
 * One `<fence_event>` (`xml/api/fence-event-*.rng`); `text` is the line that crm_mon prints with `--show-detail`. Up to 2.0.2 the
 * outcome is called `state` (`tools/crm_mon.c`).
 */
export function fencingOf({ attributes }: XmlElement): FencingEvent {
  const outcome = attributes.status ?? attributes.state ?? '';
  const status = Object.hasOwn(OUTCOMES, outcome) ? (outcome as keyof typeof OUTCOMES) : 'pending';
  const { action = '', target = '' } = attributes;
  const who = {
    delegate: textOf(attributes, 'delegate'),
    client: textOf(attributes, 'client'),
    origin: textOf(attributes, 'origin'),
  };
  const at = textOf(attributes, 'completed');
  const reason = textOf(attributes, 'exit-reason');
  const parts = [
    ...Object.entries(who).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    ...(at === undefined ? [] : [`completed='${at}'`]),
  ];
  const head = `${action} of ${target} ${OUTCOMES[status]}${reason === undefined ? '' : ` (${reason})`}`;
  return {
    text: oneLine(parts.length === 0 ? head : `${head}: ${parts.join(', ')}`),
    action,
    target,
    status,
    ...defined({ ...who, at, reason }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** crm_mon 2.x escapes a reason before its XML is escaped as a whole (lib/common/xml.c, crm_xml_escape). */
function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** One `<node>` of `<node_attributes>`. */
export function attributesOf(node: XmlElement): readonly NodeAttribute[] {
  return childrenNamed(node, 'attribute').map(({ attributes }) => ({
    node: node.attributes.name ?? '',
    name: attributes.name ?? '',
    value: attributes.value ?? '',
  }));
}

/** One `<node>` of `<node_history>`; entries of orphans, which have no threshold, are left out. */
export function failCountsOf(node: XmlElement): readonly FailCount[] {
  return childrenNamed(node, 'resource_history').flatMap(({ attributes }) => {
    const counts = defined({
      failCount: numberOf(attributes, 'fail-count'),
      migrationThreshold: numberOf(attributes, 'migration-threshold'),
      lastFailure: textOf(attributes, 'last-failure'),
    });
    if (Object.keys(counts).length === 0) return [];
    return [{ node: node.attributes.name ?? '', resource: attributes.id ?? '', ...counts }];
  });
}

export function ticketOf({ attributes }: XmlElement): Ticket {
  return {
    id: attributes.id ?? '',
    granted: attributes.status === 'granted',
    standby: truthOf(attributes, 'standby') ?? false,
    ...defined({ lastGranted: textOf(attributes, 'last-granted') }),
  };
}

/** `master_only` up to 2.1. */
export function banOf({ attributes }: XmlElement): Ban {
  return {
    id: attributes.id ?? '',
    resource: attributes.resource ?? '',
    node: attributes.node ?? '',
    promotedOnly: truthOf(attributes, 'promoted-only') ?? truthOf(attributes, 'master_only') ?? false,
    ...defined({ score: numberOf(attributes, 'weight') }),
  };
}
