import { message } from '../messages/message.js';
import { KEPT } from '../model/fault-effect.js';
import { unitsUp } from './daemons.js';
import { defineFault } from './define-fault.js';
import { losesDaemons } from './effects.js';
import { nodeState } from './node-state.js';
import { execOrThrow, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';
import { onOneNode } from './walk/expected.js';

const STATE = nodeState<object>('cluster-stop');

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
      if ((await STATE.read(context, node)) !== undefined) return;
      throw nothingToBreak(`the cluster does not run on ${node}`, 'Start it there first.');
    }
    await STATE.write(context, node, {});
    await execOrThrow(context, node, ['pcs', 'cluster', 'stop', '--force']);
  },
  /** The node's state is removed last, so that an undo that was interrupted can be repeated. */
  async undo({ node }, context) {
    if ((await STATE.read(context, node)) === undefined) return;
    await execOrThrow(context, node, ['pcs', 'cluster', 'start']);
    await STATE.remove(context, node);
  },
  async isActive({ node }, context) {
    if ((await STATE.read(context, node)) === undefined) return false;
    return (await unitsUp(context, node, ['pacemaker', 'corosync'])).length === 0;
  },
});
