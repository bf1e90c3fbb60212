import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { reportsNoSuch } from '../model/command-output.js';
import { quoted } from '../model/state-text.js';
import type { CheckContext } from '../ports/check.js';
import { complaintOf, defineCheck, type FieldsOf, passedIf } from './define-check.js';
import { askMajority } from './view.js';

/** `value` is null where the property is not set. */
type PropertyObservation =
  | { readonly kind: 'read'; readonly node: string; readonly value: string | null }
  | { readonly kind: 'unread'; readonly problem: string };

const TIMEOUT_MS = 10_000;

const schema = () =>
  strict({ property: word, is: z.union([word, z.boolean(), z.number(), z.null()]) })
    .describe('The value of a cluster property; unset if it must not be set.')
    .transform(({ property, is }) => ({ property, is: is === null || is === 'unset' ? null : String(is) }));

type Property = FieldsOf<typeof schema>;

/** Asked of pacemaker itself: pcs prints properties in a form of its own in every generation. */
export const propertyCheck = defineCheck({
  kind: 'property',
  schema,
  cost: 3,
  when: 'now',
  targets: () => [],
  readsStatusText: false,
  describe: ({ property, is }) =>
    is === null ? `the property ${property} is not set` : `the property ${property} is ${quoted(is)}`,
  observe: readProperty,
  judge({ property, is }, observation) {
    if (observation.kind === 'unread') return { verdict: 'unknown', seen: observation.problem };
    const { node, value } = observation;
    const seen = `${property} is ${value === null ? 'not set' : quoted(value)} (according to ${node})`;
    return passedIf(value === is, seen);
  },
});

async function readProperty({ property }: Property, context: CheckContext): Promise<PropertyObservation> {
  const argv = ['crm_attribute', '--type', 'crm_config', '--name', property, '--query', '--quiet'];
  const answer = await askMajority(context, argv, TIMEOUT_MS);
  if ('problem' in answer) return { kind: 'unread', ...answer };
  const { node, result } = answer;
  if (result.exitCode === 0) return { kind: 'read', node, value: result.stdout.trim() };
  if (reportsNoSuch(result)) return { kind: 'read', node, value: null };
  return { kind: 'unread', problem: `crm_attribute on ${node}: ${complaintOf(result)}` };
}
