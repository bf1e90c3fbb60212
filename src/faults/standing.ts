import { isTrue } from '../model/pacemaker-values.js';
import type { ResolvedFault } from '../model/scenario.js';
import type { FaultDriver } from '../ports/fault.js';
import { type NodeAttribute, readAttribute, removeAttribute, setAttribute } from './node-attribute.js';

type SettingAside = Extract<ResolvedFault, { kind: 'standby' | 'maintenance' }>;

/** How a fault works that sets a node aside by an attribute that the CIB keeps. */
export function settingAside(name: 'standby' | 'maintenance') {
  const attributeOf = (node: string): NodeAttribute => ({ node, name, lifetime: 'forever' });
  return {
    inject: ({ node }, context) => setAttribute(context, attributeOf(node), 'on'),
    undo: ({ node }, context) => removeAttribute(context, attributeOf(node)),
    isActive: async ({ node }, context) => isTrue(await readAttribute(context, attributeOf(node))),
  } satisfies Pick<FaultDriver<SettingAside>, 'inject' | 'undo' | 'isActive'>;
}
