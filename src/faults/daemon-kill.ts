import type { ResolvedFault } from '../model/scenario.js';
import type { FaultDriver } from '../ports/fault.js';
import { processesOf, type StackUnit, startUnits, unitsOf, unitsUp } from './daemons.js';
import { readNote, removeNote, writeNote } from './note.js';
import { must, nothingToBreak } from './on-node.js';

type DaemonKill = Extract<ResolvedFault, { kind: 'daemon-kill' }>;

/** Whom it killed, what ran then, and whether that has been started again. */
interface Killed {
  readonly pids: readonly number[];
  readonly units: readonly StackUnit[];
  readonly isUndone: boolean;
}

/**
 * A kill is over at once, and what dies may be started again within milliseconds. It is in force from then on until it
 * is undone; undone, until the daemon runs.
 */
export const daemonKill: FaultDriver<DaemonKill> = {
  kind: 'daemon-kill',
  summary: {
    en: 'Kills a daemon of the stack once, by SIGKILL. Healing makes sure that the units run again that ran before.',
    zh: '用 SIGKILL 杀死集群软件栈的一个守护进程（只杀一次）。恢复时确保此前运行的 systemd 单元重新运行。',
  },
  legal: {
    en: 'pacemakerd starts a daemon below it again at once, and the node may stay a member with its resources running; without its controller it is unclean for a moment and may be fenced. systemd starts pacemakerd again. Without corosync the node is lost to the others after token plus consensus: pacemaker there ends with an error, and is started again with corosync or not, by the unit’s Restart=.',
    zh: 'pacemakerd 会立刻重新启动它的子守护进程，节点可以保持成员身份、资源继续运行；失去 controller 的节点会短暂处于 unclean 状态，可以被隔离（fence）。systemd 会重新启动 pacemakerd。失去 corosync 后，其他节点在 token 加 consensus 时间之后判定该节点失联：该节点上的 pacemaker 报错退出，之后是否连同 corosync 一起重新启动取决于单元的 Restart= 设置。',
  },
  needs: [],
  async inject({ node, daemon }, context) {
    const pids = (await processesOf(context, node, daemon)).map(({ pid }) => pid);
    if (pids.length === 0) {
      if ((await readNote<Killed>(context, node, noteOf(daemon)))?.isUndone === false) return;
      await removeNote(context, node, noteOf(daemon));
      throw nothingToBreak(`no ${daemon} runs on ${node}`, 'Start the cluster there first.');
    }
    const earlier = await readNote<Killed>(context, node, noteOf(daemon));
    const units = earlier?.isUndone === false ? earlier.units : await unitsUp(context, node, unitsOf(daemon));
    await writeNote(context, node, noteOf(daemon), { pids, units, isUndone: false } satisfies Killed);
    await must(context, node, ['kill', '-KILL', ...pids.map(String)]);
  },
  async undo({ node, daemon }, context) {
    const killed = await readNote<Killed>(context, node, noteOf(daemon));
    if (killed === undefined) return;
    await startUnits(context, node, killed.units);
    await writeNote(context, node, noteOf(daemon), { ...killed, isUndone: true } satisfies Killed);
  },
  async isActive({ node, daemon }, context) {
    const killed = await readNote<Killed>(context, node, noteOf(daemon));
    if (killed === undefined) return false;
    const running = (await processesOf(context, node, daemon)).map(({ pid }) => pid);
    return killed.isUndone ? running.length === 0 : killed.pids.every((pid) => !running.includes(pid));
  },
};

function noteOf(daemon: string): string {
  return `daemon-kill-${daemon}`;
}
