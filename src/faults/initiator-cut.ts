import { KEPT, NOTHING } from '../model/fault-effect.js';
import { ISCSI_PORT } from '../model/iscsi.js';
import { defineFault } from './define-fault.js';
import { dropPackets, isDropping, stopDropping } from './packet-filter.js';
import { onNode } from './params.js';
import { ALONE, standsOnDisks } from './walk/storage.js';

const TABLE = 'halab-iscsi';

export const initiatorCut = defineFault({
  kind: 'initiator-cut',
  params: { node: onNode('ha') },
  summary: {
    en: `One node no longer reaches the storage: its packets to and from port ${ISCSI_PORT} are dropped. Everything else goes on, the heartbeat too.`,
    zh: `某个节点无法访问存储：丢弃它与 ${ISCSI_PORT} 端口之间的数据包。其他通信（包括心跳）不受影响。`,
  },
  expectedBehaviour: {
    en: 'The node is a full member of the cluster with a disk that does not answer. What reads or writes there waits; a monitor that does so fails by its timeout, the stop hangs on the unmounting, and the node may be fenced, whereupon another one takes over. A monitor that only looks at the mount notices nothing. Without fencing nothing else may mount the disk.',
    zh: '该节点仍是集群的正常成员，但磁盘没有应答。读写操作一直等待；会读写磁盘的监控因超时失败，停止操作卡在卸载上，节点可以被隔离（fence），之后由其他节点接管。只看挂载的监控毫无察觉。没有隔离时，其他节点不得挂载该磁盘。',
  },
  needs: () => ['shared-storage'],
  effect: () => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: NOTHING,
  }),
  describe: () => '',
  walk: {
    ...ALONE,
    weight: 6,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      return node !== undefined && standsOnDisks(scene) ? { kind: 'initiator-cut', node } : undefined;
    },
  },
  inject: ({ node }, context) =>
    dropPackets(context, node, TABLE, [
      { hook: 'input', match: `tcp sport ${ISCSI_PORT}` },
      { hook: 'output', match: `tcp dport ${ISCSI_PORT}` },
    ]),
  undo: ({ node }, context) => stopDropping(context, node, TABLE),
  isActive: ({ node }, context) => isDropping(context, node, TABLE),
});
