import type { ClusterMoment } from '../model/breakdown.js';
import { lastLinesOf } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import { parseJson } from '../model/json-text.js';
import { baseId } from '../model/resource-tree.js';
import type { Transport } from '../ports/transport.js';
import { isOk, resultIn } from './operations.js';

/** A successful start, as the CIB records it; times are in whole seconds. */
export interface Start {
  readonly node: string;
  readonly atS: number;
}

/** Reads what `cibadmin --query --xpath` prints for operations that started a resource. */
export function startsIn(xml: string): readonly Start[] {
  return [...xml.matchAll(/<lrm_rsc_op\b[^>]*>/g)].flatMap(([element]) => {
    const [, node] = /\bon_node="([^"]+)"/.exec(element) ?? [];
    const [, at] = /\blast-rc-change="(\d+)"/.exec(element) ?? [];
    return node === undefined || at === undefined ? [] : [{ node, atS: Number(at) }];
  });
}

const TIMEOUT_MS = 10_000;
/** Names since pacemaker 2.0, then names up to 1.1. */
const DAEMONS = ['corosync', 'pacemaker-controld', 'pacemaker-fenced', 'crmd', 'stonith-ng', 'stonithd'];

/** Throws LabError `status-unreadable`, and what the transport throws. */
export async function readHistory(
  transport: Transport,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<readonly ClusterMoment[]> {
  const since = `--since=@${Math.floor(sinceMs / 1000)}`;
  const argv = ['journalctl', '-o', 'json', '--no-pager', since, ...DAEMONS.flatMap((name) => ['-t', name])];
  const result = await transport.exec(argv, { timeoutMs: TIMEOUT_MS, signal });
  if (result.exitCode !== 0 && result.stdout === '')
    throw new LabError(
      'status-unreadable',
      `the journal of ${transport.node} could not be read: ${lastLinesOf(result)}`.trim(),
    );
  return parseJournal(result.stdout).filter(({ atMs }) => atMs >= sinceMs);
}

/**
 * `journalctl -o json`: one object per line. The time is that at which the message was sent, where the journal has it
 * (systemd.journal-fields(7)), because a busy journald receives it later.
 */
export function parseJournal(stdout: string): readonly ClusterMoment[] {
  return stdout.split('\n').flatMap((line) => {
    const entry = entryOf(line);
    const at = Number(entry?._SOURCE_REALTIME_TIMESTAMP ?? entry?.__REALTIME_TIMESTAMP);
    const message = messageOf(entry?.MESSAGE);
    if (message === undefined || !Number.isFinite(at)) return [];
    return momentOf(message, at / 1000) ?? [];
  });
}

/** `undefined` for a line that was cut off. */
function entryOf(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  return parseJson(line) as Readonly<Record<string, unknown>> | undefined;
}

/** journalctl prints a message that is not UTF-8 as a list of bytes. */
function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? Buffer.from(value as number[]).toString('latin1') : undefined;
}

type MomentKind = ClusterMoment extends infer M ? (M extends unknown ? Omit<M, 'atMs' | 'line'> : never) : never;
type LinePattern = readonly [RegExp, (groups: readonly (string | undefined)[]) => MomentKind];

/**
 * Log lines as corosync 2.4 to 3.1 and pacemaker 1.1 to 3.0 write them. The messages are defined in corosync's exec/totemsrp.c and
 * exec/cfg.c, and in pacemaker's controld_execd.c (lrm.c), controld_te_callbacks.c, fenced_remote.c (remote.c) and
 * controld_fencing.c.
 */
const LINE_PATTERNS: readonly LinePattern[] = [
  [/\[TOTEM *\] A processor failed, forming new configuration/, () => ({ kind: 'token-lost' })],
  [/\[KNET *\] host: host: \d+ has no active links/, () => ({ kind: 'link-lost' })],
  [/\[CFG *\] Node \d+ was shut down by sysadmin/, () => ({ kind: 'shut-down' })],
  [
    /\[TOTEM *\] A new membership \([^)]*\) was formed\.(.*)/,
    ([members = '']) => ({ kind: 'membership', left: /\bleft:/.test(members) }),
  ],
  [/Operation '?(?:reboot|off)'? (?:targeting|of) (\S+) (?:by|on) \S+ for .*: OK\b/, fenced],
  [/Peer (\S+) was terminated \((?:reboot|off)\) by .*: OK\b/, fenced],
  [/Operation (\S+)_start_0: ok \(node=([^,)]+),/, started],
  [/Transition \d+ action \d+ \((\S+)_monitor_[1-9]\d* on (\S+)\): expected 'ok' but got /, monitorFailed],
  [/Action \d+ \((\S+)_monitor_[1-9]\d*\) on (\S+) failed \(target: 0 vs\. rc: /, monitorFailed],
];

function fenced([target = '']: readonly (string | undefined)[]): MomentKind {
  return { kind: 'fenced', target };
}

function started([resource = '', node = '']: readonly (string | undefined)[]): MomentKind {
  return { kind: 'started', resource: baseId(resource), node };
}

function monitorFailed([resource = '', node = '']: readonly (string | undefined)[]): MomentKind {
  return { kind: 'monitor-failed', resource: baseId(resource), node };
}

/** The moment that a log line reports, if any. */
export function momentOf(message: string, atMs: number): ClusterMoment | undefined {
  const line = message.trim();
  const kind = resultMoment(line) ?? patternMoment(line);
  return kind && ({ ...kind, atMs, line } as ClusterMoment);
}

/** A successful start or a failed monitor. */
function resultMoment(line: string): MomentKind | undefined {
  const logged = resultIn(line);
  if (logged === undefined) return undefined;
  const { operation, resource, node, result } = logged;
  if (operation === 'start' && isOk(result)) return { kind: 'started', resource, node };
  return operation === 'monitor' && !isOk(result) ? { kind: 'monitor-failed', resource, node } : undefined;
}

function patternMoment(line: string): MomentKind | undefined {
  for (const [pattern, read] of LINE_PATTERNS) {
    const found = pattern.exec(line);
    if (found) return read(found.slice(1));
  }
  return undefined;
}
