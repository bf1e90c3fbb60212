import { fieldOf, type Path, type Source } from './source.js';

/** What the check needs of each node. */
interface NodeInLab {
  readonly name: string;
  readonly role: string;
  /** Of each link, in order; undefined where that could not be read. */
  readonly networks: readonly (string | undefined)[];
}

const AT: Path = ['cluster', 'quorum-device'];

/** Reports a quorum device without its node, a node without its device, and HA nodes that cannot reach it or a remote node. */
export function checkOutsiders(source: Source, nodes: readonly NodeInLab[], hasAllNodes: boolean): void {
  checkQuorumDevice(source, nodes, hasAllNodes);
  for (const node of nodes.filter(({ role }) => role === 'qdevice' || role === 'remote'))
    checkReach(source, node, nodes);
}

function checkQuorumDevice(source: Source, nodes: readonly NodeInLab[], hasAllNodes: boolean): void {
  const isWanted = fieldOf(fieldOf(source.data, 'cluster'), 'quorum-device') !== undefined;
  const [device, second] = nodes.filter(({ role }) => role === 'qdevice');
  if (device === undefined) {
    const hint = 'add one with role: qdevice, which is no member of the cluster';
    if (isWanted && hasAllNodes)
      source.reportKey(AT, { message: 'no node has role qdevice, so nobody gives this vote', hint });
    return;
  }
  if (!isWanted) {
    const hint = 'write quorum-device: { algorithm: ffsplit } under cluster';
    const message = `${device.name} has role qdevice, and the cluster has no quorum device`;
    source.reportKey(['nodes', device.name], { message, hint });
  }
  if (second !== undefined) {
    const message = `${second.name} is a second node with role qdevice, and a cluster has one quorum device`;
    source.reportKey(['nodes', second.name], { message, hint: 'keep one of them' });
  }
}

/** The name of a node resolves to its first link, and nothing forwards between networks. */
function checkReach(source: Source, outsider: NodeInLab, nodes: readonly NodeInLab[]): void {
  if (outsider.networks.length === 0) {
    const hint = 'link it to a network of the ha nodes';
    source.reportKey(['nodes', outsider.name], {
      message: `${outsider.name} has no link, so no node can reach it`,
      hint,
    });
    return;
  }
  const [network] = outsider.networks;
  if (network === undefined) return;
  for (const { name, role, networks } of nodes) {
    if (role !== 'ha' || networks.some((each) => each === undefined || each === network)) continue;
    const message = `${name} has no link on network ${network}, where ${outsider.name} listens`;
    source.reportKey(['nodes', name], {
      message,
      hint: `link it to ${network}, or ${outsider.name} to another network`,
    });
  }
}
