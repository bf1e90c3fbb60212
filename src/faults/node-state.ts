import type { FaultContext } from '../ports/fault.js';
import { ask, execOrThrow } from './on-node.js';

/**
 * The state that a fault needs for its undo is kept on the node itself, where any process that undoes it finds it. It is
 * gone with a boot, as what it tells of is, but for the lasting ones.
 */
const FOLDER = '/run/halab-faults';
const LASTING_FOLDER = '/var/lib/halab-faults';

/** Names of states that outlive a boot. */
const LASTING: readonly string[] = ['reboot'];

export async function writeNodeState(
  context: FaultContext,
  node: string,
  name: string,
  content: unknown,
): Promise<void> {
  const path = pathOf(name);
  await execOrThrow(context, node, ['mkdir', '-p', path.slice(0, path.lastIndexOf('/'))]);
  const way = await context.transport(node);
  await way.upload(`${JSON.stringify(content)}\n`, path);
}

/** Undefined where there is none; also where the writing of it was cut off. */
export async function readNodeState<T>(context: FaultContext, node: string, name: string): Promise<T | undefined> {
  const { exitCode, stdout } = await ask(context, node, ['cat', pathOf(name)]);
  return exitCode === 0 && stdout.endsWith('\n') ? (JSON.parse(stdout) as T) : undefined;
}

/** May run twice. */
export async function removeNodeState(context: FaultContext, node: string, name: string): Promise<void> {
  await execOrThrow(context, node, ['rm', '-f', pathOf(name)]);
}

function pathOf(name: string): string {
  return `${LASTING.includes(name) ? LASTING_FOLDER : FOLDER}/${name}`;
}
