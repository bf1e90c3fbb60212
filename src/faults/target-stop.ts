import { LabError } from '../model/errors.js';
import { KEPT, NOTHING } from '../model/fault-effect.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { ask, must } from './on-node.js';
import { onNode } from './params.js';
import { ALONE, standsOnDisks } from './walk/storage.js';

/** tgt serves from userspace, on Debian; on EL the kernel does, set up by target.service of targetcli. */
const UNITS = ['tgt.service', 'target.service'] as const;

export const targetStop = defineFault({
  kind: 'target-stop',
  params: { node: onNode('storage') },
  summary: {
    en: 'The storage host stops serving, without a word to whoever is logged in: its iSCSI target is killed and kept from starting. Healing starts it again.',
    zh: '存储主机停止服务，且不通知任何已登录的主机：其 iSCSI target 被杀死，并禁止再次启动。恢复时重新启动。',
  },
  expectedBehaviour: {
    en: 'Reads and writes of the shared disk wait, and so does whoever makes them. A monitor that only looks at the mount goes on well; one that reads or writes (OCF_CHECK_LEVEL 10 and 20) fails by its timeout, the stop after it too, and then the node may be fenced. Without fencing its resources are blocked. When the target is back before the initiator gives up, all that waited goes on.',
    zh: '对共享磁盘的读写会一直等待，发起者也随之等待。只看挂载的监控仍然成功；会读写磁盘的监控（OCF_CHECK_LEVEL 10 和 20）因超时失败，随后的停止操作也会超时，此时节点可以被隔离（fence）；没有隔离时其资源被阻塞。如果 target 在 initiator 放弃之前恢复，所有等待中的操作会继续完成。',
  },
  needs: () => ['shared-storage'],
  effect: () => ({
    node: 'runs',
    stopsInOrder: false,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: NOTHING,
  }),
  describe: () => '',
  walk: {
    ...ALONE,
    weight: 6,
    draw: ({ scene }) => (standsOnDisks(scene) ? { kind: 'target-stop', node: '{storage}' } : undefined),
  },
  async inject({ node }, context) {
    const unit = await unitOn(node, context);
    // Masked first, or the unit's Restart= would be faster.
    await must(context, node, ['systemctl', '--quiet', '--runtime', 'mask', unit]);
    if (unit === 'target.service') await must(context, node, ['systemctl', 'stop', unit]);
    else if (await isServing(node, unit, context))
      await must(context, node, ['systemctl', 'kill', '--signal=KILL', unit]);
  },
  async undo({ node }, context) {
    const unit = await unitOn(node, context);
    await must(context, node, ['systemctl', '--quiet', '--runtime', 'unmask', unit]);
    if (await isServing(node, unit, context)) return;
    await ask(context, node, ['systemctl', 'reset-failed', unit]);
    await must(context, node, ['systemctl', 'start', unit]);
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
