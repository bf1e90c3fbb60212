import { message } from '../messages/message.js';
import { KEPT } from '../model/fault-effect.js';
import { unitsUp } from './daemons.js';
import { defineFault } from './define-fault.js';
import { losesDaemons } from './effects.js';
import { readNodeState, removeNodeState, writeNodeState } from './node-state.js';
import { execOrThrow, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/expected.js';

const STATE = 'cluster-stop';

export const clusterStop = defineFault({
  kind: 'cluster-stop',
  params: { node: onNode() },
  summary: message('fault.cluster-stop.summary'),
  expectedBehaviour: message('fault.cluster-stop.expected-behaviour'),
  needs: () => [],
  effect: () => losesDaemons('in order', KEPT),
  describe: () => '',
  walk: {
    ...onOneNode('cluster-stop', 'offline'),
    weight: 10,
  },
  async inject({ node }, context) {
    const [unit] = await unitsUp(context, node, ['pacemaker', 'corosync']);
    if (unit === undefined) {
      if ((await readNodeState(context, node, STATE)) !== undefined) return;
      throw nothingToBreak(`the cluster does not run on ${node}`, 'Start it there first.');
    }
    await writeNodeState(context, node, STATE, {});
    await execOrThrow(context, node, ['pcs', 'cluster', 'stop', '--force']);
  },
  /** The node's state is removed last, so that an undo that was interrupted can be repeated. */
  async undo({ node }, context) {
    if ((await readNodeState(context, node, STATE)) === undefined) return;
    await execOrThrow(context, node, ['pcs', 'cluster', 'start']);
    await removeNodeState(context, node, STATE);
  },
  async isActive({ node }, context) {
    if ((await readNodeState(context, node, STATE)) === undefined) return false;
    return (await unitsUp(context, node, ['pacemaker', 'corosync'])).length === 0;
  },
});
