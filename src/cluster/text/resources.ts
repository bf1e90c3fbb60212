import type { Primitive, ResourceRole } from '../../model/cluster-state.js';
import { foldAgent, roleFromWord } from '../../model/pacemaker-values.js';
import {
  addPart,
  addResource,
  addShortReplica,
  instanceFlags,
  isShortReplica,
  mayHold,
  NO_FLAGS,
  newReplica,
  parentFor,
  readContainer,
  roundOnly,
  tokensOf,
} from './containers.js';
import {
  dropHeld,
  type Open,
  type OpenBundle,
  type OpenClone,
  type Section,
  type StatusDraft,
  type StatusLine,
} from './draft.js';

const NOTHING = /^No (?:active |inactive )?resources(?: configured)?$/i;
const UNDER_NODE = /^Resources:$/;

/** Only indentation distinguishes members, in the output of every pacemaker. */
export const resourceList: Section = {
  part: 'resources',
  titles: ['full list of resources:', 'active resources:', 'inactive resources:'],
  open({ text }, { layout }) {
    if (/^full/i.test(text)) layout.fullList = true;
  },
  read(line, draft) {
    if (readHeld(line, draft)) return true;
    dropHeld(draft);
    if (NOTHING.test(line.text) || (draft.node !== undefined && UNDER_NODE.test(line.text))) {
      draft.printed.add('resources');
      return true;
    }
    return (
      readContainer(line, draft) || readSummary(line, draft) || readBrief(line, draft) || readInstance(line, draft)
    );
  },
};

const SUMMARY = /^([A-Za-z]+)((?: \([^()]*\))*): ?\[([^[\]]*)\]$/;

/** `Started: [ a b ]` below a clone represents one instance on each node, without the agent. */
function readSummary({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, word, brackets, names] = SUMMARY.exec(text) ?? [];
  const role = word === undefined ? undefined : roleFromWord(word);
  const inBrackets = roundOnly(brackets ?? '');
  if (role === undefined || inBrackets === undefined || names === undefined) return false;
  const parent = parentFor(draft, indent, ({ kind }) => kind === 'clone');
  if (parent?.kind !== 'clone') return false;
  draft.layout.summarised = true;
  const flags = instanceFlags(inBrackets);
  for (const name of names.split(/\s+/).filter(Boolean)) {
    const isNode = !isNumbered(parent, name);
    const stopped = role === 'Stopped';
    if (isNode && stopped) parent.clone.stoppedOn.push(name);
    if (stopped && parent.stoppedAlready.has(name)) continue;
    const instance = instanceOf(parent, role, isNode ? undefined : name, isNode && !stopped ? [name] : []);
    addResource(draft, parent, flags.disabled ? { ...instance, disabled: true } : instance);
  }
  return true;
}

/** Up to 1.1.8, and for unique clones, stopped instances are listed by instance, `Stopped: [ ping:1 ]`, not by node. */
function isNumbered({ clone: { child } }: OpenClone, name: string): boolean {
  return child !== undefined && name.startsWith(`${child}:`) && /^\d+$/.test(name.slice(child.length + 1));
}

function instanceOf(
  { clone }: OpenClone,
  role: ResourceRole,
  numbered: string | undefined,
  nodes: string[],
): Primitive {
  return { kind: 'primitive', id: numbered ?? clone.child ?? clone.id, agent: '', role, nodes, ...NO_FLAGS };
}

/** `2\t(ocf:heartbeat:Dummy):\tActive a`, `0/1 …` (`pe__rscs_brief_output`): the number of instances without their names. */
const COUNT = /^(\d{1,9})(?:\/(\d{1,9}))?\s+\(([^()\s]+)\):\s+Active(?:\s+(\S+))?$/;

function readBrief({ text, indent }: StatusLine, draft: StatusDraft): boolean {
  const [, active, total = active, agent] = COUNT.exec(text) ?? [];
  if (total === undefined || agent === undefined) return false;
  draft.printed.add('resources');
  draft.layout.summarised = true;
  draft.summary.unnamedActive = (draft.summary.unnamedActive ?? 0) + Number(active);
  if (draft.node !== undefined) draft.layout.briefNodes = true;
  const parent = parentFor(draft, indent, ({ kind }) => kind === 'group');
  if (parent?.kind === 'group') {
    // An agent has one line per node, each with the total.
    const known = parent.counted.has(agent) ? 0 : Number(total);
    parent.counted.add(agent);
    parent.group.notPrinted = (parent.group.notPrinted ?? 0) + known;
    if (Number(active) > 0) parent.group.notPrintedActive = (parent.group.notPrintedActive ?? 0) + Number(active);
  }
  return true;
}

