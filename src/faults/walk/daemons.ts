import { STACK_DAEMONS, type StackDaemon } from '../../model/scenario.js';
import type { Draw } from './row.js';

/** Without it the node is lost to the others, if only until it is started again. */
export const HOLDS_MEMBERSHIP: readonly StackDaemon[] = ['corosync', 'pacemakerd', 'controld', 'based', 'execd'];

export const LOST = {
  en: 'Nobody fences, and a node that lost its corosync keeps what it runs while the others start it anew.',
  zh: '没有隔离（fencing）：失去 corosync 的节点仍保留着它运行的资源，其他节点则重新启动这些资源。',
};

/** A stop that fails so blocks its resource, where nobody fences. */
export const WAITED = {
  en: 'An operation that had to wait for a halted daemon may fail, then or when the daemon goes on.',
  zh: '需要等待被挂起的守护进程的操作可能失败，无论是在当时，还是在守护进程继续运行之后。',
};

export function drawDaemon({ chance, on }: Draw): { readonly node: string; readonly daemon: StackDaemon } | undefined {
  const node = chance.one(on);
  const daemon = chance.one(STACK_DAEMONS);
  return node && daemon ? { node, daemon } : undefined;
}
