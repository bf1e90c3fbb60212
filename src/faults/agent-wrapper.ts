import { dirname } from 'node:path/posix';
import { baseId } from '../model/resource-tree.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import { commandFailed } from '../ports/transport.js';
import { ask, ENDS_AFTER_S, execOrThrow, isMountPoint, mountsOn } from './on-node.js';

/** A file system of its own: programs on /run may not be run, on some systems. */
const FOLDER = '/run/halab-agents';
const AGENTS = '/usr/lib/ocf/resource.d';

/** Where pacemaker finds an `ocf:` agent, of `provider/type`. */
export function agentPath(name: string): string {
  return `${AGENTS}/${name}`;
}

/**
 * Puts a wrapper over the agent's file, which does what the rules in force say and is the agent itself otherwise. The
 * agent stays to be had under its own name elsewhere, for some look at `$0`. May run twice.
 */
export async function wrapAgent(context: FaultContext, node: string, agent: string): Promise<void> {
  if (!(await isMountPoint(context, node, FOLDER))) {
    await execOrThrow(context, node, ['mkdir', '-p', FOLDER]);
    await execOrThrow(context, node, ['mount', '-t', 'tmpfs', '-o', 'size=1m,mode=755', 'halab-agents', FOLDER]);
  }
  const real = realOf(agent);
  if (!(await isMountPoint(context, node, real))) {
    await execOrThrow(context, node, ['mkdir', '-p', dirname(real), dirname(wrapperOf(agent))]);
    await execOrThrow(context, node, ['touch', real]);
    await execOrThrow(context, node, ['mount', '--bind', agent, real]);
  }
  // Or what is put over the agent would be put over this too (mount_namespaces(7), shared subtrees).
  await execOrThrow(context, node, ['mount', '--make-private', real]);
  if (await isWrapped(context, node, agent)) return;
  await (await context.transport(node)).upload(wrapperFor(agent), wrapperOf(agent), 0o755);
  await execOrThrow(context, node, ['mount', '--bind', wrapperOf(agent), agent]);
}

export async function isWrapped(context: FaultContext, node: string, agent: string): Promise<boolean> {
  return isMountPoint(context, node, agent);
}

/**
 * Gives the agent its place back, unless another fault needs the wrapper. Idempotent. What is in the middle of an
 * action keeps the files busy, so they are only taken out of sight.
 */
export async function unwrapAgent(context: FaultContext, node: string, agent: string): Promise<void> {
  if (await isStillRuled(context, node, agent)) return;
  for (const point of [agent, realOf(agent)])
    if (await isMountPoint(context, node, point)) await execOrThrow(context, node, ['umount', '-l', point]);
  const points = (await mountsOn(context, node)).map(({ point }) => point);
  if (points.includes(FOLDER) && !points.some((point) => point.startsWith(`${FOLDER}/`))) {
    await execOrThrow(context, node, ['umount', '-l', FOLDER]);
    await execOrThrow(context, node, ['rmdir', FOLDER]);
  }
}

function realOf(agent: string): string {
  return `${FOLDER}/real${agent}`;
}

function wrapperOf(agent: string): string {
  return `${FOLDER}/wrapper${agent}`;
}

function wrapperFor(agent: string): string {
  const head = ['#!/bin/sh', `AGENT='${realOf(agent)}'`, `RULES='${RULES}'`, `MOST_S=${ENDS_AFTER_S}`, ''];
  return head.join('\n') + nodeScript('agent-wrapper.sh');
}

/** What the service of one resource does wrong on one node. */
export type ServiceFaultKind =
  | 'monitor-fail'
  | 'start-fail'
  | 'start-hang'
  | 'stop-hang'
  | 'promote-fail'
  | 'demote-fail';

export interface ServiceFault {
  readonly kind: ServiceFaultKind;
  readonly node: string;
  readonly resource: string;
  /** Of what only takes longer. */
  readonly seconds?: number | undefined;
}

/**
 * A file for each fault in force on a node, which what stands in for a service looks for at every action. It names what is
 * made to go wrong: an agent's file, or a unit; below it, for how many seconds, if that is limited.
 */
const RULES = '/run/halab-faults/rules';

/** The node identifies an instance of a clone. */
export function ruleOf({ kind, resource }: Pick<ServiceFault, 'kind' | 'resource'>): string {
  return `${RULES}/${kind}-${baseId(resource)}`;
}

export async function makeRule(context: FaultContext, fault: ServiceFault, service: string): Promise<void> {
  await execOrThrow(context, fault.node, ['mkdir', '-p', RULES]);
  await (await context.transport(fault.node)).upload(`${service}\n${fault.seconds ?? ''}\n`, ruleOf(fault));
}

export async function isRuled(context: FaultContext, fault: ServiceFault): Promise<boolean> {
  return (await ask(context, fault.node, ['test', '-e', ruleOf(fault)])).exitCode === 0;
}

/** May run twice. */
export async function removeRule(context: FaultContext, fault: ServiceFault): Promise<void> {
  await execOrThrow(context, fault.node, ['rm', '-f', ruleOf(fault)]);
}

/** Whether any fault in force still needs the wrapper for this. grep(1): 1 is none, 2 is no such folder. */
async function isStillRuled(context: FaultContext, node: string, service: string): Promise<boolean> {
  const argv = ['grep', '-rlxF', '-e', service, RULES];
  const result = await ask(context, node, argv);
  if (result.exitCode > 2) throw commandFailed(node, argv, result);
  return result.stdout.trim() !== '';
}
