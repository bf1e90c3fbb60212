import { onNode, saidOn } from './on-node.js';

const COUNTER = `awk '/^Udp: [0-9]/ {print $3}' /proc/net/snmp`;
const NODES: Readonly<Record<string, string>> = {
  '192.168.56.31': 'ha-host1',
  '192.168.56.32': 'ha-host2',
  '192.168.56.33': 'ha-host3',
};

/**
 * Whether packets from one host's address reach a node: by the node's own counters, for an answer would have to come back
 * the other way. UDP to a port where no program listens is counted as such.
 */
export async function isReached(lab: string, node: string, from: string, address: string): Promise<boolean> {
  const counter = async () => Number((await saidOn(lab, node, ['sh', '-c', COUNTER])).trim());
  const before = await counter();
  const send = `for i in 1 2 3 4 5; do echo x > /dev/udp/${address}/9; done`;
  await onNode(lab, NODES[from] ?? '', ['bash', '-c', send]);
  return (await counter()) >= before + 5;
}
