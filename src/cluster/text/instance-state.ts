import type { Primitive, ResourceRole } from '../../model/cluster-state.js';
import { roleFromWord } from '../words.js';
import { tokensOf } from './brackets.js';
import type { Open } from './draft.js';
import { instanceFlags } from './flags.js';

type InstanceState = Omit<Primitive, 'kind' | 'id' | 'agent'>;

const MARKERS = ['FAILED', 'ORPHANED', 'REMOVED', 'UNCLEAN', 'LOCKED'] as const;
type Marker = (typeof MARKERS)[number];

/** These are the operation under way and stand where the role would (`native_pending_state`). */
const UNDER_WAY: readonly ResourceRole[] = ['Starting', 'Stopping', 'Promoting', 'Demoting', 'Migrating'];

/**
 * What stands behind the agent: `Started ha-host1 (unmanaged)`, `FAILED Master (blocked)[ a b ]`, `Stopped a (LOCKED)`; up to
 * 1.1.9 also `Started a (unmanaged) FAILED`. `FAILED a` hides the role, which then is `Unknown`. `undefined` where this is
 * no state of an instance. Printed under its node (`under`), it does not name it, and may go on with a description.
 */
export function parseInstanceState(source: string, under?: string): InstanceState | undefined {
  const tokens = tokensOf(source);
  if (tokens === undefined) return undefined;
  const markers = new Set<Marker>();
  const brackets: string[] = [];
  const words: string[] = [];
  let listed: readonly string[] | undefined;
  let role: ResourceRole | undefined;
  for (const { kind, text } of tokens) {
    const marker = MARKERS.find((known) => known === text);
    const word = role === undefined && words.length === 0 ? roleFromWord(text.replace(/:$/, '')) : undefined;
    if (kind === 'round') brackets.push(text);
    else if (kind === 'square') listed = text.split(/\s+/).filter(Boolean);
    else if (marker !== undefined) markers.add(marker);
    else if (word !== undefined) role = word;
    else words.push(text);
  }
  if (role === undefined && !markers.has('FAILED') && !markers.has('ORPHANED') && !markers.has('REMOVED'))
    return undefined;
  const named = listed ?? (under === undefined ? words : [under]);
  // Without a list of nodes there is one word left, the node; more are no state that pacemaker prints.
  if (listed === undefined && under === undefined && words.length > 1) return undefined;
  return stateOf(role ?? 'Unknown', named, markers, brackets);
}

/** `services_ocf_exitcode_str` up to 2.1, `crm_exit_str` since 3.0, of what can come of a probe that failed. */
const PROBE_RESULTS =
  /^(?:unknown(?: error)?|error(?: occurred)?|invalid parameter|unimplemented(?: feature)?|insufficient privileges|not installed|not configured|timed out|OCF_\w+)$/i;

/** What is stopped runs nowhere; the node printed of it is the one it is kept for. */
function stateOf(
  role: ResourceRole,
  named: readonly string[],
  markers: ReadonlySet<Marker>,
  brackets: readonly string[],
): InstanceState {
  const { locked, ...flags } = instanceFlags(brackets);
  const state: Open<InstanceState> = { ...flags, role, nodes: role === 'Stopped' ? [] : named };
  if (markers.has('FAILED')) state.failed = true;
  if (markers.has('ORPHANED') || markers.has('REMOVED')) state.orphaned = true;
  if (markers.has('UNCLEAN')) state.unclean = true;
  if (UNDER_WAY.includes(role)) state.pending = role;
  const keeper = typeof locked === 'string' ? locked : named[0];
  if ((locked !== undefined || markers.has('LOCKED')) && keeper !== undefined) state.lockedTo = keeper;
  const probe = role === 'Stopped' ? brackets.find((text) => PROBE_RESULTS.test(text)) : undefined;
  if (probe !== undefined) state.probe = probe;
  return state;
}
