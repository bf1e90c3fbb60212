import { remoteNodesOf } from '../../model/lab.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import { askNode, execOptions, failWithDiagnosis, leaderOf, wasDoneBefore } from './on-nodes.js';

const ADD_REMOTE = nodeScript('add-remote-node.sh');
const TIMEOUT_MS = 180_000;

/** Adds each remote node of the lab to the running cluster, one after the other, because each changes the CIB. */
export async function addRemoteNodes(context: FormationContext): Promise<FormationOutcome> {
  const names = remoteNodesOf(context.lab).map(({ name }) => name);
  if (names.length === 0) return { changed: false, seen: 'the lab has no remote node' };
  const leader = leaderOf(context);
  const before: string[] = [];
  for (const name of names) {
    const result = await askNode('remote-nodes', context, leader, (transport) =>
      transport.exec(['sh', '-c', ADD_REMOTE, 'sh', name], execOptions(context, TIMEOUT_MS)),
    );
    if (result.exitCode !== 0) return failWithDiagnosis('remote-nodes', context, [{ node: leader, result }]);
    if (wasDoneBefore(result)) before.push(name);
  }
  const now = names.filter((name) => !before.includes(name));
  const parts = [
    ...(now.length > 0 ? [`added ${now.join(', ')}`] : []),
    ...(before.length > 0 ? [`added before: ${before.join(', ')}`] : []),
  ];
  return { changed: now.length > 0, seen: parts.join('; ') };
}