/** `ID\t(CLASS:PROVIDER:TYPE):\tSTATE`; a bundle's replica has its address after the id. */
const INSTANCE = /^([^\s()[\]]+)(?:\s+\(([^()\s]*)\))?\s+\(([^()\s]+)\):\s*(.*)$/;
/** A list that continues below: up to 1.1.7, for a primitive that is active on several nodes. */
const BEGUN_LIST = /\[$/;

function readInstance(line: StatusLine, draft: StatusDraft): boolean {
  const [, id, address, agent, rest = ''] = INSTANCE.exec(line.text) ?? [];
  if (id === undefined || !agent?.includes(':')) return false;
  if (BEGUN_LIST.test(rest)) return hold(line, draft);
  const under = nodeAbove(line, draft, rest);
  const state = parseInstanceState(rest, under);
  if (state === undefined) return false;
  const instance: Primitive = { kind: 'primitive', id, agent: foldAgent(agent), ...state };
  if (under !== undefined) {
    draft.printed.add('resources');
    draft.underNodes.push(instance);
    return true;
  }
  return place(line, draft, instance, address, STOPPED_ON.exec(rest)?.[1]);
}

/** `Stopped n1 (Monitoring)`: with a pending operation, the node of a stopped instance is printed. */
const STOPPED_ON = /^Stopped ([^\s()[\]]+) \((?:Monitoring|Checking)\)/;

/** The node above this line. Where pasting lost the indentation, a state without a node belongs to the last node. */
function nodeAbove({ indent }: StatusLine, { node }: StatusDraft, rest: string): string | undefined {
  if (node === undefined) return undefined;
  if (indent > node.indent) return node.name;
  const alone = parseInstanceState(rest);
  return alone !== undefined && alone.nodes.length === 0 && alone.role !== 'Stopped' ? node.name : undefined;
}

function place(
  { indent }: StatusLine,
  draft: StatusDraft,
  instance: Primitive,
  address?: string,
  stoppedOn?: string,
): boolean {
  const parent = parentFor(draft, indent, (open) => mayHold(open, instance));
  if (parent?.kind === 'clone' && stoppedOn !== undefined) parent.stoppedAlready.add(stoppedOn);
  if (parent?.kind === 'group' && parent.indent >= indent) parent.group.endUnknown = true;
  if (parent?.kind === 'bundle') placeInBundle(draft, parent, instance, address);
  else if (parent?.kind === 'replica') addPart(parent.bundle, parent.replica, instance);
  else addResource(draft, parent, instance);
  return true;
}

function placeInBundle(draft: StatusDraft, open: OpenBundle, instance: Primitive, address?: string): void {
  if (isShortReplica(open, instance, address)) {
    draft.layout.summarised = true;
    addShortReplica(open, instance, address);
    return;
  }
  open.parts ??= newReplica();
  addPart(open.bundle, open.parts, instance);
}

function hold({ raw, text, indent }: StatusLine, draft: StatusDraft): boolean {
  draft.held = { raws: [raw], text, indent };
  return true;
}

/** Reads a node of a list that continues over several lines, or the end of the list: `1 : a`, `a`, `]`. */
function readHeld({ raw, text, indent, bullet }: StatusLine, draft: StatusDraft): boolean {
  const { held } = draft;
  const [, name] = /^(?:\d{1,3} : )?([^\s()[\]]+)$/.exec(text) ?? [];
  if (held?.indent === undefined || (name === undefined && text !== ']')) return false;
  held.raws.push(raw);
  held.text += ` ${name ?? text}`;
  if (name !== undefined) return true;
  delete draft.held;
  return readInstance({ raw, text: held.text, indent: Math.min(indent, held.indent), bullet }, draft);
}

type InstanceState = Omit<Primitive, 'kind' | 'id' | 'agent'>;

const MARKERS = ['FAILED', 'ORPHANED', 'REMOVED', 'UNCLEAN', 'LOCKED'] as const;
type Marker = (typeof MARKERS)[number];

/** Operations in progress, which are printed in place of the role (`native_pending_state`). */
const UNDER_WAY: readonly ResourceRole[] = ['Starting', 'Stopping', 'Promoting', 'Demoting', 'Migrating'];

/**
 * The state after the agent: `Started ha-host1 (unmanaged)`, `FAILED Master (blocked)[ a b ]`, `Stopped a (LOCKED)`; up to
 * 1.1.9 also `Started a (unmanaged) FAILED`. `FAILED a` hides the role, which then is `Unknown`. `undefined` for any other
 * text. Below its node (`under`) the state does not name the node, and a description may follow it.
 */
function parseInstanceState(source: string, under?: string): InstanceState | undefined {
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
  // Without a list of nodes one word is left, the node; pacemaker prints no state with more.
  if (listed === undefined && under === undefined && words.length > 1) return undefined;
  return stateOf(role ?? 'Unknown', named, markers, brackets);
}

/** `services_ocf_exitcode_str` up to 2.1, `crm_exit_str` since 3.0, for the possible results of a failed probe. */
const PROBE_RESULTS =
  /^(?:unknown(?: error)?|error(?: occurred)?|invalid parameter|unimplemented(?: feature)?|insufficient privileges|not installed|not configured|timed out|OCF_\w+)$/i;

/** A stopped instance runs nowhere; a node printed for it is the one that it is locked to. */
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
