import { areOf, type Bilingual, both, listed } from '../bilingual.js';
import { allOf, argument, historyStep, oneOf, step, type WordTable, whyStep } from './words-of.js';

type StoppedCode =
  | 'stopped-disabled'
  | 'stopped-by-stop-all'
  | 'stopped-locked'
  | 'stopped-unmanaged'
  | 'stopped-no-dc'
  | 'stopped-no-quorum'
  | 'stopped-no-device'
  | 'stopped-no-node'
  | 'stopped-after-failure'
  | 'stopped-waits-for-fencing'
  | 'stopped-banned'
  | 'stopped-ticket'
  | 'stopped-behind'
  | 'stopped-unexplained';

/** `a, b are stopped: why`. */
function stopped(names: readonly string[], en: string, zh: string): Bilingual {
  return both(`${listed(names).en} ${areOf(names)} stopped: ${en}`, `${listed(names).zh} 已停止：${zh}`);
}

export const STOPPED_WORDS: WordTable<StoppedCode> = {
  'stopped-disabled': ({ subject: { names } }) => ({
    title: stopped(names, 'disabled', '已禁用（disabled）'),
    means: both(
      'Somebody asked for it (target-role=Stopped), so this is as it should be.',
      '有人要求这样（target-role=Stopped），因此是正常的。',
    ),
    next: [step(`pcs resource enable ${allOf(names, 'RESOURCE…')}`, 'lets it start', '允许启动')],
  }),
  'stopped-by-stop-all': ({ subject: { names } }) => ({
    title: stopped(names, 'stop-all-resources is set', '设置了 stop-all-resources'),
    means: both('Nothing starts while it is.', '在取消之前不会启动任何资源。'),
    next: [step('pcs property set stop-all-resources=false', 'lets them start again', '允许资源重新启动')],
  }),
  'stopped-locked': ({ subject: { names }, payload: { node } }) => ({
    title: stopped(names, `kept for ${node} until it is back`, `为 ${node} 保留，等它回来`),
    means: both(
      'shutdown-lock is on: when a node is shut down in an orderly way, its resources wait for it instead of moving, for shutdown-lock-limit at most.',
      '启用了 shutdown-lock：节点正常关机时，其资源会等它回来而不迁移，最长等待 shutdown-lock-limit。',
    ),
    next: [
      step(
        `pcs resource refresh ${oneOf(names, 'RESOURCE')} node=${argument(node, 'NODE')}`,
        'gives the lock up',
        '放弃锁定',
      ),
    ],
  }),
  'stopped-unmanaged': ({ subject: { names }, payload: { by } }) => ({
    title:
      by === 'maintenance-mode'
        ? stopped(names, 'the cluster is in maintenance mode', '集群处于维护模式')
        : stopped(names, 'unmanaged', '未受管理（unmanaged）'),
    means: both('Pacemaker does not start what it does not manage.', 'pacemaker 不会启动不归它管理的资源。'),
    next: [
      by === 'maintenance-mode'
        ? step('pcs property set maintenance-mode=false', 'when the work is done', '维护结束后执行')
        : step(`pcs resource manage ${allOf(names, 'RESOURCE…')}`, 'hands it back', '交还给集群管理'),
    ],
  }),
  'stopped-no-dc': ({ subject: { names } }) => ({
    title: stopped(names, 'there is no DC', '没有 DC'),
    means: both('Nobody decides to start anything.', '没有人来决定启动它。'),
    next: [step('pcs status', 'again, once there is a DC', '选出 DC 之后再看')],
  }),
  'stopped-no-quorum': ({ subject: { names } }) => ({
    title: stopped(names, 'no quorum', '没有法定票数'),
    means: both(
      'Comes back by itself when this partition has quorum again; another partition may run it meanwhile.',
      '本分区恢复法定票数后会自动启动；在此期间它可能在另一个分区运行。',
    ),
    next: [step('corosync-quorumtool -s', 'who is missing', '看缺了谁')],
  }),
  'stopped-no-device': ({ subject: { names } }) => ({
    title: stopped(names, 'fencing is on and there is no fence device', '隔离已启用，但没有隔离设备'),
    means: both('Starts as soon as there is a device, or fencing is off.', '有了隔离设备或关闭隔离之后就会启动。'),
    next: [
      step('pcs stonith create NAME AGENT …', 'makes a device', '创建隔离设备'),
      step('pcs property set stonith-enabled=false', 'for a lab only', '仅用于实验环境'),
    ],
  }),
  'stopped-no-node': ({ subject: { names } }) => ({
    title: stopped(names, 'no node can run it now', '现在没有节点可以运行它'),
    means: both(
      'Every node is offline, unclean, in standby or in maintenance.',
      '所有节点都离线、状态不明、待机或处于维护模式。',
    ),
    next: [step('pcs node unstandby --all', 'if they are only in standby', '如果只是待机')],
  }),
  'stopped-after-failure': ({ subject: { names }, payload: { node, operation, said, everywhere } }) => ({
    title: stopped(
      names,
      `${operation === undefined ? 'it failed too often' : `its ${operation} failed`}${node === undefined ? '' : ` on ${node}`}${said === undefined ? '' : ` (${said})`}`,
      `${node === undefined ? '' : `在 ${node} 上`}${operation === undefined ? '失败次数过多' : `${operation} 失败`}${said === undefined ? '' : `（${said}）`}`,
    ),
    means: everywhere
      ? both(
          'It says that it is not configured rightly, which pacemaker takes to be so on every node: it is not tried again anywhere.',
          '它报告配置有误，pacemaker 认为在任何节点上都是如此：不会再在任何地方尝试。',
        )
      : both(
          'It is not tried there again until the failure is cleaned up, and no other node takes it: it failed there too, or may not run there.',
          '清除失败记录之前不会再在那里尝试，也没有其他节点接手：在那里也失败过，或者不允许运行。',
        ),
    cause: both('See the failed action for the reason.', '原因见失败的操作。'),
    next: [
      step(`pcs resource failcount show ${oneOf(names, 'RESOURCE')}`, 'on which nodes', '看在哪些节点上失败'),
      step(
        `pcs resource cleanup ${oneOf(names, 'RESOURCE')}`,
        'after mending: it is tried again',
        '修好之后执行：会重新尝试',
      ),
    ],
  }),
  'stopped-waits-for-fencing': ({ subject: { names }, payload: { nodes } }) => ({
    title: stopped(names, `waits until ${listed(nodes).en} ${areOf(nodes)} fenced`, `等待 ${listed(nodes).zh} 被隔离`),
    means: both(
      'By default (requires=fencing) nothing is started while a node is unclean, for it may run there.',
      '默认情况下（requires=fencing），只要有节点状态不明就不会启动资源，因为资源可能还在那里运行。',
    ),
    next: [historyStep(oneOf(nodes, 'NODE'))],
  }),
  'stopped-banned': ({ subject: { names }, payload: { nodes } }) => ({
    title: stopped(
      names,
      `banned from every node that is there (${listed(nodes).en})`,
      `被禁止在所有可用节点上运行（${listed(nodes).zh}）`,
    ),
    means: both('Location constraints leave it nowhere to go.', '位置约束使它无处可去。'),
    next: [
      step('pcs constraint location', 'which', '看是哪些约束'),
      step(
        `pcs resource clear ${oneOf(names, 'RESOURCE')}`,
        'takes those of move and ban away',
        '清除 move 和 ban 留下的约束',
      ),
    ],
  }),
  'stopped-ticket': ({ subject: { names }, payload: { tickets } }) => ({
    title: stopped(
      names,
      `perhaps for want of the ticket ${listed(tickets).en}`,
      `可能是因为缺少 ticket ${listed(tickets).zh}`,
    ),
    means: both(
      'If it depends on that ticket, it runs at the site that holds it.',
      '如果它依赖该 ticket，就会在持有 ticket 的站点运行。',
    ),
    next: [step('pcs constraint ticket', 'whether it does', '看是否依赖'), whyStep(oneOf(names, 'RESOURCE'))],
  }),
  'stopped-behind': ({ subject: { names }, payload: { first, container } }) => ({
    title: stopped(names, `waits for ${first} in ${container}`, `等待 ${container} 中的 ${first}`),
    means: both('Members of a group start in order. Look at the first one.', '资源组的成员按顺序启动，先看第一个。'),
    next: [],
  }),
  'stopped-unexplained': ({ subject: { names }, payload: { device } }) => ({
    title: stopped(names, 'this output does not say why', '这里没有给出原因'),
    means: device
      ? both(
          'A fence device that is stopped is not monitored: nobody knows whether it would work when it is needed.',
          '已停止的隔离设备不受监控：没有人知道需要时它能否工作。',
        )
      : both(
          'Nothing here keeps it from running: no failure, no ban, quorum is there and so are nodes.',
          '从这里看不出有什么阻止它运行：没有失败，没有禁止，有法定票数，也有节点。',
        ),
    cause: device
      ? both(
          'Mostly its start failed, which checks whether the device answers, and the failure was cleaned up; or it is disabled or banned.',
          '多半是启动失败（启动时会检查设备有无应答），而失败记录已被清除；或者它被禁用、被禁止。',
        )
      : both(
          'It is about to be started (look again), a constraint not printed here (location, order, colocation), or a failure that was cleaned up.',
          '它马上就会启动（请稍后再看），有这里没有给出的约束（位置、顺序、共置），或者失败记录已被清除。',
        ),
    next: [
      whyStep(oneOf(names, 'RESOURCE')),
      step('pcs constraint', 'all constraints', '查看全部约束'),
      step('crm_simulate -sL', 'what pacemaker would do, and its scores', '看 pacemaker 会怎么做，以及各项分数'),
      ...(device ? [step('pcs stonith config', 'how the device is reached', '查看设备的连接方式')] : []),
    ],
  }),
};
