import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import { askNode, execOptions, failWithDiagnosis, leaderOf, wasDoneBefore } from './on-nodes.js';

const START_DEVICE = nodeScript('start-quorum-device.sh');
const ADD_DEVICE = nodeScript('add-quorum-device.sh');
/** Keys and certificates are made on the device's node, and one for each member is signed there. */
const TIMEOUT_MS = 300_000;

/**
 * Starts corosync-qnetd on the lab's device and adds it to the cluster; undefined where the lab has no device. The cluster
 * needs not run: its services start together.
 */
export async function addQuorumDevice(context: FormationContext): Promise<FormationOutcome | undefined> {
  const { quorumDevice } = context.lab.cluster;
  if (quorumDevice === undefined) return undefined;
  const { node, algorithm } = quorumDevice;
  const started = await run(context, node, [START_DEVICE, 'sh']);
  const added = await run(context, leaderOf(context), [ADD_DEVICE, 'sh', node, algorithm]);
  const what = `the quorum device ${node} (${algorithm})`;
  return { changed: !started || !added, seen: added ? `${what} was added before` : `${what} is added` };
}

/** Whether the script found its work done. */
async function run(context: FormationContext, node: string, script: readonly string[]): Promise<boolean> {
  const result = await askNode('setup', context, node, (transport) =>
    transport.exec(['sh', '-c', ...script], execOptions(context, TIMEOUT_MS)),
  );
  if (result.exitCode !== 0) return failWithDiagnosis('setup', context, [{ node, result }]);
  return wasDoneBefore(result);
}
