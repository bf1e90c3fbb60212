import { message } from '../messages/message.js';
import { NOTHING } from '../model/fault-effect.js';
import { ISCSI_PORT } from '../model/iscsi.js';
import { dropPackets, isDropping, stopDropping } from './blocked-traffic.js';
import { defineFault } from './define-fault.js';
import { hindersStops } from './effects.js';
import { onNode } from './params.js';
import { ALONE, standsOnDisks } from './walk/expected.js';

const TABLE = 'halab-iscsi';

export const initiatorCut = defineFault({
  kind: 'initiator-cut',
  params: { node: onNode('ha') },
  summary: message('fault.initiator-cut.summary', { port: ISCSI_PORT }),
  expectedBehaviour: message('fault.initiator-cut.expected-behaviour'),
  needs: () => ['shared-storage'],
  effect: () => hindersStops(NOTHING),
  describe: () => '',
  walk: {
    ...ALONE,
    weight: 6,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      return node !== undefined && standsOnDisks(scene) ? { kind: 'initiator-cut', node } : undefined;
    },
  },
  inject: ({ node }, context) =>
    dropPackets(context, node, TABLE, [
      { hook: 'input', match: `tcp sport ${ISCSI_PORT}` },
      { hook: 'output', match: `tcp dport ${ISCSI_PORT}` },
    ]),
  undo: ({ node }, context) => stopDropping(context, node, TABLE),
  isActive: ({ node }, context) => isDropping(context, node, TABLE),
});
