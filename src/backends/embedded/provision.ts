import { lastLines } from '../../model/command-output.js';
import { LabError } from '../../model/errors.js';
import type { LabInstance, LabNode, OwnScript } from '../../model/lab.js';
import { execOrThrow, type Transport } from '../../ports/transport.js';
import { connectNode } from './connect.js';
import type { EmbeddedDeps } from './host.js';

const LOGIN_MS = 20_000;
const COMMAND_MS = 20_000;
const SCRIPT_MS = 10 * 60_000;
const LAST_LINES = 20;
/** On the node's own disk: a power cut does not run the scripts again, and a lab recreated does. */
const DONE = '/var/lib/halab/provisioned';

interface ProvisionOptions {
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Runs the scripts of those nodes that have not had them yet, all nodes at once. Throws the first failure when all have ended. */
export async function provisionNodes(
  deps: EmbeddedDeps,
  instance: LabInstance,
  nodes: readonly LabNode[],
  options: ProvisionOptions,
): Promise<void> {
  const wanted = nodes.filter(({ extras }) => (extras?.scripts.length ?? 0) > 0);
  const outcomes = await Promise.allSettled(
    wanted.map(async (node) => {
      const connection = { timeoutMs: LOGIN_MS, signal: options.signal };
      const transport = await connectNode(deps, instance, node.name, connection);
      try {
        await provisionOnce(transport, node, options);
      } finally {
        await transport.close();
      }
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

export async function provisionOnce(
  transport: Pick<Transport, 'node' | 'exec' | 'upload'>,
  { extras }: LabNode,
  { onProgress, signal }: ProvisionOptions,
): Promise<void> {
  const done = await transport.exec(['test', '-e', DONE], { timeoutMs: COMMAND_MS, signal });
  if (done.exitCode === 0) return;
  await execOrThrow(transport, ['mkdir', '-p', '/var/lib/halab'], { timeoutMs: COMMAND_MS, signal });
  for (const [index, script] of (extras?.scripts ?? []).entries()) {
    onProgress(`${transport.node}: running ${script.name}`);
    const file = `/var/lib/halab/provision-${index + 1}`;
    await transport.upload(script.content, file, 0o755);
    const { exitCode, stdout, stderr } = await transport.exec(['sh', '-c', 'exec "$0" 2>&1', file], {
      timeoutMs: SCRIPT_MS,
      signal,
    });
    if (exitCode !== 0) throw scriptFailed(transport.node, script, exitCode, stdout + stderr);
  }
  await execOrThrow(transport, ['touch', DONE], { timeoutMs: COMMAND_MS, signal });
}

function scriptFailed(node: string, { name, at }: OwnScript, exitCode: number, printed: string): LabError {
  const output = lastLines(printed, LAST_LINES).join('\n') || 'it printed nothing';
  return new LabError('provision-failed', `${at}: ${name} failed on ${node} (exit code ${exitCode}):\n${output}`, {
    hint: `fix it, then halab down and halab up; halab ssh ${node} shows the node as the script left it`,
    data: { node, script: name, exitCode },
  });
}
