import { isLabError, LabError } from '../model/errors.js';
import type { ResolvedFault } from '../model/scenario.js';
import type { FaultContext, FaultDriver } from '../ports/fault.js';
import { readNote, removeNote, writeNote } from './note.js';
import { ask, commandFailed } from './on-node.js';

type Reboot = Extract<ResolvedFault, { kind: 'reboot' }>;

/** Stands where notes are, which a boot clears: while it can be read, the node has not booted again. */
const NOTE = 'reboot';

export const reboot: FaultDriver<Reboot> = {
  kind: 'reboot',
  summary: {
    en: 'Reboots a node in order, as `systemctl reboot` does: services stop, then the node starts anew. Healing waits until it has booted again, and turns it on if it stayed off.',
    zh: '像 `systemctl reboot` 那样有序重启节点：先停止各项服务，再重新启动。恢复时等待节点重新启动完成；如果它一直处于关机状态，则为其通电。',
  },
  legal: {
    en: 'The cluster on the node is stopped in order: its resources are stopped there and start elsewhere, the node leaves the membership at once and nobody is fenced. What does not stop in time is killed, and a resource that fails to stop may get the node fenced. It rejoins only if the cluster is enabled at boot.',
    zh: '节点上的集群有序停止：资源先停止，再在别处启动；节点立即退出成员关系，不会有节点被隔离（fence）。未能按时停止的进程会被杀死；资源停止失败时，节点可能被隔离。只有集群设为开机自启时，节点才会自动重新加入。',
  },
  needs: [],
  async inject({ node }, context) {
    if ((await readNote(context, node, NOTE)) !== undefined) return;
    await writeNote(context, node, NOTE, {});
    // The job is there when this returns; logind, which `systemctl reboot` asks, may keep it waiting (logind.conf(5)).
    const argv = ['systemctl', 'start', 'reboot.target', '--job-mode=replace-irreversibly', '--no-block'];
    const result = await ask(context, node, argv).catch(unlessSilent);
    if (result !== undefined && result.exitCode !== 0) throw commandFailed(node, argv, result);
  },
  undo: ({ node }, context) => untilBooted(node, context),
  isActive: async ({ node }, context) => (await lookAt(node, context)) !== 'booted',
};

/** A node that does not let anybody in by then is on its way down or up. */
const LOOK_MS = 3_000;
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
    if (seen === 'booted') return;
    if (seen === 'not going down') return removeNote(context, node, NOTE);
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

type Look = 'booted' | 'going down' | 'not going down' | 'silent';

/** By a connection of its own: one from before does not notice at once that its node has gone. */
async function lookAt(node: string, context: FaultContext): Promise<Look> {
  const way = await context.backend.connect(context.instance, node, { timeoutMs: LOOK_MS }).catch(unlessSilent);
  if (way === undefined) return 'silent';
  try {
    const through: FaultContext = { ...context, transport: async () => way };
    if ((await readNote(through, node, NOTE)) === undefined) return 'booted';
    const { stdout } = await ask(through, node, ['systemctl', 'is-system-running']);
    return stdout.trim() === 'stopping' ? 'going down' : 'not going down';
  } catch (error) {
    unlessSilent(error);
    return 'silent';
  } finally {
    await way.close();
  }
}

const SILENT: readonly string[] = ['node-unreachable', 'boot-timeout', 'command-timeout'];

function unlessSilent(error: unknown): undefined {
  if (isLabError(error) && SILENT.includes(error.code)) return undefined;
  throw error;
}
