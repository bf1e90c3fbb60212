import { STACK_DAEMONS, type StackDaemon } from '../../model/scenario.js';
import type { Draw, RawFaultOf, WalkRow } from '../row.js';
import { wasOf } from '../whom.js';
import { idsOf, mayBeTwice, mayBeUntold, mayBreak, mayNotSettle } from './excuses.js';

/** Without it the node is lost to the others, if only until it is started again. */
const HOLDS_MEMBERSHIP: readonly StackDaemon[] = ['corosync', 'pacemakerd', 'controld', 'based', 'execd'];

const LOST = {
  en: 'Nobody fences, and a node whose daemons died keeps what it runs while the others start it anew.',
  zh: '没有隔离（fencing）：守护进程已死的节点仍保留着它运行的资源，其他节点则重新启动这些资源。',
};

export const daemonKillRow: WalkRow<'daemon-kill'> = {
  weight: 15,
  draw: (draw) => onDaemon('daemon-kill', draw),
  costs: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 1 : 0),
  inForce: ({ daemon }, scene) =>
    HOLDS_MEMBERSHIP.includes(daemon)
      ? [
          ...mayBeTwice(scene, LOST),
          ...mayBreak('no-failures', idsOf(scene.resources), {
            en: 'An operation that its daemon died under has failed.',
            zh: '执行期间守护进程死亡的操作记为失败。',
          }),
        ]
      : [],
  healed: ({ daemon }, scene) => (HOLDS_MEMBERSHIP.includes(daemon) ? mayBeTwice(scene, LOST) : []),
  mend: () => 'cleanup',
};

/** A halted pcsd is nobody's loss but that of who asks pcs; any other leaves its node half in the cluster. */
export const daemonStopRow: WalkRow<'daemon-stop'> = {
  weight: 10,
  draw: (draw) => onDaemon('daemon-stop', draw),
  costs: ({ daemon }) => (daemon === 'pcsd' ? 0 : 1),
  effect: ({ node, daemon }) =>
    daemon === 'corosync'
      ? { expect: [{ node: wasOf(node), is: 'offline' }], within: 'token + consensus + 20s' }
      : undefined,
  inForce: ({ node, daemon }, scene) =>
    daemon === 'pcsd'
      ? []
      : [
          mayNotSettle({
            en: 'What waits for a halted daemon does not become idle.',
            zh: '等待被挂起的守护进程时，集群不会进入空闲状态。',
          }),
          ...mayBeUntold([wasOf(node), ...idsOf(scene.resources)], {
            en: 'What has to ask a halted daemon gets no answer.',
            zh: '被挂起的守护进程不会应答任何询问。',
          }),
          ...mayBeTwice(scene, LOST),
        ],
  healed: (_fault, scene) => mayBeTwice(scene, LOST),
  mend: ({ daemon }) => (daemon === 'pcsd' ? undefined : 'sweep'),
  settle: 'token + consensus + 20s',
};

function onDaemon<K extends 'daemon-kill' | 'daemon-stop'>(kind: K, { chance, on }: Draw): RawFaultOf<K> | undefined {
  const node = chance.one(on);
  const daemon = chance.one(STACK_DAEMONS);
  return node && daemon ? ({ kind, node, daemon } as RawFaultOf<K>) : undefined;
}
