import type { StepResult } from '../model/event.js';
import type { RunSummary } from './summary.js';

/** A resource that a broken node held, and where it was seen next. */
export interface HolderMove {
  readonly scenario: string;
  readonly step: string;
  readonly resource: string;
  readonly from: string;
  readonly to: string;
  /** Every node that is known by name, for a drawing. */
  readonly nodes: readonly string[];
}

/** The moves of resources away from the node that a step broke, in the order they happened. */
export function holderMovesOf(summary: RunSummary): readonly HolderMove[] {
  const moves: HolderMove[] = [];
  for (const { scenario, steps } of summary.scenarios) {
    for (const [index, step] of steps.entries()) {
      const held = heldBefore(step);
      if (!held || !step.probes) continue;
      const to = seenAfter(held.resource, steps.slice(index));
      if (to === undefined || to === held.node) continue;
      moves.push({
        scenario,
        step: step.step,
        resource: held.resource,
        from: held.node,
        to,
        nodes: nodesOf(summary, held.node, to),
      });
    }
  }
  return moves;
}

function heldBefore(step: StepResult): { readonly resource: string; readonly node: string } | undefined {
  const holders = Object.entries(step.targets).flatMap(([target, node]) => {
    const resource = /^\{?(?:was )?holder of ([^}\s]+)\}?$/.exec(target)?.[1];
    return resource === undefined ? [] : [{ resource, node }];
  });
  return holders[0];
}

/** The node a check names as `Started on`; a later step's target is the second best source. */
function seenAfter(resource: string, steps: readonly StepResult[]): string | undefined {
  const [first, ...later] = steps;
  for (const check of first?.checks ?? []) {
    if (!new RegExp(`\\b${escapePattern(resource)}\\b`).test(`${check.expected} ${check.seen}`)) continue;
    const node = /\bstarted on ([\w.-]+)/i.exec(check.seen)?.[1];
    if (node !== undefined) return node;
  }
  const names = [`{holder of ${resource}}`, `holder of ${resource}`];
  return later.flatMap((step) => names.map((name) => step.targets[name])).find((node) => node !== undefined);
}

function nodesOf(summary: RunSummary, ...seen: readonly string[]): readonly string[] {
  const listed = Object.entries(summary.info?.packages ?? {})
    .filter(([, packages]) => 'pacemaker' in packages)
    .map(([node]) => node);
  return [...new Set([...listed, ...seen])].sort();
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
