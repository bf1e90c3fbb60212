import { z } from 'zod';
import { text } from '../fields/schema.js';
import { unknownWord } from '../fields/value-problem.js';
import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import { NOTHING } from '../model/fault-effect.js';
import { ownDisksOf, sharedDisksOf } from '../model/iscsi.js';
import type { Lab } from '../model/lab.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeProgram } from '../ports/node-program.js';
import { defineFault, type ParamScene, type ResolvedOf } from './define-fault.js';
import { hindersStops } from './effects.js';
import { execOrThrow } from './on-node.js';
import { onNode, param, problemAt } from './params.js';

const LUN_TROUBLES = ['read-only', 'io-error', 'full', 'slow'] as const;
type LunTrouble = (typeof LUN_TROUBLES)[number];

/** Those that HA nodes log in to, and their own. */
function disksIn(lab: Lab): readonly string[] {
  const own = lab.nodes.flatMap(ownDisksOf).map(({ disk }) => disk.name);
  return [...new Set([...sharedDisksOf(lab).map(({ id }) => id), ...own])];
}

const params = {
  node: onNode('ha'),
  disk: {
    ...param(text("a disk's name"), {
      value: '<disk>',
      help: "name of a disk (default: the lab's only one)",
      example: 'shared',
      fallback: (lab: Lab) => {
        const [only, ...others] = disksIn(lab);
        return others.length > 0 ? undefined : only;
      },
    }),
    check: (disk: string, { lab }: ParamScene) => {
      const known = disksIn(lab);
      return known.includes(disk) ? [] : problemAt(['disk'], unknownWord(`disk of lab ${lab.name}`, disk, known));
    },
  },
  how: param(
    z
      .enum(LUN_TROUBLES)
      .describe(
        'read-only: writes are refused. io-error: all operations fail. full: the disk has no space left. slow: ten operations a second.',
      ),
    { value: '<trouble>', help: LUN_TROUBLES.join(', '), example: 'io-error' },
  ),
};

type LunFault = ResolvedOf<'lun-fault', typeof params>;

export const lunFault = defineFault({
  kind: 'lun-fault',
  params,
  summary: message('fault.lun-fault.summary'),
  expectedBehaviour: message('fault.lun-fault.expected-behaviour'),
  needs: () => ['lun-faults'],
  effect: () => hindersStops(NOTHING),
  describe: ({ disk, how }) => `${disk} (${how})`,
  walk: {
    never:
      'Healing the disk is not enough for the cluster to be as before: a file system that could not write its journal ' +
      'stays read-only until it is mounted again, and a monitor that looks at the mount does not notice.',
  },
  async inject(fault, context) {
    if ((await control('inject', fault, context)) === 'done') return;
    throw new LabError('fault-failed', `${fault.node} is not logged in to ${fault.disk}`, {
      hint: 'The scenario shared-storage logs every HA node in.',
    });
  },
  undo: async (fault, context) => void (await control('undo', fault, context)),
  isActive: async (fault, context) => (await control('look', fault, context)) === 'active',
});

/**
 * Error numbers of Linux, and what fails with them (blkdebug, inject-error). Flushing goes on: changing the filters flushes
 * first, and would fail for good. What was to be flushed has failed before.
 */
const ERRORS: {
  readonly [T in Exclude<LunTrouble, 'slow'>]: { readonly errno: number; readonly of: readonly string[] };
} = {
  'read-only': { errno: 30, of: ['write', 'write-zeroes', 'discard'] },
  'io-error': { errno: 5, of: ['read', 'write', 'write-zeroes', 'discard'] },
  full: { errno: 28, of: ['write', 'write-zeroes'] },
};

const OPERATIONS_PER_SECOND = 10;

async function control(
  verb: 'inject' | 'undo' | 'look',
  { node, disk, how }: LunFault,
  context: FaultContext,
): Promise<string> {
  const words = [disk, verb, how, JSON.stringify(ERRORS), String(OPERATIONS_PER_SECOND)];
  return (await execOrThrow(context, node, ['python3', '-', ...words], nodeProgram('break-disk.py'))).trim();
}
