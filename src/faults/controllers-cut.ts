import { message } from '../messages/message.js';
import { controllersOf } from '../model/fencing.js';
import type { FaultContext } from '../ports/fault.js';
import { dropPackets, isDropping, stopDropping } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { nothingToBreak } from './on-node.js';
import { onNode } from './params.js';

const TABLE = 'halab-controllers-cut';

export const controllersCut = defineFault({
  kind: 'controllers-cut',
  params: { node: onNode('ha') },
  summary: message('fault.controllers-cut.summary'),
  expectedBehaviour: message('fault.controllers-cut.expected-behaviour'),
  needs: () => ['controllers'],
  effect: () => breaksOnly({ kind: 'way-to-controllers' }),
  describe: () => '',
  walk: {
    never:
      'A walk does not choose which node fences, so it seldom shows; controller-fail, which walks draw, always does.',
  },
  async inject({ node }, context) {
    await dropPackets(context, node, TABLE, [
      { hook: 'output', match: `ip daddr { ${addressesIn(context).join(', ')} }` },
      { hook: 'input', match: `ip saddr { ${addressesIn(context).join(', ')} }` },
    ]);
  },
  undo: ({ node }, context) => stopDropping(context, node, TABLE),
  isActive: ({ node }, context) => isDropping(context, node, TABLE),
});

function addressesIn({ instance: { lab } }: FaultContext): readonly string[] {
  const addresses = controllersOf(lab).map(({ address }) => address);
  if (addresses.length > 0) return addresses;
  throw nothingToBreak(
    `lab ${lab.name} has no power controllers`,
    'Use a lab whose management network has room for them.',
  );
}
