import { z } from 'zod';
import { text } from '../fields/schema.js';
import { KEPT } from '../model/fault-effect.js';
import { INFINITY } from '../model/pacemaker-values.js';
import type { FaultContext } from '../ports/fault.js';
import { defineFault } from './define-fault.js';
import { type NodeAttribute, readAttribute, removeAttribute, setAttribute } from './node-attribute.js';
import { must } from './on-node.js';
import { number, onNode, param } from './params.js';
import { idsOf } from './walk/may-break.js';

/**
 * Counts are kept by operation since pacemaker 1.1.17, `fail-count-RESOURCE#OPERATION_INTERVAL`, and their sum is what
 * matters (lib/pengine/failcounts.c). An operation that no agent has leaves the cluster's own counts alone.
 */
const OPERATION = '#halab_0';

export const failcount = defineFault({
  kind: 'failcount',
  params: {
    node: onNode(),
    resource: param(text("a resource's id"), { value: '<resource>', help: 'whose failures', example: 'vip' }),
    value: number(z.number().int().min(1).max(INFINITY).describe(`How many failures; ${INFINITY} is INFINITY.`), {
      value: '<n>',
      help: 'how many (default 1)',
      example: '1',
      fallback: () => '1',
    }),
  },
  summary: {
    en: 'Gives a resource failures on a node that it never had, beside those the cluster counts itself. Healing takes them away, and leaves the others.',
    zh: '在集群自己的计数之外，给资源在某个节点上加上从未发生过的失败次数。恢复时只去掉这些次数，保留其他计数。',
  },
  expectedBehaviour: {
    en: 'With a migration-threshold that is reached the resource leaves the node and is not started there again until the count is gone; without one nothing happens. `pcs resource cleanup` clears these failures too.',
    zh: '达到 migration-threshold 时资源离开该节点，在计数清除之前不会再在那里启动；未设置阈值时什么都不会发生。`pcs resource cleanup` 也会清除这些失败次数。',
  },
  needs: () => [],
  effect: ({ resource }) => ({
    node: 'runs',
    stopsInOrder: true,
    isBetweenNodes: false,
    connectivity: KEPT,
    breaks: { kind: 'fail-count', resource },
  }),
  describe: ({ value, resource }) => `${value} of ${resource}`,
  walk: {
    weight: 6,
    draw({ scene, chance, on }) {
      const node = chance.one(on);
      const resource = chance.one(idsOf(scene.resources));
      const value = chance.one([1, 5, INFINITY]);
      return node && resource && value ? { kind: 'failcount', node, resource, value } : undefined;
    },
    costs: () => 0,
  },
  async inject({ node, resource, value }, context) {
    await must(context, node, ['crm_resource', '--resource', resource, '--query-xml']);
    const now = (await must(context, node, ['date', '+%s'])).trim();
    // First when, then how many: a failure of long ago may count as expired (failure-timeout).
    await setAttribute(context, attributeOf('last-failure', node, resource), now);
    await setAttribute(context, countOf(node, resource), String(value));
  },
  async undo({ node, resource }, context) {
    await removeAttribute(context, countOf(node, resource));
    await removeAttribute(context, attributeOf('last-failure', node, resource));
  },
  isActive: ({ node, resource }, context) => isCounted(node, resource, context),
});

async function isCounted(node: string, resource: string, context: FaultContext): Promise<boolean> {
  const value = await readAttribute(context, countOf(node, resource));
  return value !== undefined && value !== '0';
}

function countOf(node: string, resource: string): NodeAttribute {
  return attributeOf('fail-count', node, resource);
}

function attributeOf(what: 'fail-count' | 'last-failure', node: string, resource: string): NodeAttribute {
  return { node, name: `${what}-${resource}${OPERATION}`, lifetime: 'reboot' };
}
