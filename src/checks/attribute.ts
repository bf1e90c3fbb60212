import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { reportsNoSuch } from '../model/command-output.js';
import { quoted } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { CheckContext } from '../ports/check.js';
import { complaintOf, defineCheck, type FieldsOf, passedIf } from './define-check.js';
import { askMajority } from './view.js';

/** `value` is null where the node has no such attribute. */
type AttributeObservation =
  | { readonly kind: 'read'; readonly node: string; readonly of: string; readonly value: string | null }
  | { readonly kind: 'unread'; readonly problem: string };

const TIMEOUT_MS = 10_000;
/** A transient attribute covers a permanent one of the same name (pacemaker, lib/pengine/unpack.c). */
const LIFETIMES = ['reboot', 'forever'] as const;

const schema = ({ target }: ScenarioFields) =>
  strict({ attribute: word, on: target, is: z.union([word, z.number(), z.boolean(), z.null()]) })
    .describe('The value of a node attribute, transient or permanent; unset if the node must not have it.')
    .transform(({ attribute, on, is }) => ({ attribute, on, is: is === null || is === 'unset' ? null : String(is) }));

type Attribute = FieldsOf<typeof schema>;

/** Asked of pacemaker itself: not every reading of the status lists attributes. */
export const attributeCheck = defineCheck({
  kind: 'attribute',
  schema,
  cost: 3,
  when: 'now',
  targets: ({ on }) => [on],
  readsStatusText: false,
  describe: ({ attribute, on, is }) =>
    is === null
      ? `the attribute ${attribute} of ${targetText(on)} is not set`
      : `the attribute ${attribute} of ${targetText(on)} is ${quoted(is)}`,
  observe: readAttribute,
  judge({ attribute, is }, observation) {
    if (observation.kind === 'unread') return { verdict: 'unknown', seen: observation.problem };
    const { node, of, value } = observation;
    const seen = `${attribute} of ${of} is ${value === null ? 'not set' : quoted(value)} (according to ${node})`;
    return passedIf(value === is, seen);
  },
});

async function readAttribute({ attribute, on }: Attribute, context: CheckContext): Promise<AttributeObservation> {
  const of = await context.resolve(on);
  let asked = '';
  for (const lifetime of LIFETIMES) {
    const argv = ['crm_attribute', '--node', of, '--name', attribute, '--lifetime', lifetime, '--query', '--quiet'];
    const answer = await askMajority(context, argv, TIMEOUT_MS);
    if ('problem' in answer) return { kind: 'unread', ...answer };
    const { node, result } = answer;
    if (result.exitCode === 0) return { kind: 'read', node, of, value: result.stdout.trim() };
    if (!reportsNoSuch(result)) return { kind: 'unread', problem: `crm_attribute on ${node}: ${complaintOf(result)}` };
    asked = node;
  }
  return { kind: 'read', node: asked, of, value: null };
}
