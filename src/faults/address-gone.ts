import { fillWords } from '../fields/words.js';
import { message } from '../messages/message.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { nodeState } from './node-state.js';
import { execOrThrow, nothingToBreak, throwIf } from './on-node.js';
import { address, onNode, ownAddressWrong } from './params.js';
import { idsOf, mayBreak, withAddress } from './walk/expected.js';
import { holderOf, type Scene } from './walk/scene.js';

const TAKEN = nodeState<readonly Bound[]>('address-gone');

/**
 * In force while the node does not have the address that was taken from it. The cluster may bring it back there or
 * elsewhere at any moment, so healing adds nothing: two nodes could have it then.
 */
export const addressGone = defineFault({
  kind: 'address-gone',
  params: { node: onNode(), address },
  parse: (written, lab) => ({ ...written, address: fillWords(written.address, lab) }),
  summary: message('fault.address-gone.summary'),
  expectedBehaviour: message('fault.address-gone.expected-behaviour'),
  needs: () => [],
  effect: ({ address }) => breaksOnly({ kind: 'address', address }),
  describe: ({ address }) => address,
  walk: {
    weight: 10,
    draw({ scene, chance, on }) {
      const resource = chance.one(withAddress(scene).filter(({ id }) => on.includes(holderOf(id))));
      const { id, address } = resource ?? {};
      return id && address ? { kind: 'address-gone', node: holderOf(id), address } : undefined;
    },
    membersLost: () => 0,
    inForce: ({ address }, scene) => failedMonitor(address, scene),
    healed: ({ address }, scene) => failedMonitor(address, scene),
    unnoticed: ({ address }, scene) => [
      ...mayBreak('single-active', ofAddress(address, scene), UNNOTICED),
      ...mayBreak('one-mac', [address], UNNOTICED),
    ],
    recovery: () => 'cleanup',
  },
  async inject({ node, address }, context) {
    throwIf(ownAddressWrong(address, context.instance.lab));
    const places = await placesOf(address, node, context);
    if (places.length === 0) {
      if ((await TAKEN.read(context, node, address)) !== undefined) return;
      throw nothingToBreak(`${node} does not have the address ${address}`, 'Name the node that has it.');
    }
    await TAKEN.write(context, node, places, address);
    for (const { prefixed, device } of places)
      await execOrThrow(context, node, ['ip', 'addr', 'del', prefixed, 'dev', device]);
  },
  undo: ({ node, address }, context) => TAKEN.remove(context, node, address),
  async isActive({ node, address }, context) {
    if ((await TAKEN.read(context, node, address)) === undefined) return false;
    return (await placesOf(address, node, context)).length === 0;
  },
});

const UNNOTICED = message('fault.unnoticed');

function ofAddress(address: string, { resources }: Scene): readonly string[] {
  return idsOf(resources.filter((resource) => resource.address === address));
}

function failedMonitor(address: string, scene: Scene) {
  return mayBreak('no-failures', ofAddress(address, scene), message('fault.failed-monitor'));
}

interface Bound {
  /** As the interface has it, `192.168.56.24/24`. */
  readonly prefixed: string;
  readonly device: string;
}

async function placesOf(address: string, node: string, context: FaultContext): Promise<readonly Bound[]> {
  const shown = await execOrThrow(context, node, ['ip', '-o', '-4', 'addr', 'show']);
  return [...shown.matchAll(/^\d+:\s+(\S+)\s+inet (\S+)/gm)]
    .map(([, device = '', prefixed = '']) => ({ prefixed, device }))
    .filter(({ prefixed }) => prefixed.split('/')[0] === address);
}
