import type { FaultContext } from '../ports/fault.js';
import { ask, ENDS_AFTER_S, execOrThrow } from './on-node.js';

/** systemd's words for a unit that is not there differ by release. */
const GONE: readonly string[] = ['inactive', 'unknown', 'not-found', ''];

/** Runs stress-ng as a unit of its own, which ends by itself when its time is up. May run twice. */
export async function startLoad(
  context: FaultContext,
  node: string,
  unit: string,
  options: readonly string[],
): Promise<void> {
  if ((await workersOf(context, node, unit)).length > 0) return;
  // One that has failed keeps its name; on most releases one that has not makes this complain.
  await ask(context, node, ['systemctl', 'reset-failed', serviceOf(unit)]);
  const load = ['stress-ng', ...options, '--timeout', `${ENDS_AFTER_S}s`];
  await execOrThrow(context, node, ['systemd-run', '--quiet', `--unit=${unit}`, ...load]);
}

/** May run twice. */
export async function stopLoad(context: FaultContext, node: string, unit: string): Promise<void> {
  const { stdout } = await ask(context, node, ['systemctl', 'is-active', serviceOf(unit)]);
  if (GONE.includes(stdout.trim())) return;
  await execOrThrow(context, node, ['systemctl', 'stop', serviceOf(unit)]);
  await ask(context, node, ['systemctl', 'reset-failed', serviceOf(unit)]);
}

/** The memory in MiB of each process that the unit’s stress-ng has started, without itself. */
export async function workersOf(context: FaultContext, node: string, unit: string): Promise<readonly number[]> {
  const shown = await execOrThrow(context, node, ['ps', '-e', '-o', 'rss=,unit:64=,comm=']);
  return shown.split('\n').flatMap((line) => {
    const [, kib, of, name = ''] = /^\s*(\d+)\s+(\S+)\s+(\S.*?)\s*$/.exec(line) ?? [];
    return of === serviceOf(unit) && name.startsWith('stress-ng-') ? [Number(kib) / 1024] : [];
  });
}

function serviceOf(unit: string): string {
  return `${unit}.service`;
}
