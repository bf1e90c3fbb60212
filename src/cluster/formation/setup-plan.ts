import type { CorosyncConf } from '../corosync-conf.js';

/** What one node has of a cluster before set-up. */
export interface SetupFacts {
  readonly node: string;
  /** Absent where there is no corosync.conf. */
  readonly conf?: CorosyncConf;
  /** Units of the cluster that are active there. */
  readonly running: readonly string[];
}

type SetupPlan =
  | { readonly kind: 'done' }
  | { readonly kind: 'set-up'; readonly force: boolean; readonly why: string }
  | { readonly kind: 'refuse'; readonly nodes: readonly string[]; readonly why: string; readonly mend: string };

/**
 * Decides without touching anything. The distribution's example of corosync.conf counts as none, even while corosync runs
 * from it. Files of another cluster, or of this one in another shape while it runs, are never overwritten.
 */
export function planSetup(name: string, nodes: readonly string[], facts: readonly SetupFacts[]): SetupPlan {
  const own = facts.filter(({ conf }) => conf !== undefined && !conf.packaged);
  const foreign = own.filter(({ conf }) => conf?.clusterName !== name);
  if (foreign.length > 0) return refuseForeign(name, foreign);
  const same = own.filter(({ conf }) => sameMembers(conf?.nodes ?? [], nodes));
  if (facts.length > 0 && same.length === facts.length) return { kind: 'done' };
  const alive = facts.filter(({ conf, running }) => running.length > 0 && conf?.packaged !== true);
  if (alive.length > 0) return refuseRunning(name, nodes, own, alive);
  if (facts.every(({ conf }) => conf === undefined))
    return { kind: 'set-up', force: false, why: 'no node had a cluster' };
  const why =
    own.length > 0
      ? `cluster files stood on ${namesOf(own)} only, or named other nodes`
      : 'only the example of the package stood there';
  return { kind: 'set-up', force: true, why };
}

function refuseForeign(name: string, foreign: readonly SetupFacts[]): SetupPlan {
  const belongs = foreign.map(
    ({ node, conf }) => `${node} belongs to the cluster "${conf?.clusterName ?? '(without a name)'}"`,
  );
  return {
    kind: 'refuse',
    nodes: foreign.map(({ node }) => node),
    why: `${belongs.join('; ')}, not to "${name}".`,
    mend: 'If that cluster is not needed any more, run "pcs cluster destroy" on these nodes and try again.',
  };
}

function refuseRunning(
  name: string,
  nodes: readonly string[],
  own: readonly SetupFacts[],
  alive: readonly SetupFacts[],
): SetupPlan {
  const shapes = own.map(({ node, conf }) => `${node} has it with ${conf?.nodes.join(', ') || 'no nodes'}`);
  const runs = alive.map(({ node, running }) => `${running.join(' and ')} on ${node}`);
  return {
    kind: 'refuse',
    nodes: alive.map(({ node }) => node),
    why: `The cluster "${name}" is to have the nodes ${nodes.join(', ')}; ${shapes.join('; ') || 'no node has its files'}, and running are ${runs.join('; ')}.`,
    mend: 'Stop it with "pcs cluster stop --all --force", or remove it with "pcs cluster destroy" on these nodes, and try again.',
  };
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

function namesOf(facts: readonly SetupFacts[]): string {
  return facts.map(({ node }) => node).join(', ');
}
