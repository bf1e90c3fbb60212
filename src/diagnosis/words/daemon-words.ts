import { areOf, both, listed } from '../bilingual.js';
import { allOf, oneOf, step, type WordTable } from './words-of.js';

type DaemonCode =
  | 'daemon-down'
  | 'daemon-not-at-boot'
  | 'daemons-fine'
  | 'pcsd-offline'
  | 'pcsd-unauthorised'
  | 'pcsd-unexplained';

export const DAEMON_WORDS: WordTable<DaemonCode> = {
  'daemon-down': ({ subject: { names }, payload: { active } }) => ({
    title: both(
      `${listed(names).en} ${areOf(names)} ${active} on the node that was asked`,
      `被查询的节点上 ${listed(names).zh} 处于 ${active} 状态`,
    ),
    means: names.includes('pcsd')
      ? both(
          'pcs on other nodes cannot reach this one. The cluster runs without pcsd.',
          '其他节点上的 pcs 无法访问它。集群本身不依赖 pcsd。',
        )
      : both('The cluster cannot run on a node without it.', '没有它，集群就不能在该节点上运行。'),
    cause: both(
      'It was stopped or has failed; a program that runs without systemd is shown so too, as in a container.',
      '它被停止了，或者运行失败；不由 systemd 启动的程序（例如在容器里）也会这样显示。',
    ),
    next: [
      step(`systemctl status ${oneOf(names, 'DAEMON')}`, 'whether it failed, and how', '看是否失败以及如何失败'),
      step(`journalctl -b -u ${oneOf(names, 'DAEMON')}`, 'why', '看原因'),
    ],
  }),
  'daemon-not-at-boot': ({ subject: { names } }) => ({
    title: both(
      `Not started at boot: ${listed(names).en} (active/disabled)`,
      `不会开机自启：${listed(names).zh}（active/disabled）`,
    ),
    means: both(
      `${names.length === 1 ? 'It runs' : 'They run'} now; after a reboot the node does not come back into the cluster by itself. Some want it so, to look at a fenced node before it joins.`,
      '现在正在运行；但重启之后该节点不会自动回到集群。有些环境有意如此，以便在被隔离的节点加入之前先检查。',
    ),
    next: [
      names.includes('pcsd') && names.length === 1
        ? step('systemctl enable pcsd', 'on each node', '在每个节点上执行')
        : step('pcs cluster enable --all', 'starts the cluster at boot, on all nodes', '在所有节点上设为开机自启'),
    ],
  }),
  'daemons-fine': ({ subject: { names } }) => ({
    title: both(`Running, and started at boot: ${listed(names).en}`, `正在运行且开机自启：${listed(names).zh}`),
    means: both('On the node that was asked.', '指被查询的节点。'),
    next: [],
  }),
  'pcsd-offline': ({ subject: { names } }) => ({
    title: both(`pcsd does not answer on ${listed(names).en}`, `${listed(names).zh} 上的 pcsd 没有应答`),
    means: both(
      'pcs cannot manage that node from here. The cluster itself does not need pcsd.',
      '无法从这里用 pcs 管理该节点。集群本身不依赖 pcsd。',
    ),
    cause: both(
      'The node is down, pcsd does not run there, or port 2224 is shut.',
      '该节点已停机、没有运行 pcsd，或者 2224 端口不通。',
    ),
    next: [step('systemctl enable --now pcsd', `on ${listed(names).en}`, `在 ${listed(names).zh} 上执行`)],
  }),
  'pcsd-unauthorised': ({ subject: { names } }) => ({
    title: both(`pcs is not authenticated against ${listed(names).en}`, `pcs 未通过 ${listed(names).zh} 的认证`),
    means: both(
      'pcsd answers there, and does not trust this node: no token, or one that is not valid any more.',
      '那里的 pcsd 有应答，但不信任本节点：没有令牌，或者令牌已失效。',
    ),
    next: [
      step(
        `pcs host auth ${allOf(names, 'NODE…')} -u hacluster`,
        'asks for the password of hacluster (pcs cluster auth, up to 0.9)',
        '会询问 hacluster 的密码（0.9 及更早为 pcs cluster auth）',
      ),
    ],
  }),
  'pcsd-unexplained': ({ subject: { names }, payload: { printed } }) => ({
    title: both(
      `pcsd on ${listed(names).en}: ${printed.join(' ')}`,
      `${listed(names).zh} 上的 pcsd：${printed.join(' ')}`,
    ),
    means: both('halab has no explanation of this one.', 'halab 没有关于它的解释。'),
    next: [step('pcs status pcsd', 'asks again', '重新查询')],
  }),
};
