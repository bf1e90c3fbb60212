import type { FaultKind } from '../../faults/index.js';
import type { RowOf, WalkRow } from '../row.js';
import { wasOf } from '../whom.js';
import { idsOf, mayBeUntold, mayBreak } from './excuses.js';
import { lost, NOTICED } from './lost.js';

type OfNode = Extract<FaultKind, 'power-off' | 'freeze' | 'cluster-stop' | 'standby' | 'maintenance'>;

export const powerOffRow: RowOf<'power-off'> = {
  ...onNode('power-off', 'offline'),
  weight: 8,
  effect: ({ node }, scene) => lost(node, scene),
};

export const freezeRow: RowOf<'freeze'> = {
  ...onNode('freeze', 'offline'),
  weight: 8,
  effect: ({ node }, scene) => lost(node, scene),
  inForce: ({ node }) =>
    mayBeUntold([wasOf(node)], { en: 'A frozen node answers nobody.', zh: '被冻结的节点不会应答。' }),
  healed: (_fault, { resources }) =>
    mayBreak('no-failures', idsOf(resources), {
      en: 'A monitor that was under way has timed out by the time the node goes on.',
      zh: '节点恢复运行时，冻结前正在执行的 monitor 已经超时。',
    }),
  mend: () => 'cleanup',
};

export const clusterStopRow: RowOf<'cluster-stop'> = {
  ...onNode('cluster-stop', 'offline'),
  weight: 10,
};

export const standbyRow: RowOf<'standby'> = {
  ...onNode('standby', 'standby'),
  weight: 8,
  costs: () => 0,
};

export const maintenanceRow: RowOf<'maintenance'> = {
  ...onNode('maintenance', 'maintenance'),
  weight: 6,
  costs: () => 0,
  holdsBack: true,
};

function onNode<K extends OfNode>(kind: K, becomes: 'offline' | 'standby' | 'maintenance') {
  return {
    draw: ({ chance, on }) => {
      const node = chance.one(on);
      return node === undefined ? undefined : ({ kind, node } as const);
    },
    costs: () => 1,
    effect: ({ node }: { readonly node: string }) => ({
      expect: [{ node: wasOf(node), is: becomes }],
      within: NOTICED,
    }),
  } satisfies Pick<WalkRow<{ readonly node: string }>, 'draw' | 'costs' | 'effect'>;
}
