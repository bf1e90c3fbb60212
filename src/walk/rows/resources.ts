import { INFINITY } from '../../model/pacemaker-values.js';
import type { RowOf } from '../row.js';
import type { Scene } from '../scene.js';
import { holderOf } from '../whom.js';
import { idsOf, mayBreak, withAddress } from './excuses.js';

const UNNOTICED = {
  en: 'Until its next monitor the cluster believes that the address is there.',
  zh: '在下一次 monitor 之前，集群仍认为该地址存在。',
};

export const addressGoneRow: RowOf<'address-gone'> = {
  weight: 10,
  draw({ scene, chance, on }) {
    const resource = chance.one(withAddress(scene).filter(({ id }) => on.includes(holderOf(id))));
    const { id, address } = resource ?? {};
    return id && address ? { kind: 'address-gone', node: holderOf(id), address } : undefined;
  },
  costs: () => 0,
  inForce: ({ address }, scene) => failedMonitor(address, scene),
  healed: ({ address }, scene) => failedMonitor(address, scene),
  unnoticed: ({ address }, scene) => [
    ...mayBreak('single-active', ofAddress(address, scene), UNNOTICED),
    ...mayBreak('one-mac', [address], UNNOTICED),
  ],
  mend: () => 'cleanup',
};

export const failcountRow: RowOf<'failcount'> = {
  weight: 6,
  draw({ scene, chance, on }) {
    const node = chance.one(on);
    const resource = chance.one(idsOf(scene.resources));
    const value = chance.one([1, 5, INFINITY]);
    return node && resource && value ? { kind: 'failcount', node, resource, value } : undefined;
  },
  costs: () => 0,
};

function ofAddress(address: string, { resources }: Scene): readonly string[] {
  return idsOf(resources.filter((resource) => resource.address === address));
}

function failedMonitor(address: string, scene: Scene) {
  return mayBreak('no-failures', ofAddress(address, scene), {
    en: 'The next monitor finds the address gone.',
    zh: '下一次 monitor 会发现该地址已不存在。',
  });
}
