import { answerWithKnown, type Claim, dcIs, hintOfResource, NODE_IS, toBe } from '../model/claims.js';
import type { Ban, ClusterState, FailCount, FencingEvent } from '../model/cluster-state.js';
import { baseId } from '../model/resource-tree.js';
import {
  anyLike,
  daemonSays,
  describeDaemons,
  describeFencing,
  describeLines,
  describeNodes,
  describeQuorum,
  listed,
  quoted,
} from '../model/state-text.js';
import type { AssertionContext } from './context.js';

interface StateWord extends Pick<Claim, 'is' | 'isNot'> {
  holds(state: ClusterState): boolean;
  seen(state: ClusterState): string;
}

/** Properties of a state as a whole. What the output does not mention does not hold. */
export const STATE_WORDS: Readonly<Record<string, StateWord>> = {
  quorate: {
    is: 'a partition with quorum',
    isNot: 'no partition with quorum',
    holds: ({ quorate }) => quorate === true,
    seen: describeQuorum,
  },
  noDc: {
    is: 'no DC',
    isNot: 'a DC',
    holds: ({ dcIsNone }) => dcIsNone === true,
    seen: ({ dc, dcIsNone }) => (dc === undefined ? (dcIsNone ? 'DC NONE' : 'nothing said of a DC') : `DC ${dc.name}`),
  },
  inMaintenanceMode: {
    is: 'the cluster to be in maintenance mode',
    isNot: 'the cluster not to be in maintenance mode',
    holds: ({ options }) => options.maintenanceMode === true,
    seen: ({ options }) => `maintenance-mode is ${options.maintenanceMode ?? 'not mentioned'}`,
  },
  mixedVersion: {
    is: 'members of different versions of pacemaker',
    isNot: 'members of one version of pacemaker',
    holds: ({ mixedVersion }) => mixedVersion === true,
    seen: ({ mixedVersion }) =>
      mixedVersion === undefined ? 'nothing said of it' : mixedVersion ? 'MIXED-VERSION' : 'they are of one',
  },
  noFailedActions: {
    is: 'no failed actions',
    isNot: 'failed actions',
    holds: ({ failedActions }) => failedActions.length === 0,
    seen: ({ failedActions }) => describeTexts(failedActions),
  },
  noFailedFencing: {
    is: 'no failed fencing',
    isNot: 'failed fencing',
    holds: (state) => failedFencingOf(state).length === 0,
    seen: (state) => describeFencing(failedFencingOf(state)),
  },
  fullyRead: {
    is: 'a whole output, and every line of it understood',
    isNot: 'an output that is cut short or not understood',
    holds: ({ unparsed, truncated }) => unparsed.length + truncated.length === 0,
    seen: ({ unparsed, truncated }) =>
      listed(
        [...truncated, ...unparsed.map((line) => `not understood is "${line.trim()}"`)],
        'it is whole and understood',
        '; ',
      ),
  },
};

/** As listed on its own, and in the history where that is printed. */
function failedFencingOf({ failedFencing, fencingHistory }: ClusterState): readonly FencingEvent[] {
  const texts = new Set(failedFencing.map(({ text }) => text));
  return [...failedFencing, ...fencingHistory.filter(({ status, text }) => status === 'failed' && !texts.has(text))];
}

function describeTexts(entries: readonly { readonly text: string }[]): string {
  return listed(
    entries.map(({ text }) => text),
    'there are none',
    '; ',
  );
}

export function assertDc(context: AssertionContext, name: string): void {
  assertOfNode(context, name, dcIs(context.as('state'), name));
}

function assertOfNode(context: AssertionContext, node: string, claim: Claim): void {
  context.knownNode(node, claim);
  context.claim(claim);
}

/** Members alone, for a bundle brings guest nodes of its own; online as the word has it, standby or not. */
export function assertNodesOnline(context: AssertionContext, ...names: readonly string[]): void {
  const { nodes } = context.as('state');
  const exactly = `exactly ${names.join(', ') || 'no node'}`;
  const claim = { is: `${exactly} to be online`, isNot: `not ${exactly} to be online` };
  for (const name of names) context.knownNode(name, claim);
  const members = nodes.filter(({ type }) => type === 'member');
  const online = members.filter(NODE_IS.online).map(({ name }) => name);
  const holds = online.length === new Set(names).size && names.every((name) => online.includes(name));
  context.claim({ holds, ...claim, seen: describeNodes(members) });
}

/** `says` as pcs prints it: `active/enabled`. */
export function assertDaemon(context: AssertionContext, name: string, says?: string): void {
  const state = context.as('state');
  const daemon = daemonSays(state, name);
  const known = state.daemons.map((each) => each.name);
  const holds = daemon !== undefined && (says === undefined || daemon === says);
  const seen = daemon === undefined ? answerWithKnown(name, known) : describeDaemons(state);
  context.claim(toBe(`the daemon ${name}`, says ?? 'listed', holds, seen));
}

export function assertWarning(context: AssertionContext, wanted: string | RegExp): void {
  assertLine(context, 'warning', context.as('state').warnings, wanted);
}

export function assertError(context: AssertionContext, wanted: string | RegExp): void {
  assertLine(context, 'error', context.as('state').errors, wanted);
}

