import type { NodeState } from './cluster-state.js';
import type { NodeCondition } from './scenario.js';

/** Online and offline are the plain ones: a node that is unclean or pending is neither. */
export const NODE_IS: { readonly [C in NodeCondition]: (node: NodeState) => boolean } = {
  online: (node) => node.online && !node.unclean && !node.pending,
  offline: (node) => !node.online && !node.unclean && !node.pending,
  standby: (node) => node.standby,
  maintenance: (node) => node.maintenance,
  pending: (node) => node.pending,
  unclean: (node) => node.unclean,
};
