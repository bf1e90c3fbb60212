import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import { NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { hindersStops } from './effects.js';
import { ask, execOrThrow } from './on-node.js';
import { onNode } from './params.js';
import { ALONE, standsOnDisks } from './walk/expected.js';

/** tgt serves from userspace, on Debian; on EL the kernel does, set up by target.service of targetcli. */
const UNITS = ['tgt.service', 'target.service'] as const;

export const targetStop = defineFault({
  kind: 'target-stop',
  params: { node: onNode('storage') },
  summary: message('fault.target-stop.summary'),
  expectedBehaviour: message('fault.target-stop.expected-behaviour'),
  needs: () => ['shared-storage'],
  effect: () => hindersStops(NOTHING),
  describe: () => '',
  walk: {
    ...ALONE,
    weight: 6,
    draw: ({ scene }) => (standsOnDisks(scene) ? { kind: 'target-stop', node: '{storage}' } : undefined),
  },
  async inject({ node }, context) {
    const unit = await unitOn(node, context);
    // Masked first, or the unit's Restart= would be faster.
    await execOrThrow(context, node, ['systemctl', '--quiet', '--runtime', 'mask', unit]);
    if (unit === 'target.service') await execOrThrow(context, node, ['systemctl', 'stop', unit]);
    else if (await isServing(node, unit, context))
      await execOrThrow(context, node, ['systemctl', 'kill', '--signal=KILL', unit]);
  },
  async undo({ node }, context) {
    const unit = await unitOn(node, context);
    await execOrThrow(context, node, ['systemctl', '--quiet', '--runtime', 'unmask', unit]);
    if (await isServing(node, unit, context)) return;
    await ask(context, node, ['systemctl', 'reset-failed', unit]);
    await execOrThrow(context, node, ['systemctl', 'start', unit]);
  },
  isActive: async ({ node }, context) => !(await isServing(node, await unitOn(node, context), context)),
});

async function unitOn(node: string, context: FaultContext): Promise<string> {
  for (const unit of UNITS) {
    // A masked unit has no text but is listed.
    const { stdout } = await ask(context, node, ['systemctl', 'list-unit-files', '--no-legend', unit]);
    if (stdout.trim() !== '') return unit;
  }
  throw new LabError('fault-failed', `${node} serves no disk: it has none of ${UNITS.join(', ')}`, {
    hint: 'Name the storage node of the lab.',
  });
}

async function isServing(node: string, unit: string, context: FaultContext): Promise<boolean> {
  const { stdout } = await ask(context, node, ['systemctl', 'show', '--property=ActiveState', '--value', unit]);
  return ['active', 'activating', 'reloading'].includes(stdout.trim());
}
