import { z } from 'zod';
import { message } from '../messages/message.js';
import { NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault, type ResolvedOf } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { number, onNode } from './params.js';
import { startLoad, stopLoad, workersOf } from './transient-load.js';
import { idsOf, mayBreak } from './walk/expected.js';

const MOST_WORKERS = 32;

const params = {
  node: onNode(),
  workers: number(
    z
      .number()
      .int()
      .min(1)
      .max(MOST_WORKERS)
      .optional()
      .describe(
        'How many processes use a whole processor each. Default: one for each processor that the lab gives the node.',
      ),
    { value: '<n>', help: 'number of busy processes (default: one for each processor)', example: '2' },
  ),
};

type CpuLoad = ResolvedOf<'cpu-load', typeof params>;

export const cpuLoad = defineFault({
  kind: 'cpu-load',
  params,
  summary: message('fault.cpu-load.summary'),
  expectedBehaviour: message('fault.cpu-load.expected-behaviour'),
  needs: () => [],
  effect: () => breaksOnly(NOTHING),
  describe: ({ workers }) => (workers === undefined ? '' : `${workers}`),
  walk: {
    weight: 4,
    draw({ chance, on }) {
      const node = chance.one(on);
      const workers = chance.one([1, 2, 4]);
      return node && workers ? { kind: 'cpu-load', node, workers } : undefined;
    },
    membersLost: () => 0,
    inForce: (_fault, { resources }) => mayBreak('no-failures', idsOf(resources), message('fault.cpu-load.in-force')),
    recovery: () => 'cleanup',
    holdS: 10,
  },
  inject: (fault, context) =>
    startLoad(context, fault.node, unitOf(fault, context), ['--cpu', String(workersIn(fault, context))]),
  undo: (fault, context) => stopLoad(context, fault.node, unitOf(fault, context)),
  isActive: async (fault, context) => (await workersOf(context, fault.node, unitOf(fault, context))).length > 0,
});

/** Several loads on one node are units of their own. */
function unitOf(fault: CpuLoad, context: FaultContext): string {
  return `halab-cpu-load-${workersIn(fault, context)}`;
}

function workersIn({ node, workers }: CpuLoad, { instance }: FaultContext): number {
  return workers ?? instance.lab.nodes.find(({ name }) => name === node)?.cpus ?? 1;
}
