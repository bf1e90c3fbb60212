import { LabError } from '../model/errors.js';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { daemonParam, processesOf } from './daemons.js';
import { defineFault, type ResolvedOf } from './define-fault.js';
import { ask, must, nothingToBreak } from './on-node.js';
import { onNode } from './params.js';

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
