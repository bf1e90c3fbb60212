import { NOTICED } from './lost.js';
import type { Draw, WalkRow } from './row.js';
import { wasOf } from './targets.js';

/** Of a fault that is on one node and has no other parameter. */
export function onOneNode<K extends string>(kind: K, becomes: 'offline' | 'standby' | 'maintenance') {
  return {
    draw: ({ chance, on }: Draw) => {
      const node = chance.one(on);
      return node === undefined ? undefined : { kind, node };
    },
    costs: () => 1,
    effect: ({ node }: { readonly node: string }) => ({
      expect: [{ node: wasOf(node), is: becomes }],
      within: NOTICED,
    }),
  } satisfies Partial<WalkRow<{ readonly kind: string; readonly node: string }>>;
}
