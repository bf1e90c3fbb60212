import { both, listed } from '../bilingual.js';
import { oneOf, step, type WordTable } from './words-of.js';

type WarningCode =
  | 'no-stonith-device'
  | 'move-constraints'
  | 'node-names-differ'
  | 'stonith-action-option'
  | 'stonith-method-cycle'
  | 'startup-fencing-off'
  | 'watchdog-setting'
  | 'booth-authfile'
  | 'nodes-not-reached'
  | 'deprecated-setting'
  | 'warning-unexplained';

export const WARNING_WORDS: WordTable<WarningCode> = {
  'no-stonith-device': () => ({
    title: both('Fencing is on, and there is no fence device', '隔离已启用，但没有隔离设备'),
    means: both(
      'stonith-enabled is not false and no device is configured, so by default pacemaker starts no resource at all: it could not make sure that a lost node has really stopped.',
      'stonith-enabled 不是 false，又没有配置任何设备，因此 pacemaker 默认不会启动任何资源：它无法确认失去联系的节点真的停止了。',
    ),
    cause: both(
      'A cluster is born like this; a device has to be made, or fencing switched off (in a lab).',
      '新建的集群就是这样；需要创建隔离设备，或者（在实验环境中）关闭隔离。',
    ),
    next: [
      step('pcs stonith list', 'the fence agents there are', '列出可用的隔离代理'),
      step('pcs stonith create NAME AGENT …', 'makes a device', '创建隔离设备'),
      step('pcs property set stonith-enabled=false', 'for a lab only', '仅用于实验环境'),
    ],
  }),
  'move-constraints': ({ subject: { names } }) => ({
    title: both(
      `${listed(names).en} ${names.length === 1 ? 'was' : 'were'} moved, and the constraint of the move is still there`,
      `${listed(names).zh} 被移动过，移动产生的约束仍然存在`,
    ),
    means: both(
      '`pcs resource move` (up to 0.10) and `ban` work by a location constraint, which stays: the resource will not go back, and may have nowhere to go when its node is lost.',
      'pcs resource move（0.10 及更早）和 ban 靠位置约束实现，而这个约束会留下来：资源不会再回去，所在节点失去后可能无处可去。',
    ),
    next: [
      step('pcs constraint location', 'shows it', '查看约束'),
      step(`pcs resource clear ${oneOf(names, 'RESOURCE')}`, 'takes it away', '清除约束'),
    ],
  }),
  'node-names-differ': () => ({
    title: both(
      'corosync and pacemaker know the nodes by different names',
      'corosync 与 pacemaker 使用的节点名称不一致',
    ),
    means: both(
      'Mostly the cluster was set up with addresses. It runs, but pcs commands that take a node name may not find it.',
      '多半是建立集群时使用了 IP 地址。集群可以运行，但需要节点名称的 pcs 命令可能找不到节点。',
    ),
    next: [
      step('crm_node --list', 'pacemaker’s names', 'pacemaker 使用的名称'),
      step('corosync-cmapctl nodelist', 'corosync’s names', 'corosync 使用的名称'),
    ],
  }),
  'stonith-action-option': ({ subject: { names } }) => ({
    title: both(
      `The fence ${names.length === 1 ? 'device' : 'devices'} ${listed(names).en} set 'action'`,
      `隔离设备 ${listed(names).zh} 设置了 action`,
    ),
    means: both(
      'Then the device does that whatever pacemaker asks for, so asking whether a node is on may switch it off. pcmk_off_action and pcmk_reboot_action are what was meant.',
      '这样设备不管 pacemaker 请求什么都会执行该动作，查询节点是否通电时也可能将其断电。应改用 pcmk_off_action 和 pcmk_reboot_action。',
    ),
    next: [step(`pcs stonith update ${oneOf(names, 'DEVICE')} action= pcmk_reboot_action=off`, 'for example', '例如')],
  }),
  'stonith-method-cycle': ({ subject: { names } }) => ({
    title: both(
      `The fence ${names.length === 1 ? 'device' : 'devices'} ${listed(names).en} set method=cycle`,
      `隔离设备 ${listed(names).zh} 设置了 method=cycle`,
    ),
    means: both(
      'A power cycle cannot be checked in between, so the device may report a node as fenced that never was off. onoff switches off, looks, and switches on.',
      '电源重启（cycle）中途无法检查，设备可能把从未断电的节点报告为已隔离。onoff 会先断电、确认，再通电。',
    ),
    next: [step(`pcs stonith update ${oneOf(names, 'DEVICE')} method=onoff`, 'the safe way', '安全的方式')],
  }),
  'startup-fencing-off': () => ({
    title: both('Nodes that have never been seen are taken for stopped', '从未出现过的节点被当作已停止'),
    means: both(
      'startup-fencing is false. If such a node is up and only cut off, its resources run twice.',
      'startup-fencing 为 false。如果这样的节点其实在运行，只是失去联系，它上面的资源就会运行两份。',
    ),
    next: [step('pcs property set startup-fencing=true', 'the default', '恢复默认值')],
  }),
  'watchdog-setting': ({ payload: { printed } }) => ({
    title: both('Fencing by watchdog (sbd) is not set up soundly', '基于看门狗（sbd）的隔离设置有问题'),
    means: both(
      'A node that must be fenced kills itself by its watchdog, and stonith-watchdog-timeout says how long the others wait for that. It must be more than SBD_WATCHDOG_TIMEOUT, sbd must run on every node, and without sbd it must be 0; otherwise a node may be taken for dead that is not.',
      '需要被隔离的节点通过看门狗自行终止，stonith-watchdog-timeout 规定其他节点为此等待多久。它必须大于 SBD_WATCHDOG_TIMEOUT，并且每个节点都要运行 sbd；没有 sbd 时必须为 0。否则可能把仍在运行的节点当作已停止。',
    ),
    lines: printed,
    next: [
      step('pcs stonith sbd status', 'sbd on each node', '各节点上的 sbd'),
      step('pcs property config stonith-watchdog-timeout', 'the value', '当前的值'),
    ],
  }),
  'booth-authfile': ({ payload: { printed } }) => ({
    title: both('booth is not configured soundly', 'booth 的配置有问题'),
    means: both(
      'booth decides which site holds a ticket. Without its authfile anybody may talk to it.',
      'booth 决定哪个站点持有 ticket。没有 authfile 时，任何人都可以与它通信。',
    ),
    lines: printed,
    next: [step('pcs booth config', 'its configuration', '查看其配置')],
  }),
  'nodes-not-reached': ({ payload: { printed } }) => ({
    title: both('pcs could not reach every node', 'pcs 无法访问所有节点'),
    means: both(
      'pcs asks the other nodes through pcsd, port 2224. That is its own way; the cluster may be well all the same.',
      'pcs 通过 pcsd（2224 端口）访问其他节点。这是它自己的通道；集群本身可能一切正常。',
    ),
    cause: both(
      'The node is down, pcsd does not run there, a firewall is in between, or the hosts are not authenticated.',
      '该节点已停机、没有运行 pcsd、被防火墙阻挡，或者主机之间没有认证。',
    ),
    lines: printed,
    next: [
      step('pcs status pcsd', 'which nodes answer', '看哪些节点有应答'),
      step('pcs host auth NODE… -u hacluster', 'where it is about authentication', '如果是认证问题'),
    ],
  }),
  'deprecated-setting': ({ payload: { printed } }) => ({
    title: both('A setting is on its way out', '某项设置即将被弃用'),
    means: both('It works now and will not after an upgrade.', '现在可以使用，升级之后将不再有效。'),
    lines: printed,
    next: [step('crm_verify --live-check -V', 'all that is said of the configuration', '查看关于配置的全部提示')],
  }),
  'warning-unexplained': ({ payload: { printed } }) => ({
    title: both('A warning', '警告'),
    means: both('halab has no explanation of this one.', 'halab 没有关于它的解释。'),
    lines: printed,
    next: [],
  }),
};
