import { z } from 'zod';
import { text } from '../fields/schema.js';
import { parseDurationMs } from '../fields/time-expression.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import { NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { nodeState } from './node-state.js';
import { ask, execOrThrow, requireKernel } from './on-node.js';
import { onNode, param } from './params.js';

const LEAST_SKEW_MS = 1_000;
const MOST_SKEW_MS = 86_400_000;

/** `+5min` is ahead of the time, `-30s` behind it: to milliseconds. */
function readSkew(text: string): { readonly byMs: number } | ValueProblem {
  const [, sign, rest = ''] = /^([+-])(.+)$/.exec(text) ?? [];
  const ms = parseDurationMs(rest);
  if (ms === undefined)
    return { message: `'${text}' does not say how far a clock is off`, hint: 'write +5min or -30s' };
  const byMs = sign === '-' ? -ms : ms;
  const off = Math.abs(byMs);
  if (off >= LEAST_SKEW_MS && off <= MOST_SKEW_MS) return { byMs };
  return { message: 'a clock can be off by one second to one day', hint: 'write +5min or -30s' };
}

/** How the clock stood before, what was stopped, and whether that has been started again. */
interface Before {
  readonly epochS: number;
  readonly keepers: readonly string[];
  readonly isUndone: boolean;
}

const STATE = nodeState<Before>('clock-skew');

export const clockSkew = defineFault({
  kind: 'clock-skew',
  params: {
    node: onNode(),
    by: param(
      text('how far the clock is off', (value) => {
        const skew = readSkew(value);
        return 'message' in skew ? skew : undefined;
      }).describe('How far the clock is ahead (+5min) or behind (-30s): from one second to 24 hours.'),
      { value: '<skew>', help: 'how far ahead (+5min) or behind (-30s)', example: '+5min' },
    ),
  },
  parse: ({ kind, node, by }) => {
    const skew = readSkew(by);
    if ('byMs' in skew) return { kind, node, ...skew };
    throw new LabError('config-invalid', skew.message, { hint: skew.hint, data: { text: by } });
  },
  stored: z.strictObject({
    kind: z.literal('clock-skew'),
    node: z.string(),
    byMs: z.number().describe('How far the clock is ahead; negative if it is behind.'),
  }),
  summary: message('fault.clock-skew.summary'),
  expectedBehaviour: message('fault.clock-skew.expected-behaviour'),
  needs: () => ['clock'],
  effect: () => breaksOnly(NOTHING),
  describe: ({ byMs }) => `${byMs > 0 ? '+' : ''}${byMs} ms`,
  walk: {
    never:
      'Audits read of each node what it has logged since the look before, by its own clock: once that was set, they ' +
      'would miss what is new, or take for new what is old.',
  },
  async inject({ node, byMs }, context) {
    requireKernel(context.backend, 'clock');
    const { epochS, keepers } = (await before(context, node)) ?? {
      epochS: await epochOf(context, node),
      keepers: await keepersOf(context, node),
    };
    await STATE.write(context, node, { epochS, keepers, isUndone: false });
    if (keepers.length > 0) await execOrThrow(context, node, ['systemctl', 'stop', ...keepers]);
    await setClock(context, node, epochS + byMs / 1000);
  },
  async undo({ node }, context) {
    const found = await before(context, node);
    if (found === undefined) return;
    await setClock(context, node, found.epochS);
    if (found.keepers.length > 0) await execOrThrow(context, node, ['systemctl', 'start', ...found.keepers]);
    await STATE.write(context, node, { ...found, isUndone: true });
  },
  /** Nearer to what it was set to than to what it was before: a time service may have moved it a little since. */
  async isActive({ node, byMs }, context) {
    const found = await STATE.read(context, node);
    if (found === undefined) return false;
    const offMs = ((await epochOf(context, node)) - found.epochS) * 1000;
    return Math.abs(offMs - byMs) < Math.abs(offMs);
  },
});

/** Of a fault that is not undone yet: the first one knows how the clock stood before. */
async function before(context: FaultContext, node: string): Promise<Before | undefined> {
  const found = await STATE.read(context, node);
  return found?.isUndone === false ? found : undefined;
}

/** What sets clocks: time services, and what a hypervisor has in its guests. */
const KEEPERS = [
  'systemd-timesyncd',
  'chrony',
  'chronyd',
  'ntp',
  'ntpd',
  'ntpsec',
  'openntpd',
  'vboxadd-service',
  'virtualbox-guest-utils',
  'open-vm-tools',
] as const;

/** The time of day when the node booted, by its own clocks: it stays the same for as long as the time is not set. */
async function epochOf(context: FaultContext, node: string): Promise<number> {
  const said = await execOrThrow(context, node, ['sh', '-c', 'date +%s.%N; cat /proc/uptime']);
  const [, now, up] = /^(\d+\.\d+)\s+(\d+\.\d+)\s/.exec(said) ?? [];
  if (now !== undefined && up !== undefined) return Number(now) - Number(up);
  throw new LabError('command-failed', `${node} does not tell what time it is: ${said.trim()}`);
}

/** Sets the time to so many seconds after 1970, plus what the node has been up. Only the kernel’s clock: not that of the hardware. */
async function setClock(context: FaultContext, node: string, epochS: number): Promise<void> {
  await execOrThrow(context, node, ['sh', '-c', nodeScript('set-clock.sh'), 'halab', epochS.toFixed(3)]);
}

/** Services that would set the time right again, and run. */
async function keepersOf(context: FaultContext, node: string): Promise<readonly string[]> {
  const names = KEEPERS.map((name) => `${name}.service`);
  const { stdout } = await ask(context, node, ['systemctl', 'is-active', ...names]);
  const states = stdout.trim().split('\n');
  return names.filter((_name, index) => states[index] === 'active');
}
