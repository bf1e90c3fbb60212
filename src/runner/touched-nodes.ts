import type { TypedLine } from '../model/exercise.js';
import type { ActiveFault } from '../model/fault-effect.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import type { Step } from '../model/scenario.js';
import type { Target } from '../model/target.js';
import { argvOn } from '../model/target.js';
import { type CheckTable, setAsideBy } from '../ports/check.js';
import type { ClusterCommands } from '../ports/cluster.js';

/** The nodes that a step involved, by name. */
interface StepNodes {
  /** The nodes that its command ran on. */
  readonly nodes: readonly string[];
  /** The faults that it injected or healed. */
  readonly faults?: readonly ActiveFault[];
  readonly haNodes: readonly string[];
  readonly mayChangeNodes: ClusterCommands['mayChangeNodes'];
  /** Target texts to nodes. */
  nodeOf(target: Target): string | undefined;
  readonly checks: CheckTable;
}

/**
 * The nodes whose daemons or standing a step changes. A formation stage changes every node; a fault the nodes it is on,
 * unless it lies between nodes; a command that may start, stop or set nodes aside those that it names, or else runs on;
 * and an expectation the nodes that it expects to be anything but online.
 */
export function touchedBy(
  step: Step,
  { nodes, faults = [], haNodes, mayChangeNodes, nodeOf, checks }: StepNodes,
): readonly string[] {
  const onNodes = faults.filter(({ effect }) => !effect.isBetweenNodes);
  const touched = new Set<string>(onNodes.flatMap(({ fault }) => nodesOfFault(fault)));
  const { action } = step;
  if (action.kind === 'form') for (const node of haNodes) touched.add(node);
  const argv = action.kind === 'run' ? argvOn(action, nodeOf) : [];
  if (action.kind === 'run' && mayChangeNodes(argv))
    for (const node of namedIn(argv, nodes, haNodes)) touched.add(node);
  for (const { words, on } of action.kind === 'type' ? action.lines.flatMap((each) => commandsTyped(each, nodeOf)) : [])
    if (mayChangeNodes(words))
      for (const node of namedIn(words, on.kind === 'all' ? haNodes : [nodeOf(on) ?? []].flat(), haNodes))
        touched.add(node);
  for (const { node, argv: words } of action.kind === 'act' ? action.ran : [])
    if (mayChangeNodes(words)) for (const each of namedIn(words, [node], haNodes)) touched.add(each);
  for (const target of step.expect.flatMap((each) => setAsideBy(checks, each)))
    for (const node of target.kind === 'all' ? haNodes : [nodeOf(target)]) if (node !== undefined) touched.add(node);
  return [...touched].sort();
}

/** The commands of a line, each by its words. */
function commandsTyped({ on, line, roles = {} }: TypedLine, nodeOf: StepNodes['nodeOf']) {
  const [filled = line] = argvOn({ argv: [line], roles }, nodeOf);
  return filled.split(/[;&|\n]+/).map((command) => ({ on, words: command.trim().split(/\s+/) }));
}

function namedIn(argv: readonly string[], nodes: readonly string[], haNodes: readonly string[]): readonly string[] {
  if (argv.includes('--all')) return haNodes;
  const words = argv.flatMap((word) => word.split(/[\s;&|'"=,]+/));
  const named = haNodes.filter((node) => words.includes(node));
  return named.length > 0 ? named : nodes;
}
