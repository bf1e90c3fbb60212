import { type Message, message } from '../messages/message.js';
import type { ClusterState } from '../model/cluster-state.js';
import { instancesOf } from '../model/resource-tree.js';
import { isRunning } from './facts.js';
import type { DiagnosisCode, DiagnosisItem, Severity } from './item.js';

/** `unknown`: there is no state to judge. `incomplete`: no sign of trouble, but parts of the state are missing. */
export type Verdict = 'unknown' | 'trouble' | 'risk' | 'incomplete' | 'fine';

/** A state in two lines. */
interface Summary {
  readonly verdict: Verdict;
  readonly problems: number;
  readonly warnings: number;
  readonly headline: Message;
  /** Name, DC, quorum, nodes and resources in one line; empty if none of it is known. */
  readonly facts: Message;
}

const NO_STATE: readonly DiagnosisCode[] = [
  'not-formed',
  'not-running',
  'no-permission',
  'tool-missing',
  'error-unexplained',
];
/** Warnings about the output, not about the cluster. */
const ABOUT_READING: readonly DiagnosisCode[] = [
  'cut-off',
  'not-understood',
  'only-selected',
  'part-missing',
  'not-listed',
  'nodes-not-listed',
];

/** Pure; `items` is the diagnosis of the state. */
export function summaryOf(state: ClusterState, items: readonly DiagnosisItem[]): Summary {
  const problems = countOf(items, 'problem');
  const warnings = countOf(items, 'warning');
  const verdict = verdictOf(items);
  const headline = items.some(({ code }) => code === 'not-formed')
    ? message('summary.not-formed')
    : HEADLINES[verdict](problems, warnings);
  return { verdict, problems, warnings, headline, facts: factsOf(state) };
}

function verdictOf(items: readonly DiagnosisItem[]): Verdict {
  if (items.some(({ code }) => NO_STATE.includes(code))) return 'unknown';
  if (countOf(items, 'problem') > 0) return 'trouble';
  const warnings = items.filter(({ severity }) => severity === 'warning');
  if (warnings.length === 0) return 'fine';
  return warnings.every(({ code }) => ABOUT_READING.includes(code)) ? 'incomplete' : 'risk';
}

function countOf(items: readonly DiagnosisItem[], severity: Severity): number {
  return items.filter((each) => each.severity === severity && each.causedBy === undefined).length;
}

const HEADLINES: { readonly [V in Verdict]: (problems: number, warnings: number) => Message } = {
  unknown: () => message('summary.unknown'),
  trouble: (problems, warnings) => message('summary.trouble', { problems, warnings }),
  risk: (_problems, warnings) => message('summary.risk', { warnings }),
  incomplete: () => message('summary.incomplete'),
  fine: () => message('summary.fine'),
};

function factsOf(state: ClusterState): Message {
  const facts = [nameFact(state), dcFact(state), quorumFact(state), nodeFact(state), resourceFact(state)];
  return message('summary.facts', { facts: facts.filter((fact) => fact !== undefined) });
}

function nameFact({ clusterName }: ClusterState): Message | undefined {
  return clusterName ? message('summary.cluster', { name: clusterName }) : undefined;
}

function dcFact({ dc, dcIsNone }: ClusterState): Message | undefined {
  if (dc !== undefined) return message('summary.dc', { node: dc.name });
  return dcIsNone === true ? message('summary.no-dc') : undefined;
}

function quorumFact({ quorate }: ClusterState): Message | undefined {
  if (quorate === undefined) return undefined;
  return quorate ? message('summary.quorum') : message('summary.no-quorum');
}

function nodeFact({ nodes }: ClusterState): Message | undefined {
  if (nodes.length === 0) return undefined;
  const online = nodes.filter((node) => node.online && !node.unclean).length;
  return message('summary.nodes', { online, known: nodes.length });
}

function resourceFact(state: ClusterState): Message | undefined {
  const instances = instancesOf(state);
  if (instances.length === 0) return undefined;
  const running = instances.filter((instance) => isRunning(instance, state)).length;
  const shown = instances.length;
  const configured = state.counts.resources ?? shown;
  if (configured <= shown) return message('summary.resources', { running, shown });
  return message('summary.resources-listed', { running, shown, configured });
}
