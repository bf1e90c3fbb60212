import type { FaultContext } from '../ports/fault.js';
import { ask, must } from './on-node.js';

/**
 * What a fault has to remember of the node it broke stands on the node itself, so that whoever undoes it finds it. It is
 * gone with a boot, as what it tells of is.
 */
const FOLDER = '/run/halab-faults';

export async function writeNote(context: FaultContext, node: string, name: string, content: unknown): Promise<void> {
  await must(context, node, ['mkdir', '-p', FOLDER]);
  const way = await context.transport(node);
  await way.upload(`${JSON.stringify(content)}\n`, `${FOLDER}/${name}`);
}

/** Undefined where there is none; also where the writing of it was cut off. */
export async function readNote<T>(context: FaultContext, node: string, name: string): Promise<T | undefined> {
  const { exitCode, stdout } = await ask(context, node, ['cat', `${FOLDER}/${name}`]);
  return exitCode === 0 && stdout.endsWith('\n') ? (JSON.parse(stdout) as T) : undefined;
}

/** May run twice. */
export async function removeNote(context: FaultContext, node: string, name: string): Promise<void> {
  await must(context, node, ['rm', '-f', `${FOLDER}/${name}`]);
}
