import type { ClusterState } from '../../model/cluster-state.js';
import { reportsClusterDown } from '../../model/command-output.js';
import { isCleanlyStopped } from '../../model/resource-view.js';
import { item, type Meaning, type Payloads, READING } from '../meaning.js';
import { areResourcesTold, type Situation, speaksOfCluster, wasPrinted } from '../situation.js';

/** Of crmsh alone: `ERROR: status: crm_mon (rc=102): `. */
const CRMSH = /\bcrm_mon \(rc=\d+\)|\bcrm cluster start\b/;
const NO_PERMISSION = /permission denied|insufficient privileges to read|you must be root|not a member of .*haclient/i;
const TOOL_MISSING = /command not found|no such file or directory|not found in PATH/i;

/** What was said instead of a status, and whether this is all of it. */
export function readingItems({ state }: Situation): readonly Meaning[] {
  return [...errorItems(state.errors), ...wholeness(state), ...missingParts(state)];
}

function errorItems(errors: readonly string[]): readonly Meaning[] {
  if (errors.length === 0) return [];
  const said = errors.join('\n');
  if (TOOL_MISSING.test(said)) return [item('tool-missing', 'problem', READING, { printed: errors })];
  if (NO_PERMISSION.test(said)) return [item('no-permission', 'problem', READING, { printed: errors })];
  if (reportsClusterDown(said)) {
    const tool = CRMSH.test(said) ? 'crm' : 'pcs';
    return [item('not-running', 'problem', READING, { printed: errors, tool })];
  }
  return [item('error-unexplained', 'problem', READING, { printed: errors })];
}

function wholeness({ truncated, unparsed }: ClusterState): readonly Meaning[] {
  return [
    ...(truncated.length > 0 ? [item('cut-off', 'warning', READING, { reasons: truncated })] : []),
    ...(unparsed.length > 0 ? [item('not-understood', 'warning', READING, { printed: unparsed })] : []),
  ];
}

function missingParts(state: ClusterState): readonly Meaning[] {
  if (state.errors.length > 0 || !speaksOfCluster(state)) return [];
  const parts: Payloads['part-missing']['parts'][number][] = [];
  if (state.dc === undefined && state.dcIsNone !== true) parts.push('dc');
  if (state.nodes.length === 0 && !wasPrinted(state, 'nodes')) parts.push('nodes');
  if (state.resources.length === 0 && !areResourcesTold(state)) parts.push('resources');
  return parts.length > 0 ? [item('part-missing', 'warning', READING, { parts })] : [];
}

/** What this kind of output does not print at all, so that nobody takes silence for health. */
export function silenceItems(situation: Situation): readonly Meaning[] {
  const { state } = situation;
  if (state.errors.length > 0 || !speaksOfCluster(state)) return [];
  const parts: Payloads['not-printed']['parts'][number][] = [];
  if (!wasPrinted(state, 'failed-fencing') && !wasPrinted(state, 'fencing-history')) parts.push('fencing');
  if (!wasPrinted(state, 'migration')) parts.push('fail-counts');
  if (!wasPrinted(state, 'daemons')) parts.push('daemons');
  return [...notListed(situation), ...(parts.length > 0 ? [item('not-printed', 'note', READING, { parts })] : [])];
}

/** Without `--inactive`, crm_mon leaves out what does not run, and still counts it. */
function notListed({ state, instances }: Situation): readonly Meaning[] {
  const configured = state.counts.resources;
  const isCountable = state.resources.every((resource) => resource.kind !== 'bundle');
  if (configured === undefined || !wasPrinted(state, 'resources') || !isCountable) return [];
  const listed = instances.length;
  if (listed + guestsOf(state) >= configured) return [];
  const beyond = (counted: number | undefined, seen: number) => Math.max(0, (counted ?? 0) - seen);
  const disabled = beyond(
    state.counts.disabled,
    instances.filter((each) => each.disabled && isCleanlyStopped(each)).length,
  );
  const blocked = beyond(state.counts.blocked, instances.filter((each) => each.blocked).length);
  const severity = blocked > 0 ? 'problem' : disabled === configured - listed ? 'note' : 'warning';
  return [item('not-listed', severity, READING, { listed, configured, disabled, blocked })];
}

/** The connection to a guest node is counted among the resources, and never listed. */
function guestsOf({ nodes, counts }: ClusterState): number {
  const others = nodes.filter(({ type }) => type !== 'guest').length;
  return nodes.length === 0 ? 0 : Math.max(0, Math.max(counts.nodes ?? 0, nodes.length) - others);
}
