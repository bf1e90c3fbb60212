import { z } from 'zod';
import { text } from '../fields/schema.js';
import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { message } from '../messages/message.js';
import { KEPT } from '../model/fault-effect.js';
import { STACK_DAEMONS, type StackDaemon } from '../model/scenario.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import {
  daemonParam,
  drawDaemon,
  executableTest,
  HOLDS_MEMBERSHIP,
  LOST,
  processesOf,
  type StackUnit,
  startUnits,
  unitsOf,
  unitsUp,
} from './daemons.js';
import { defineFault } from './define-fault.js';
import { losesDaemons } from './effects.js';
import { nodeState } from './node-state.js';
import { ask, execOrThrow, nothingToBreak } from './on-node.js';
import { number, onNode, param } from './params.js';
import { idsOf, mayBeTwice, mayBeUntold, mayBreak } from './walk/expected.js';
import { wasOf } from './walk/scene.js';

/** Something done again and again, which ends by itself. */
interface Repetition {
  /** From 2 to MOST_KILLS. */
  readonly times: number;
  readonly everyMs: number;
}
const MOST_KILLS = 50;
const DEFAULT_EVERY = '5s';
const FROM_MS = 100;
const TO_MS = 600_000;

function everyWrong(word: string): ValueProblem | undefined {
  const ms = parseDurationMs(word);
  if (ms !== undefined && ms >= FROM_MS && ms <= TO_MS) return undefined;
  return {
    message: `'${word}' is no time from one kill to the next`,
    hint: 'write a time from 100ms to 10min, such as 5s',
  };
}

/** Once is no repetition. */
function repetitionFrom(times: number | undefined, every: string | undefined): Partial<Repetition> {
  if (times === undefined || times < 2 || times > MOST_KILLS) return {};
  return { times, everyMs: parseDurationMs(every ?? DEFAULT_EVERY) ?? Number.NaN };
}

/** As a transient unit of the node's systemd, which goes on without halab; one that runs already is ended first. */
async function startKilling(
  context: FaultContext,
  node: string,
  daemon: StackDaemon,
  { times, everyMs }: Repetition,
): Promise<void> {
  await stopKilling(context, node, daemon);
  const words = [String(times), String(everyMs / 1000), `${daemon}.service`, ...executableTest(daemon)];
  const script = ['/bin/sh', '-c', nodeScript('kill-repeatedly.sh'), 'kill', ...words];
  await execOrThrow(context, node, ['systemd-run', `--unit=${unitOf(daemon)}`, ...script]);
}

/** May run twice. */
async function stopKilling(context: FaultContext, node: string, daemon: StackDaemon): Promise<void> {
  // systemctl minds a unit that is not there (any more); whether it still runs is what counts.
  const result = await ask(context, node, ['systemctl', 'stop', unitOf(daemon)]);
  if (result.exitCode !== 0 && (await isKilling(context, node, daemon)))
    await execOrThrow(context, node, ['systemctl', 'stop', unitOf(daemon)]);
}

async function isKilling(context: FaultContext, node: string, daemon: StackDaemon): Promise<boolean> {
  const { stdout } = await ask(context, node, ['systemctl', 'is-active', unitOf(daemon)]);
  return ['active', 'activating', 'deactivating'].includes(stdout.trim());
}

function unitOf(daemon: StackDaemon): string {
  return `halab-kill-${daemon}.service`;
}

/** The processes that it killed, the units that ran then, and whether that has been started again. */
interface Killed {
  readonly pids: readonly number[];
  readonly units: readonly StackUnit[];
  readonly isUndone: boolean;
}

const KILLED = nodeState<Killed>('daemon-kill');

/**
 * A kill is over at once, and what dies may be started again within milliseconds. It is in force from then on until it
 * is undone, be it the last of several or not; undone, until the daemon runs.
 */
