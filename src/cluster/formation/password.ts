import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { outcomeOf } from './idempotent.js';
import { askEveryNode, execOptions } from './nodes.js';

const TIMEOUT_MS = 30_000;

/** Sets it again when it was set: there is no way to compare that would not need the hash or a login. */
export async function setPassword(context: FormationContext): Promise<FormationOutcome> {
  const stdin = `hacluster:${context.haclusterPassword}\n`;
  const answers = await askEveryNode('password', context, (transport) =>
    transport.exec(['chpasswd'], execOptions(context, TIMEOUT_MS, stdin)),
  );
  return outcomeOf('password', context, answers, 'password of hacluster set');
}
