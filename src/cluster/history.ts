/** What of an operation's end a controller wrote in a node's journal. */
export interface LoggedOperation {
  /** Seconds since 1970 by the node's clock. */
  readonly atS: number;
  /** Without the number of a clone's instance. */
  readonly resource: string;
  readonly operation: string;
  /** `ok`, `0 (ok)`, `not running` …, as far as it is printed. */
  readonly result: string;
}

/** Those that change something; monitors look only. */
const CHANGING = ['start', 'stop', 'promote', 'demote', 'migrate_to', 'migrate_from', 'reload'] as const;

/**
 * `Result of start operation for vip on ha-host1: ok`, as controllers from 1.1.16 on log it at notice or above
 * (`daemons/controld/controld_execd.c`, `log_executor_event`), behind the time of `journalctl -o short-unix`.
 */
const LINE = new RegExp(
  `^(\\d+(?:\\.\\d+)?) .*Result of (${CHANGING.join('|')}) operation for (\\S+?)(?::\\d+)? on \\S+: ?(.*)$`,
);

export function operationsIn(lines: string): readonly LoggedOperation[] {
  return lines.split('\n').flatMap((line) => {
    const [, at = '', operation = '', resource = '', result = ''] = LINE.exec(line) ?? [];
    if (operation === '') return [];
    return [{ atS: Number(at), resource, operation, result: result.replace(/ \|.*$/, '') }];
  });
}

/** A start that went well, as the CIB tells of it; times are of whole seconds. */
export interface Start {
  readonly node: string;
  readonly atS: number;
}

/** Of `cibadmin --query --xpath` for operations that started a resource. */
export function startsIn(xml: string): readonly Start[] {
  return [...xml.matchAll(/<lrm_rsc_op\b[^>]*>/g)].flatMap(([element]) => {
    const [, node] = /\bon_node="([^"]+)"/.exec(element) ?? [];
    const [, at] = /\blast-rc-change="(\d+)"/.exec(element) ?? [];
    return node === undefined || at === undefined ? [] : [{ node, atS: Number(at) }];
  });
}
