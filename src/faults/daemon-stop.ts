import { LabError } from '../model/errors.js';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { daemonParam, processesOf } from './daemons.js';
import { defineFault, type ResolvedOf } from './define-fault.js';
import { ask, must, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';
import { drawDaemon, LOST, WAITED } from './walk/daemons.js';
import { lost, NOTICED } from './walk/lost.js';
import { idsOf, mayBeTwice, mayBeUntold, mayBreak, mayNotSettle } from './walk/may-break.js';
import { othersThan, wasOf } from './walk/targets.js';

const params = { node: onNode(), daemon: daemonParam };

type DaemonStop = ResolvedOf<'daemon-stop', typeof params>;

export const daemonStop = defineFault({
  kind: 'daemon-stop',
  params,
  summary: {
    en: 'Halts a daemon of the stack by SIGSTOP: it is there, holds what it holds, and does nothing. Healing lets it go on by SIGCONT.',
    zh: '用 SIGSTOP 挂起集群软件栈的一个守护进程：进程仍在，持有的东西不放，但什么都不做。恢复时用 SIGCONT 让它继续运行。',
  },
  expectedBehaviour: {
    en: 'Whoever asks the daemon waits. A halted corosync is lost to the others after token plus consensus, and its node may be fenced; when it goes on it finds a new membership. pacemakerd may kill a daemon below it that does not answer, and start it again: then nothing is halted any more.',
    zh: '向该守护进程发出请求的一方会一直等待。corosync 被挂起后，其他节点在 token 加 consensus 时间之后判定该节点失联，节点可以被隔离（fence）；corosync 继续运行后会发现新的成员关系。pacemakerd 可以杀死没有应答的子守护进程并重新启动：此后便不再有被挂起的进程。',
  },
  needs: () => [],
  effect: ({ node, daemon }) => ({
    node: 'loses-daemons',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: daemon === 'corosync' ? { kind: 'lost', nodes: [node], from: 'all' } : KEPT,
    breaks: NOTHING,
  }),
  describe: ({ daemon }) => daemon,
  /** A halted pcsd is nobody's loss but that of who asks pcs; any other leaves its node half in the cluster. */
  walk: {
    weight: 10,
    draw(draw) {
      const drawn = drawDaemon(draw);
      return drawn && { kind: 'daemon-stop', ...drawn };
    },
    costs: ({ daemon }) => (daemon === 'pcsd' ? 0 : 1),
    // Its own view still has a quorum, for what it reads it from stands still.
    effect: ({ node, daemon }, scene) =>
      daemon === 'corosync' ? lost(node, scene, othersThan(node, scene)[0]) : undefined,
    inForce: ({ node, daemon }, scene) =>
      daemon === 'pcsd'
        ? []
        : [
            mayNotSettle({
              en: 'What waits for a halted daemon does not become idle.',
              zh: '等待被挂起的守护进程时，集群不会进入空闲状态。',
            }),
            ...mayBeUntold([wasOf(node)], {
              en: 'What has to ask a halted daemon gets no answer.',
              zh: '被挂起的守护进程不会应答任何询问。',
            }),
            ...(daemon === 'corosync' ? mayBeTwice(scene, LOST) : []),
            ...mayBreak('no-failures', idsOf(scene.resources), WAITED),
          ],
    healed: ({ daemon }, scene) => (daemon === 'pcsd' ? [] : mayBreak('no-failures', idsOf(scene.resources), WAITED)),
    mend: ({ daemon }) => (daemon === 'pcsd' ? undefined : 'recover'),
    settle: NOTICED,
    holdS: 20,
  },
  async inject({ node, daemon }, context) {
    const found = await processesOf(context, node, daemon);
    if (found.length === 0) throw nothingToBreak(`no ${daemon} runs on ${node}`, 'Start the cluster there first.');
    await must(context, node, ['kill', '-STOP', ...found.map(({ pid }) => String(pid))]);
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
