import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import { KEPT } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { daemonParam, drawDaemon, LOST, processesOf, WAITED } from './daemons.js';
import { defineFault, type ResolvedOf } from './define-fault.js';
import { losesDaemons } from './effects.js';
import { ask, execOrThrow, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';
import { idsOf, lost, mayBeTwice, mayBeUntold, mayBreak, mayNotSettle, NOTICED } from './walk/expected.js';
import { othersThan, wasOf } from './walk/scene.js';

const params = { node: onNode(), daemon: daemonParam };

type DaemonStop = ResolvedOf<'daemon-stop', typeof params>;

export const daemonStop = defineFault({
  kind: 'daemon-stop',
  params,
  summary: message('fault.daemon-stop.summary'),
  expectedBehaviour: message('fault.daemon-stop.expected-behaviour'),
  needs: () => [],
  effect: ({ node, daemon }) =>
    losesDaemons('abruptly', daemon === 'corosync' ? { kind: 'lost', nodes: [node], from: 'all' } : KEPT),
  describe: ({ daemon }) => daemon,
  /** A halted pcsd affects only pcs commands; any other leaves its node half in the cluster. */
  walk: {
    weight: 10,
    draw(draw) {
      const drawn = drawDaemon(draw);
      return drawn && { kind: 'daemon-stop', ...drawn };
    },
    membersLost: ({ daemon }) => (daemon === 'pcsd' ? 0 : 1),
    // Its own view still has a quorum, for what it reads it from stands still, so another node has to say that it is lost.
    effect({ node, daemon }, scene) {
      const [other] = othersThan(node, scene);
      return daemon === 'corosync' && other !== undefined ? lost(node, scene, other) : undefined;
    },
    inForce: ({ node, daemon }, scene) =>
      daemon === 'pcsd'
        ? []
        : [
            mayNotSettle(message('fault.daemon-stop.not-idle')),
            ...mayBeUntold([wasOf(node)], message('fault.daemon-stop.no-answer')),
            ...(daemon === 'corosync' ? mayBeTwice(scene, LOST) : []),
            ...mayBreak('no-failures', idsOf(scene.resources), WAITED),
          ],
    healed: ({ daemon }, scene) => (daemon === 'pcsd' ? [] : mayBreak('no-failures', idsOf(scene.resources), WAITED)),
    recovery: ({ daemon }) => (daemon === 'pcsd' ? undefined : 'recover'),
    settle: NOTICED,
    holdS: 20,
  },
  async inject({ node, daemon }, context) {
    const found = await processesOf(context, node, daemon);
    if (found.length === 0) throw nothingToBreak(`no ${daemon} runs on ${node}`, 'Start the cluster there first.');
    await execOrThrow(context, node, ['kill', '-STOP', ...found.map(({ pid }) => String(pid))]);
  },
  async undo(fault, context) {
    const pids = await halted(fault, context);
    if (pids.length === 0) return;
    // One that has ended meanwhile makes kill(1) complain; what counts is whether anything is still halted.
    await ask(context, fault.node, ['kill', '-CONT', ...pids.map(String)]);
    const still = await halted(fault, context);
    if (still.length === 0) return;
    throw new LabError(
      'command-failed',
      `${fault.daemon} on ${fault.node} is still halted: process ${still.join(', ')}`,
    );
  },
  isActive: async (fault, context) => (await halted(fault, context)).length > 0,
});

async function halted({ node, daemon }: DaemonStop, context: FaultContext): Promise<readonly number[]> {
  return (await processesOf(context, node, daemon)).filter(({ isStopped }) => isStopped).map(({ pid }) => pid);
}
