import { STACK_DAEMONS, type StackDaemon } from '../../model/scenario.js';
import type { Draw, RawFaultOf, RowOf } from '../row.js';
import { othersThan, wasOf } from '../whom.js';
import { idsOf, mayBeTwice, mayBeUntold, mayBreak, mayNotSettle } from './excuses.js';
import { lost, NOTICED } from './lost.js';

/** Without it the node is lost to the others, if only until it is started again. */
const HOLDS_MEMBERSHIP: readonly StackDaemon[] = ['corosync', 'pacemakerd', 'controld', 'based', 'execd'];

const LOST = {
  en: 'Nobody fences, and a node that lost its corosync keeps what it runs while the others start it anew.',
  zh: '没有隔离（fencing）：失去 corosync 的节点仍保留着它运行的资源，其他节点则重新启动这些资源。',
};

/** On Debian 12 a corosync that was killed stays down; where its unit has Restart=, it may be back at once. */
export const daemonKillRow: RowOf<'daemon-kill'> = {
  weight: 15,
  draw: (draw) => onDaemon('daemon-kill', draw),
  costs: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 1 : 0),
  inForce: ({ node, daemon }, scene) => [
    ...(daemon === 'corosync'
      ? [
          ...mayBeTwice(scene, LOST),
          ...mayBeUntold([wasOf(node)], {
            en: 'Without corosync neither the node’s quorum nor its cluster can be asked for.',
            zh: '没有 corosync，就无法询问该节点的法定人数和集群状态。',
          }),
        ]
      : []),
    ...(HOLDS_MEMBERSHIP.includes(daemon)
      ? mayBreak('no-failures', idsOf(scene.resources), {
          en: 'An operation that its daemon died under has failed.',
          zh: '执行期间守护进程死亡的操作记为失败。',
        })
      : []),
  ],
  mend: ({ daemon }) => (HOLDS_MEMBERSHIP.includes(daemon) ? 'cleanup' : undefined),
};

/** A stop that fails so blocks its resource, where nobody fences. */
const WAITED = {
  en: 'An operation that had to wait for a halted daemon may fail, then or when the daemon goes on.',
  zh: '需要等待被挂起的守护进程的操作可能失败，无论是在当时，还是在守护进程继续运行之后。',
};

/** A halted pcsd is nobody's loss but that of who asks pcs; any other leaves its node half in the cluster. */
export const daemonStopRow: RowOf<'daemon-stop'> = {
  weight: 10,
  draw: (draw) => onDaemon('daemon-stop', draw),
  costs: ({ daemon }) => (daemon === 'pcsd' ? 0 : 1),
  // Its own view still has a quorum, for what it reads it from stands still.
  effect: ({ node, daemon }, scene) =>
    daemon === 'corosync' ? lost(node, scene, othersThan(node, scene)[0]) : undefined,
  inForce: ({ node, daemon }, scene) =>
    daemon === 'pcsd'
      ? []
      : [
          mayNotSettle({
            en: 'What waits for a halted daemon does not become idle.',
            zh: '等待被挂起的守护进程时，集群不会进入空闲状态。',
          }),
          ...mayBeUntold([wasOf(node)], {
            en: 'What has to ask a halted daemon gets no answer.',
            zh: '被挂起的守护进程不会应答任何询问。',
          }),
          ...(daemon === 'corosync' ? mayBeTwice(scene, LOST) : []),
          ...mayBreak('no-failures', idsOf(scene.resources), WAITED),
        ],
  healed: ({ daemon }, scene) => (daemon === 'pcsd' ? [] : mayBreak('no-failures', idsOf(scene.resources), WAITED)),
  mend: ({ daemon }) => (daemon === 'pcsd' ? undefined : 'recover'),
  settle: NOTICED,
  holdS: 20,
};

function onDaemon<K extends 'daemon-kill' | 'daemon-stop'>(kind: K, { chance, on }: Draw): RawFaultOf<K> | undefined {
  const node = chance.one(on);
  const daemon = chance.one(STACK_DAEMONS);
  return node && daemon ? ({ kind, node, daemon } as RawFaultOf<K>) : undefined;
}
