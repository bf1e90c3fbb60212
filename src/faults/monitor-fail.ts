import { message } from '../messages/message.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { onNode } from './params.js';
import { failingService, serviceParam } from './service.js';
import { mayBreak } from './walk/expected.js';
import { held, holderOf, wasOf } from './walk/scene.js';

export const monitorFail = defineFault({
  kind: 'monitor-fail',
  params: { node: onNode(), resource: serviceParam },
  summary: message('fault.monitor-fail.summary'),
  expectedBehaviour: message('fault.monitor-fail.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => breaksOnly({ kind: 'operation', resource, operation: 'monitor' }),
  describe: ({ resource }) => resource,
  /** On its holder, who alone has a monitor to fail. Walks set a migration-threshold first (ground.ts). */
  walk: {
    weight: 10,
    draw(draw) {
      const { id } = draw.chance.one(held(draw)) ?? {};
      return id === undefined ? undefined : { kind: 'monitor-fail', node: holderOf(id), resource: id };
    },
    membersLost: () => 0,
    // The usual intervals are 10 s to a minute, and the first failure has to wait for one.
    effect: ({ node, resource }) => ({
      expect: [{ resource, is: 'started', 'not-on': wasOf(node) }],
      within: '90s',
    }),
    healed: ({ resource }) => mayBreak('no-failures', [resource], message('fault.monitor-fail.healed')),
    recovery: () => 'cleanup',
  },
  ...failingService(),
});
