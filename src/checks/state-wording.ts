import type { ClusterState, NodeState, ResourceState } from '../model/cluster-state.js';

/** `offline`, `online, standby`, `unclean, offline` … of one node, in pacemaker's words. */
export function describeNode(node: NodeState): string {
  const words = [
    ...(node.unclean ? ['unclean'] : []),
    node.pending ? 'pending' : node.online ? 'online' : 'offline',
    ...(node.standby ? ['standby'] : []),
    ...(node.maintenance ? ['maintenance'] : []),
  ];
  return words.join(', ');
}

export function describeNodes(state: ClusterState): string {
  if (state.nodes.length === 0) return 'no nodes';
  return state.nodes.map((node) => `${node.name} ${describeNode(node)}`).join('; ');
}

/** `vip Started on ha-host2`, `vip Stopped (disabled)`. */
export function describeInstance(resource: ResourceState): string {
  const role = resource.failed ? (resource.role === 'Unknown' ? 'FAILED' : `FAILED ${resource.role}`) : resource.role;
  const flags = [
    ...(resource.disabled ? ['disabled'] : []),
    ...(resource.blocked ? ['blocked'] : []),
    ...(resource.managed ? [] : ['unmanaged']),
  ];
  const where = resource.nodes.length > 0 ? ` on ${resource.nodes.join(', ')}` : '';
  return `${resource.id} ${role}${where}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}`;
}

export function describeInstances(resources: readonly ResourceState[]): string {
  return resources.length === 0 ? 'no instance' : resources.map(describeInstance).join('; ');
}

export function describeQuorum(state: ClusterState): string {
  const dc = state.dc === undefined ? 'no DC' : `DC ${state.dc.name}`;
  if (state.quorate === undefined) return `${dc}, nothing said of quorum`;
  return `${dc}, partition ${state.quorate ? 'with' : 'WITHOUT'} quorum`;
}
