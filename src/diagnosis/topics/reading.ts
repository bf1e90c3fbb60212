import { message, sentences } from '../../messages/message.js';
import type { ClusterState, Resource } from '../../model/cluster-state.js';
import { reportsClusterDown } from '../../model/command-output.js';
import type { FormationByHand } from '../../model/node-look.js';
import { isCleanlyStopped } from '../../model/resource-view.js';
import { cutReason } from '../cut-reasons.js';
import { type ExplanationTable, type NextStep, step } from '../explanation.js';
import { areResourcesPrinted, type Facts, hasClusterStatus, SELECTS_BY_NAME, wasPrinted } from '../facts.js';
import { about, CLUSTER, type DiagnosisItem, item, type Payloads, READING } from '../item.js';

/** Printed by crmsh only: `ERROR: status: crm_mon (rc=102): `. */
const CRMSH = /\bcrm_mon \(rc=\d+\)|\bcrm cluster start\b/;
/** pcs, where there is no corosync.conf (pcs/utils.py). */
const NOT_CONFIGURED = /cluster is not (?:currently )?configured on this node/i;
const NO_PERMISSION = /permission denied|insufficient privileges to read|you must be root|not a member of .*haclient/i;
const TOOL_MISSING = /command not found|no such file or directory|not found in PATH/i;

/** Words in lines that were not understood and report trouble all the same. */
const ALARMING =
  /\bUNCLEAN\b|\bOFFLINE\b|\bFAILED\b|\bBLOCKED\b|\bWITHOUT quorum\b|\bStopped\b|_(?:start|stop|monitor|promote|demote)_\d+ on /;

/** Errors instead of a status, and parts that are missing from it. */
export function readingItems(facts: Facts): readonly DiagnosisItem[] {
  const { state } = facts;
  return [...errorItems(facts), ...cutOffItems(state), ...selectionItems(facts), ...missingParts(state)];
}

function errorItems({ state: { errors, printed, nodes }, beside }: Facts): readonly DiagnosisItem[] {
  if (beside.toForm.length > 0) return [item('not-formed', 'note', CLUSTER, { steps: beside.toForm })];
  if (errors.length === 0) return [];
  const text = errors.join('\n');
  if (isBesideStatus({ errors, printed })) return [item('error-beside', 'warning', READING, { printed: errors })];
  if (TOOL_MISSING.test(text)) return [item('tool-missing', 'problem', READING, { printed: errors })];
  if (NO_PERMISSION.test(text)) return [item('no-permission', 'problem', READING, { printed: errors })];
  if (nodes.length === 0 && beside.stopped.length > 0) return stoppedItem(beside);
  if (NOT_CONFIGURED.test(text)) return [item('not-formed', 'note', CLUSTER, { steps: [] })];
  if (reportsClusterDown(text)) {
    const tool = CRMSH.test(text) ? 'crm' : 'pcs';
    return [item('not-running', 'problem', READING, { printed: errors, tool })];
  }
  return [item('error-unexplained', 'problem', READING, { printed: errors })];
}

function stoppedItem({ stopped, outside }: Facts['beside']): readonly DiagnosisItem[] {
  const configured = stopped.filter((name) => !outside.includes(name));
  return [item('cluster-stopped', 'problem', about('node', ...configured))];
}

/** Errors below or above nodes or resources may be those of another command; that no cluster runs concerns the nodes all the same. */
function isBesideStatus({ errors, printed }: Pick<ClusterState, 'errors' | 'printed'>): boolean {
  const isStatus = printed.includes('nodes') || printed.includes('resources');
  return isStatus && !reportsClusterDown(errors.join('\n'));
}

function hasErrorInstead(state: ClusterState): boolean {
  return state.errors.length > 0 && !isBesideStatus(state);
}

