import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import type { Transport } from '../../ports/transport.js';
import { askEveryNode, DONE_BEFORE, execOptions, leaderOf, outcomeOf } from './on-nodes.js';

const START_TIMEOUT_MS = 300_000;
const ENABLE_TIMEOUT_MS = 120_000;

/** `systemctl is-active a b` succeeds if one of them is, so the words are compared. */
const SCRIPT = `
look=$1; wanted=$2; shift 2
if [ "$(systemctl "$look" corosync pacemaker 2>/dev/null | tr '\\n' ' ')" = "$wanted $wanted " ]; then
  echo '${DONE_BEFORE}'; exit 0
fi
exec "$@"
`;

/**
 * Each node starts its own half: `--all` would go from one node to the others through pcsd, and say less on failure.
 * The first goes ahead of the others. All wait for the first dc-deadtime to end, and that begins the sooner
 * the fewer share the machine's processors at that moment.
 */
export async function startCluster(context: FormationContext): Promise<FormationOutcome> {
  const argv = ['sh', '-c', SCRIPT, 'sh', 'is-active', 'active', 'pcs', 'cluster', 'start'];
  const start = (transport: Transport) => transport.exec(argv, execOptions(context, START_TIMEOUT_MS));
  const leader = leaderOf(context);
  const first = context.transport(leader).then(start);
  // However it ended, it is judged with the others' answers.
  const firstIsDone = first.then(
    () => undefined,
    () => undefined,
  );
  const answers = await askEveryNode('start', context, async (transport) => {
    if (transport.node === leader) return first;
    await firstIsDone;
    return start(transport);
  });
  return outcomeOf('start', context, answers, 'cluster started');
}

export async function enableCluster(context: FormationContext): Promise<FormationOutcome> {
  const argv = ['sh', '-c', SCRIPT, 'sh', 'is-enabled', 'enabled', 'pcs', 'cluster', 'enable'];
  const answers = await askEveryNode('enable', context, (transport) =>
    transport.exec(argv, execOptions(context, ENABLE_TIMEOUT_MS)),
  );
  return outcomeOf('enable', context, answers, 'cluster enabled');
}
