import { z } from 'zod';
import { message } from '../messages/message.js';
import { CONTROLLER_FAILURES, CONTROLLER_NUMBERS } from '../model/fencing.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { abilityOf } from './on-node.js';
import { number, onNode, param } from './params.js';
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
    controller: number(
      z
        .literal([...CONTROLLER_NUMBERS])
        .optional()
        .describe(
          'Which of its two. 1 (default): its management controller, or the outlet of its first power supply. 2: its outlet, or that of its second power supply.',
        ),
      { value: '<n>', help: 'its first or its second controller (default: 1)', example: '2' },
    ),
  },
  summary: message('fault.controller-fail.summary'),
  expectedBehaviour: message('fault.controller-fail.expected-behaviour'),
  needs: () => ['controllers'],
  effect: () => breaksOnly({ kind: 'management-controller' }),
  describe: ({ how, controller }) => `(${[how, controller].filter((each) => each !== undefined).join(', ')})`,
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
  inject: ({ node, how, controller }, { backend, instance }) =>
    abilityOf(backend, 'controllers').fail(instance, node, how, controller),
  undo: ({ node, controller }, { backend, instance }) =>
    abilityOf(backend, 'controllers').recover(instance, node, controller),
  isActive: async ({ node, how, controller }, { backend, instance }) =>
    (await abilityOf(backend, 'controllers').failureOf(instance, node, controller)) === how,
});
