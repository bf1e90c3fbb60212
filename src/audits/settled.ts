import type { AuditTable } from '../ports/audit.js';
import { unknown } from './finding.js';

export const settled: AuditTable['settled'] = {
  kind: 'settled',
  holds: {
    en: 'The cluster is idle: nothing is under way and nothing is left to do.',
    zh: '集群处于空闲状态：没有正在进行的操作，也没有待办的操作。',
  },
  reads: {
    en: 'every controller’s state, and what the DC’s scheduler would do next',
    zh: '每个节点的控制器状态，以及 DC 的调度器接下来要做什么',
  },
  judge: ({ unsettled }) => (unsettled === undefined ? [] : [unknown([], unsettled)]),
};
