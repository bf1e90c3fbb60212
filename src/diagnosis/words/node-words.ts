import type { NodeType } from '../../model/cluster-state.js';
import { areOf, type Bilingual, both, joined, listed } from '../bilingual.js';
import type { WhyUnclean } from '../meaning.js';
import { allOf, historyStep, type NextStep, oneOf, step, type WordTable } from './words-of.js';

type NodeCode =
  | 'nodes-online'
  | 'node-offline'
  | 'node-unclean'
  | 'node-pending'
  | 'node-standby'
  | 'node-standby-on-fail'
  | 'node-maintenance'
  | 'node-health'
  | 'node-leftover'
  | 'node-unlisted';

const KINDS: { readonly [T in NodeType]: { readonly one: Bilingual; readonly many: Bilingual } } = {
  member: { one: both('Node', '节点'), many: both('Nodes', '节点') },
  remote: { one: both('Remote node', '远程节点'), many: both('Remote nodes', '远程节点') },
  guest: { one: both('Guest node', 'guest 节点'), many: both('Guest nodes', 'guest 节点') },
};

/** `Node a is` or `Nodes a, b are`, and in Chinese the names alone. */
function named(type: NodeType, names: readonly string[]): Bilingual {
  const kind = names.length === 1 ? KINDS[type].one : KINDS[type].many;
  return both(`${kind.en} ${listed(names).en} ${areOf(names)}`, `${kind.zh} ${listed(names).zh}`);
}

