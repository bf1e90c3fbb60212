import type { RowOf } from '../row.js';
import type { Scene } from '../scene.js';
import { idsOf, mayBreak } from './excuses.js';

/** Nobody joins either: what would stop a file system meanwhile hangs, and blocks it. */
const ALONE = {
  costs: (_fault: unknown, { hosts }: Scene) => hosts.length,
  inForce: (_fault: unknown, scene: Scene) => waited(scene),
  healed: (_fault: unknown, scene: Scene) => waited(scene),
  mend: () => 'recover',
  holdS: 20,
} satisfies Partial<RowOf<'target-stop'>>;

export const targetStopRow: RowOf<'target-stop'> = {
  ...ALONE,
  weight: 6,
  draw: ({ scene }) => (standsOnDisks(scene) ? { kind: 'target-stop', node: '{storage}' } : undefined),
};

export const initiatorCutRow: RowOf<'initiator-cut'> = {
  ...ALONE,
  weight: 6,
  draw({ scene, chance, on }) {
    const node = chance.one(on);
    return node !== undefined && standsOnDisks(scene) ? { kind: 'initiator-cut', node } : undefined;
  },
};

/** The set-ups mount a disk that the storage node serves. */
function standsOnDisks({ lab, resources }: Scene): boolean {
  const isServed = lab.nodes.some(({ role }) => role === 'storage');
  return isServed && resources.some(({ agent }) => agent === 'ocf:heartbeat:Filesystem');
}

function waited({ resources }: Scene) {
  return mayBreak('no-failures', idsOf(resources), {
    en: 'What reads or writes the disk waits for it, and an operation that waits may time out.',
    zh: '读写磁盘的操作都要等待它，等待中的操作可能超时。',
  });
}
