import {
  FENCING_SCRIPT,
  type FencingCall,
  type Logged,
  type LoggedOperation,
  OPERATIONS_SCRIPT,
  readFencingCalls,
  readOperations,
} from '../cluster/operations.js';
import { word } from '../fields/values.js';
import type { StatusReading } from '../model/cluster-state.js';
import { resourceNodesOf } from '../model/lab.js';
import { baseId } from '../model/resource-tree.js';
import { isKnown, viewOf } from '../model/resource-view.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext, Reference } from '../ports/check.js';
import { tryExec } from './define-check.js';
import { respondentsIn } from './view.js';

/**
 * What the journals of the nodes say. The CIB would not do: its history forgets a node that leaves, and keeps only the last
 * operation of each kind.
 */
type JournalOf<T> = Logged<T> & { readonly node: string };
type OperationsOn = JournalOf<Omit<LoggedOperation, 'atS'>>;
export type FencingCallsOn = JournalOf<FencingCall>;

const TIMEOUT_MS = 15_000;

/** The operations that have ended since a step began, and the views of the nodes by which silent journals are judged. */
export interface OperationsSince {
  /** `undefined`: the step has not begun in this run. */
  readonly sinceMs?: number;
  readonly readings: readonly StatusReading[];
  readonly journals: readonly OperationsOn[];
}

/** On one node, or on every node that runs resources. One silent node hides nothing of another. */
export async function operationsSince(
  { since, on }: { readonly since?: string | undefined; readonly on?: Target | undefined },
  context: CheckContext,
): Promise<OperationsSince> {
  const sinceMs = context.sinceStepMs(since);
  const nodes = on === undefined ? resourceNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(on)];
  const readings = await context.readings({ kind: 'majority' });
  if (sinceMs === undefined) return { readings, journals: [] };
  const read = (stdout: string) => readOperations(stdout, sinceMs);
  return { sinceMs, readings, journals: await journalsOf(nodes, context, OPERATIONS_SCRIPT, read) };
}

/** The calls of fence devices by each node in the last `sinceMs`. Never throws. */
export function fencingCallsOn(
  nodes: readonly string[],
  sinceMs: number,
  context: CheckContext,
): Promise<readonly FencingCallsOn[]> {
  return journalsOf(nodes, context, FENCING_SCRIPT, (stdout) => readFencingCalls(stdout, sinceMs));
}

function journalsOf<T>(
  nodes: readonly string[],
  context: CheckContext,
  script: string,
  read: (stdout: string) => Logged<T>,
): Promise<readonly JournalOf<T>[]> {
  return Promise.all(
    nodes.map(async (node): Promise<JournalOf<T>> => {
      const result = await tryExec(context, node, ['sh', '-c', script], TIMEOUT_MS);
      return { node, ...('problem' in result ? { found: [], ...result } : read(result.stdout)) };
    }),
  );
}

/** Unknown where a node that may have done something does not say; undefined where all that matter do. */
export function silentIn(
  journals: readonly JournalOf<unknown>[],
  readings: readonly StatusReading[],
): Judgement | undefined {
  const silent = journals.filter(({ node, problem }) => problem !== undefined && !isGone(node, readings));
  if (silent.length === 0) return undefined;
  return { verdict: 'unknown', seen: silent.map(({ node, problem }) => `${node}: ${problem}`).join('; ') };
}

/** The entries of all journals, the oldest first, by how long ago each was when its node was asked. */
export function byTime<T>(
  journals: readonly JournalOf<T>[],
): readonly (T & { readonly node: string; readonly agoS: number })[] {
  return journals
    .flatMap(({ node, found, clockS = 0 }) => found.map((each) => ({ ...each, node, agoS: clockS - each.atS })))
    .sort((one, other) => other.agoS - one.agoS);
}

/** The members of the group, clone or bundle of this name, and the name itself. */
export function idsOf(name: string, readings: readonly StatusReading[]): ReadonlySet<string> {
  const views = respondentsIn(readings).map(({ state }) => viewOf(state, name));
  return new Set([name, ...views.filter(isKnown).flatMap(({ instances }) => instances.map(({ id }) => baseId(id)))]);
}

/** The partition with quorum lists the node as offline, so it cannot have ordered an operation there. */
function isGone(node: string, readings: readonly StatusReading[]): boolean {
  const quorate = respondentsIn(readings).filter(({ state }) => state.quorate === true);
  return (
    quorate.length > 0 && quorate.every(({ state }) => state.nodes.some((each) => each.name === node && !each.online))
  );
}

/** The step from whose start on something counts. */
export const sinceStep = word
  .optional()
  .describe('The step from whose start on operations count: this step (default) or an earlier one.');

export function referencesOfSince({ since: id }: { readonly since?: string | undefined }): readonly Reference[] {
  return id === undefined ? [] : [{ kind: 'step', at: ['since'], id }];
}

/** The judgement where the step from whose start on something counts has not begun in this run. */
export function notBegun(since: string | undefined): Judgement {
  return { verdict: 'unknown', seen: `step ${since ?? ''} has not been run` };
}

export function describeSince(since: string | undefined): string {
  return `since ${since === undefined ? 'this step began' : `step ${since} began`}`;
}
