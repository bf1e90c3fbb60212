import { message } from '../messages/message.js';
import { isLabError, LabError } from '../model/errors.js';
import { KEPT } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { commandFailed } from '../ports/transport.js';
import { defineFault } from './define-fault.js';
import { losesDaemons } from './effects.js';
import { nodeState } from './node-state.js';
import { ask, execOrThrow } from './on-node.js';
import { onNode } from './params.js';
import { mayBeUntoldYet, onOneNode } from './walk/expected.js';
import { wasOf } from './walk/scene.js';

interface Begun {
  /** The boot that the reboot ends. */
  readonly bootId: string;
}

const STATE = nodeState<Begun>('reboot');

/** In force until it is undone, which it cannot be before the node has booted again; that may take no longer than a look. */
export const reboot = defineFault({
  kind: 'reboot',
  params: { node: onNode() },
  summary: message('fault.reboot.summary'),
  expectedBehaviour: message('fault.reboot.expected-behaviour'),
  isMomentary: true,
  needs: () => [],
  effect: () => losesDaemons('in order', KEPT),
  describe: () => '',
  walk: {
    weight: 8,
    ...onOneNode('reboot', 'offline'),
    effect: ({ node }) => ({ expect: [{ node: wasOf(node), is: 'offline' }], within: 'token + consensus + 60s' }),
    inForce: ({ node }) => mayBeUntoldYet([wasOf(node)], message('fault.reboot.in-force')),
  },
  async inject({ node }, context) {
    if ((await STATE.read(context, node)) !== undefined) return;
    await STATE.write(context, node, { bootId: await bootIdOf(node, context) });
    // The job is there when this returns; logind, which `systemctl reboot` asks, may keep it waiting (logind.conf(5)).
    const argv = ['systemctl', 'start', 'reboot.target', '--job-mode=replace-irreversibly', '--no-block'];
    const result = await ask(context, node, argv).catch(unlessSilent);
    if (result !== undefined && result.exitCode !== 0) throw commandFailed(node, argv, result);
  },
  undo: ({ node }, context) => untilBooted(node, context),
  isActive: async ({ node }, context) => (await lookAt(node, context)) !== 'nothing begun',
});

const BOOT_MS = 300_000;
const LOOK_EVERY_MS = 500;
/** A reboot leaves a machine without a process for a moment; one that is off for longer stays off. */
const STAYS_OFF_MS = 3_000;

async function untilBooted(node: string, context: FaultContext): Promise<void> {
  const { clock, backend, instance } = context;
  const deadline = clock.monotonicMs() + BOOT_MS;
  let offSince: number | undefined;
  for (;;) {
    const seen = await lookAt(node, context);
    if (seen === 'nothing begun') return;
    if (seen === 'booted' || seen === 'not going down') return STATE.remove(context, node);
    const isOff = backend.power !== undefined && !(await backend.power.isOn(instance, node));
    offSince = isOff ? (offSince ?? clock.monotonicMs()) : undefined;
    if (offSince !== undefined && clock.monotonicMs() - offSince >= STAYS_OFF_MS)
      await backend.power?.on(instance, node);
    if (clock.monotonicMs() > deadline)
      throw new LabError('boot-timeout', `${node} has not booted again within ${BOOT_MS} ms: it is ${seen}`, {
        data: { node },
      });
    await clock.sleep(LOOK_EVERY_MS);
  }
}

type Look = 'nothing begun' | 'booted' | 'going down' | 'not going down' | 'silent';

/** The management connection from before the reboot is lost by it, which counts as silence once; the next one is there when the node is. */
async function lookAt(node: string, context: FaultContext): Promise<Look> {
  try {
    const begun = await STATE.read(context, node);
    if (begun === undefined) return 'nothing begun';
    if (begun.bootId !== (await bootIdOf(node, context))) return 'booted';
    const { stdout } = await ask(context, node, ['systemctl', 'is-system-running']);
    return stdout.trim() === 'stopping' ? 'going down' : 'not going down';
  } catch (error) {
    unlessSilent(error);
    return 'silent';
  }
}

async function bootIdOf(node: string, context: FaultContext): Promise<string> {
  return (await execOrThrow(context, node, ['cat', '/proc/sys/kernel/random/boot_id'])).trim();
}

const SILENT: readonly string[] = ['node-unreachable', 'boot-timeout', 'command-timeout'];

function unlessSilent(error: unknown): undefined {
  if (isLabError(error) && SILENT.includes(error.code)) return undefined;
  throw error;
}
