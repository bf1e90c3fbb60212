import { both } from '../bilingual.js';
import { step, type WordTable } from './words-of.js';

type OptionCode = 'maintenance-mode' | 'stop-all-resources' | 'stonith-disabled' | 'quorum-ignored' | 'asymmetric';

export const OPTION_WORDS: WordTable<OptionCode> = {
  'maintenance-mode': () => ({
    title: both('The whole cluster is in maintenance mode', '整个集群处于维护模式'),
    means: both(
      'Pacemaker keeps its hands off: it starts, stops, monitors and recovers nothing. What runs goes on without protection, and the states shown may be old.',
      'pacemaker 不插手任何事：不启动、不停止、不监控、不恢复。正在运行的资源继续运行，但没有保护；所显示的状态也可能已经过时。',
    ),
    cause: both('Somebody set maintenance-mode=true.', '有人设置了 maintenance-mode=true。'),
    next: [step('pcs property set maintenance-mode=false', 'when the work is done', '维护结束后执行')],
  }),
  'stop-all-resources': () => ({
    title: both('All resources are told to stop', '所有资源都被要求停止'),
    means: both(
      'stop-all-resources is true, so pacemaker starts none, whatever else is said.',
      'stop-all-resources 为 true，因此 pacemaker 不会启动任何资源，无论其他设置如何。',
    ),
    cause: both('Somebody set it.', '有人设置了它。'),
    next: [step('pcs property set stop-all-resources=false', 'lets them start again', '允许资源重新启动')],
  }),
  'stonith-disabled': () => ({
    title: both('Fencing is switched off', '隔离（stonith）已关闭'),
    means: both(
      'The cluster cannot make sure that a node it no longer hears has stopped, so it takes for granted that it has. If it has not, two nodes run the same resource on the same data. Fit for a lab, a bet in production.',
      '集群无法确认失去联系的节点真的停止了，只能假定它已经停止。如果没有停止，两个节点就会对同一份数据运行同一资源。实验环境可以这样做，生产环境则是在打赌。',
    ),
    next: [
      step('pcs stonith list', 'the fence agents there are', '列出可用的隔离代理'),
      step('pcs property set stonith-enabled=true', 'once a device is there and tested', '有了设备并测试之后执行'),
    ],
  }),
  'quorum-ignored': () => ({
    title: both('Quorum is ignored (no-quorum-policy=ignore)', '法定票数被忽略（no-quorum-policy=ignore）'),
    means: both(
      'A partition without quorum goes on as if it had it. After a split both halves run the same resources, unless fencing stops one.',
      '没有法定票数的分区会照常运行。发生脑裂后，除非隔离机制停掉其中一边，否则两边会运行相同的资源。',
    ),
    cause: both(
      'An old advice for two nodes. corosync’s two_node: 1 does it without the risk.',
      '这是针对两节点集群的旧建议。corosync 的 two_node: 1 可以达到同样目的，而没有这种风险。',
    ),
    next: [step('pcs property set no-quorum-policy=stop', 'the default', '恢复默认值')],
  }),
  asymmetric: () => ({
    title: both('Resources run only where a constraint allows it', '资源只能在约束允许的节点上运行'),
    means: both(
      'symmetric-cluster is false: without a location constraint for it, a resource may run nowhere.',
      'symmetric-cluster 为 false：没有位置约束的资源不能在任何节点上运行。',
    ),
    next: [step('pcs constraint location', 'what is allowed where', '看哪些资源允许在哪里运行')],
  }),
};
