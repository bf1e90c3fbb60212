import { isTrue } from '../model/pacemaker-values.js';
import type { FaultContext } from '../ports/fault.js';
import { type NodeAttribute, readAttribute, removeAttribute, setAttribute } from './node-attribute.js';

interface OnNode {
  readonly node: string;
}

/** How a fault works that sets a node aside by an attribute that the CIB keeps. */
export function settingAside(name: 'standby' | 'maintenance') {
  const attributeOf = (node: string): NodeAttribute => ({ node, name, lifetime: 'forever' });
  return {
    inject: ({ node }: OnNode, context: FaultContext) => setAttribute(context, attributeOf(node), 'on'),
    undo: ({ node }: OnNode, context: FaultContext) => removeAttribute(context, attributeOf(node)),
    isActive: async ({ node }: OnNode, context: FaultContext) =>
      isTrue(await readAttribute(context, attributeOf(node))),
  };
}
