import { z } from 'zod';
import { text } from '../fields/schema.js';
import { message } from '../messages/message.js';
import { INFINITY } from '../model/pacemaker-values.js';
import { defineFault } from './define-fault.js';
import { breaksOnly } from './effects.js';
import { type NodeAttribute, readAttribute, removeAttribute, setAttribute } from './node-attribute.js';
import { execOrThrow } from './on-node.js';
import { number, onNode, param } from './params.js';
import { idsOf } from './walk/expected.js';

/**
 * Counts are kept by operation since pacemaker 1.1.17, `fail-count-RESOURCE#OPERATION_INTERVAL`, and their sum is what
 * matters (lib/pengine/failcounts.c). An operation that no agent has leaves the cluster's own counts alone.
 */
const OPERATION = '#halab_0';

export const failcount = defineFault({
  kind: 'failcount',
  params: {
    node: onNode(),
    resource: param(text("a resource's id"), {
      value: '<resource>',
      help: 'resource whose fail count is raised',
      example: 'vip',
    }),
    value: number(z.number().int().min(1).max(INFINITY).describe(`The number of failures; ${INFINITY} is INFINITY.`), {
      value: '<n>',
      help: 'number of failures (default 1)',
      example: '1',
      fallback: () => '1',
    }),
  },
  summary: message('fault.failcount.summary'),
  expectedBehaviour: message('fault.failcount.expected-behaviour'),
  needs: () => [],
  effect: ({ resource }) => breaksOnly({ kind: 'fail-count', resource }),
  describe: ({ value, resource }) => `${value} of ${resource}`,
  walk: {
    weight: 6,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const resource = chance.one(idsOf(scene.resources));
      const value = chance.one([1, 5, INFINITY]);
      return node && resource && value ? { kind: 'failcount', node, resource, value } : undefined;
    },
    membersLost: () => 0,
  },
  async inject({ node, resource, value }, context) {
    await execOrThrow(context, node, ['crm_resource', '--resource', resource, '--query-xml']);
    const now = (await execOrThrow(context, node, ['date', '+%s'])).trim();
    // First when, then how many: a failure of long ago may count as expired (failure-timeout).
    await setAttribute(context, attributeOf('last-failure', node, resource), now);
    await setAttribute(context, countOf(node, resource), String(value));
  },
  async undo({ node, resource }, context) {
    await removeAttribute(context, countOf(node, resource));
    await removeAttribute(context, attributeOf('last-failure', node, resource));
  },
  async isActive({ node, resource }, context) {
    const value = await readAttribute(context, countOf(node, resource));
    return value !== undefined && value !== '0';
  },
});

function countOf(node: string, resource: string): NodeAttribute {
  return attributeOf('fail-count', node, resource);
}

function attributeOf(what: 'fail-count' | 'last-failure', node: string, resource: string): NodeAttribute {
  return { node, name: `${what}-${resource}${OPERATION}`, lifetime: 'reboot' };
}
