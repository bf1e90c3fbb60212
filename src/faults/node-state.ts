import type { FaultContext } from '../ports/fault.js';
import { ask, must } from './on-node.js';

/**
 * What a fault has to remember of the node it broke stands on the node itself, so that whoever undoes it finds it. It is
 * gone with a boot, as what it tells of is, but for the lasting ones.
 */
const FOLDER = '/run/halab-faults';
const LASTING_FOLDER = '/var/lib/halab-faults';

/** Names of notes that a boot leaves. */
const LASTING: readonly string[] = ['reboot'];

export async function writeNote(context: FaultContext, node: string, name: string, content: unknown): Promise<void> {
  const path = pathOf(name);
  await must(context, node, ['mkdir', '-p', path.slice(0, path.lastIndexOf('/'))]);
  const way = await context.transport(node);
  await way.upload(`${JSON.stringify(content)}\n`, path);
}

/** Undefined where there is none; also where the writing of it was cut off. */
export async function readNote<T>(context: FaultContext, node: string, name: string): Promise<T | undefined> {
  const { exitCode, stdout } = await ask(context, node, ['cat', pathOf(name)]);
  return exitCode === 0 && stdout.endsWith('\n') ? (JSON.parse(stdout) as T) : undefined;
}

/** May run twice. */
export async function removeNote(context: FaultContext, node: string, name: string): Promise<void> {
  await must(context, node, ['rm', '-f', pathOf(name)]);
}

function pathOf(name: string): string {
  return `${LASTING.includes(name) ? LASTING_FOLDER : FOLDER}/${name}`;
}
