import { nodesOfFault } from '../model/fault-nodes.js';
import type { Expectation, ResolvedFault, Step } from '../model/scenario.js';
import { withNested } from './judge.js';

/** Who a step was about, by name. */
export interface StepNodes {
  /** Those that its command ran on. */
  readonly nodes: readonly string[];
  /** What it injected or healed. */
  readonly fault?: ResolvedFault;
  readonly haNodes: readonly string[];
  /** Target texts to nodes. */
  nodeOf(target: Extract<Expectation, { kind: 'node' }>['node']): string | undefined;
}

/** Commands of pcs that neither start nor stop a node or its daemons, nor change its standing. */
const HARMLESS_PCS: readonly string[] = [
  'resource',
  'constraint',
  'property',
  'status',
  'stonith',
  'config',
  'quorum',
  'alert',
  'tag',
  'acl',
  'cib',
];
/** Tools that only ask, or only change the CIB. */
const HARMLESS =
  /^(?:crm_mon|crm_resource|crm_attribute|crm_verify|crm_simulate|cibadmin|corosync-\w+tool|ip|cat|ls|df|sleep)$/;

/**
 * The nodes whose daemons or standing a step changes: all of a formation stage; whom a fault is on, or was, unless it is
 * between them; of a command that may start, stop or set nodes aside those it names, or else runs on; and whoever the
 * step expects not to be online.
 */
export function touchedBy(step: Step, { nodes, fault, haNodes, nodeOf }: StepNodes): readonly string[] {
  const touched = new Set<string>(fault === undefined || isBetween(fault) ? [] : nodesOfFault(fault));
  const { action } = step;
  if (action.kind === 'form') for (const node of haNodes) touched.add(node);
  if (action.kind === 'run' && mayTouch(action.argv))
    for (const node of namedIn(action.argv, nodes, haNodes)) touched.add(node);
  for (const expectation of step.expect.flatMap(withNested)) {
    if (expectation.kind === 'node' && expectation.is !== 'online') {
      const node = nodeOf(expectation.node);
      if (node !== undefined) touched.add(node);
    }
    if (expectation.kind === 'nodes' && expectation.are !== 'online') for (const node of haNodes) touched.add(node);
  }
  return [...touched].sort();
}

/** It is on the network, and leaves each node as it is. */
function isBetween({ kind }: ResolvedFault): boolean {
  return kind === 'partition' || kind === 'ring';
}

/** Of what is harmless otherwise: to have a node fenced, or the attributes that set it aside. */
const STANDING = /(?:^|=)(?:standby|maintenance)$/;

function mayTouch([program = '', verb = '', ...rest]: readonly string[]): boolean {
  const name = program.split('/').at(-1) ?? program;
  if (name === 'pcs') return !HARMLESS_PCS.includes(verb) || (verb === 'stonith' && rest[0] === 'fence');
  return !HARMLESS.test(name) || (name === 'crm_attribute' && [verb, ...rest].some((word) => STANDING.test(word)));
}

function namedIn(argv: readonly string[], nodes: readonly string[], haNodes: readonly string[]): readonly string[] {
  if (argv.includes('--all')) return haNodes;
  const words = argv.flatMap((word) => word.split(/[\s;&|'"=,]+/));
  const named = haNodes.filter((node) => words.includes(node));
  return named.length > 0 ? named : nodes;
}
