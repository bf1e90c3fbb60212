import type { ClusterState, FailedAction, NodeState } from '../model/cluster-state.js';
import { defined } from '../model/defined.js';
import { groupBy } from '../model/group-by.js';
import { baseId } from '../model/resource-tree.js';
import { disagreement } from './agreement/placements.js';
import { resourceDisagreements } from './agreement/resources.js';

/**
 * The differences between `pcs status` text and crm_mon's XML of the same node, one line each; none where both show the same
 * cluster. Facts that only one of the two formats prints are not compared.
 */
export function disagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  return [
    ...differing('DC', dcOf(text), dcOf(xml)),
    ...differing('quorum', quorumOf(text), quorumOf(xml)),
    ...differing('versions', versionsOf(text), versionsOf(xml)),
    ...nodeDisagreements(text, xml),
    ...resourceDisagreements(text, xml),
    ...failureDisagreements(text, xml),
    ...fencingDisagreements(text, xml),
  ];
}

function differing(subject: string, text: string | undefined, xml: string | undefined): readonly string[] {
  return text === undefined || xml === undefined || text === xml ? [] : [disagreement(subject, text, xml)];
}

function dcOf({ dc, dcIsNone }: ClusterState): string | undefined {
  return dc?.name ?? (dcIsNone ? 'NONE' : undefined);
}

function quorumOf({ quorate }: ClusterState): string | undefined {
  return quorate === undefined ? undefined : quorate ? 'with quorum' : 'WITHOUT quorum';
}

function versionsOf({ mixedVersion }: ClusterState): string | undefined {
  return mixedVersion === undefined ? undefined : mixedVersion ? 'mixed' : 'all the same';
}

/** Compares failed actions by resource, operation and node, and their results where both formats print them. */
function failureDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  const inText = byKey(text.failedActions);
  const inXml = byKey(xml.failedActions);
  const mayMiss = { text: mayLackFailures(text), xml: mayLackFailures(xml) };
  return [...new Set([...inText.keys(), ...inXml.keys()])].flatMap((key) => {
    const results = { text: resultsOf(inText.get(key) ?? []), xml: resultsOf(inXml.get(key) ?? []) };
    if (results.text.length === 0) return mayMiss.text ? [] : [disagreement(key, 'nothing of it', worded(results.xml))];
    if (results.xml.length === 0) return mayMiss.xml ? [] : [disagreement(key, worded(results.text), 'nothing of it')];
    return areSameResults(results.text, results.xml)
      ? []
      : [disagreement(key, worded(results.text), worded(results.xml))];
  });
}

/** The missing failure may be in a part that was cut off, or among the lines that were not understood. */
function mayLackFailures({ truncated, failedActions }: ClusterState): boolean {
  return truncated.length > 0 || failedActions.some((failure) => keyOf(failure) === undefined);
}

function byKey(failures: readonly FailedAction[]): ReadonlyMap<string, readonly FailedAction[]> {
  const known = failures.filter((failure) => keyOf(failure) !== undefined);
  return groupBy(known, (failure) => keyOf(failure) ?? '');
}

/** crm_mon calls a non-recurring monitor a probe. */
function keyOf({ resource, operation, node }: FailedAction): string | undefined {
  if (resource === undefined || operation === undefined || node === undefined) return undefined;
  return `failed ${operation === 'probe' ? 'monitor' : operation} of ${baseId(resource)} on ${node}`;
}

type FailureResult = Pick<FailedAction, 'exitCode' | 'exitStatus'>;

/** The distinct results of these failures. */
function resultsOf(failures: readonly FailedAction[]): readonly FailureResult[] {
  const ends = failures.map(({ exitCode, exitStatus }) => defined({ exitCode, exitStatus }));
  return [...new Map(ends.map((end) => [JSON.stringify(end), end])).values()];
}

