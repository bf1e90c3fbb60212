import { type Message, type MessageCode, message, type Params } from '../../messages/message.js';
import { argument, type NextStep, step } from '../explanation.js';
import { type AgentKind, agentTypeOf } from '../failure.js';

interface AgentAdvice {
  /** The usual reason why resources of this kind fail. */
  readonly usual?: Message;
  /** What to check on the node itself, outside the cluster. */
  readonly checks: (agent: string, resource: string) => readonly NextStep[];
}

const onNode = <C extends MessageCode>(command: string, code: C, ...params: Params<C>): NextStep =>
  step(command, 'agent.on-node', { why: message(code, ...params) });

export const AGENT_ADVICE: { readonly [K in AgentKind]: AgentAdvice } = {
  stonith: {
    usual: message('agent.stonith.usual'),
    checks: (agent, resource) => [
      step(`pcs stonith config ${argument(resource, 'DEVICE')}`, 'agent.stonith.pcs-stonith-config'),
      onNode(`${argument(agentTypeOf(agent), 'fence_AGENT')} … -o status`, 'step.fence-agent'),
    ],
  },
  systemd: {
    usual: message('agent.systemd.usual'),
    checks: (agent) => [
      onNode(`systemctl status ${argument(agentTypeOf(agent), 'UNIT')}`, 'agent.systemd.systemctl-status'),
      onNode(`journalctl -u ${argument(agentTypeOf(agent), 'UNIT')}`, 'agent.systemd.journalctl'),
    ],
  },
  lsb: {
    usual: message('agent.lsb.usual'),
    checks: (agent) => [
      onNode(`/etc/init.d/${argument(agentTypeOf(agent), 'SCRIPT')} status; echo $?`, 'agent.lsb.init-script'),
    ],
  },
  remote: {
    usual: message('agent.remote.usual'),
    checks: (_agent, resource) => [
      step('systemctl status pacemaker_remote', 'on-node', { node: resource }),
      onNode(`nc -vz ${argument(resource, 'NODE')} 3121`, 'agent.remote.nc'),
    ],
  },
  address: {
    usual: message('agent.address.usual'),
    checks: () => [onNode('ip -br address', 'agent.address.ip-address')],
  },
  filesystem: {
    usual: message('agent.filesystem.usual'),
    checks: () => [
      onNode('findmnt; lsblk -f', 'agent.filesystem.findmnt-lsblk'),
      onNode('dmesg | tail', 'agent.filesystem.dmesg-tail'),
    ],
  },
  web: {
    usual: message('agent.web.usual'),
    checks: (agent) => [
      onNode(agentTypeOf(agent) === 'nginx' ? 'nginx -t' : 'apachectl configtest', 'agent.web.configtest'),
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
        ? onNode('virsh list --all', 'agent.machine.virsh-list')
        : onNode('podman ps -a', 'agent.machine.podman-ps'),
    ],
  },
  storage: {
    usual: message('agent.storage.usual'),
    checks: (agent) => [
      agentTypeOf(agent) === 'drbd'
        ? onNode('drbdadm status', 'agent.storage.drbdadm-status')
        : onNode('lsblk', 'agent.storage.lsblk'),
    ],
  },
  other: { checks: () => [] },
};
