import { z } from 'zod';
import { parseCib } from '../cluster/cib/read-cib.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import type { CibConstraint } from '../model/cib.js';
import { messageOf } from '../model/errors.js';
import { CONSTRAINT_TYPES } from '../model/expectation.js';
import { listed } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { CheckContext } from '../ports/check.js';
import { complaintOf, defineCheck, type FieldsOf, given, passedIf, resolved } from './define-check.js';
import { askMajority } from './view.js';

type ConstraintObservation =
  | {
      readonly kind: 'read';
      readonly from: string;
      readonly on?: string;
      readonly constraints: readonly CibConstraint[];
    }
  | { readonly kind: 'unread'; readonly problem: string };

const TIMEOUT_MS = 10_000;

const schema = ({ target }: ScenarioFields) =>
  strict({
    constraint: word.describe("A resource's id, or the constraint's own."),
    type: z.enum(CONSTRAINT_TYPES).optional(),
    on: target.optional().describe('The node that a location constraint names.'),
    is: z.enum(['present', 'absent']),
  }).describe('Whether the CIB has a constraint of this resource.');

type Constraint = FieldsOf<typeof schema>;

/** Read from the CIB: each generation of pcs words constraints differently. */
export const constraintCheck = defineCheck({
  kind: 'constraint',
  schema,
  cost: 3,
  when: 'now',
  targets: ({ on }) => given(on),
  readsStatusText: false,
  describe({ constraint, type, on, is }) {
    const what = `${type === undefined ? '' : `${type} `}constraint of ${constraint}`;
    return `${is === 'present' ? 'there is a' : 'there is no'} ${what}${on ? ` about ${targetText(on)}` : ''}`;
  },
  observe: readConstraints,
  judge({ constraint, type, is }, observation) {
    if (observation.kind === 'unread') return { verdict: 'unknown', seen: observation.problem };
    const { constraints, from, on } = observation;
    const fits = constraints.filter(
      (each) =>
        (type === undefined || each.kind === type) &&
        mentions(each, constraint) &&
        (on === undefined || (each.kind === 'location' && each.node === on)),
    );
    const seen = `${listed((fits.length > 0 ? fits : constraints).map(describeConstraint), 'no constraints')} (according to ${from})`;
    return passedIf(fits.length > 0 === (is === 'present'), seen);
  },
});

async function readConstraints({ on }: Constraint, context: CheckContext): Promise<ConstraintObservation> {
  const answer = await askMajority(context, ['cibadmin', '--query'], TIMEOUT_MS);
  if ('problem' in answer) return { kind: 'unread', ...answer };
  const { node: from, result } = answer;
  if (result.exitCode !== 0) return { kind: 'unread', problem: `cibadmin on ${from}: ${complaintOf(result)}` };
  const named = await resolved({ on }, context);
  try {
    return { kind: 'read', from, ...named, constraints: parseCib(result.stdout).constraints };
  } catch (error) {
    return { kind: 'unread', problem: `the CIB could not be read from ${from}: ${messageOf(error)}` };
  }
}

/** By a resource, or by the constraint's own id. */
function mentions(each: CibConstraint, name: string): boolean {
  if (each.id === name) return true;
  switch (each.kind) {
    case 'location':
      return each.resource === name;
    case 'colocation':
      return each.resource === name || each.withResource === name;
    case 'order':
      return each.first === name || each.next === name;
    case 'other':
      return false;
  }
}

function describeConstraint(each: CibConstraint): string {
  switch (each.kind) {
    case 'location':
      return `${each.id}: ${each.resource}${each.node === undefined ? '' : ` on ${each.node}`}`;
    case 'colocation':
      return `${each.id}: ${each.resource} with ${each.withResource}`;
    case 'order':
      return `${each.id}: ${each.first} then ${each.next}`;
    case 'other':
      return `${each.id} (${each.element})`;
  }
}
