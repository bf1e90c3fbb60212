import { message } from '../messages/message.js';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import { unitsUp } from './daemons.js';
import { defineFault } from './define-fault.js';
import { readNote, removeNote, writeNote } from './node-state.js';
import { must, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/expected.js';

const NOTE = 'cluster-stop';

export const clusterStop = defineFault({
  kind: 'cluster-stop',
  params: { node: onNode() },
  summary: message('fault.cluster-stop.summary'),
  expectedBehaviour: message('fault.cluster-stop.expected-behaviour'),
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
