import { bannedIn } from '../model/cib-changes.js';
import { defined } from '../model/defined.js';
import { INFINITY, parseScore } from '../model/pacemaker-values.js';
import { baseId } from '../model/resource-tree.js';
import type { RunState } from '../report/state.js';
import type { FailedOperation } from './failures.js';
import { failuresWithin } from './moment.js';
import type { Picture } from './picture.js';
import { spanAt } from './spans.js';

/** The configuration by the names of its settings, as audits saw it. */
export type Settings = ReadonlyMap<string, string>;

/** Times are rounded each by itself, so that an audit at the very end of a step may stand one millisecond after it. */
const ROUNDING_MS = 1;

/** Pure. What audits saw in that time, one after another. */
export function seenWithin(
  { configuration }: Pick<RunState, 'configuration'>,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): RunState['configuration'] {
  return configuration.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs + ROUNDING_MS);
}

/** Pure. Every change until then, one after another. */
export function settingsAt(state: Pick<RunState, 'configuration'>, atMs: number): Settings {
  const settings = new Map<string, string>();
  for (const { changes } of seenWithin(state, { fromMs: 0, toMs: atMs }))
    for (const { what, after } of changes) {
      if (after === undefined) settings.delete(what);
      else settings.set(what, after);
    }
  return settings;
}

/** `ocf:heartbeat:IPaddr2`; undefined where no audit saw the resource. */
export function agentOf(settings: Settings, resource: string): string | undefined {
  return settings.get(`resource ${baseId(resource)}`);
}

/** What may forbid a resource to run on a node. Facts that lie beside a score of −INFINITY, not the scheduler's own account of it. */
interface Obstacles {
  /** The ids of constraints that ban it, or the group or clone that it is in, from the node. */
  readonly constraints: readonly string[];
  /** Operations that failed there, after which the cluster does not try again. */
  readonly failures: readonly FailedOperation[];
  readonly standing?: 'offline' | 'unclean' | 'pending' | 'standby';
}

const BARRING = ['offline', 'unclean', 'pending', 'standby'] as const;

/** Pure. `settings`: those of the end of the step, because audits see a change only then. */
export function obstaclesOf(
  { resource, node, atMs }: { readonly resource: string; readonly node: string; readonly atMs: number },
  settings: Settings,
  { failures, nodes }: Pick<Picture, 'failures' | 'nodes'>,
): Obstacles {
  const own = [baseId(resource), ...parentsOf(baseId(resource), settings)];
  const constraints = [...settings].flatMap(([what, text]) => {
    const ban = what.startsWith('constraint ') ? bannedIn(text) : undefined;
    return ban !== undefined && ban.node === node && own.includes(ban.resource)
      ? [what.slice('constraint '.length)]
      : [];
  });
  const threshold = own.map((each) => parseScore(settings.get(`${each} meta migration-threshold`))).find(Boolean);
  const failed = failuresWithin(failures, Number.NEGATIVE_INFINITY, atMs).filter(
    (each) => each.node === node && own.includes(each.resource) && isFinal(each, threshold),
  );
  const membership = nodes.find((each) => each.node === node)?.membership ?? [];
  const standing = BARRING.find((each) => each === spanAt(membership, atMs)?.value);
  return { constraints, failures: failed, ...defined({ standing }) };
}

function isFinal({ count = 0, operation }: FailedOperation, threshold: number | undefined): boolean {
  return operation === 'start' || count >= INFINITY || (threshold !== undefined && count >= threshold);
}

const PARENT = /^(?:group|clone|bundle) (.+)$/;

/** The group or clone around it, and the clone around that. */
function parentsOf(resource: string, settings: Settings): readonly string[] {
  for (const [what, members] of settings) {
    const parent = PARENT.exec(what)?.[1];
    if (parent !== undefined && members.split(', ').includes(resource)) return [parent, ...parentsOf(parent, settings)];
  }
  return [];
}
