import type { Ban, FailCount } from '../../model/cluster-state.js';
import { baseId } from '../../model/resource-tree.js';
import { hintOfResource } from '../known-names.js';
import { describeFencing, listed } from '../state-wording.js';
import type { Claim, Said } from './said.js';
import { describeTexts } from './state-words.js';

/** Words for what happened; operation and node narrow it as arguments, so that a denial means the one case alone. */
export function sayFailedAction(said: Said, resource: string, operation?: string, node?: string): unknown {
  const { failedActions } = said.as('state');
  const fits = failedActions.filter((action) => operation === undefined || action.operation === operation);
  return sayFound(said, `failed ${operation ?? 'action'} of ${resource}`, { resource, node }, fits, failedActions);
}

export function sayBan(said: Said, resource: string, node?: string): unknown {
  const bans = said.as('state').bans.map((ban) => ({ ...ban, text: describeBan(ban) }));
  return sayFound(said, `ban of ${resource}`, { resource, node }, bans, bans);
}

/** Of the failed action or ban that was found. */
export function sayOn(said: Said, node: string): void {
  const { what, entries } = said.as('found');
  const claim = { is: `${what} to be on ${node}`, isNot: `${what} not to be on ${node}` };
  said.knownNode(node, claim);
  said.claim(
    entries.some((entry) => entry.node === node),
    { ...claim, seen: describeTexts(entries) },
  );
}

/** Goes on with the number, for chai's own words; over all nodes where none is named. */
export function sayFailCount(said: Said, resource: string, node?: string): Chai.Assertion | undefined {
  const state = said.as('state');
  const claim = claimOf(`fail count of ${resource}`, node);
  if (node !== undefined) said.knownNode(node, claim);
  const fits = state.failCounts.filter((each) => isWanted(each, { resource, node }));
  const count = fits.reduce((sum, { failCount = 0 }) => sum + failCount, 0);
  const seen = describeFailCounts(state.failCounts) + hintOfResource(state, resource);
  said.claim(count > 0, { ...claim, seen });
  const where = node === undefined ? '' : ` on ${node}`;
  return count > 0 ? said.goOn(count, `the fail count of ${resource}${where}`) : undefined;
}

/** Fenced means that it was done; what failed or is pending is not. */
export function sayFenced(said: Said, node: string): void {
  const { fencingHistory } = said.as('state');
  const claim = { is: `${node} to have been fenced`, isNot: `${node} not to have been fenced` };
  said.knownNode(node, claim);
  said.claim(
    fencingHistory.some(({ target, status }) => target === node && status === 'success'),
    { ...claim, seen: describeFencing(fencingHistory) },
  );
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

function sayFound(
  said: Said,
  what: string,
  wanted: Wanted,
  candidates: readonly Event[],
  all: readonly Event[],
): Chai.Assertion | undefined {
  const claim = claimOf(what, wanted.node);
  if (wanted.node !== undefined) said.knownNode(wanted.node, claim);
  const entries = candidates.filter((event) => isWanted(event, wanted));
  const seen = describeTexts(all) + hintOfResource(said.as('state'), wanted.resource);
  said.claim(entries.length > 0, { ...claim, seen });
  return entries.length > 0 ? said.goOn({ what: `the ${what}`, entries }) : undefined;
}

function claimOf(what: string, node: string | undefined): Omit<Claim, 'seen'> {
  const where = node === undefined ? '' : ` on ${node}`;
  return { is: `a ${what}${where}`, isNot: `no ${what}${where}` };
}

/** What is said of an instance, `vip:0`, is said of the resource too. */
function isWanted(event: Omit<Event, 'text'>, { resource, node }: Wanted): boolean {
  if (event.resource === undefined || (node !== undefined && event.node !== node)) return false;
  return event.resource === resource || baseId(event.resource) === resource;
}

function describeBan({ id, resource, node, promotedOnly }: Ban): string {
  return `${resource} not ${promotedOnly ? 'promoted ' : ''}on ${node} (${id})`;
}

function describeFailCounts(failCounts: readonly FailCount[]): string {
  const told = failCounts.flatMap(({ resource, node, failCount }) =>
    failCount === undefined ? [] : [`${resource} on ${node} ${failCount}`],
  );
  return listed(told, 'there are none', '; ');
}