function cutOffItems(state: ClusterState): readonly DiagnosisItem[] {
  const { truncated, unparsed, resources } = state;
  return [
    ...(truncated.length > 0 ? [item('cut-off', 'warning', READING, { reasons: truncated })] : []),
    ...groupsWithoutEnd(resources),
    ...unreadFailures(state),
    ...(unparsed.length > 0
      ? [
          item('not-understood', ALARMING.test(unparsed.join('\n')) ? 'problem' : 'warning', READING, {
            printed: unparsed,
          }),
        ]
      : []),
  ];
}

function selectionItems({ state: { request = '' } }: Facts): readonly DiagnosisItem[] {
  return SELECTS_BY_NAME.test(request) ? [item('only-selected', 'warning', READING, { request })] : [];
}

/** A title that is only printed above failures, and none that was read. */
function unreadFailures({ printed, failedActions, failedFencing, unparsed }: ClusterState): readonly DiagnosisItem[] {
  const parts: Payloads['failures-unread']['parts'][number][] = [];
  if (printed.includes('failed-actions') && failedActions.length === 0) parts.push('failed-actions');
  if (printed.includes('failed-fencing') && failedFencing.length === 0) parts.push('failed-fencing');
  return parts.length > 0 && unparsed.length > 0 ? [item('failures-unread', 'problem', READING, { parts })] : [];
}

/** Only indentation shows where the members of a group end. */
function groupsWithoutEnd(resources: ClusterState['resources']): readonly DiagnosisItem[] {
  const parts = resources.flatMap((each): readonly Resource[] => (each.kind === 'clone' ? each.instances : [each]));
  return parts.flatMap((each) =>
    each.kind === 'group' && each.endUnknown === true
      ? [item('group-end-unknown', 'note', about('resource', each.id), { members: each.members.map(({ id }) => id) })]
      : [],
  );
}

function missingParts(state: ClusterState): readonly DiagnosisItem[] {
  if (hasErrorInstead(state) || !hasClusterStatus(state)) return [];
  const parts: Payloads['part-missing']['parts'][number][] = [];
  if (state.dc === undefined && state.dcIsNone !== true) parts.push('dc');
  if (state.nodes.length === 0 && !wasPrinted(state, 'nodes')) parts.push('nodes');
  if (state.resources.length === 0 && !areResourcesPrinted(state)) parts.push('resources');
  return parts.length > 0 ? [item('part-missing', 'warning', READING, { parts })] : [];
}

/** Parts that this kind of output never prints: their absence does not mean that all is well. */
export function notPrintedItems(facts: Facts): readonly DiagnosisItem[] {
  const { state } = facts;
  if (hasErrorInstead(state) || !hasClusterStatus(state)) return [];
  const parts: Payloads['not-printed']['parts'][number][] = [];
  if (!wasPrinted(state, 'failed-fencing') && !wasPrinted(state, 'fencing-history')) parts.push('fencing');
  if (!wasPrinted(state, 'migration')) parts.push('fail-counts');
  if (!wasPrinted(state, 'daemons')) parts.push('daemons');
  return [...notListed(facts), ...(parts.length > 0 ? [item('not-printed', 'note', READING, { parts })] : [])];
}