/** Newer text prints only the name of the exit code, and nothing for an action that was not executed. */
function areSameResults(text: readonly FailureResult[], xml: readonly FailureResult[]): boolean {
  return (
    text.every((one) => xml.some((other) => isSameResult(one, other))) &&
    xml.every((one) => text.some((other) => isSameResult(other, one)))
  );
}

function isSameResult(text: FailureResult, xml: FailureResult): boolean {
  if (text.exitCode !== undefined && xml.exitCode !== undefined) return text.exitCode === xml.exitCode;
  return text.exitStatus === undefined || xml.exitStatus === undefined || text.exitStatus === xml.exitStatus;
}

function worded(ends: readonly FailureResult[]): string {
  return ends
    .map(
      ({ exitCode, exitStatus }) =>
        [exitStatus === undefined ? '' : `'${exitStatus}'`, exitCode === undefined ? '' : `(${exitCode})`]
          .join(' ')
          .trim() || 'that it failed',
    )
    .sort()
    .join(', ');
}

/** Compares failed fencing by action and target: text prints only the newest of a kind, XML the whole history. */
function fencingDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  // Where the fencer did not answer, the XML contains an error instead.
  if (xml.errors.length > 0) return [];
  const kinds = ({ failedFencing }: ClusterState) =>
    new Set(failedFencing.map(({ action, target }) => `failed fencing, ${action} of ${target}`));
  const inText = kinds(text);
  const inXml = kinds(xml);
  return [
    ...[...inText]
      .filter((kind) => !inXml.has(kind) && xml.truncated.length === 0)
      .map((kind) => disagreement(kind, 'that it failed', 'nothing of it')),
    ...[...inXml]
      .filter((kind) => !inText.has(kind) && text.truncated.length === 0)
      .map((kind) => disagreement(kind, 'nothing of it', 'that it failed')),
  ];
}

/** Compares the nodes where both formats list them. */
function nodeDisagreements(text: ClusterState, xml: ClusterState): readonly string[] {
  if (!listsNodes(text) || !listsNodes(xml)) return [];
  const inXml = new Map(xml.nodes.map((node) => [node.name, node]));
  const inText = new Set(text.nodes.map(({ name }) => name));
  return [
    ...text.nodes.flatMap((node) => {
      const other = inXml.get(node.name);
      if (other !== undefined) return differences(node, other);
      return xml.truncated.length > 0 ? [] : [disagreement(node.name, wordOf(node), 'nothing of it')];
    }),
    ...xml.nodes.flatMap((node) =>
      inText.has(node.name) || isLeftOut(node) || text.truncated.length > 0
        ? []
        : [disagreement(node.name, 'nothing of it', wordOf(node))],
    ),
  ];
}

function listsNodes({ nodes, printed }: ClusterState): boolean {
  return nodes.length > 0 || printed.includes('nodes');
}

function differences(text: NodeState, xml: NodeState): readonly string[] {
  return [
    ...differing(text.name, `a ${text.type}`, `a ${xml.type}`),
    ...differing(text.name, wordOf(text), wordOf(xml)),
    ...differing(text.name, featureSetOf(text), featureSetOf(xml)),
  ];
}

function featureSetOf({ featureSet }: NodeState): string | undefined {
  return featureSet === undefined ? undefined : `feature set ${featureSet}`;
}

/** Without details, text leaves out guests that are merely offline (`lib/pengine/pe_output.c`). */
function isLeftOut(node: NodeState): boolean {
  return node.type === 'guest' && wordOf(node) === 'offline';
}

/**
 * The condition that text prints for a node, where XML has all its properties side by side: node_text_status in
 * `lib/pengine/pe_output.c` prints only the first of them.
 */
function wordOf({ online, standby, maintenance, pending, unclean }: NodeState): string {
  if (unclean) return `UNCLEAN (${online ? 'online' : pending ? 'pending' : 'offline'})`;
  if (pending) return 'pending';
  if (standby) return online ? 'standby' : 'offline (standby)';
  if (maintenance) return online ? 'maintenance' : 'offline (maintenance)';
  return online ? 'online' : 'offline';
}
