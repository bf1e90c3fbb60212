import { LabError } from '../model/errors.js';
import { haNodesOf } from '../model/lab.js';
import { isTrue } from '../model/pacemaker-values.js';
import type { FaultContext } from '../ports/fault.js';
import { commandFailed } from '../ports/transport.js';
import { isActiveUnit } from './daemons.js';
import { ask, execOrThrow, nothingToBreak } from './on-node.js';

/** Not empty, which newer releases might take for none given. */
const UNSET = 'halab-unset';

export interface NodeAttribute {
  readonly node: string;
  readonly name: string;
  /** `reboot`: gone when the node leaves the cluster. */
  readonly lifetime: 'forever' | 'reboot';
}

/** By the node itself: it must be in the cluster. */
export async function setAttribute(context: FaultContext, attribute: NodeAttribute, value: string): Promise<void> {
  const { node } = attribute;
  if (!(await isActiveUnit(context, node, 'pacemaker')))
    throw nothingToBreak(`pacemaker does not run on ${node}`, 'Start the cluster there first.');
  await execOrThrow(context, node, [...commandOf(attribute), '--update', value]);
}

/** By any node that is in the cluster; may run twice. What is set may not be there to be read yet, so it does not ask first. */
export async function removeAttribute(context: FaultContext, attribute: NodeAttribute): Promise<void> {
  const speaker = await speakerFor(context, attribute.node);
  if (speaker === undefined) return;
  const argv = [...commandOf(attribute), '--delete'];
  const result = await ask(context, speaker, argv);
  if (result.exitCode !== 0 && (await readAttribute(context, attribute)) !== undefined)
    throw commandFailed(speaker, argv, result);
}

/** Undefined where it is not set. */
export async function readAttribute(context: FaultContext, attribute: NodeAttribute): Promise<string | undefined> {
  const speaker = await speakerFor(context, attribute.node);
  if (speaker === undefined) return undefined;
  const argv = [...commandOf(attribute), '--query', '--quiet', '--default', UNSET];
  const result = await ask(context, speaker, argv);
  if (result.exitCode !== 0) throw commandFailed(speaker, argv, result);
  const value = result.stdout.trim();
  return value === UNSET ? undefined : value;
}

/** The same words on every release since 1.1 (crm_attribute(8)). */
function commandOf({ node, name, lifetime }: NodeAttribute): readonly string[] {
  return ['crm_attribute', '--node', node, '--name', name, '--lifetime', lifetime];
}

/**
 * Who can be asked: the node, or else any other that runs pacemaker. Undefined where there is no cluster that could
 * have the attribute. Throws LabError `command-failed` where there is one and it runs nowhere.
 */
async function speakerFor(context: FaultContext, node: string): Promise<string | undefined> {
  const others = haNodesOf(context.instance.lab).map(({ name }) => name);
  if (!others.includes(node)) return undefined;
  let lost: unknown;
  for (const each of [node, ...others.filter((name) => name !== node)]) {
    try {
      if (await isActiveUnit(context, each, 'pacemaker')) return each;
    } catch (error) {
      lost ??= error;
    }
  }
  if (lost !== undefined) throw lost;
  const { exitCode } = await ask(context, node, ['test', '-e', '/var/lib/pacemaker/cib/cib.xml']);
  if (exitCode !== 0) return undefined;
  throw new LabError('command-failed', `the cluster of ${node} runs on no node, so its attributes cannot be changed`, {
    hint: 'Start the cluster, and try again.',
  });
}

interface OnNode {
  readonly node: string;
}

/** How a fault works that sets a node aside by an attribute that the CIB keeps. */
export function settingAside(name: 'standby' | 'maintenance') {
  const attributeOf = (node: string): NodeAttribute => ({ node, name, lifetime: 'forever' });
  return {
    inject: ({ node }: OnNode, context: FaultContext) => setAttribute(context, attributeOf(node), 'on'),
    undo: ({ node }: OnNode, context: FaultContext) => removeAttribute(context, attributeOf(node)),
    isActive: async ({ node }: OnNode, context: FaultContext) =>
      isTrue(await readAttribute(context, attributeOf(node))),
  };
}
