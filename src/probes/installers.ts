import { LabError } from '../model/errors.js';
import type { Installable } from '../model/scenario.js';
import { nodeProgram } from '../ports/node-program.js';
import type { Transport } from '../ports/transport.js';

/** Each program of halab's own that a cluster can run; a name without an installer does not compile. */
export const INSTALLERS: { readonly [I in Installable]: (transport: Transport) => Promise<string> } = {
  recorder: installRecorder,
};

const PROGRAM = '/usr/local/lib/halab/recorder.py';
const AGENT = '/usr/lib/ocf/resource.d/halab/recorder';

/** Installs the recorder and its agent `ocf:halab:recorder` on a node; idempotent. Throws LabError `command-failed`. */
export async function installRecorder(transport: Transport): Promise<string> {
  const folders = [PROGRAM, AGENT].map((path) => path.slice(0, path.lastIndexOf('/')));
  const made = await transport.exec(['mkdir', '-p', ...folders], { timeoutMs: 10_000 });
  if (made.exitCode !== 0)
    throw new LabError('command-failed', `${transport.node}: mkdir ${folders.join(' ')}: ${made.stderr.trim()}`, {
      hint: 'look at the disk of the node: halab ssh',
    });
  await transport.upload(nodeProgram('recorder.py'), PROGRAM, 0o755);
  await transport.upload(nodeProgram('recorder.ocf'), AGENT, 0o755);
  return `${transport.node} has ocf:halab:recorder`;
}
