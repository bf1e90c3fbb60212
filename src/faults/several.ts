import { haNodesOf, type Lab } from '../model/lab.js';
import type { Fault } from '../model/scenario.js';
import type { Target } from '../model/target.js';
import type { FaultKindOf, FaultProblem, Params, WrittenSeveral } from './define-fault.js';
import { eachOnce } from './params.js';

type Kind = FaultKindOf<string, Params, Fault>;

/** What is wrong with each of the nodes, and with the other parameters; one problem at each place. */
export function problemsOfSeveral(kind: Kind, written: WrittenSeveral, lab: Lab): readonly FaultProblem[] {
  const named = nodesOf(written, lab).map((node, index) => ({
    node,
    at: written.nodes === 'all' ? ['nodes'] : ['nodes', index],
  }));
  const each = named.flatMap(({ node, at }) =>
    kind
      .problems(onOne(written, node), lab)
      .map((problem) => (problem.at[0] === 'node' ? { ...problem, at } : problem)),
  );
  const all = [...each, ...eachOnce(named, lab)];
  const places = all.map(({ at }) => JSON.stringify(at));
  return all.filter((_, index) => places.indexOf(places[index] ?? '') === index);
}

export function parseSeveral(kind: Kind, written: WrittenSeveral, lab: Lab): Fault {
  const nodes = nodesOf(written, lab);
  const [first] = nodes;
  if (first === undefined) throw new Error('a fault on several nodes names none');
  const { node: _, ...rest } = kind.parse(onOne(written, first), lab);
  return { ...rest, nodes };
}

function nodesOf({ nodes }: WrittenSeveral, lab: Lab): readonly Target[] {
  return nodes === 'all' ? haNodesOf(lab).map(({ name }) => ({ kind: 'node', name })) : nodes;
}

function onOne({ nodes: _, ...rest }: WrittenSeveral, node: Target): Parameters<Kind['parse']>[0] {
  return { ...rest, node } as Parameters<Kind['parse']>[0];
}
