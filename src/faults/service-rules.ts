import { baseId } from '../model/resource-tree.js';
import type { FaultContext } from '../ports/fault.js';
import { ask, commandFailed, must } from './on-node.js';

/** What the service of one resource does wrong on one node. */
export type ServiceFaultKind = 'monitor-fail' | 'start-fail' | 'stop-hang';

export interface ServiceFault {
  readonly kind: ServiceFaultKind;
  readonly node: string;
  readonly resource: string;
}

/**
 * A file for each fault in force on a node, which what stands in for a service looks for at every action. It names what is
 * made to go wrong: an agent's file, or a unit.
 */
export const RULES = '/run/halab-faults/rules';

/** An instance of a clone is told by its node. */
export function ruleOf({ kind, resource }: Pick<ServiceFault, 'kind' | 'resource'>): string {
  return `${RULES}/${kind}-${baseId(resource)}`;
}

export async function makeRule(context: FaultContext, fault: ServiceFault, service: string): Promise<void> {
  await must(context, fault.node, ['mkdir', '-p', RULES]);
  await (await context.transport(fault.node)).upload(`${service}\n`, ruleOf(fault));
}

export async function isRuled(context: FaultContext, fault: ServiceFault): Promise<boolean> {
  return (await ask(context, fault.node, ['test', '-e', ruleOf(fault)])).exitCode === 0;
}

/** May run twice. */
export async function removeRule(context: FaultContext, fault: ServiceFault): Promise<void> {
  await must(context, fault.node, ['rm', '-f', ruleOf(fault)]);
}

/** Whether any fault in force still needs a stand-in for this. grep(1): 1 is none, 2 is no such folder. */
export async function isStillRuled(context: FaultContext, node: string, service: string): Promise<boolean> {
  const argv = ['grep', '-rlxF', '-e', service, RULES];
  const result = await ask(context, node, argv);
  if (result.exitCode > 2) throw commandFailed(node, argv, result);
  return result.stdout.trim() !== '';
}
