import { z } from 'zod';
import { text } from '../fields/schema.js';
import { message } from '../messages/message.js';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import { STACK_DAEMONS } from '../model/scenario.js';
import { daemonParam, processesOf, type StackUnit, startUnits, unitsOf, unitsUp } from './daemons.js';
import { defineFault } from './define-fault.js';
import {
  DEFAULT_EVERY,
  everyWrong,
  isKilling,
  MOST_KILLS,
  repetitionFrom,
  startKilling,
  stopKilling,
} from './killing.js';
import { readNote, removeNote, writeNote } from './note.js';
import { must, nothingToBreak } from './on-node.js';
import { number, onNode, param } from './params.js';
import { drawDaemon, HOLDS_MEMBERSHIP, LOST } from './walk/daemons.js';
import { idsOf, mayBeTwice, mayBeUntold, mayBreak } from './walk/may-break.js';
import { wasOf } from './walk/targets.js';

/** Whom it killed, what ran then, and whether that has been started again. */
interface Killed {
  readonly pids: readonly number[];
  readonly units: readonly StackUnit[];
  readonly isUndone: boolean;
}

/**
 * A kill is over at once, and what dies may be started again within milliseconds. It is in force from then on until it
 * is undone, be it the last of several or not; undone, until the daemon runs.
 */
export const daemonKill = defineFault({
  kind: 'daemon-kill',
  params: {
    node: onNode(),
    daemon: daemonParam,
    times: number(z.number().int().min(2).max(MOST_KILLS).optional().describe('How often; default is once.'), {
      value: '<n>',
      help: `how often, from 2 to ${MOST_KILLS} (default once)`,
      example: '3',
    }),
    every: param(
      text('a time such as 5s', everyWrong)
        .optional()
        .describe(`From one kill to the next; default is ${DEFAULT_EVERY}.`)
        .meta({ examples: [DEFAULT_EVERY] }),
      { value: '<time>', help: `from one kill to the next (default ${DEFAULT_EVERY})`, example: DEFAULT_EVERY },
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
  needs: () => [],
  effect: () => ({
    node: 'loses-daemons',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: NOTHING,
  }),
  describe: ({ daemon, times, everyMs }) =>
    times === undefined ? daemon : `${daemon} ${times} times, every ${everyMs}ms`,
  /** On Debian 12 a corosync that was killed stays down; where its unit has Restart=, it may be back at once. */
  walk: {
    weight: 15,
    draw(draw) {
      const drawn = drawDaemon(draw);
      return drawn && { kind: 'daemon-kill', ...drawn };
    },
    costs: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 1 : 0),
    inForce: ({ node, daemon }, scene) => [
      ...(daemon === 'corosync'
        ? [...mayBeTwice(scene, LOST), ...mayBeUntold([wasOf(node)], message('fault.daemon-kill.corosync'))]
        : []),
      ...(HOLDS_MEMBERSHIP.includes(daemon)
        ? mayBreak('no-failures', idsOf(scene.resources), message('fault.daemon-kill.operation'))
        : []),
    ],
    mend: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 'cleanup' : undefined),
  },
  async inject({ node, daemon, times, everyMs }, context) {
    const pids = (await processesOf(context, node, daemon)).map(({ pid }) => pid);
    if (pids.length === 0) {
      if ((await readNote<Killed>(context, node, noteOf(daemon)))?.isUndone === false) return;
      await removeNote(context, node, noteOf(daemon));
      throw nothingToBreak(`no ${daemon} runs on ${node}`, 'Start the cluster there first.');
    }
    const earlier = await readNote<Killed>(context, node, noteOf(daemon));
    const units = earlier?.isUndone === false ? earlier.units : await unitsUp(context, node, unitsOf(daemon));
    await writeNote(context, node, noteOf(daemon), { pids, units, isUndone: false } satisfies Killed);
    if (times === undefined || everyMs === undefined) await must(context, node, ['kill', '-KILL', ...pids.map(String)]);
    else await startKilling(context, node, daemon, { times, everyMs });
  },
  async undo({ node, daemon, times }, context) {
    if (times !== undefined) await stopKilling(context, node, daemon);
    const killed = await readNote<Killed>(context, node, noteOf(daemon));
    if (killed === undefined) return;
    await startUnits(context, node, killed.units);
    await writeNote(context, node, noteOf(daemon), { ...killed, isUndone: true } satisfies Killed);
  },
  async isActive({ node, daemon, times }, context) {
    const killed = await readNote<Killed>(context, node, noteOf(daemon));
    if (killed === undefined) return false;
    const running = (await processesOf(context, node, daemon)).map(({ pid }) => pid);
    if (killed.isUndone)
      return running.length === 0 || (times !== undefined && (await isKilling(context, node, daemon)));
    return killed.pids.every((pid) => !running.includes(pid));
  },
});

function noteOf(daemon: string): string {
  return `daemon-kill-${daemon}`;
}
