import type { ClusterState } from '../model/cluster-state.js';
import { instancesOf } from '../model/resource-tree.js';
import { type Bilingual, both } from './bilingual.js';
import type { Meaning, MeaningCode, Severity } from './meaning.js';
import { isRunning } from './situation.js';

/** `unseen`: there is no state to judge. `in-part`: nothing bad in what is there, and it is not all. */
export type Verdict = 'unseen' | 'trouble' | 'risk' | 'in-part' | 'fine';

/** What one glance should tell. */
export interface Glance {
  readonly verdict: Verdict;
  readonly problems: number;
  readonly warnings: number;
  readonly headline: Bilingual;
  /** Who, quorum, nodes and resources in one line; empty where none of it is known. */
  readonly facts: Bilingual;
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

const HEADLINES: { readonly [V in Verdict]: (problems: number, warnings: number) => Bilingual } = {
  unseen: () => both('The cluster could not be seen from here.', '从这里看不到集群的状态。'),
  trouble: (problems, warnings) =>
    both(
      `${problems} ${problems === 1 ? 'problem' : 'problems'}${warnings > 0 ? `, ${warningsEn(warnings)}` : ''}.`,
      `${problems} 个问题${warnings > 0 ? `，${warnings} 个警告` : ''}。`,
    ),
  risk: (_problems, warnings) => both(`No problem, ${warningsEn(warnings)}.`, `没有问题，${warnings} 个警告。`),
  'in-part': () =>
    both('Nothing here speaks of trouble, but this is not all of it.', '这里没有异常迹象，但这并不是全部内容。'),
  fine: () => both('Nothing here speaks of trouble.', '这里没有异常迹象。'),
};

function warningsEn(warnings: number): string {
  return `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}

function factsOf(state: ClusterState): Bilingual {
  const facts = [nameFact(state), dcFact(state), quorumFact(state), nodeFact(state), resourceFact(state)];
  const told = facts.filter((fact) => fact !== undefined);
  return both(told.map(({ en }) => en).join(' · '), told.map(({ zh }) => zh).join(' · '));
}

function nameFact({ clusterName }: ClusterState): Bilingual | undefined {
  return clusterName ? both(`cluster ${clusterName}`, `集群 ${clusterName}`) : undefined;
}

function dcFact({ dc, dcIsNone }: ClusterState): Bilingual | undefined {
  if (dc !== undefined) return both(`DC ${dc.name}`, `DC ${dc.name}`);
  return dcIsNone === true ? both('no DC', '没有 DC') : undefined;
}

function quorumFact({ quorate }: ClusterState): Bilingual | undefined {
  if (quorate === undefined) return undefined;
  return quorate ? both('quorum', '有法定票数') : both('NO quorum', '没有法定票数');
}

function nodeFact({ nodes }: ClusterState): Bilingual | undefined {
  if (nodes.length === 0) return undefined;
  const online = nodes.filter((node) => node.online && !node.unclean).length;
  const word = nodes.length === 1 ? 'node' : 'nodes';
  return both(`${online} of ${nodes.length} ${word} online`, `${nodes.length} 个节点中 ${online} 个在线`);
}

function resourceFact(state: ClusterState): Bilingual | undefined {
  const instances = instancesOf(state);
  if (instances.length === 0) return undefined;
  const running = instances.filter((instance) => isRunning(instance, state)).length;
  const listed = instances.length;
  const configured = state.counts.resources ?? listed;
  if (configured <= listed)
    return both(`${running} of ${listed} resource instances running`, `${listed} 个资源实例中 ${running} 个在运行`);
  return both(
    `${running} of ${listed} listed resource instances running, ${configured} configured`,
    `列出的 ${listed} 个资源实例中 ${running} 个在运行，共配置 ${configured} 个`,
  );
}
