import { type Message, message } from '../messages/message.js';
import type { ClusterState } from '../model/cluster-state.js';
import { instancesOf } from '../model/resource-tree.js';
import type { Meaning, MeaningCode, Severity } from './meaning.js';
import { isRunning } from './situation.js';

/** `unseen`: there is no state to judge. `in-part`: nothing bad in what is there, and it is not all. */
export type Verdict = 'unseen' | 'trouble' | 'risk' | 'in-part' | 'fine';

/** What one glance should tell. */
interface Glance {
  readonly verdict: Verdict;
  readonly problems: number;
  readonly warnings: number;
  readonly headline: Message;
  /** Who, quorum, nodes and resources in one line; empty where none of it is known. */
  readonly facts: Message;
}

const UNSEEN: readonly MeaningCode[] = ['not-running', 'no-permission', 'tool-missing', 'error-unexplained'];
/** Of the reading, not of the cluster. */
const IN_PART: readonly MeaningCode[] = ['cut-off', 'not-understood', 'part-missing', 'not-listed'];

/** Pure; `items` are what the state means. */
export function glanceOf(state: ClusterState, items: readonly Meaning[]): Glance {
  const problems = countOf(items, 'problem');
  const warnings = countOf(items, 'warning');
  const verdict = verdictOf(items);
  return { verdict, problems, warnings, headline: HEADLINES[verdict](problems, warnings), facts: factsOf(state) };
}

function verdictOf(items: readonly Meaning[]): Verdict {
  if (items.some(({ code }) => UNSEEN.includes(code))) return 'unseen';
  if (countOf(items, 'problem') > 0) return 'trouble';
  const warnings = items.filter(({ severity }) => severity === 'warning');
  if (warnings.length === 0) return 'fine';
  return warnings.every(({ code }) => IN_PART.includes(code)) ? 'in-part' : 'risk';
}

function countOf(items: readonly Meaning[], severity: Severity): number {
  return items.filter((each) => each.severity === severity).length;
}

const HEADLINES: { readonly [V in Verdict]: (problems: number, warnings: number) => Message } = {
  unseen: () => message('summary.unseen'),
  trouble: (problems, warnings) => message('summary.trouble', { problems, warnings }),
  risk: (_problems, warnings) => message('summary.risk', { warnings }),
  'in-part': () => message('summary.in-part'),
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
  return message('summary.resources-in-part', { running, shown, configured });
}
