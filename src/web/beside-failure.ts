import type { PageFile } from '../report/page-data.js';
import type { FailedOperation } from './failures.js';
import type { LogLine } from './log-lines.js';

/** The cluster's own programs, and its agents: `IPaddr2(vip)`. */
const OF_CLUSTER = /^(?:pacemaker|corosync|pcs|crm|sbd)|\(.*\)$/;
const MARGIN_MS = 1_000;
const INTERVAL_MS = 10_000;
const MOST_LINES = 12;

/**
 * Pure. What other programs logged on the node, at every level, between the last time that a recurring monitor may have found
 * all well and the first time that it failed; the last twelve lines. Nothing for other operations.
 */
export function linesBefore(lines: readonly LogLine[], failure: FailedOperation): readonly LogLine[] {
  const [firstMs] = failure.times;
  if (failure.operation !== 'monitor' || firstMs === undefined) return [];
  const fromMs = firstMs - (failure.intervalMs ?? INTERVAL_MS) - MARGIN_MS;
  const near = lines.filter(
    ({ node, atMs, program }) =>
      node === failure.node && atMs >= fromMs && atMs <= firstMs && !OF_CLUSTER.test(program),
  );
  return near.slice(-MOST_LINES);
}

/** An address of a node, as `ip addr` printed it when evidence was fetched. */
interface NodeAddress {
  readonly node: string;
  readonly interface: string;
  /** With its prefix: `192.168.56.31/24`. */
  readonly address: string;
}

const FILE = /^evidence\/(?:.+\/)?([^/]+)\/ip-addr\.txt$/;
const INTERFACE = /^\d+: ([^:@\s]+)/;
const ADDRESS = /^\s+inet6? (\S+)/;

/** Pure. Of every node, without those of the loopback and of a link alone. */
export function addressesIn(files: readonly PageFile[]): readonly NodeAddress[] {
  return files.flatMap(({ path, text = '' }) => {
    const node = FILE.exec(path)?.[1];
    if (node === undefined) return [];
    let name = '';
    return text.split('\n').flatMap((line): NodeAddress[] => {
      name = INTERFACE.exec(line)?.[1] ?? name;
      const address = ADDRESS.exec(line)?.[1];
      const isOfUse = name !== 'lo' && !/\bscope (?:link|host)\b/.test(line);
      return address !== undefined && isOfUse ? [{ node, interface: name, address }] : [];
    });
  });
}
