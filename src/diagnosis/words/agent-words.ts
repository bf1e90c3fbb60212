import { type AgentKind, agentTypeOf } from '../agents.js';
import { type Bilingual, both } from '../bilingual.js';
import { argument, type NextStep, step } from './words-of.js';

interface AgentWords {
  /** What is mostly the matter where resources of this kind fail. */
  readonly usual?: Bilingual;
  /** What to look at on the node, apart from the cluster. */
  readonly look: (agent: string, resource: string) => readonly NextStep[];
}

const onNode = (command: string, en: string, zh: string): NextStep =>
  step(command, `on the node: ${en}`, `在该节点上执行：${zh}`);

export const AGENT_WORDS: { readonly [K in AgentKind]: AgentWords } = {
  stonith: {
    usual: both(
      'For a fence device, start and monitor ask it for its status: it is not reached from there, or login or plug are wrong. Fencing by it would fail alike.',
      '对隔离设备来说，启动和监控就是向设备查询状态：从那里访问不到设备，或者登录信息、端口有误。真正隔离时也会同样失败。',
    ),
    look: (agent, resource) => [
      step(`pcs stonith config ${argument(resource, 'DEVICE')}`, 'address, login and plug', '查看地址、登录信息和端口'),
      onNode(
        `${argument(agentTypeOf(agent), 'fence_AGENT')} … -o status`,
        'by hand, with the same options',
        '用相同参数手工执行',
      ),
    ],
  },
  systemd: {
    usual: both(
      'The unit itself fails, or is enabled in systemd and started or stopped beside the cluster.',
      'systemd 单元自身失败，或者它在 systemd 中被启用，绕过集群被启动或停止。',
    ),
    look: (agent) => [
      onNode(`systemctl status ${argument(agentTypeOf(agent), 'UNIT')}`, 'how the unit stands', '查看单元状态'),
      onNode(`journalctl -u ${argument(agentTypeOf(agent), 'UNIT')}`, 'its own log', '查看它自己的日志'),
    ],
  },
  lsb: {
    usual: both(
      'Init scripts often do not keep to LSB: status must give 3 when stopped, and start and stop must succeed when there is nothing to do.',
      'init 脚本常常不符合 LSB 规范：停止时 status 必须返回 3，无事可做时 start 和 stop 也必须成功。',
    ),
    look: (agent) => [
      onNode(
        `/etc/init.d/${argument(agentTypeOf(agent), 'SCRIPT')} status; echo $?`,
        '0 running, 3 stopped',
        '0 表示运行中，3 表示已停止',
      ),
    ],
  },
  remote: {
    usual: both(
      'This is the connection to pacemaker_remote, port 3121: the machine or container is down, the daemon does not run there, or /etc/pacemaker/authkey differs.',
      '这是与 pacemaker_remote（3121 端口）的连接：虚拟机或容器停机、守护进程没有运行，或者 /etc/pacemaker/authkey 不一致。',
    ),
    look: (_agent, resource) => [
      step('systemctl status pacemaker_remote', `on ${resource}`, `在 ${resource} 上执行`),
      onNode(`nc -vz ${argument(resource, 'NODE')} 3121`, 'whether the port answers', '看端口是否应答'),
    ],
  },
  address: {
    usual: both(
      'The interface is down or has no address in that network, or the address is in use elsewhere.',
      '网口已停掉或没有该网段的地址，或者该地址已被别处占用。',
    ),
    look: () => [onNode('ip -br address', 'interfaces and addresses', '查看网口和地址')],
  },
  filesystem: {
    usual: both(
      'The device is not there, the file system needs a check, or something still has it open (fuser -vm).',
      '设备不存在、文件系统需要检查，或者还有进程在使用它（fuser -vm）。',
    ),
    look: () => [
      onNode('findmnt; lsblk -f', 'devices and mounts', '查看设备和挂载'),
      onNode('dmesg | tail', 'errors of the kernel', '查看内核错误'),
    ],
  },
  web: {
    usual: both(
      'The configuration has a fault, the port is taken, or the page that monitor asks for (statusurl) does not answer.',
      '配置有错误、端口被占用，或者监控所访问的页面（statusurl）没有应答。',
    ),
    look: (agent) => [
      onNode(
        agentTypeOf(agent) === 'nginx' ? 'nginx -t' : 'apachectl configtest',
        'whether the configuration is sound',
        '检查配置是否正确',
      ),
    ],
  },
  database: {
    usual: both(
      'The database’s own log says why; replication that is behind or broken shows here too.',
      '数据库自己的日志会说明原因；复制延迟或中断也会表现在这里。',
    ),
    look: () => [],
  },
  machine: {
    usual: both(
      'Often the machine or container itself does not run: look at the hypervisor or the container engine.',
      '多半是虚拟机或容器本身没有运行：查看虚拟化平台或容器引擎。',
    ),
    look: (agent) => [
      agentTypeOf(agent) === 'VirtualDomain'
        ? onNode('virsh list --all', 'how the machine stands', '查看虚拟机状态')
        : onNode(
            'podman ps -a',
            'whether the container ended (or docker ps -a)',
            '看容器是否已退出（或 docker ps -a）',
          ),
    ],
  },
  storage: {
    usual: both('The device below is missing, in use, or not in sync.', '底层设备缺失、正被占用，或者没有同步。'),
    look: (agent) => [
      agentTypeOf(agent) === 'drbd'
        ? onNode('drbdadm status', 'role, connection and disk', '查看角色、连接和磁盘')
        : onNode('lsblk', 'devices', '查看设备'),
    ],
  },
  other: { look: () => [] },
};
