import { areOf, type Bilingual, both, joined, listed } from '../bilingual.js';
import { allOf, historyStep, oneOf, step, type WordTable, whyStep } from './words-of.js';

type ResourceCode =
  | 'resources-running'
  | 'no-resources'
  | 'resource-failed'
  | 'failure-ignored'
  | 'resource-blocked'
  | 'multiply-active'
  | 'on-unclean-node'
  | 'orphaned'
  | 'unmanaged'
  | 'under-way';

/** ` on a, b`, or nothing where no node is printed. */
function onEn(nodes: readonly string[]): string {
  return nodes.length > 0 ? ` on ${listed(nodes).en}` : '';
}

function onZh(nodes: readonly string[]): string {
  return nodes.length > 0 ? `在 ${listed(nodes).zh} 上` : '';
}

export const RESOURCE_WORDS: WordTable<ResourceCode> = {
  'resources-running': ({ payload: { running, all } }) => ({
    title: all
      ? both(
          running === 1 ? 'The one resource instance runs' : `All ${running} resource instances run`,
          `全部 ${running} 个资源实例都在运行`,
        )
      : both(
          `${running} resource ${running === 1 ? 'instance runs' : 'instances run'}`,
          `${running} 个资源实例正在运行`,
        ),
    means: both(
      'So far as their monitors tell: pacemaker believes the last one until the next.',
      '这是根据监控操作得出的：在下一次监控之前，pacemaker 相信上一次的结果。',
    ),
    next: [],
  }),
  'no-resources': () => ({
    title: both('There are no resources yet', '还没有任何资源'),
    means: both('The cluster stands, and has nothing to do.', '集群已经建立，但还没有工作可做。'),
    next: [step('pcs resource create …', 'makes the first one', '创建第一个资源')],
  }),
  'resource-failed': ({ subject: { names }, payload: { nodes, agent } }) => ({
    title: both(
      `${listed(names).en} ${areOf(names)} FAILED${onEn(nodes)}`,
      `${listed(names).zh} ${onZh(nodes)}失败（FAILED）`,
    ),
    means: both(
      'An operation failed, and pacemaker recovers from that by a stop and a start; if it stays so, the recovery is held up.',
      '某个操作失败，pacemaker 正在恢复它，也就是先停止再启动；如果一直如此，说明恢复受阻。',
    ),
    cause: agent.startsWith('stonith:')
      ? both('The fence device did not answer its monitor.', '隔离设备没有通过监控检查。')
      : both('See the failed actions for the reason.', '原因见失败的操作。'),
    next: [
      step('pcs status --full', 'again, with the fail counts', '再看一次，包括失败计数'),
      whyStep(oneOf(names, 'RESOURCE')),
      step(`pcs resource cleanup ${oneOf(names, 'RESOURCE')}`, 'once it is mended', '修好之后执行'),
    ],
  }),
  'failure-ignored': ({ subject: { names }, payload: { nodes } }) => ({
    title: both(
      `${listed(names).en} failed${onEn(nodes)}, and that is ignored`,
      `${listed(names).zh} ${onZh(nodes)}失败，但按设置忽略`,
    ),
    means: both(
      'The operation has on-fail=ignore: pacemaker goes on as if it had succeeded, and does nothing about it.',
      '该操作设置了 on-fail=ignore：pacemaker 当作成功处理，不采取任何措施。',
    ),
    next: [step(`pcs resource config ${oneOf(names, 'RESOURCE')}`, 'its operations', '查看其操作设置')],
  }),
  'resource-blocked': ({ subject: { names }, payload: { nodes, stopFailed } }) => ({
    title: both(
      `${listed(names).en} ${areOf(names)} blocked${onEn(nodes)}`,
      `${listed(names).zh} ${onZh(nodes)}被阻塞（blocked）`,
    ),
    means: both(
      'Pacemaker does not touch it any more, and waits for a person. What depends on it waits too.',
      'pacemaker 不再处理它，等待人工介入。依赖它的资源也在等待。',
    ),
    cause: stopFailed
      ? both(
          'Its stop failed, so it may still run there; without fencing there is no other way to be sure, and starting it elsewhere could mean two of it.',
          '它的停止操作失败，可能还在那里运行；没有隔离机制就无法确认，而在别处启动可能造成同时运行两份。',
        )
      : both(
          'Mostly a failed stop that fencing could not answer, or on-fail=block.',
          '多半是停止操作失败而又无法隔离，或者设置了 on-fail=block。',
        ),
    next: [
      step(
        `pcs resource debug-stop ${oneOf(names, 'RESOURCE')}`,
        `${nodes.length > 0 ? `on ${nodes.join(', ')}` : 'there'}: why it does not stop`,
        `${nodes.length > 0 ? `在 ${nodes.join('、')} 上` : '在该节点上'}执行：看为何停不下来`,
      ),
      step(
        `pcs resource cleanup ${oneOf(names, 'RESOURCE')}`,
        'after you have made sure that it is really stopped there',
        '确认它在那里真的停止之后执行',
      ),
    ],
  }),
  'multiply-active': ({ subject: { names }, payload: { nodes, agent } }) => ({
    title: both(
      `DANGER: ${listed(names).en} ${areOf(names)} active on ${nodes.length} nodes: ${listed(nodes).en}`,
      `危险：${listed(names).zh} 同时在 ${nodes.length} 个节点上活动：${listed(nodes).zh}`,
    ),
    means: joined(
      both(
        'It may run once only. By default (multiple-active=stop_start) pacemaker stops it everywhere and starts it on one node; until then two run at once.',
        '它只允许运行一份。默认情况下（multiple-active=stop_start），pacemaker 会在所有节点上停止它，再在一个节点上启动；在此之前有两份同时运行。',
      ),
      dangerOf(agent),
    ),
    cause: both(
      'Somebody started it by hand or systemd starts it at boot, or the cluster was split without fencing.',
      '有人手工启动了它，或者 systemd 在开机时启动了它，或者集群在没有隔离的情况下发生过脑裂。',
    ),
    next: [
      step(`crm_resource --locate --resource ${oneOf(names, 'RESOURCE')}`, 'where it is now', '看它现在在哪里'),
      step(
        'systemctl is-enabled SERVICE',
        'what the cluster runs must not start at boot',
        '由集群管理的服务不能开机自启',
      ),
    ],
  }),
  'on-unclean-node': ({ subject: { names }, payload: { node, device } }) => ({
    title: both(
      `${listed(names).en} may still run on ${node}, which is UNCLEAN`,
      `${listed(names).zh} 可能还在状态不明（UNCLEAN）的 ${node} 上运行`,
    ),
    means: device
      ? both(
          'Nobody knows. A fence device may be used from the other nodes meanwhile.',
          '无人知晓。在此期间，其他节点仍可使用该隔离设备。',
        )
      : both(
          'Nobody knows. It is not started elsewhere until that node is fenced.',
          '无人知晓。在隔离该节点之前，不会在别处启动。',
        ),
    next: [historyStep(node)],
  }),
  orphaned: ({ subject: { names }, payload: { nodes } }) => ({
    title: both(
      `${listed(names).en} ${areOf(names)} orphaned: active${onEn(nodes)}, and no longer configured`,
      `${listed(names).zh} 已成孤立资源（ORPHANED）：${onZh(nodes)}仍在活动，但配置中已不存在`,
    ),
    means: both(
      'It was deleted from the configuration while it ran. Pacemaker stops it (stop-orphan-resources, on by default) unless that fails.',
      '它在运行时被从配置中删除。pacemaker 会停止它（stop-orphan-resources，默认启用），除非停止失败。',
    ),
    next: [
      step(
        `pcs resource cleanup ${oneOf(names, 'RESOURCE')}`,
        'forgets it, once it is stopped',
        '停止之后清除它的记录',
      ),
    ],
  }),
  unmanaged: ({ subject: { names } }) => ({
    title: both(`${listed(names).en} ${areOf(names)} unmanaged`, `${listed(names).zh} 未受管理（unmanaged）`),
    means: both(
      'Pacemaker neither starts, stops nor moves what is unmanaged, and does not recover it after a failure.',
      'pacemaker 不启动、不停止、不迁移它，它失败时也不会恢复。',
    ),
    cause: both('Somebody set is-managed=false.', '有人设置了 is-managed=false。'),
    next: [step(`pcs resource manage ${allOf(names, 'RESOURCE…')}`, 'hands it back', '交还给集群管理')],
  }),
  'under-way': ({ subject: { names }, payload: { what, nodes } }) => ({
    title: both(`${listed(names).en}: ${what}${onEn(nodes)}`, `${listed(names).zh}：${onZh(nodes)}${what}`),
    means: both('An operation is under way; look again in a moment.', '操作正在进行，稍后再看。'),
    next: [step('crm_mon -1', 'again', '再看一次')],
  }),
};

function dangerOf(agent: string): Bilingual | undefined {
  if (/:(?:Filesystem|LVM|LVM-activate|drbd|pgsql|mysql)$/.test(agent))
    return both('On shared data that destroys it.', '如果使用共享数据，数据会被损坏。');
  return /:IPaddr2?$/.test(agent) ? both('Two hosts answer for one address.', '两台主机会应答同一个地址。') : undefined;
}
