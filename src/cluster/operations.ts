import { baseId } from '../model/resource-tree.js';

/** The end of an operation, as the controller logged it. */
interface LoggedResult {
  readonly operation: string;
  /** The resource, without the instance number of a clone. */
  readonly resource: string;
  readonly node: string;
  /** `ok`, `0 (ok)`, `not running` …; empty where none is printed. */
  readonly result: string;
}

/** An operation that changed something, in the journal of the node that executed it. */
export interface LoggedOperation extends Omit<LoggedResult, 'node'> {
  /** Seconds since 1970 by the node's clock. */
  readonly atS: number;
}

/** Monitors change nothing. */
const CHANGING: readonly string[] = ['start', 'stop', 'promote', 'demote', 'migrate_to', 'migrate_from', 'reload'];

/**
 * `Result of start operation for vip on ha-host1: ok`, as controllers from 1.1.16 on log it at notice or above
 * (`daemons/controld/controld_execd.c`, `log_executor_event`).
 */
const RESULT_LINE = /Result of (\S+) operation for (\S+) on ([^\s:]+): ?(.*)$/;

/** The result that one log line reports, if any. */
export function resultIn(line: string): LoggedResult | undefined {
  const [, operation, resource = '', node = '', result = ''] = RESULT_LINE.exec(line) ?? [];
  if (operation === undefined) return undefined;
  return { operation, resource: baseId(resource), node, result: result.replace(/ \|.*$/, '') };
}

export function isOk(result: string): boolean {
  return /^(?:\d+ \()?ok\b/i.test(result);
}

/** Prints the node's clock, the first line of its journal, which shows how far back it goes, and the lines that `ask` selects. */
function journalScript(ask: string): string {
  return `
date +%s.%N
journalctl -q --no-pager -o short-unix 2>/dev/null | head -n 1
echo --
journalctl -q --no-pager -o short-unix ${ask}
`;
}

/**
 * Prints the lines that report results, after the times of `journalctl -o short-unix`. The clock comes first, because it marks the
 * moment of the query.
 */
export const OPERATIONS_SCRIPT = journalScript("-t pacemaker-controld -t crmd | grep -F ' operation for '");

/** The same of what fence devices returned. */
export const FENCING_SCRIPT = journalScript(`-t pacemaker-fenced -t stonith-ng -t stonithd | grep -F "Operation '"`);

/** What a node's journal says of the last seconds, or why that is not known. */
export interface Logged<T> {
  readonly found: readonly (T & { readonly atS: number })[];
  /** The node's clock when it was asked: clocks of two nodes are compared by it. */
  readonly clockS?: number;
  readonly problem?: string;
}

/** Reads what OPERATIONS_SCRIPT printed; the changes of the last `sinceMs`. */
export function readOperations(stdout: string, sinceMs: number): Logged<Omit<LoggedOperation, 'atS'>> {
  return readLogged(stdout, sinceMs, operationsIn);
}

/** Reads what FENCING_SCRIPT printed; the calls of fence devices in the last `sinceMs`. */
export function readFencingCalls(stdout: string, sinceMs: number): Logged<FencingCall> {
  return readLogged(stdout, sinceMs, fencingCallsIn);
}

function readLogged<T>(
  stdout: string,
  sinceMs: number,
  read: (lines: string) => readonly (T & { readonly atS: number })[],
): Logged<T> {
  const [head = '', lines] = stdout.split(/^--$/m);
  const [clockS = NaN, first = NaN] = head.trim().split('\n').map(Number.parseFloat);
  if (lines === undefined || Number.isNaN(clockS)) return { found: [], problem: 'its answer was cut off' };
  if (Number.isNaN(first)) return { found: [], problem: 'its journal is empty or could not be read' };
  const fromS = clockS - sinceMs / 1000;
  if (first > fromS) return { found: [], problem: 'its journal does not go back that far' };
  return { found: read(lines).filter(({ atS }) => atS >= fromS), clockS };
}

/** The changes in lines of `journalctl -o short-unix`. */
export function operationsIn(lines: string): readonly LoggedOperation[] {
  return lines.split('\n').flatMap((line) => {
    const at = /^\d+(?:\.\d+)?(?= )/.exec(line)?.[0];
    const logged = resultIn(line);
    if (at === undefined || logged === undefined || !CHANGING.includes(logged.operation)) return [];
    const { operation, resource, result } = logged;
    return [{ atS: Number(at), resource, operation, result }];
  });
}

/** What one fence device returned for a target, in the journal of the node that called it. */
export interface FencingCall {
  readonly target: string;
  readonly action: string;
  readonly device: string;
  readonly ok: boolean;
}

/**
 * `Operation 'reboot' [71] targeting ha-host2 using ipmi-ha-host2 returned 0`, as the fencer of 2.1 and newer logs it, and `Operation
 * 'reboot' [71] (call 2 from crmd.7) for host 'ha-host2' with device 'ipmi' returned: 0 (OK)` of those before
 * (`daemons/fenced/fenced_commands.c`, `log_async_result`). A call that was merged with another one did not happen.
 */
const CALL =
  /Operation '(\S+)' (?:\[\d+\] )?(?:targeting (\S+) using (\S+)|\(call .*?\) for host '([^']+)' with device '([^']+)') (?:returned:? (-?\d+)|could not be executed)/;

export function fencingCallsIn(lines: string): readonly (FencingCall & { readonly atS: number })[] {
  return lines.split('\n').flatMap((line) => {
    const at = /^\d+(?:\.\d+)?(?= )/.exec(line)?.[0];
    const [whole, action = '', newTarget, newDevice, oldTarget, oldDevice, code] = CALL.exec(line) ?? [];
    if (at === undefined || whole === undefined || / merged call /.test(line)) return [];
    const [target, device] = [newTarget ?? oldTarget ?? '', newDevice ?? oldDevice ?? ''];
    return [{ atS: Number(at), target, action, device, ok: code === '0' }];
  });
}
