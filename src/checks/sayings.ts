import type { ClusterState } from '../model/cluster-state.js';

/** Upper and lower case of a string are one: pcs 0.9 says "no stonith devices", 0.10 and newer "No stonith devices". */
export function anyLike(lines: readonly string[], wanted: string | RegExp): boolean {
  if (typeof wanted === 'string') return lines.some((line) => line.toLowerCase().includes(wanted.toLowerCase()));
  return lines.some((line) => line.search(wanted) >= 0);
}

/** `active/enabled` as pcs prints it, of a daemon that is listed. */
export function daemonSays({ daemons }: Pick<ClusterState, 'daemons'>, name: string): string | undefined {
  const daemon = daemons.find((each) => each.name === name);
  return daemon && `${daemon.active}/${daemon.enabled}`;
}
