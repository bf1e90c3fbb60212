import type { ClusterMoment } from '../../model/breakdown.js';

type Told = ClusterMoment extends infer M ? (M extends unknown ? Omit<M, 'atMs' | 'line'> : never) : never;
type Reader = { readonly pattern: RegExp; readonly tell: (groups: readonly (string | undefined)[]) => Told };

/**
 * Log lines as corosync 2.4 to 3.1 and pacemaker 1.1 to 3.0 write them. Their words are in corosync's exec/totemsrp.c and
 * exec/cfg.c, and in pacemaker's controld_execd.c (lrm.c), controld_te_callbacks.c, fenced_remote.c (remote.c) and
 * controld_fencing.c.
 */
const READERS: readonly Reader[] = [
  { pattern: /\[TOTEM *\] A processor failed, forming new configuration/, tell: () => ({ kind: 'token-lost' }) },
  { pattern: /\[KNET *\] host: host: \d+ has no active links/, tell: () => ({ kind: 'link-lost' }) },
  { pattern: /\[CFG *\] Node \d+ was shut down by sysadmin/, tell: () => ({ kind: 'shut-down' }) },
  {
    pattern: /\[TOTEM *\] A new membership \([^)]*\) was formed\.(.*)/,
    tell: ([members = '']) => ({ kind: 'membership', left: /\bleft:/.test(members) }),
  },
  {
    pattern: /Operation '?(?:reboot|off)'? (?:targeting|of) (\S+) (?:by|on) \S+ for .*: OK\b/,
    tell: ([target = '']) => ({ kind: 'fenced', target }),
  },
  {
    pattern: /Peer (\S+) was terminated \((?:reboot|off)\) by .*: OK\b/,
    tell: ([target = '']) => ({ kind: 'fenced', target }),
  },
  {
    pattern: /Result of start operation for (\S+) on ([^\s:]+): (?:0 \()?ok\b/i,
    tell: ([resource, node]) => ({ kind: 'started', ...ofResource(resource, node) }),
  },
  {
    pattern: /Operation (\S+)_start_0: ok \(node=([^,)]+),/,
    tell: ([resource, node]) => ({ kind: 'started', ...ofResource(resource, node) }),
  },
  {
    pattern: /Transition \d+ action \d+ \((\S+)_monitor_[1-9]\d* on (\S+)\): expected 'ok' but got /,
    tell: ([resource, node]) => ({ kind: 'monitor-failed', ...ofResource(resource, node) }),
  },
  {
    pattern: /Action \d+ \((\S+)_monitor_[1-9]\d*\) on (\S+) failed \(target: 0 vs\. rc: /,
    tell: ([resource, node]) => ({ kind: 'monitor-failed', ...ofResource(resource, node) }),
  },
  {
    pattern: /Result of monitor operation for (\S+) on ([^\s:]+): (?!(?:\d+ \()?ok\b)/i,
    tell: ([resource, node]) => ({ kind: 'monitor-failed', ...ofResource(resource, node) }),
  },
];

/** What one log line tells, if anything. */
export function momentOf(message: string, atMs: number): ClusterMoment | undefined {
  const line = message.trim();
  for (const { pattern, tell } of READERS) {
    const found = pattern.exec(line);
    if (found) return { ...tell(found.slice(1)), atMs, line } as ClusterMoment;
  }
  return undefined;
}

/** An instance of a clone is told as `id:0`. */
function ofResource(resource: string | undefined, node: string | undefined) {
  return { resource: (resource ?? '').replace(/:\d+$/, ''), ...(node === undefined ? {} : { node }) };
}
