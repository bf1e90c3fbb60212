import { z } from 'zod';
import { message } from '../messages/message.js';
import { STACK_DAEMONS, type StackDaemon } from '../model/scenario.js';
import type { FaultContext } from '../ports/fault.js';
import { commandFailed } from '../ports/transport.js';
import { ask, execOrThrow } from './on-node.js';
import { param } from './params.js';
import type { Draw } from './walk/row.js';

/** Which daemon of the stack a fault is about. */
export const daemonParam = param(
  z
    .enum(STACK_DAEMONS)
    .describe(
      'The name that it has since pacemaker 2.0, without pacemaker-; its name in older releases is recognized too.',
    ),
  { value: '<daemon>', help: STACK_DAEMONS.join(', '), example: 'controld' },
);

export type StackUnit = 'corosync' | 'pacemaker' | 'pcsd';

interface DaemonFacts {
  /** Units that go down with the daemon, in the order in which they are started. */
  readonly units: readonly StackUnit[];
  /** How the path of its executable ends, newer name first; empty where an interpreter runs it. */
  readonly executables: readonly string[];
}

/** Names up to pacemaker 1.1 are those of its ChangeLog for 2.0.0. pcsd is Python or Ruby: only its unit knows it. */
const DAEMONS: { readonly [D in StackDaemon]: DaemonFacts } = {
  corosync: { units: ['corosync', 'pacemaker'], executables: ['corosync'] },
  pacemakerd: { units: ['pacemaker'], executables: ['pacemakerd'] },
  controld: { units: ['pacemaker'], executables: ['pacemaker/pacemaker-controld', 'pacemaker/crmd'] },
  based: { units: ['pacemaker'], executables: ['pacemaker/pacemaker-based', 'pacemaker/cib'] },
  fenced: { units: ['pacemaker'], executables: ['pacemaker/pacemaker-fenced', 'pacemaker/stonithd'] },
  execd: { units: ['pacemaker'], executables: ['pacemaker/pacemaker-execd', 'pacemaker/lrmd'] },
  attrd: { units: ['pacemaker'], executables: ['pacemaker/pacemaker-attrd', 'pacemaker/attrd'] },
  schedulerd: { units: ['pacemaker'], executables: ['pacemaker/pacemaker-schedulerd', 'pacemaker/pengine'] },
  pcsd: { units: ['pcsd'], executables: [] },
};

interface DaemonProcess {
  readonly pid: number;
  readonly isStopped: boolean;
}

export function unitsOf(daemon: StackDaemon): readonly StackUnit[] {
  return DAEMONS[daemon].units;
}

/** The daemon's own processes, without children that it is about to make another program of. */
export async function processesOf(
  context: FaultContext,
  node: string,
  daemon: StackDaemon,
): Promise<readonly DaemonProcess[]> {
  const test = executableTest(daemon);
  const pids = test.length > 0 ? await byExecutable(context, node, test) : await byUnit(context, node, daemon);
  if (pids.length === 0) return [];
  const { stdout } = await ask(context, node, ['ps', '-o', 'pid=,ppid=,stat=', '-p', pids.join(',')]);
  const found = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    return pid === undefined || state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), state }];
  });
  return found
    .filter(({ parent }) => found.every(({ pid }) => pid !== parent))
    .map(({ pid, state }) => ({ pid, isStopped: state.startsWith('T') }));
}

/** Those that are not down: active, or on their way up or down. */
export async function unitsUp(
  context: FaultContext,
  node: string,
  units: readonly StackUnit[],
): Promise<readonly StackUnit[]> {
  const states = await statesOf(context, node, units);
  return units.filter((_unit, index) => !DOWN.includes(states[index] ?? ''));
}

export async function isActiveUnit(context: FaultContext, node: string, unit: StackUnit): Promise<boolean> {
  const [state] = await statesOf(context, node, [unit]);
  return state === 'active';
}

/** systemd's words for a unit that is not there differ by release. */
const DOWN: readonly string[] = ['inactive', 'failed', 'unknown', 'not-found', ''];

async function statesOf(context: FaultContext, node: string, units: readonly StackUnit[]): Promise<readonly string[]> {
  const { stdout } = await ask(context, node, ['systemctl', 'is-active', ...units.map(serviceOf)]);
  return stdout.trim().split('\n');
}

/** May run twice. A unit that systemd has given up is started all the same. */
export async function startUnits(context: FaultContext, node: string, units: readonly StackUnit[]): Promise<void> {
  if (units.length === 0) return;
  // It minds units that have not failed on some releases, and starting says what is wrong if anything is.
  await ask(context, node, ['systemctl', 'reset-failed', ...units.map(serviceOf)]);
  await execOrThrow(context, node, ['systemctl', 'start', ...units.map(serviceOf)]);
}

/** find(1) ends with 1 where a process ended while it looked. */
async function byExecutable(context: FaultContext, node: string, test: readonly string[]): Promise<readonly number[]> {
  const argv = ['find', '/proc', '-mindepth', '2', '-maxdepth', '2', '-name', 'exe', ...test];
  const result = await ask(context, node, argv);
  if (result.exitCode > 1) throw commandFailed(node, argv, result);
  return [...result.stdout.matchAll(/^\/proc\/(\d+)\/exe$/gm)].map(([, pid]) => Number(pid));
}

/** How find(1) tells the daemon's /proc/PID/exe, whose file may have been replaced since; empty where only its unit knows it. */
export function executableTest(daemon: StackDaemon): readonly string[] {
  const { executables } = DAEMONS[daemon];
  const paths = executables.flatMap((path) => ['-o', '-lname', `*/${path}`, '-o', '-lname', `*/${path} (deleted)`]);
  return paths.length === 0 ? [] : ['(', ...paths.slice(1), ')'];
}

async function byUnit(context: FaultContext, node: string, unit: string): Promise<readonly number[]> {
  const shown = await execOrThrow(context, node, ['systemctl', 'show', '--property=MainPID', `${unit}.service`]);
  const pid = Number(/^MainPID=(\d+)$/m.exec(shown)?.[1] ?? 0);
  return pid === 0 ? [] : [pid];
}

function serviceOf(unit: StackUnit): string {
  return `${unit}.service`;
}

/**
 * Without it the node is lost to the others, if only until it is started again. The controller ends with its executor, and that of
 * the DC with the scheduler: "Connection to executor failed", "Connection to pengine closed" in the logs of pacemaker 2.1.5.
 */
export const HOLDS_MEMBERSHIP: readonly StackDaemon[] = [
  'corosync',
  'pacemakerd',
  'controld',
  'based',
  'execd',
  'schedulerd',
];

export const LOST = message('fault.lost');

/** Without fencing, a stop that fails like this blocks its resource. */
export const WAITED = message('fault.waited');

export function drawDaemon({ chance, on }: Draw): { readonly node: string; readonly daemon: StackDaemon } | undefined {
  const node = chance.one(on);
  const daemon = chance.one(STACK_DAEMONS);
  return node && daemon ? { node, daemon } : undefined;
}
