import { z } from 'zod';
import { message } from '../messages/message.js';
import { CONTROLLER_FAILURES } from '../model/fencing.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { abilityOf } from './on-node.js';
import { onNode, param } from './params.js';
import { mayBreak } from './walk/expected.js';
import { isRole } from './walk/scene.js';

export const controllerFail = defineFault({
  kind: 'controller-fail',
  params: {
    node: onNode(),
    how: param(
      z
        .enum(CONTROLLER_FAILURES)
        .describe(
          'How the management controller of the node fails. lies: it reports that the power is off, although it is on.',
        ),
      { value: '<failure>', help: CONTROLLER_FAILURES.join(', '), example: 'unreachable' },
    ),
  },
  summary: message('fault.controller-fail.summary'),
  expectedBehaviour: message('fault.controller-fail.expected-behaviour'),
  needs: () => ['controllers'],
  effect: () => breaksOnly({ kind: 'management-controller' }),
  describe: ({ how }) => `(${how})`,
  /** Without fencing it does not affect the cluster. Beside it a node that has to be fenced cannot be, or only seems to be. */
  walk: {
    weight: 6,
    draw({ scene, chance, on }) {
      const node = chance.one(on.filter((each) => !isRole(each)));
      const how = chance.one(CONTROLLER_FAILURES);
      return scene.isFencing && node && how ? { kind: 'controller-fail', node, how } : undefined;
    },
    membersLost: () => 0,
    blocksRecovery: true,
    healed: ({ node }) => mayBreak('no-failures', [`fence-${node}`], message('fault.controller-fail.healed')),
    recovery: () => 'cleanup',
    holdS: 10,
  },
  inject: ({ node, how }, context) => abilityOf(context.backend, 'controllers').fail(context.instance, node, how),
  undo: ({ node }, context) => abilityOf(context.backend, 'controllers').recover(context.instance, node),
  isActive: async ({ node, how }, context) =>
    (await abilityOf(context.backend, 'controllers').failureOf(context.instance, node)) === how,
});