export const NODE_WORDS: WordTable<NodeCode> = {
  'nodes-online': ({ subject: { names } }) => ({
    title: both(`Online: ${listed(names).en}`, `在线：${listed(names).zh}`),
    means: both(
      `${names.length === 1 ? 'It takes part, and may' : 'They take part, and may'} run resources.`,
      '正常参与集群，可以运行资源。',
    ),
    next: [],
  }),
  'node-offline': ({ subject: { names }, payload: { type, fencedAt } }) => ({
    title: both(`${named(type, names).en} OFFLINE`, `${named(type, names).zh} 离线（OFFLINE）`),
    means:
      type === 'member'
        ? both(
            'Not heard by the others, and taken for stopped: shut down in an orderly way, fenced, not started yet, or, with fencing off, simply lost. What ran there may run elsewhere.',
            '其他节点收不到它的心跳，认为它已停止：它是正常离开的、已被隔离、尚未启动，或者在隔离关闭的情况下直接失联。它原先运行的资源可以在别处运行。',
          )
        : both(
            'pacemaker has no connection to pacemaker_remote there, so nothing can run on it.',
            'pacemaker 与那里的 pacemaker_remote 没有连接，因此不能在上面运行任何资源。',
          ),
    ...(fencedAt === undefined ? {} : { cause: both(`It was fenced at ${fencedAt}.`, `它在 ${fencedAt} 被隔离。`) }),
    next: type === 'member' ? memberDown(names) : otherDown(names),
  }),
  'node-unclean': ({ subject: { names }, payload: { type, as, why } }) => ({
    title: both(`${named(type, names).en} UNCLEAN (${as})`, `${named(type, names).zh} 状态不明（UNCLEAN，${as}）`),
    means: joined(
      both(
        'The cluster does not know whether anything still runs there, and wants fencing before it starts that elsewhere.',
        '集群不知道它是否还在运行资源，要先把它隔离，才会在别处启动这些资源。',
      ),
      as === 'online'
        ? both(
            'It still answers, so something on it failed that only fencing can clear, mostly a stop.',
            '它仍有应答，说明上面发生了只有隔离才能清除的失败，多半是停止操作失败。',
          )
        : undefined,
    ),
    ...(WHY_UNCLEAN[why] === undefined ? {} : { cause: WHY_UNCLEAN[why] }),
    next: uncleanSteps(oneOf(names, 'NODE'), why),
  }),
  'node-pending': ({ subject: { names }, payload: { type } }) => ({
    title: both(`${named(type, names).en} pending`, `${named(type, names).zh} 正在加入（pending）`),
    means: both(
      'Heard by corosync and counted for quorum, but pacemaker there has not joined yet, and nothing runs there so far. That lasts seconds after a start.',
      'corosync 能收到它的心跳，它也计入法定票数，但上面的 pacemaker 还没有加入；目前不运行任何资源。启动后这种状态只应持续几秒。',
    ),
    cause: both(
      'It is starting. If it stays so, pacemaker hangs there, or the DC refuses it.',
      '它正在启动。如果一直如此，说明那里的 pacemaker 卡住了，或者 DC 拒绝它加入。',
    ),
    next: [
      step('journalctl -b -u pacemaker', 'on that node, and on the DC', '在该节点和 DC 上执行'),
      step('crm_mon -1', 'again, to see whether it moves on', '再看一次，确认是否有变化'),
    ],
  }),
  'node-standby': ({ subject: { names }, payload: { withResources } }) => ({
    title: both(`${named('member', names).en} in standby`, `${named('member', names).zh} 处于待机（standby）`),
    means: joined(
      both('Still a member with a vote, but no resource may run there.', '它仍是成员，有投票权，但不能运行资源。'),
      withResources
        ? both(
            'Some still do: they are on their way off, or cannot go anywhere.',
            '它还在运行一些资源：它们正在迁走，或者无处可去。',
          )
        : undefined,
    ),
    cause: both(
      'Somebody asked for it, for maintenance or an exercise. It stays so after a restart.',
      '有人为了维护或练习这样设置。重启之后仍然有效。',
    ),
    next: [
      step(
        `pcs node unstandby ${allOf(names, 'NODE…')}`,
        'when the work is done (pcs cluster unstandby, up to 0.9)',
        '维护结束后执行（0.9 及更早为 pcs cluster unstandby）',
      ),
    ],
  }),
  'node-standby-on-fail': ({ subject: { names } }) => ({
    title: both(
      `${named('member', names).en} in standby because of a failure`,
      `${named('member', names).zh} 因失败而待机（standby）`,
    ),
    means: both(
      'An operation with on-fail=standby failed there, so it may run no resource until somebody has looked.',
      '那里一个带有 on-fail=standby 的操作失败了，因此在有人处理之前它不能运行资源。',
    ),
    cause: both('See the failed actions.', '见失败的操作。'),
    next: [
      step('pcs resource failcount show', 'which resource failed', '看是哪个资源失败'),
      step('pcs resource cleanup RESOURCE', 'once it is mended: ends this standby', '修好之后执行：结束这种待机'),
    ],
  }),
  'node-maintenance': ({ subject: { names } }) => ({
    title: both(`${named('member', names).en} in maintenance`, `${named('member', names).zh} 处于维护模式`),
    means: both(
      'Resources there run on without being started, stopped or monitored by pacemaker.',
      '上面的资源继续运行，但 pacemaker 不启动、不停止、也不监控它们。',
    ),
    cause: both('Somebody put it there.', '有人这样设置。'),
    next: [step(`pcs node unmaintenance ${allOf(names, 'NODE…')}`, 'when the work is done', '维护结束后执行')],
  }),
  'node-health': ({ subject: { names }, payload: { health } }) => ({
    title: both(`The health of ${listed(names).en} is ${health}`, `${listed(names).zh} 的健康状态为 ${health}`),
    means:
      health === 'red'
        ? both(
            'A health agent reports trouble there. Depending on node-health-strategy, resources leave the node.',
            '健康检查代理报告该节点有问题。根据 node-health-strategy，资源会离开该节点。',
          )
        : both(
            'A health agent sees trouble coming there: disk, load or temperature.',
            '健康检查代理发现了征兆：磁盘、负载或温度。',
          ),
    next: [
      step('crm_mon -1A', 'the attributes that begin with #health', '查看以 #health 开头的属性'),
      step('pcs property config node-health-strategy', 'what follows from it', '看会有什么后果'),
    ],
  }),
  'node-leftover': ({ subject: { names }, payload: { id, unclean } }) => ({
    title: both(
      `Node ${listed(names).en} ${areOf(names)} listed twice: online, and ${unclean ? 'UNCLEAN' : 'offline'} under ${id === undefined ? 'another id' : `the id ${id}`}`,
      `节点 ${listed(names).zh} 列出了两次：一次在线，另一次在 ${id === undefined ? '另一个 id' : `id ${id}`} 下${unclean ? '状态不明（UNCLEAN）' : '离线'}`,
    ),
    means: both(
      'There is one machine. Its id in corosync changed, and pacemaker kept what it knew under the old one.',
      '实际上只有一台机器。它在 corosync 中的 id 变了，而 pacemaker 还保留着旧 id 的条目。',
    ),
    next: [
      step('crm_node -l', 'all ids and names', '查看所有 id 和名称'),
      step(
        `cibadmin --delete --xml-text '<node id="${id ?? 'ID'}"/>'`,
        'takes the old entry away, and with node_state for node what was recorded of it',
        '删除旧条目；把 node 换成 node_state 则删除其状态记录',
      ),
    ],
  }),
  'node-unlisted': ({ subject: { names }, payload: { resources } }) => ({
    title: both(
      `${listed(names).en} ${areOf(names)} not in the list of nodes, yet ${listed(resources).en} ${areOf(resources)} said to be there`,
      `${listed(names).zh} 不在节点列表中，却显示 ${listed(resources).zh} 在它上面`,
    ),
    means: both(
      'crm_mon leaves out guest nodes that are not online: it is a machine or container that the cluster runs, and it is lost.',
      'crm_mon 不列出离线的 guest 节点：它是由集群运行的虚拟机或容器，现在已经失去。',
    ),
    next: [step('crm_mon -1 --inactive', 'how the resource that runs it stands', '看运行它的那个资源的状态')],
  }),
};

