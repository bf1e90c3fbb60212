import type { ResourceState } from '../../model/cluster-state.js';
import { roleFromWord } from '../words.js';

export type InstanceState = Pick<ResourceState, 'role' | 'nodes' | 'managed' | 'failed' | 'blocked' | 'disabled'>;

/**
 * What stands behind the agent: `Started ha-host1 (unmanaged)`, `FAILED Master [ a b ] (blocked)`, `Stopped (disabled)`.
 * `FAILED a` hides the role, which then is `Unknown`. `undefined` where this is no state of an instance.
 */
export function parseInstanceState(source: string): InstanceState | undefined {
  const words: string[] = [];
  const flags: string[] = [];
  const nodes: string[] = [];
  for (const [token, inParentheses, inBrackets] of source.matchAll(/\(([^)]*)\)|\[([^\]]*)\]|[^\s[(]+/g)) {
    if (inParentheses !== undefined) flags.push(...flagsOf(inParentheses));
    else if (inBrackets !== undefined) nodes.push(...inBrackets.split(/\s+/).filter(Boolean));
    else words.push(token);
  }
  const roles = words.flatMap((word) => roleFromWord(word) ?? []);
  const failed = words.includes('FAILED');
  if (roles.length === 0 && !failed) return undefined;
  nodes.push(...words.filter((word) => word !== 'FAILED' && word !== 'ORPHANED' && roleFromWord(word) === undefined));
  const role = roles[0] ?? 'Unknown';
  return { role, nodes: role === 'Stopped' ? [] : nodes, failed, ...conditionsIn(flags) };
}

export function conditionsIn(flags: readonly string[]): Pick<ResourceState, 'managed' | 'blocked' | 'disabled'> {
  return {
    managed: !flags.includes('unmanaged'),
    blocked: flags.includes('blocked'),
    disabled: flags.some((flag) => flag === 'disabled' || /^target-role: ?stopped$/i.test(flag)),
  };
}

export function flagsOf(list: string): readonly string[] {
  return list
    .split(/[,()]/)
    .map((flag) => flag.trim())
    .filter(Boolean);
}
