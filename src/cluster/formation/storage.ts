import { ISCSI_PORT, sharedDisksOf } from '../../model/iscsi.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import { askEveryNode, execOptions, outcomeOf } from './on-nodes.js';

const TIMEOUT_MS = 180_000;

const SCRIPT = nodeScript('log-in-to-storage.sh');

/** Logs every HA node in to all disks that the lab serves; at once, since none of them writes. */
export async function logInToStorage(context: FormationContext): Promise<FormationOutcome> {
  const disks = sharedDisksOf(context.lab);
  const words = disks.flatMap(({ disk, portal, target, device }) => [
    disk.name,
    `${portal.address}:${ISCSI_PORT}`,
    target,
    device,
  ]);
  const answers = await askEveryNode('storage', context, (transport) =>
    transport.exec(['sh', '-c', SCRIPT, 'sh', ...words], execOptions(context, TIMEOUT_MS)),
  );
  const names = disks.map(({ disk }) => disk.name).join(', ');
  return outcomeOf('storage', context, answers, `logged in to ${names || 'no disk, since the lab has none,'}`);
}
