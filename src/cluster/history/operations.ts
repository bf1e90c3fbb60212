/** The end of an operation, as the controller logged it. */
interface LoggedResult {
  readonly operation: string;
  /** Without the number of a clone's instance. */
  readonly resource: string;
  readonly node: string;
  /** `ok`, `0 (ok)`, `not running` …, as far as it is printed. */
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
  return { operation, resource: withoutInstance(resource), node, result: result.replace(/ \|.*$/, '') };
}

export function isOk(result: string): boolean {
  return /^(?:\d+ \()?ok\b/i.test(result);
}

/** An instance of a clone is logged as `id:0`. */
export function withoutInstance(resource: string): string {
  return resource.replace(/:\d+$/, '');
}

/**
 * Prints the node's clock, the first line of its journal, which shows how far back it goes, and the lines that report
 * results, behind the times of `journalctl -o short-unix`. The clock comes first, for it stands for the moment of asking.
 */
export const OPERATIONS_SCRIPT = `
date +%s.%N
journalctl -q --no-pager -o short-unix 2>/dev/null | head -n 1
echo --
journalctl -q --no-pager -o short-unix -t pacemaker-controld -t crmd | grep -F ' operation for '
`;

/** Reads what OPERATIONS_SCRIPT printed; returns the changes of the last `sinceMs`, or the reason why they are not known. */
export function readOperations(
  stdout: string,
  sinceMs: number,
): { readonly operations: readonly LoggedOperation[]; readonly problem?: string } {
  const [head = '', lines] = stdout.split(/^--$/m);
  const [clock = NaN, first = NaN] = head.trim().split('\n').map(Number.parseFloat);
  if (lines === undefined || Number.isNaN(clock)) return { operations: [], problem: 'its answer was cut off' };
  if (Number.isNaN(first)) return { operations: [], problem: 'its journal is empty or could not be read' };
  const fromS = clock - sinceMs / 1000;
  if (first > fromS) return { operations: [], problem: 'its journal does not go back that far' };
  return { operations: operationsIn(lines).filter(({ atS }) => atS >= fromS) };
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

/** A start that succeeded, by the CIB; times are of whole seconds. */
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