export const daemonKill = defineFault({
  kind: 'daemon-kill',
  params: {
    node: onNode(),
    daemon: daemonParam,
    times: number(z.number().int().min(2).max(MOST_KILLS).optional().describe('How many times. Default: once.'), {
      value: '<n>',
      help: `how many times, from 2 to ${MOST_KILLS} (default: once)`,
      example: '3',
    }),
    every: param(
      text('a time such as 5s', everyWrong)
        .optional()
        .describe(`The time from one kill to the next. Default: ${DEFAULT_EVERY}.`)
        .meta({ examples: [DEFAULT_EVERY] }),
      { value: '<time>', help: `time from one kill to the next (default: ${DEFAULT_EVERY})`, example: DEFAULT_EVERY },
    ),
  },
  check: ({ times, every }) =>
    every === undefined || times !== undefined
      ? []
      : [{ at: ['every'], message: 'every is of several kills, and this is one', hint: 'give times, too' }],
  parse: ({ kind, node, daemon, times, every }) => ({ kind, node, daemon, ...repetitionFrom(times, every) }),
  stored: z
    .strictObject({
      kind: z.literal('daemon-kill'),
      node: z.string(),
      daemon: z.enum(STACK_DAEMONS),
      times: z.number().int().min(2).max(MOST_KILLS).optional().describe('Absent: once.'),
      everyMs: z.number().min(100).optional(),
    })
    .meta({ dependentRequired: { times: ['everyMs'], everyMs: ['times'] } }),
  summary: message('fault.daemon-kill.summary'),
  expectedBehaviour: message('fault.daemon-kill.expected-behaviour'),
  isMomentary: true,
  needs: () => [],
  effect: () => losesDaemons('abruptly', KEPT),
  describe: ({ daemon, times, everyMs }) =>
    times === undefined ? daemon : `${daemon} ${times} times, every ${everyMs}ms`,
  /** On Debian 12 a corosync that was killed stays down; where its unit has Restart=, it may be back at once. */
  walk: {
    weight: 15,
    draw(draw) {
      const drawn = drawDaemon(draw);
      return drawn && { kind: 'daemon-kill', ...drawn };
    },
    membersLost: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 1 : 0),
    inForce: ({ node, daemon }, scene) => [
      ...(daemon === 'corosync'
        ? [...mayBeTwice(scene, LOST), ...mayBeUntold([wasOf(node)], message('fault.daemon-kill.corosync'))]
        : []),
      ...(HOLDS_MEMBERSHIP.includes(daemon)
        ? mayBreak('no-failures', idsOf(scene.resources), message('fault.daemon-kill.operation'))
        : []),
    ],
    recovery: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 'cleanup' : undefined),
  },
  async inject({ node, daemon, times, everyMs }, context) {
    const pids = (await processesOf(context, node, daemon)).map(({ pid }) => pid);
    if (pids.length === 0) {
      if ((await KILLED.read(context, node, daemon))?.isUndone === false) return;
      await KILLED.remove(context, node, daemon);
      throw nothingToBreak(`no ${daemon} runs on ${node}`, 'Start the cluster there first.');
    }
    const earlier = await KILLED.read(context, node, daemon);
    const units = earlier?.isUndone === false ? earlier.units : await unitsUp(context, node, unitsOf(daemon));
    await KILLED.write(context, node, { pids, units, isUndone: false }, daemon);
    if (times === undefined || everyMs === undefined)
      await execOrThrow(context, node, ['kill', '-KILL', ...pids.map(String)]);
    else await startKilling(context, node, daemon, { times, everyMs });
  },
  async undo({ node, daemon, times }, context) {
    if (times !== undefined) await stopKilling(context, node, daemon);
    const killed = await KILLED.read(context, node, daemon);
    if (killed === undefined) return;
    await startUnits(context, node, killed.units);
    await KILLED.write(context, node, { ...killed, isUndone: true }, daemon);
  },
  async isActive({ node, daemon, times }, context) {
    const killed = await KILLED.read(context, node, daemon);
    if (killed === undefined) return false;
    const running = (await processesOf(context, node, daemon)).map(({ pid }) => pid);
    if (killed.isUndone)
      return running.length === 0 || (times !== undefined && (await isKilling(context, node, daemon)));
    return killed.pids.every((pid) => !running.includes(pid));
  },
});
