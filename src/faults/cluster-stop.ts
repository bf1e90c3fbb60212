import { KEPT, NOTHING } from '../model/fault-effect.js';
import { unitsUp } from './daemons.js';
import { defineFault } from './define-fault.js';
import { readNote, removeNote, writeNote } from './note.js';
import { must, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/on-one-node.js';

const NOTE = 'cluster-stop';

export const clusterStop = defineFault({
  kind: 'cluster-stop',
  params: { node: onNode() },
  summary: {
    en: 'Stops the cluster on a node in order, as `pcs cluster stop` does, be quorum lost by it or not. Healing starts it again.',
    zh: '像 `pcs cluster stop` 那样有序停止节点上的集群，即使因此失去法定人数也照样执行。恢复时重新启动集群。',
  },
  expectedBehaviour: {
    en: 'The node’s resources are stopped there and start elsewhere, and the node leaves the membership at once; nobody is fenced. If the others have no quorum without it, they stop their resources.',
    zh: '该节点上的资源先停止，再在别处启动；节点立即退出成员关系，不会有节点被隔离（fence）。如果其余节点因此失去法定人数，它们会停止资源。',
  },
  needs: () => [],
  effect: () => ({
    node: 'loses-daemons',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: NOTHING,
  }),
  describe: () => '',
  walk: {
    ...onOneNode('cluster-stop', 'offline'),
    weight: 10,
  },
  async inject({ node }, context) {
    const [unit] = await unitsUp(context, node, ['pacemaker', 'corosync']);
    if (unit === undefined) {
      if ((await readNote(context, node, NOTE)) !== undefined) return;
      throw nothingToBreak(`the cluster does not run on ${node}`, 'Start it there first.');
    }
    await writeNote(context, node, NOTE, {});
    await must(context, node, ['pcs', 'cluster', 'stop', '--force']);
  },
  /** The note goes last: cut off before that, it can be done again. */
  async undo({ node }, context) {
    if ((await readNote(context, node, NOTE)) === undefined) return;
    await must(context, node, ['pcs', 'cluster', 'start']);
    await removeNote(context, node, NOTE);
  },
  async isActive({ node }, context) {
    if ((await readNote(context, node, NOTE)) === undefined) return false;
    return (await unitsUp(context, node, ['pacemaker', 'corosync'])).length === 0;
  },
});
