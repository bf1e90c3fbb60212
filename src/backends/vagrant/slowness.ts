import { LabError } from '../../model/errors.js';
import { haNodesOf, type LabInstance } from '../../model/lab.js';
import type { Transport } from '../../ports/transport.js';
import { nodeProgram } from '../program-files.js';

/** Whichever Python a node has; its argument is the program. */
const PYTHON =
  'for python in python3 python2 python; do command -v $python >/dev/null 2>&1 && break; done; exec $python -c "$1"';
/** Python 3.11 on a server of 2024 needs 20 ms for it; an old laptop still counts as hardware. */
const ON_HARDWARE_MS = 50;
const MEASURE_MS = 120_000;

/** How many times slower than hardware the slowest HA node is; all work at the same time, as they will in the cluster. */
export async function measureSlowness(
  instance: LabInstance,
  transport: (node: string) => Promise<Transport>,
): Promise<number> {
  const outcomes = await Promise.allSettled(
    haNodesOf(instance.lab).map(async ({ name }) => timeOf(await transport(name))),
  );
  const measured = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value / ON_HARDWARE_MS;
  });
  return Math.max(1, ...measured);
}

async function timeOf(node: Transport): Promise<number> {
  const { exitCode, stdout, stderr } = await node.exec(['sh', '-c', PYTHON, 'measure', nodeProgram('time-loop.py')], {
    timeoutMs: MEASURE_MS,
  });
  const ms = Number.parseInt(stdout, 10);
  if (exitCode === 0 && Number.isFinite(ms)) return ms;
  throw new LabError(
    'command-failed',
    `the speed of ${node.node} could not be measured: ${stderr.trim() || stdout.trim() || `exit code ${exitCode}`}`,
    { data: { node: node.node, exitCode } },
  );
}
