import { dirname } from 'node:path/posix';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import { isMountPoint, mountsOn } from './mounts.js';
import { ENDS_AFTER_S, must } from './on-node.js';
import { isStillRuled, RULES } from './service-rules.js';

/** A file system of its own: programs on /run may not be run, on some systems. */
const FOLDER = '/run/halab-agents';
const AGENTS = '/usr/lib/ocf/resource.d';

/** Where pacemaker finds an `ocf:` agent, of `provider/type`. */
export function agentPath(name: string): string {
  return `${AGENTS}/${name}`;
}

/**
 * Puts a stand-in over the agent's file, which does what the rules in force say and is the agent itself otherwise. The
 * agent stays to be had under its own name elsewhere, for some look at `$0`. May run twice.
 */
export async function standIn(context: FaultContext, node: string, agent: string): Promise<void> {
  if (!(await isMountPoint(context, node, FOLDER))) {
    await must(context, node, ['mkdir', '-p', FOLDER]);
    await must(context, node, ['mount', '-t', 'tmpfs', '-o', 'size=1m,mode=755', 'halab-agents', FOLDER]);
  }
  const real = realOf(agent);
  if (!(await isMountPoint(context, node, real))) {
    await must(context, node, ['mkdir', '-p', dirname(real), dirname(standInOf(agent))]);
    await must(context, node, ['touch', real]);
    await must(context, node, ['mount', '--bind', agent, real]);
  }
  // Or what is put over the agent would be put over this too (mount_namespaces(7), shared subtrees).
  await must(context, node, ['mount', '--make-private', real]);
  if (await isStoodIn(context, node, agent)) return;
  await (await context.transport(node)).upload(wrapperFor(agent), standInOf(agent), 0o755);
  await must(context, node, ['mount', '--bind', standInOf(agent), agent]);
}

export async function isStoodIn(context: FaultContext, node: string, agent: string): Promise<boolean> {
  return isMountPoint(context, node, agent);
}

/**
 * Gives the agent its place back, unless another fault needs the stand-in. May run twice. What is in the middle of an
 * action keeps the files busy, so they are only taken out of sight.
 */
export async function standAside(context: FaultContext, node: string, agent: string): Promise<void> {
  if (await isStillRuled(context, node, agent)) return;
  for (const point of [agent, realOf(agent)])
    if (await isMountPoint(context, node, point)) await must(context, node, ['umount', '-l', point]);
  const points = (await mountsOn(context, node)).map(({ point }) => point);
  if (points.includes(FOLDER) && !points.some((point) => point.startsWith(`${FOLDER}/`))) {
    await must(context, node, ['umount', '-l', FOLDER]);
    await must(context, node, ['rmdir', FOLDER]);
  }
}

function realOf(agent: string): string {
  return `${FOLDER}/real${agent}`;
}

function standInOf(agent: string): string {
  return `${FOLDER}/stand-in${agent}`;
}

function wrapperFor(agent: string): string {
  const head = ['#!/bin/sh', `AGENT='${realOf(agent)}'`, `RULES='${RULES}'`, `MOST_S=${ENDS_AFTER_S}`, ''];
  return head.join('\n') + nodeScript('agent-wrapper.sh');
}
