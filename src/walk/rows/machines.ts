import { haNodesOf } from '../../model/lab.js';
import type { RowOf } from '../row.js';
import { wasOf } from '../whom.js';
import { idsOf, mayBeUntoldYet, mayBreak } from './excuses.js';

export const rebootRow: RowOf<'reboot'> = {
  weight: 8,
  draw({ chance, on }) {
    const node = chance.one(on);
    return node === undefined ? undefined : { kind: 'reboot', node };
  },
  costs: () => 1,
  effect: ({ node }) => ({ expect: [{ node: wasOf(node), is: 'offline' }], within: 'token + consensus + 60s' }),
  inForce: ({ node }) =>
    mayBeUntoldYet([wasOf(node)], {
      en: 'A node that is booting answers nobody.',
      zh: '正在启动的节点不会应答。',
    }),
};

/** Where the cluster keeps its CIB, and where it logs. */
const FILLED = ['/var/lib/pacemaker', '/var/log'] as const;

export const diskFullRow: RowOf<'disk-full'> = {
  weight: 6,
  draw({ chance, on }) {
    const node = chance.one(on);
    const path = chance.one(FILLED);
    return node && path ? { kind: 'disk-full', node, path } : undefined;
  },
  costs: () => 0,
  holdS: 10,
};

export const cpuLoadRow: RowOf<'cpu-load'> = {
  weight: 4,
  draw({ chance, on }) {
    const node = chance.one(on);
    const workers = chance.one([1, 2, 4]);
    return node && workers ? { kind: 'cpu-load', node, workers } : undefined;
  },
  costs: () => 0,
  inForce: (_fault, { resources }) =>
    mayBreak('no-failures', idsOf(resources), {
      en: 'On a busy node an operation may take longer than its timeout.',
      zh: '节点繁忙时，操作耗时可能超过其超时设置。',
    }),
  mend: () => 'cleanup',
  holdS: 10,
};

/** Of what the lab gives the host that has least: so much is free on an idle one. */
const SHARE = 1 / 4;

export const memoryLoadRow: RowOf<'memory-load'> = {
  weight: 4,
  draw({ scene, chance, on }) {
    const node = chance.one(on);
    const least = Math.min(...haNodesOf(scene.lab).map(({ memoryMiB }) => memoryMiB));
    return node === undefined ? undefined : { kind: 'memory-load', node, megabytes: Math.floor(least * SHARE) };
  },
  costs: () => 0,
  holdS: 10,
};
