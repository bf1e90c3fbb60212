import type { ActiveFault } from '../model/fault-effect.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import type { Step, Target } from '../model/scenario.js';
import { type CheckTable, checkOf, withNested } from '../ports/check.js';
import type { ClusterCommands } from '../ports/cluster.js';

/** Who a step was about, by name. */
interface StepNodes {
  /** Those that its command ran on. */
  readonly nodes: readonly string[];
  /** What it injected or healed. */
  readonly fault?: ActiveFault | undefined;
  readonly haNodes: readonly string[];
  readonly mayChangeNodes: ClusterCommands['mayChangeNodes'];
  /** Target texts to nodes. */
  nodeOf(target: Target): string | undefined;
  readonly checks: CheckTable;
}

/**
 * The nodes whose daemons or standing a step changes: all of a formation stage; those that a fault is on, or was, unless it is
 * between them; of a command that may start, stop or set nodes aside those it names, or else runs on; and those that the
 * step expects not to be online.
 */
export function touchedBy(
  step: Step,
  { nodes, fault, haNodes, mayChangeNodes, nodeOf, checks }: StepNodes,
): readonly string[] {
  const touched = new Set<string>(fault === undefined || fault.effect.isBetweenNodes ? [] : nodesOfFault(fault.fault));
  const { action } = step;
  if (action.kind === 'form') for (const node of haNodes) touched.add(node);
  if (action.kind === 'run' && mayChangeNodes(action.argv))
    for (const node of namedIn(action.argv, nodes, haNodes)) touched.add(node);
  const expectations = step.expect.flatMap((each) => withNested(checks, each));
  for (const target of expectations.flatMap((each) => checkOf(checks, each).setsAside?.(each) ?? []))
    for (const node of target.kind === 'all' ? haNodes : [nodeOf(target)]) if (node !== undefined) touched.add(node);
  return [...touched].sort();
}

function namedIn(argv: readonly string[], nodes: readonly string[], haNodes: readonly string[]): readonly string[] {
  if (argv.includes('--all')) return haNodes;
  const words = argv.flatMap((word) => word.split(/[\s;&|'"=,]+/));
  const named = haNodes.filter((node) => words.includes(node));
  return named.length > 0 ? named : nodes;
}
