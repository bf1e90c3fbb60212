import { type Message, message } from '../../messages/message.js';
import { argument, type NextStep, step } from '../explanation.js';
import { type AgentKind, agentTypeOf } from '../failure.js';

interface AgentAdvice {
  /** The usual reason why resources of this kind fail. */
  readonly usual?: Message;
  /** What to check on the node itself, outside the cluster. */
  readonly checks: (agent: string, resource: string) => readonly NextStep[];
}

const onNode = (command: string, why: Message): NextStep => step(command, message('agent.on-node', { why }));

export const AGENT_ADVICE: { readonly [K in AgentKind]: AgentAdvice } = {
  stonith: {
    usual: message('agent.stonith.usual'),
    checks: (agent, resource) => [
      step(`pcs stonith config ${argument(resource, 'DEVICE')}`, message('agent.stonith.pcs-stonith-config')),
      onNode(`${argument(agentTypeOf(agent), 'fence_AGENT')} … -o status`, message('step.fence-agent')),
    ],
  },
  systemd: {
    usual: message('agent.systemd.usual'),
    checks: (agent) => [
      onNode(`systemctl status ${argument(agentTypeOf(agent), 'UNIT')}`, message('agent.systemd.systemctl-status')),
      onNode(`journalctl -u ${argument(agentTypeOf(agent), 'UNIT')}`, message('agent.systemd.journalctl')),
    ],
  },
  lsb: {
    usual: message('agent.lsb.usual'),
    checks: (agent) => [
      onNode(`/etc/init.d/${argument(agentTypeOf(agent), 'SCRIPT')} status; echo $?`, message('agent.lsb.init-script')),
    ],
  },
  remote: {
    usual: message('agent.remote.usual'),
    checks: (_agent, resource) => [
      step('systemctl status pacemaker_remote', message('on-node', { node: resource })),
      onNode(`nc -vz ${argument(resource, 'NODE')} 3121`, message('agent.remote.nc')),
    ],
  },
  address: {
    usual: message('agent.address.usual'),
    checks: () => [onNode('ip -br address', message('agent.address.ip-address'))],
  },
  filesystem: {
    usual: message('agent.filesystem.usual'),
    checks: () => [
      onNode('findmnt; lsblk -f', message('agent.filesystem.findmnt-lsblk')),
      onNode('dmesg | tail', message('agent.filesystem.dmesg-tail')),
    ],
  },
  web: {
    usual: message('agent.web.usual'),
    checks: (agent) => [
      onNode(agentTypeOf(agent) === 'nginx' ? 'nginx -t' : 'apachectl configtest', message('agent.web.configtest')),
    ],
  },
  database: {
    usual: message('agent.database.usual'),
    checks: () => [],
  },
  machine: {
    usual: message('agent.machine.usual'),
    checks: (agent) => [
      agentTypeOf(agent) === 'VirtualDomain'
        ? onNode('virsh list --all', message('agent.machine.virsh-list'))
        : onNode('podman ps -a', message('agent.machine.podman-ps')),
    ],
  },
  storage: {
    usual: message('agent.storage.usual'),
    checks: (agent) => [
      agentTypeOf(agent) === 'drbd'
        ? onNode('drbdadm status', message('agent.storage.drbdadm-status'))
        : onNode('lsblk', message('agent.storage.lsblk')),
    ],
  },
  other: { checks: () => [] },
};
