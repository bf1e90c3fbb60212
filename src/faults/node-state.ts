import type { FaultContext } from '../ports/fault.js';
import { ask, execOrThrow } from './on-node.js';

/**
 * The state that a fault needs for its undo is kept on the node itself, where any process that undoes it finds it. It is
 * gone with a boot, as what it tells of is, but for the lasting ones.
 */
const FOLDER = '/run/halab-faults';
const LASTING_FOLDER = '/var/lib/halab-faults';

/** Kinds whose states outlive a boot. */
const LASTING: readonly string[] = ['reboot'];

/** What faults of one kind keep: one state for each node, or one for each `of` on it. */
export function nodeState<T>(kind: string) {
  const folder = LASTING.includes(kind) ? LASTING_FOLDER : FOLDER;
  const pathOf = (of: string | undefined) => `${folder}/${kind}${of === undefined ? '' : `-${of}`}`;
  return {
    async write(context: FaultContext, node: string, content: T, of?: string): Promise<void> {
      await execOrThrow(context, node, ['mkdir', '-p', folder]);
      await (await context.transport(node)).upload(`${JSON.stringify(content)}\n`, pathOf(of));
    },
    /** Undefined where there is none; also where the writing of it was cut off. */
    async read(context: FaultContext, node: string, of?: string): Promise<T | undefined> {
      const { exitCode, stdout } = await ask(context, node, ['cat', pathOf(of)]);
      return exitCode === 0 && stdout.endsWith('\n') ? (JSON.parse(stdout) as T) : undefined;
    },
    /** May run twice. */
    async remove(context: FaultContext, node: string, of?: string): Promise<void> {
      await execOrThrow(context, node, ['rm', '-f', pathOf(of)]);
    },
  };
}