/** Of a node that was found in a state. */
export function assertAttribute(context: AssertionContext, name: string, value?: string): void {
  const node = context.as('node');
  const own = context.stateAround().attributes.filter((attribute) => attribute.node === node.name);
  const is = value === undefined ? '' : ` = ${value}`;
  context.claim({
    holds: own.some((attribute) => attribute.name === name && (value === undefined || attribute.value === value)),
    is: `${node.name} to have the attribute ${name}${is}`,
    isNot: `${node.name} not to have the attribute ${name}${is}`,
    seen: listed(
      own.map((attribute) => `${attribute.name} = ${attribute.value}`),
      'it has none',
    ),
  });
}

function assertLine(context: AssertionContext, what: string, lines: readonly string[], wanted: string | RegExp): void {
  const like = typeof wanted === 'string' ? `with ${quoted(wanted)}` : `like ${wanted}`;
  context.claim({
    holds: anyLike(lines, wanted),
    is: `${what === 'error' ? 'an' : 'a'} ${what} ${like}`,
    isNot: `no ${what} ${like}`,
    seen: describeLines(lines, what),
  });
}

/** Operation and node are arguments, so that a negation means this one case alone. */
export function assertFailedAction(
  context: AssertionContext,
  resource: string,
  operation?: string,
  node?: string,
): unknown {
  const { failedActions } = context.as('state');
  const fits = failedActions.filter((action) => operation === undefined || action.operation === operation);
  return assertFound(
    context,
    `failed ${operation ?? 'action'} of ${resource}`,
    { resource, node },
    fits,
    failedActions,
  );
}

export function assertBan(context: AssertionContext, resource: string, node?: string): unknown {
  const bans = context.as('state').bans.map((ban) => ({ ...ban, text: describeBan(ban) }));
  return assertFound(context, `ban of ${resource}`, { resource, node }, bans, bans);
}

/** Of the failed action or ban that was found. */
export function assertOn(context: AssertionContext, node: string): void {
  const { what, entries } = context.as('found');
  const isThere = entries.some((entry) => entry.node === node);
  assertOfNode(context, node, toBe(what, `on ${node}`, isThere, describeTexts(entries)));
}

/** Continues with the number, for chai's own assertions; over all nodes if none is named. */
export function assertFailCount(
  context: AssertionContext,
  resource: string,
  node?: string,
): Chai.Assertion | undefined {
  const state = context.as('state');
  const claim = claimOf(`fail count of ${resource}`, node);
  if (node !== undefined) context.knownNode(node, claim);
  const fits = state.failCounts.filter((each) => isWanted(each, { resource, node }));
  const count = fits.reduce((sum, { failCount = 0 }) => sum + failCount, 0);
  const seen = describeFailCounts(state.failCounts) + hintOfResource(state, resource);
  context.claim({ holds: count > 0, ...claim, seen });
  const where = node === undefined ? '' : ` on ${node}`;
  return count > 0 ? context.continueWith(count, `the fail count of ${resource}${where}`) : undefined;
}

/** Only successful fencing counts, not what failed or is pending. */
export function assertFenced(context: AssertionContext, node: string): void {
  const { fencingHistory } = context.as('state');
  assertOfNode(context, node, {
    holds: fencingHistory.some(({ target, status }) => target === node && status === 'success'),
    is: `${node} to have been fenced`,
    isNot: `${node} not to have been fenced`,
    seen: describeFencing(fencingHistory),
  });
}

interface Wanted {
  readonly resource: string;
  readonly node: string | undefined;
}

interface Event {
  readonly resource?: string;
  readonly node?: string;
  readonly text: string;
}

function assertFound(
  context: AssertionContext,
  what: string,
  wanted: Wanted,
  candidates: readonly Event[],
  all: readonly Event[],
): Chai.Assertion | undefined {
  const claim = claimOf(what, wanted.node);
  if (wanted.node !== undefined) context.knownNode(wanted.node, claim);
  const entries = candidates.filter((event) => isWanted(event, wanted));
  const seen = describeTexts(all) + hintOfResource(context.as('state'), wanted.resource);
  context.claim({ holds: entries.length > 0, ...claim, seen });
  return entries.length > 0 ? context.continueWith({ what: `the ${what}`, entries }) : undefined;
}

function claimOf(what: string, node: string | undefined): Pick<Claim, 'is' | 'isNot'> {
  const where = node === undefined ? '' : ` on ${node}`;
  return { is: `a ${what}${where}`, isNot: `no ${what}${where}` };
}

/** An entry for an instance, `vip:0`, counts for the resource too. */
function isWanted(event: Omit<Event, 'text'>, { resource, node }: Wanted): boolean {
  if (event.resource === undefined || (node !== undefined && event.node !== node)) return false;
  return event.resource === resource || baseId(event.resource) === resource;
}

function describeBan({ id, resource, node, promotedOnly }: Ban): string {
  return `${resource} not ${promotedOnly ? 'promoted ' : ''}on ${node} (${id})`;
}

function describeFailCounts(failCounts: readonly FailCount[]): string {
  const counts = failCounts.flatMap(({ resource, node, failCount }) =>
    failCount === undefined ? [] : [`${resource} on ${node} ${failCount}`],
  );
  return listed(counts, 'there are none', '; ');
}
