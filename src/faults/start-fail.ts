import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';
import { idsOf } from './walk/expected.js';

export const startFail = defineFault({
  kind: 'start-fail',
  params: { node: onNode(), resource: serviceParam },
  summary: message('fault.start-fail.summary'),
  expectedBehaviour: message('fault.start-fail.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => breaksOnly({ kind: 'operation', resource, operation: 'start' }),
  describe: ({ resource }) => resource,
  /** Wherever it is: it bites when the resource is to start there while it is in force. */
  walk: {
    weight: 8,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const resource = chance.one(idsOf(scene.resources));
      return node && resource ? { kind: 'start-fail', node, resource } : undefined;
    },
    membersLost: () => 0,
    recovery: () => 'cleanup',
  },
  ...failingService(),
});
