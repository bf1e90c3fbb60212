import type { Finding } from '../model/audit.js';
import { resourceNodesOf } from '../model/lab.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import type { AuditInput } from '../ports/audit.js';
import { unknown } from './finding.js';

/** A part of an observation that a node is asked for. */
export type Part = Exclude<keyof NodeObservation, 'node' | 'answered' | 'machine' | 'problems'>;

/** Under which name `problems` has a part, where it is not the part's own. */
const ASKED_AS: Readonly<Partial<Record<Part, string>>> = {
  activeUnits: 'active-units',
  bootId: 'boot',
  clockS: 'clock',
  coreDumps: 'cores',
  criticalLines: 'critical',
  dc: 'status',
  fencing: 'status',
  storedCib: 'stored-cib',
};

/** Every node of the lab that resources can run on; one that the observation lacks did not answer. */
export function nodesIn({ lab, now }: Pick<AuditInput, 'lab' | 'now'>): readonly NodeObservation[] {
  const lacking = resourceNodesOf(lab).filter(({ name }) => !now.nodes.some(({ node }) => node === name));
  return [...now.nodes, ...lacking.map(({ name }) => ({ node: name, answered: false, problems: {} }))];
}

export function nodeIn(observation: LabObservation | undefined, name: string): NodeObservation | undefined {
  return observation?.nodes.find(({ node }) => node === name);
}

/** It is known that nothing runs there. */
export function isDown({ answered, machine }: NodeObservation): boolean {
  return !answered && (machine === 'stopped' || machine === 'absent');
}

/** It could be running anything. */
export function isSilent(node: NodeObservation): boolean {
  return !node.answered && !isDown(node);
}

export function silentNodes(input: Pick<AuditInput, 'lab' | 'now'>): readonly NodeObservation[] {
  return nodesIn(input).filter(isSilent);
}

/** `ha-host2 did not answer (its machine is frozen): it could be running anything`. */
export function silence({ node, machine, problems }: NodeObservation): Finding {
  const why = [...(machine === undefined ? [] : [`its machine is ${machine}`]), ...Object.values(problems)];
  const because = why.length > 0 ? ` (${why.join('; ')})` : '';
  return unknown([node], `${node} did not answer${because}: it could be running anything`);
}

/** Silent nodes, and those that answered but for one of these parts. */
export function unreadParts(input: AuditInput, parts: readonly Part[]): readonly Finding[] {
  return nodesIn(input).flatMap((node) => {
    if (isSilent(node)) return [silence(node)];
    return node.answered ? parts.filter((part) => node[part] === undefined).map((part) => unread(node, part)) : [];
  });
}

/** Of a node that could run pacemaker: why it is not known whether it does, or those of the parts that were not read. */
export function unreadOfPacemaker(node: NodeObservation, parts: readonly Part[]): readonly Finding[] {
  if (isSilent(node)) return [silence(node)];
  const runs = runsPacemaker(node);
  if (runs === undefined) return [unread(node, 'units')];
  return runs ? parts.filter((part) => node[part] === undefined).map((part) => unread(node, part)) : [];
}

/** `the mounts of ha-host2 could not be read: timed out`. */
export function unread(node: NodeObservation, part: Part, subjects: readonly string[] = []): Finding {
  return unknown([node.node, ...subjects], `the ${part} of ${node.node} could not be read: ${problemWith(node, part)}`);
}

export function problemWith({ problems }: NodeObservation, part: Part): string {
  return problems[ASKED_AS[part] ?? part] ?? problems.answer ?? 'it is not there, and nothing says why';
}

/** Parts that are present, or whose reading failed, only where pacemaker runs. */
const OF_PACEMAKER = ['controller', 'status', 'cib'] as const;

/** Whether pacemaker runs there. `undefined` where that is not known. */
export function runsPacemaker(node: NodeObservation): boolean | undefined {
  if (!node.answered) return isDown(node) ? false : undefined;
  if (OF_PACEMAKER.some((part) => node[part] !== undefined || node.problems[part] !== undefined)) return true;
  if (node.processes !== undefined)
    return node.processes.some(({ args }) => /^(?:\S*\/)?pacemakerd(?:\s|$)/.test(args));
  if (node.units === undefined) return undefined;
  const active = node.units.find(({ name }) => name === 'pacemaker')?.active ?? 'inactive';
  return active !== 'inactive' && active !== 'failed';
}
