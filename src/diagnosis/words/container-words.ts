import { areOf, both, listed } from '../bilingual.js';
import { oneOf, step, type WordTable, whyStep } from './words-of.js';

type ContainerCode =
  | 'group-partial'
  | 'group-inactive'
  | 'clone-stopped-on'
  | 'clone-not-there'
  | 'clone-without-promoted'
  | 'replica-down';

export const CONTAINER_WORDS: WordTable<ContainerCode> = {
  'group-partial': ({ subject: { names }, payload: { running, down, first, firstIs } }) => ({
    title: both(
      `Group ${listed(names).en} runs in part: ${listed(down).en} ${down.length === 1 ? 'does' : 'do'} not`,
      `资源组 ${listed(names).zh} 只有部分在运行：${listed(down).zh} 没有运行`,
    ),
    means: both(
      `Members start in order, each after the one before it: ${listed(running).en} ${running.length === 1 ? 'runs' : 'run'}. Look at ${first} first, which ${firstIs === 'failed' ? 'has failed' : 'is stopped'}; those after it wait for it.`,
      `成员按顺序启动，前一个运行之后才启动下一个：${listed(running).zh} 正在运行。先看 ${first}，它${firstIs === 'failed' ? '已失败' : '已停止'}；排在后面的都在等它。`,
    ),
    next: [
      whyStep(first),
      step(`pcs resource config ${oneOf(names, 'GROUP')}`, 'the order and the options', '查看顺序和选项'),
    ],
  }),
  'group-inactive': ({ subject: { names }, payload: { hidden } }) => ({
    title: both(
      `Group ${listed(names).en}: ${hidden} ${hidden === 1 ? 'member is' : 'members are'} inactive, and not listed`,
      `资源组 ${listed(names).zh}：有 ${hidden} 个成员没有运行，也没有列出`,
    ),
    means: both(
      'Members start in order, so it is the last ones that are missing.',
      '成员按顺序启动，因此缺少的是排在后面的成员。',
    ),
    next: [step('crm_mon -1 --inactive', 'lists the stopped ones too', '同时列出已停止的资源')],
  }),
  'clone-stopped-on': ({ subject: { names }, payload: { nodes, failed } }) => ({
    title: both(
      `${names.length === 1 ? 'Clone' : 'Clones'} ${listed(names).en} ${names.length === 1 ? 'does' : 'do'} not run on ${listed(nodes).en}, which ${nodes.length === 1 ? 'is' : 'are'} online`,
      `克隆 ${listed(names).zh} 没有在 ${listed(nodes).zh} 上运行，尽管该节点在线`,
    ),
    means: both(
      'A clone runs on every node that may run it. If a constraint keeps it from there, or clone-max is less than the number of nodes, this is meant; otherwise something is wrong there.',
      '克隆会在每个允许的节点上运行。如果有约束不让它在那里运行，或者 clone-max 小于节点数，这就是有意的；否则那里有问题。',
    ),
    ...(failed ? { cause: both('It failed there: see the failed actions.', '它在那里失败了，见失败的操作。') } : {}),
    next: [step('pcs constraint location', 'whether it is meant', '看是否有意为之'), whyStep(oneOf(names, 'CLONE'))],
  }),
  'clone-not-there': ({ subject: { names }, payload: { nodes } }) => ({
    title: both(
      `${listed(names).en} ${names.length === 1 ? 'does' : 'do'} not run on ${listed(nodes).en}, as is to be expected`,
      `${listed(names).zh} 没有在 ${listed(nodes).zh} 上运行，这在意料之中`,
    ),
    means: both('A clone cannot run on a node that is not fully there.', '节点没有完全就绪，克隆自然不能在上面运行。'),
    next: [],
  }),
  'clone-without-promoted': ({ subject: { names }, payload: { nodes } }) => ({
    title: both(
      `Promotable clone ${listed(names).en} has no Promoted instance`,
      `可升级克隆 ${listed(names).zh} 没有 Promoted 实例`,
    ),
    means: both(
      `It runs on ${listed(nodes).en}, everywhere Unpromoted only: a database or DRBD device like this cannot be written to, and what needs the Promoted one waits.`,
      `它在 ${listed(nodes).zh} 上运行，但都只是 Unpromoted：这样的数据库或 DRBD 设备不能写入，依赖 Promoted 实例的资源也在等待。`,
    ),
    cause: both(
      'The agent gives no node a promotion score, because the data is not known to be up to date, or a constraint or a failed promote forbids it.',
      '资源代理没有给任何节点升级分数（promotion score），因为无法确认数据是最新的；或者被约束或失败的升级操作阻止。',
    ),
    next: [
      step('crm_simulate -sL', 'the promotion scores', '查看升级分数'),
      step(
        'pcs status --full',
        'node attributes: master-NAME or promotion scores',
        '节点属性中的 master-名称 或升级分数',
      ),
    ],
  }),
  'replica-down': ({ subject: { names }, payload: { bundle } }) => ({
    title: both(
      `Bundle ${bundle}: ${listed(names).en} ${areOf(names)} down`,
      `资源捆绑包（bundle）${bundle}：${listed(names).zh} 没有运行`,
    ),
    means: both(
      'One container of the bundle, or what runs in it, does not run; the others carry on.',
      '该捆绑包的一个容器（或容器里的程序）没有运行；其余的继续工作。',
    ),
    cause: both(
      'The image cannot be pulled, the container ends, or there are fewer nodes than replicas (one a node, unless replicas-per-host says more).',
      '镜像拉取失败、容器退出，或者节点数少于副本数（除非设置了 replicas-per-host，每个节点一个）。',
    ),
    next: [
      step('pcs status --full', 'the parts of each replica', '各副本的组成部分'),
      step(
        'podman ps -a',
        'on the node: whether the container ended (or docker ps -a)',
        '在节点上执行：看容器是否已退出（或 docker ps -a）',
      ),
    ],
  }),
};
