import { z } from 'zod';
import type { ValueProblem } from '../fields/value-problem.js';
import { message } from '../messages/message.js';
import { NOTHING } from '../model/fault-effect.js';
import { haNodesOf, type LabNode } from '../model/lab.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { throwIf } from './on-node.js';
import { nodesMeant, number, onNode, problemAt } from './params.js';
import { startLoad, stopLoad, workersOf } from './transient-load.js';

/** Of an amount of memory to be taken. */
function memoryRefusal({ name, memoryMiB }: LabNode, megabytes: number): ValueProblem | undefined {
  if (megabytes < memoryMiB) return undefined;
  return {
    message: `${megabytes} MiB are not less than the ${memoryMiB} MiB that ${name} has`,
    hint: `take less than ${memoryMiB}`,
  };
}

/** The rest may be swapped out. */
const ENOUGH = 0.8;

export const memoryLoad = defineFault({
  kind: 'memory-load',
  params: {
    node: onNode(),
    megabytes: number(z.number().int().min(1).describe('Memory to use, in MiB; less than the lab gives the node.'), {
      value: '<n>',
      help: 'memory to use, in MiB',
      example: '512',
    }),
  },
  /** Whichever node it comes to mean must have more than is taken. */
  check: ({ node, megabytes }, lab) => {
    const [refusal] = nodesMeant(node, lab).flatMap((each) => memoryRefusal(each, megabytes) ?? []);
    return problemAt(['megabytes'], refusal);
  },
  summary: message('fault.memory-load.summary'),
  expectedBehaviour: message('fault.memory-load.expected-behaviour'),
  needs: () => [],
  effect: () => breaksOnly(NOTHING),
  describe: ({ megabytes }) => `${megabytes} MiB`,
  walk: {
    weight: 4,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const least = Math.min(...haNodesOf(scene.lab).map(({ memoryMiB }) => memoryMiB));
      return node === undefined ? undefined : { kind: 'memory-load', node, megabytes: Math.floor(least * SHARE) };
    },
    membersLost: () => 0,
    holdS: 10,
  },
  async inject({ node, megabytes }, context) {
    const found = context.instance.lab.nodes.find(({ name }) => name === node);
    throwIf(found && memoryRefusal(found, megabytes));
    // Once written it is only held: without that it would be a load of the processors too.
    const held = ['--vm-keep', '--vm-hang', '0', '--vm-populate', '--vm-method', 'zero-one'];
    await startLoad(context, node, unitOf(megabytes), ['--vm', '1', '--vm-bytes', `${megabytes}M`, ...held]);
  },
  undo: ({ node, megabytes }, context) => stopLoad(context, node, unitOf(megabytes)),
  async isActive({ node, megabytes }, context) {
    const taken = await workersOf(context, node, unitOf(megabytes));
    return taken.reduce((sum, each) => sum + each, 0) >= megabytes * ENOUGH;
  },
});

/** Of what the lab gives the host that has least: so much is free on an idle one. */
const SHARE = 1 / 4;

function unitOf(megabytes: number): string {
  return `halab-memory-load-${megabytes}`;
}
