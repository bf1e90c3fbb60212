import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import type { StackDaemon } from '../model/scenario.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import { executableTest } from './daemons.js';
import { ask, must } from './on-node.js';

/** Something done again and again, which ends by itself. */
interface Repetition {
  /** From 2 to MOST_KILLS. */
  readonly times: number;
  readonly everyMs: number;
}
export const MOST_KILLS = 50;
export const DEFAULT_EVERY = '5s';
const FROM_MS = 100;
const TO_MS = 600_000;

export function everyWrong(word: string): ValueProblem | undefined {
  const ms = parseDurationMs(word);
  if (ms !== undefined && ms >= FROM_MS && ms <= TO_MS) return undefined;
  return {
    message: `'${word}' is no time from one kill to the next`,
    hint: 'write a time from 100ms to 10min, such as 5s',
  };
}

/** Once is no repetition. */
export function repetitionFrom(times: number | undefined, every: string | undefined): Partial<Repetition> {
  if (times === undefined || times < 2 || times > MOST_KILLS) return {};
  return { times, everyMs: parseDurationMs(every ?? DEFAULT_EVERY) ?? Number.NaN };
}

/** As a transient unit of the node's systemd, which needs nobody to hold it; one that runs already is ended first. */
export async function startKilling(
  context: FaultContext,
  node: string,
  daemon: StackDaemon,
  { times, everyMs }: Repetition,
): Promise<void> {
  await stopKilling(context, node, daemon);
  const words = [String(times), String(everyMs / 1000), `${daemon}.service`, ...executableTest(daemon)];
  await must(context, node, [
    'systemd-run',
    `--unit=${unitOf(daemon)}`,
    '/bin/sh',
    '-c',
    nodeScript('kill-repeatedly.sh'),
    'kill',
    ...words,
  ]);
}

/** May run twice. */
export async function stopKilling(context: FaultContext, node: string, daemon: StackDaemon): Promise<void> {
  // systemctl minds a unit that is not there (any more); whether it still runs is what counts.
  const result = await ask(context, node, ['systemctl', 'stop', unitOf(daemon)]);
  if (result.exitCode !== 0 && (await isKilling(context, node, daemon)))
    await must(context, node, ['systemctl', 'stop', unitOf(daemon)]);
}

export async function isKilling(context: FaultContext, node: string, daemon: StackDaemon): Promise<boolean> {
  const { stdout } = await ask(context, node, ['systemctl', 'is-active', unitOf(daemon)]);
  return ['active', 'activating', 'deactivating'].includes(stdout.trim());
}

function unitOf(daemon: StackDaemon): string {
  return `halab-kill-${daemon}.service`;
}
