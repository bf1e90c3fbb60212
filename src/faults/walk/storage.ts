import { message } from '../../messages/message.js';
import { idsOf, mayBreak } from './may-break.js';
import type { WalkRow } from './row.js';
import type { Scene } from './scene.js';

/** Nobody joins either: what would stop a file system meanwhile hangs, and blocks it. */
export const ALONE = {
  costs: (_fault: unknown, { hosts }: Scene) => hosts.length,
  inForce: (_fault: unknown, scene: Scene) => waited(scene),
  healed: (_fault: unknown, scene: Scene) => waited(scene),
  mend: () => 'recover',
  holdS: 20,
} satisfies Partial<WalkRow<{ readonly kind: string; readonly node: string }>>;

/** The set-ups mount a disk that the storage node serves. */
export function standsOnDisks({ lab, resources }: Scene): boolean {
  const isServed = lab.nodes.some(({ role }) => role === 'storage');
  return isServed && resources.some(({ agent }) => agent === 'ocf:heartbeat:Filesystem');
}

function waited({ resources }: Scene) {
  return mayBreak('no-failures', idsOf(resources), message('fault.waited-for-disk'));
}
