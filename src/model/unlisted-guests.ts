import type { ClusterState } from './cluster-state.js';
import { instancesOf } from './resource-tree.js';

/** Agents that may run guest nodes; offline guests are not listed (`node_list_text` of pacemaker's `pe_output.c`). */
const HOSTS_GUESTS = /:(?:VirtualDomain|Xen|lxc\w*|libvirt\w*|docker|podman|rkt|vmware|ManageVE)$/i;

/** Whether guest nodes, or a resource that may run one, account for nodes and resources that are counted and not listed. */
export function mayHideGuests({ nodes, resources }: Pick<ClusterState, 'nodes' | 'resources'>): boolean {
  return (
    nodes.some(({ type }) => type === 'guest') ||
    resources.some(({ kind }) => kind === 'bundle') ||
    instancesOf({ resources }).some(({ agent }) => HOSTS_GUESTS.test(agent))
  );
}
