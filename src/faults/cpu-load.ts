import { z } from 'zod';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault, type ResolvedOf } from './define-fault.js';
import { number, onNode } from './params.js';
import { startLoad, stopLoad, workersOf } from './transient-load.js';
import { idsOf, mayBreak } from './walk/may-break.js';

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
      .describe('How many that each take a whole processor; as many as the lab gives the node where it is left out.'),
    { value: '<n>', help: 'how many (default: one for each processor)', example: '2' },
  ),
};

type CpuLoad = ResolvedOf<'cpu-load', typeof params>;

export const cpuLoad = defineFault({
  kind: 'cpu-load',
  params,
  summary: {
    en: 'Keeps the processors of a node busy by stress-ng, for half an hour at most, as a unit that healing stops. Nodes in containers share the processors of the machine, so there it slows everything on it.',
    zh: '用 stress-ng 占满节点的处理器，最长半小时，作为独立单元运行，恢复时停止该单元。容器节点共用宿主机的处理器，因此会拖慢宿主机上的一切。',
  },
  expectedBehaviour: {
    en: 'Nothing need happen: corosync runs with realtime priority. Agents take longer, so an operation with a short timeout may fail and its resource be recovered; pacemaker may start fewer actions at once on the node.',
    zh: '可以什么都不发生：corosync 以实时优先级运行。资源代理变慢，超时设置较短的操作可能失败并触发恢复；pacemaker 可以减少该节点上同时执行的操作数。',
  },
  needs: () => [],
  effect: () => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: NOTHING,
  }),
  describe: ({ workers }) => (workers === undefined ? '' : `${workers}`),
  walk: {
    weight: 4,
    draw({ chance, on }) {
      const node = chance.one(on);
      const workers = chance.one([1, 2, 4]);
      return node && workers ? { kind: 'cpu-load', node, workers } : undefined;
    },
    costs: () => 0,
    inForce: (_fault, { resources }) =>
      mayBreak('no-failures', idsOf(resources), {
        en: 'On a busy node an operation may take longer than its timeout.',
        zh: '节点繁忙时，操作耗时可能超过其超时设置。',
      }),
    mend: () => 'cleanup',
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