function memberDown(names: readonly string[]): readonly NextStep[] {
  const node = oneOf(names, 'NODE');
  return [
    step(
      'systemctl status corosync pacemaker',
      `on ${node}: whether the cluster runs there`,
      `在 ${node} 上执行：看集群是否在运行`,
    ),
    step('corosync-cfgtool -s', 'whether its heartbeat arrives', '看能否收到它的心跳'),
    step(`pcs cluster start ${node}`, 'if it was only stopped', '如果只是被停止了'),
    historyStep(node),
  ];
}

function otherDown(names: readonly string[]): readonly NextStep[] {
  const node = oneOf(names, 'NODE');
  return [
    step('systemctl status pacemaker_remote', `on ${node}`, `在 ${node} 上执行`),
    step('pcs status --full', 'the resource that makes the connection', '查看负责该连接的资源'),
  ];
}

const WHY_UNCLEAN: { readonly [W in WhyUnclean]: Bilingual | undefined } = {
  'no-dc': both(
    'There is no DC, so nobody has seen the nodes yet: all of them are shown so until one is elected.',
    '没有 DC，还没有人确认过这些节点：在选出 DC 之前它们都会这样显示。',
  ),
  'no-quorum': both(
    'This partition has no quorum, and without it nobody is fenced.',
    '本分区没有法定票数，而没有法定票数就不会隔离任何节点。',
  ),
  'no-device': both(
    'There is no fence device, so it cannot be fenced and stays unclean.',
    '没有隔离设备，无法将它隔离，因此会一直处于这种状态。',
  ),
  'stonith-disabled': both('Fencing is switched off, so nobody will fence it.', '隔离已关闭，不会有人去隔离它。'),
  'fencing-failed': both(
    'Fencing it has been tried, and failed; see there.',
    '已经尝试隔离它，但是失败了，见对应条目。',
  ),
  'fencing-pending': both('Fencing it is under way.', '正在隔离它。'),
  'not-told': undefined,
};

function uncleanSteps(node: string, why: WhyUnclean): readonly NextStep[] {
  const confirm = step(
    `pcs stonith confirm ${node}`,
    'ONLY when you have seen that it is off; if it is not, this destroys data',
    '仅在亲眼确认它已断电之后执行，否则会损坏数据',
  );
  if (why === 'no-dc') return [step('corosync-quorumtool -s', 'who is a member', '看谁是成员')];
  return [
    historyStep(node),
    ...(why === 'no-device' ? [step('pcs stonith list', 'the fence agents there are', '列出可用的隔离代理')] : []),
    step('journalctl -u pacemaker', 'on the DC: why it is unclean', '在 DC 上执行：看状态不明的原因'),
    confirm,
  ];
}
