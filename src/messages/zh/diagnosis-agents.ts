import type { DIAGNOSIS_AGENTS as EN } from '../en/diagnosis-agents.js';
import type { Translation } from '../translation.js';

export const DIAGNOSIS_AGENTS: Translation<typeof EN> = {
  'agent.on-node': ({ why }) => `在该节点上执行：${why}`,
  'agent.stonith.usual':
    '对隔离设备来说，启动和监控就是向设备查询状态：从那里访问不到设备，或者登录信息、端口有误。真正隔离时也会同样失败。',
  'agent.stonith.pcs-stonith-config': '查看地址、登录信息和端口',
  'agent.systemd.usual': 'systemd 单元自身失败，或者它在 systemd 中被启用，绕过集群被启动或停止。',
  'agent.systemd.systemctl-status': '查看单元状态',
  'agent.systemd.journalctl': '查看它自己的日志',
  'agent.lsb.usual': 'init 脚本常常不符合 LSB 规范：停止时 status 必须返回 3，无事可做时 start 和 stop 也必须成功。',
  'agent.lsb.init-script': '0 表示运行中，3 表示已停止',
  'agent.remote.usual':
    '这是与 pacemaker_remote（3121 端口）的连接：虚拟机或容器停机、守护进程没有运行，或者 /etc/pacemaker/authkey 不一致。',
  'agent.remote.nc': '看端口是否应答',
  'agent.address.usual': '网口已停掉或没有该网段的地址，或者该地址已被别处占用。',
  'agent.address.ip-address': '查看网口和地址',
  'agent.filesystem.usual': '设备不存在、文件系统需要检查，或者还有进程在使用它（fuser -vm）。',
  'agent.filesystem.findmnt-lsblk': '查看设备和挂载',
  'agent.filesystem.dmesg-tail': '查看内核错误',
  'agent.web.usual': '配置有错误、端口被占用，或者监控所访问的页面（statusurl）没有应答。',
  'agent.web.configtest': '检查配置是否正确',
  'agent.database.usual': '数据库自己的日志会说明原因；复制延迟或中断也会表现在这里。',
  'agent.machine.usual': '多半是虚拟机或容器本身没有运行：查看虚拟化平台或容器引擎。',
  'agent.machine.virsh-list': '查看虚拟机状态',
  'agent.machine.podman-ps': '看容器是否已退出（或 docker ps -a）',
  'agent.storage.usual': '底层设备缺失、正被占用，或者没有同步。',
  'agent.storage.drbdadm-status': '查看角色、连接和磁盘',
  'agent.storage.lsblk': '查看设备',
};