/** Without `--inactive`, crm_mon leaves out resources that do not run, but still counts them. */
function notListed({ state, instances, isSelection }: Facts): readonly DiagnosisItem[] {
  const configured = state.counts.resources;
  const isCountable = state.resources.every((resource) => resource.kind !== 'bundle');
  if (configured === undefined || !wasPrinted(state, 'resources') || !isCountable) return [];
  const listed = instances.length + (state.unnamedActive ?? 0);
  if (isSelection || listed + guestsOf(state) >= configured) return [];
  const beyond = (counted: number | undefined, shown: number) => Math.max(0, (counted ?? 0) - shown);
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

export const READING_EXPLANATIONS = {
  'not-running': ({ payload: { tool } }) => ({
    cause: message('not-running.cause'),
    next: [
      step('systemctl status corosync pacemaker', 'not-running.systemctl-status-corosync'),
      step('journalctl -b -u corosync -u pacemaker', 'not-running.journalctl-corosync-pacemaker'),
      step(tool === 'crm' ? 'crm cluster start' : 'pcs cluster start', 'not-running.start'),
      step(tool === 'crm' ? 'crm status' : 'pcs status', 'not-running.elsewhere'),
    ],
  }),
  'not-formed': ({ payload: { steps } }) => ({
    means: message(steps.length > 0 ? 'not-formed.means' : 'not-formed.means.here'),
    next: (steps.length > 0 ? steps : UNKNOWN_STEPS).map(stepByHand),
  }),
  'cluster-stopped': () => ({
    next: [
      step('pcs cluster start --all', 'cluster-stopped.pcs-cluster-start'),
      step('journalctl -b -u corosync -u pacemaker', 'cluster-stopped.journalctl'),
    ],
  }),
  'no-permission': () => ({ next: [step('sudo pcs status', 'no-permission.sudo-pcs-status')] }),
  'tool-missing': () => ({
    next: [
      step('crm_mon -1 --inactive', 'tool-missing.crm-mon'),
      step('systemctl status pacemaker', 'tool-missing.systemctl-status-pacemaker'),
    ],
  }),
  'error-unexplained': () => ({
    means: message('no-explanation'),
    next: [step('systemctl status corosync pacemaker', 'error-unexplained.systemctl-status-corosync')],
  }),
  'error-beside': () => ({ next: [step('pcs status', 'error-beside.pcs-status')] }),
  'cut-off': ({ payload: { reasons } }) => ({
    lines: reasons.map(cutReason),
    next: [step('pcs status --full', 'cut-off.pcs-status')],
  }),
  'not-understood': ({ payload: { printed } }) => ({
    title: message('not-understood.title', { lines: printed.length }),
  }),
  'only-selected': () => ({ next: [step('crm_mon -1 --inactive', 'cut-off.pcs-status')] }),
  'group-end-unknown': () => ({}),
  'failures-unread': ({ payload: { parts } }) => ({
    title: message('failures-unread.title', { parts: parts.map((part) => message(`part.${part}`)) }),
    next: [step('pcs status --full', 'cut-off.pcs-status')],
  }),
  'part-missing': ({ payload: { parts } }) => ({
    title: message('part-missing.title', { parts: parts.map((part) => message(`part.${part}`)) }),
    next: [step('pcs status --full', 'part-missing.pcs-status')],
  }),
  'not-printed': ({ payload: { parts } }) => ({
    title: message('not-printed.title', { parts: parts.map((part) => message(`part.${part}`)) }),
    next: [
      ...(parts.includes('fencing') ? [step('stonith_admin --history "*"', 'not-printed.stonith-admin')] : []),
      ...(parts.includes('fail-counts')
        ? [step('pcs resource failcount show', 'not-printed.pcs-resource-failcount')]
        : []),
      ...(parts.includes('daemons') ? [step('systemctl status corosync pacemaker pcsd', 'part.daemons')] : []),
    ],
  }),
  'not-listed': ({ payload: { listed: shown, configured, disabled, blocked } }) => ({
    title: message('not-listed.title', { hidden: configured - shown, configured }),
    means: sentences(
      message('not-listed.means', { shown, configured }),
      disabled > 0 && message('not-listed.disabled', { disabled }),
      blocked > 0 && message('not-listed.blocked', { blocked }),
    ),
    next: [step('crm_mon -1 --inactive', 'step.list-stopped')],
  }),
} satisfies Partial<ExplanationTable>;

/** The way to a cluster where nothing is known of the nodes, as pcs has it since 0.10. */
const UNKNOWN_STEPS: readonly FormationByHand[] = [
  { stage: 'password', command: 'passwd hacluster', on: [] },
  { stage: 'auth', command: 'pcs host auth NODE… -u hacluster', on: [] },
  { stage: 'setup', command: 'pcs cluster setup NAME NODE…', on: [] },
  { stage: 'start', command: 'pcs cluster start --all', on: [] },
];

function stepByHand({ stage, command, on }: FormationByHand): NextStep {
  return step(command, `not-formed.${stage}`, { nodes: on });
}
