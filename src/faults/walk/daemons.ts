import { message } from '../../messages/message.js';
import { STACK_DAEMONS, type StackDaemon } from '../../model/scenario.js';
import type { Draw } from './row.js';

/** Without it the node is lost to the others, if only until it is started again. */
export const HOLDS_MEMBERSHIP: readonly StackDaemon[] = ['corosync', 'pacemakerd', 'controld', 'based', 'execd'];

export const LOST = message('fault.lost');

/** A stop that fails so blocks its resource, where nobody fences. */
export const WAITED = message('fault.waited');

export function drawDaemon({ chance, on }: Draw): { readonly node: string; readonly daemon: StackDaemon } | undefined {
  const node = chance.one(on);
  const daemon = chance.one(STACK_DAEMONS);
  return node && daemon ? { node, daemon } : undefined;
}
