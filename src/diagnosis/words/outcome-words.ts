import { type Bilingual, both } from '../bilingual.js';
import type { Outcome } from '../outcome.js';

/** What an outcome means and what is usually behind it; how pacemaker takes it ("Pacemaker Explained", OCF return codes). */
export interface OutcomeWords {
  readonly name: Bilingual;
  readonly causes: Bilingual;
  /** `hard`: not tried on this node again. `fatal`: on none. `soft`: may be tried here again. */
  readonly taken: 'soft' | 'hard' | 'fatal';
}

export const OUTCOME_WORDS: { readonly [O in Outcome]: OutcomeWords } = {
  error: {
    name: both('error (1)', '出错（1）'),
    causes: both(
      'The agent’s general error: only its reason or the log says what.',
      '代理的一般性错误：只有它给出的原因或日志才能说明。',
    ),
    taken: 'soft',
  },
  arguments: {
    name: both('invalid parameter (2)', '参数无效（2）'),
    causes: both(
      'A parameter is wrong on this node: a file, device or interface that is named there does not exist here.',
      '某个参数在本节点上无效：其中指定的文件、设备或网口在这里不存在。',
    ),
    taken: 'hard',
  },
  unimplemented: {
    name: both('unimplemented (3)', '未实现（3）'),
    causes: both(
      'The agent does not know this operation: a promotable clone of an agent that cannot be promoted, or an init script without status.',
      '代理不支持该操作：例如把不支持升级的代理做成可升级克隆，或者 init 脚本没有 status。',
    ),
    taken: 'hard',
  },
  privileges: {
    name: both('insufficient privileges (4)', '权限不足（4）'),
    causes: both(
      'The agent may not do it: not executable, wrong owner or mode, or SELinux or AppArmor forbids it.',
      '代理无权执行：没有可执行权限、属主或权限位不对，或者被 SELinux、AppArmor 阻止。',
    ),
    taken: 'hard',
  },
  'not-installed': {
    name: both('not installed (5)', '未安装（5）'),
    causes: both(
      'The program, or the agent itself, is not on this node: a package is missing here that the other nodes have.',
      '本节点上没有该程序或该代理：缺少其他节点上已有的软件包。',
    ),
    taken: 'hard',
  },
  'not-configured': {
    name: both('not configured (6)', '未正确配置（6）'),
    causes: both(
      'The resource’s own configuration is wrong, on any node: a required parameter is missing or cannot be right.',
      '资源本身的配置有误，在任何节点上都一样：缺少必需的参数，或者参数不可能正确。',
    ),
    taken: 'fatal',
  },
  'not-running': {
    name: both('not running (7)', '未运行（7）'),
    causes: both(
      'It died, or somebody stopped it outside the cluster (systemctl, kill, ip addr del).',
      '它自己退出了，或者有人绕过集群把它停止了（systemctl、kill、ip addr del）。',
    ),
    taken: 'soft',
  },
  promoted: {
    name: both('promoted, and should not be (8)', '处于 Promoted，但不应如此（8）'),
    causes: both(
      'It was promoted outside the cluster, or a demote did not take effect.',
      '它被绕过集群升级了，或者降级没有生效。',
    ),
    taken: 'soft',
  },
  'failed-promoted': {
    name: both('failed while promoted (9)', '在 Promoted 状态下失败（9）'),
    causes: both(
      'The Promoted instance is there, and does not work: pacemaker demotes and restarts it, or promotes another.',
      'Promoted 实例还在，但不能正常工作：pacemaker 会将它降级并重启，或者升级另一个实例。',
    ),
    taken: 'soft',
  },
  'connection-died': {
    name: both('connection lost (189)', '连接断开（189）'),
    causes: both(
      'pacemaker lost the connection to what runs the agents on that node: pacemaker_remote or the executor died there, or the network did.',
      'pacemaker 与该节点上执行代理的进程断开了连接：那里的 pacemaker_remote 或执行进程退出，或者网络中断。',
    ),
    taken: 'soft',
  },
  degraded: {
    name: both('degraded (190)', '降级运行（190）'),
    causes: both(
      'It runs, but the agent expects it to fail soon: a path, disk or replica is lost. Pacemaker counts it as running.',
      '它在运行，但代理预计它很快会失败：丢失了一条路径、一块磁盘或一个副本。pacemaker 仍视其为运行中。',
    ),
    taken: 'soft',
  },
  'timed-out': {
    name: both('timed out', '超时'),
    causes: both(
      'The agent did not end in time and was killed: it hangs (storage or a server that does not answer) or the node is overloaded. Find out first; a longer timeout cures only what is slow, not what hangs.',
      '代理没有在规定时间内结束，被强行终止：它卡住了（存储或服务器没有应答），或者节点负载过高。先查明原因；延长超时只对“慢”有效，对“卡住”无效。',
    ),
    taken: 'soft',
  },
  'not-executed': {
    name: both('could not be run', '无法执行'),
    causes: both(
      'The agent was not run at all: it is missing, the connection to the node is lost, or the process could not be started.',
      '代理根本没有运行：它不存在、与节点的连接断开，或者进程无法启动。',
    ),
    taken: 'soft',
  },
  cancelled: {
    name: both('cancelled', '已取消'),
    causes: both('Pacemaker itself called it off.', '由 pacemaker 自己取消。'),
    taken: 'soft',
  },
  unknown: {
    name: both('failed', '失败'),
    causes: both('What is printed does not say how.', '这里没有给出失败的方式。'),
    taken: 'soft',
  },
};
