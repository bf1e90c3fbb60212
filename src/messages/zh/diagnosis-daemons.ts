import type { DIAGNOSIS_DAEMONS as EN } from '../en/diagnosis-daemons.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const DIAGNOSIS_DAEMONS: Translation<typeof EN> = {
  'daemon-down.title': ({ names, active }) => `被查询的节点上 ${list(names)} 处于 ${active} 状态`,
  'daemon-down.means.pcsd': '其他节点上的 pcs 无法访问它。集群本身不依赖 pcsd。',
  'daemon-down.means.cluster': '没有它，集群就不能在该节点上运行。',
  'daemon-down.cause': '它被停止了，或者运行失败；不由 systemd 启动的程序（例如在容器里）也会这样显示。',
  'daemon-down.systemctl-status': '看是否失败以及如何失败',
  'daemon-down.journalctl': '看原因',
  'daemon-not-at-boot.title': ({ names }) => `不会开机自启：${list(names)}（active/disabled）`,
  'daemon-not-at-boot.means':
    '现在正在运行；但重启之后该节点不会自动回到集群。有些环境有意如此，以便在被隔离的节点重新加入之前先检查。',
  'daemon-not-at-boot.systemctl-enable-pcsd': '在每个节点上执行',
  'daemon-not-at-boot.pcs-cluster-enable': '在所有节点上设为开机自启',
  'daemons-fine.title': ({ names }) => `正在运行且开机自启：${list(names)}`,
  'daemons-fine.means': '指被查询的节点。',
  'pcsd-offline.title': ({ names }) => `${list(names)} 上的 pcsd 没有应答`,
  'pcsd-offline.means': '无法从这里用 pcs 管理该节点。集群本身不依赖 pcsd。',
  'pcsd-offline.cause': '该节点已停机、没有运行 pcsd，或者 2224 端口不通。',
  'pcsd-unauthorised.title': ({ names }) => `pcs 未通过 ${list(names)} 的认证`,
  'pcsd-unauthorised.means': '那里的 pcsd 有应答，但不信任本节点：没有令牌，或者令牌已失效。',
  'pcsd-unauthorised.pcs-host-auth': '会询问 hacluster 的密码（0.9 及更早为 pcs cluster auth）',
  'pcsd-unexplained.title': ({ names, printed }) => `${list(names)} 上的 pcsd：${printed.join(' ')}`,
  'pcsd-unexplained.pcs-status-pcsd': '重新查询',
};
