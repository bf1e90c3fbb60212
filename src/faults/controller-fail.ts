import { z } from 'zod';
import { message } from '../messages/message.js';
import { KEPT } from '../model/fault-effect.js';
import { CONTROLLER_FAILURES } from '../model/fencing.js';
import type { ControllerAbility } from '../ports/backend.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { requireAbility } from './on-node.js';
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
  effect: () => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'management-controller' },
  }),
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
  inject: ({ node, how }, context) => controllers(context).fail(context.instance, node, how),
  undo: ({ node }, context) => controllers(context).recover(context.instance, node),
  isActive: async ({ node, how }, context) => (await controllers(context).failureOf(context.instance, node)) === how,
});

function controllers({ backend }: FaultContext): ControllerAbility {
  return requireAbility(backend, 'controllers', backend.controllers);
}
