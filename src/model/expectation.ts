import type { Target } from './target.js';

/** The point of view: a named node, any member of the quorate partition, or every node. */
export type SeenFrom = { readonly kind: 'majority' } | { readonly kind: 'target'; readonly target: Target };

export const NODE_CONDITIONS = ['online', 'offline', 'standby', 'maintenance', 'pending', 'unclean'] as const;
export type NodeCondition = (typeof NODE_CONDITIONS)[number];
export const RESOURCE_CONDITIONS = [
  'started',
  'stopped',
  'starting',
  'promoted',
  'unpromoted',
  'failed',
  'blocked',
  'unmanaged',
  'absent',
  'present',
] as const;
export type ResourceCondition = (typeof RESOURCE_CONDITIONS)[number];

/** One thing that must hold: its kind, which src/checks defines, and that kind's own fields. */
export interface Expectation {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export const CONSTRAINT_TYPES = ['location', 'colocation', 'order'] as const;
