import { dirname } from 'node:path/posix';
import type { FaultContext } from '../ports/fault.js';
import { isMountPoint, mountsOn } from './mounts.js';
import { ENDS_AFTER_S, must } from './on-node.js';
import { isStillRuled, ruleFor } from './service-rules.js';

/** A file system of its own: programs on /run may not be run, on some systems. */
const FOLDER = '/run/halab-agents';
const AGENTS = '/usr/lib/ocf/resource.d';

/** Where pacemaker finds an `ocf:` agent. */
export function agentPath(provider: string, type: string): string {
  return `${AGENTS}/${provider}/${type}`;
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
  await (await context.transport(node)).upload(scriptFor(real), standInOf(agent), 0o755);
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

/**
 * A probe has interval 0 and finds what is there; what it would find is not made up. A stop that hangs goes on as soon as
 * its rule is gone; by then the agent may have its place back, and its file elsewhere be gone.
 */
function scriptFor(real: string): string {
  return `#!/bin/sh
# Made by halab, and gone with the faults in force on this node.
id=\${OCF_RESOURCE_INSTANCE%%:*}
fail() {
  echo "ocf-exit-reason:halab has made $id fail its $1" >&2
  exit 1
}
case \${id:+$1} in
  monitor | status)
    [ "\${OCF_RESKEY_CRM_meta_interval:-0}" != 0 ] && [ -e "${ruleFor('monitor-fail', '$id')}" ] && fail monitor ;;
  start)
    [ -e "${ruleFor('start-fail', '$id')}" ] && fail start ;;
  stop)
    left=${ENDS_AFTER_S}
    while [ -e "${ruleFor('stop-hang', '$id')}" ] && [ $left -gt 0 ]; do
      sleep 1
      left=$((left - 1))
    done ;;
esac
[ -s "${real}" ] && exec "${real}" "$@"
exec "$0" "$@"
`;
}
