import { KEPT } from '../model/fault-effect.js';
import { defineFault } from './define-fault.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';
import { mayBreak } from './walk/may-break.js';
import { held, holderOf, wasOf } from './walk/targets.js';

export const monitorFail = defineFault({
  kind: 'monitor-fail',
  params: { node: onNode(), resource: serviceParam },
  summary: {
    en: 'Makes a resource fail every recurring monitor on one node, while its service runs: a stand-in for its `ocf:` agent says so. A `systemd:` unit has only its own state to be monitored, so it ends seconds after each start. Probes tell the truth. Healing gives the agent or the unit back.',
    zh: '让资源在单个节点上的每次周期性 monitor 都失败，而服务本身仍在运行：由 `ocf:` 代理的替身报告失败。`systemd:` 单元只能监控其自身状态，因此每次启动几秒后就会终止。探测（probe）结果保持真实。恢复时还原代理或单元。',
  },
  expectedBehaviour: {
    en: 'The resource is stopped and started again on the node each time, and each time its fail count there grows. With a migration-threshold it leaves the node when that is reached; without one it goes on like that for as long as the fault does. Without a recurring monitor nothing happens.',
    zh: '资源每次都在该节点上停止并重新启动，失败计数随之增加。设置了 migration-threshold 时，达到阈值后资源离开该节点；未设置时，故障持续多久就重复多久。没有周期性 monitor 的资源什么都不会发生。',
  },
  needs: () => [],
  effect: ({ resource }) => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'operation', resource, operation: 'monitor' },
  }),
  describe: ({ resource }) => resource,
  /** On its holder, who alone has a monitor to fail. Walks set a migration-threshold first (ground.ts). */
  walk: {
    weight: 10,
    draw(draw) {
      const { id } = draw.chance.one(held(draw)) ?? {};
      return id === undefined ? undefined : { kind: 'monitor-fail', node: holderOf(id), resource: id };
    },
    costs: () => 0,
    // The usual intervals are 10 s to a minute, and the first failure has to wait for one.
    effect: ({ node, resource }) => ({
      expect: [{ resource, is: 'started', 'not-on': wasOf(node) }],
      within: '90s',
    }),
    healed: ({ resource }) =>
      mayBreak('no-failures', [resource], {
        en: 'A monitor that was made to fail may be counted only once the fault is healed.',
        zh: '被注入失败的 monitor，可能在故障恢复之后才被计入。',
      }),
    mend: () => 'cleanup',
  },
  ...failingService(),
});
