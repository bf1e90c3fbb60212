import type { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { oneByKey } from '../fields/schema.js';
import type { Expectation } from '../model/expectation.js';
import type { TimeExpression } from '../model/scenario.js';
import type { Check, CheckTable } from '../ports/check.js';
import { addressCheck } from './address.js';
import { agentCheck } from './agent.js';
import { answeredByCheck } from './answered-by.js';
import { createAnyOfCheck } from './any-of.js';
import { attributeCheck } from './attribute.js';
import { exitCheck, outputCheck } from './command.js';
import { constraintCheck } from './constraint.js';
import { dcCheck } from './dc.js';
import type { CheckDefinition, FieldsOf, FieldsSchema } from './define-check.js';
import { failcountCheck } from './failcount.js';
import { fencedCheck } from './fenced.js';
import { inOrderCheck } from './in-order.js';
import { createNeverCheck } from './never.js';
import { nodeCheck, nodesCheck } from './node.js';
import { createNotCheck } from './not.js';
import { outageCheck } from './outage.js';
import { daemonsCheck, warningCheck } from './pcs-status.js';
import { pendingCheck } from './pending.js';
import { printsCheck } from './prints.js';
import { propertyCheck } from './property.js';
import { quorumCheck } from './quorum.js';
import { resourceCheck } from './resource.js';
import { restartedCheck } from './restarted.js';
import { scoreCheck } from './score.js';
import { sshCheck } from './ssh.js';
import { togetherCheck } from './together.js';
import { untouchedCheck } from './untouched.js';
import { writesCheck } from './writes.js';

/** Every kind of expectation; those that hold others come below. */
const PLAIN = [
  nodeCheck,
  nodesCheck,
  resourceCheck,
  addressCheck,
  quorumCheck,
  dcCheck,
  daemonsCheck,
  propertyCheck,
  warningCheck,
  sshCheck,
  outageCheck,
  writesCheck,
  answeredByCheck,
  fencedCheck,
  exitCheck,
  outputCheck,
  agentCheck,
  pendingCheck,
  failcountCheck,
  attributeCheck,
  constraintCheck,
  togetherCheck,
  untouchedCheck,
  restartedCheck,
  inOrderCheck,
  scoreCheck,
  printsCheck,
] as const;

type PlainCheck = (typeof PLAIN)[number];
type OfCheck<C> = C extends CheckDefinition<infer K, infer S, unknown> ? { readonly kind: K } & FieldsOf<S> : never;
type WrittenOf<C> = C extends { readonly schema: infer S extends FieldsSchema } ? z.input<ReturnType<S>> : never;

/** Every expectation that this table knows. */
export type KnownExpectation =
  | OfCheck<PlainCheck>
  | { readonly kind: 'any-of'; readonly anyOf: readonly (readonly KnownExpectation[])[] }
  | { readonly kind: 'not'; readonly not: KnownExpectation }
  | { readonly kind: 'never'; readonly never: KnownExpectation; readonly for: TimeExpression };

/** The same as a scenario file writes it: the key that is the kind's name says which kind it is. */
export type WrittenExpectation =
  | WrittenOf<PlainCheck>
  | { 'any-of': WrittenExpectation[][] }
  | { not: WrittenExpectation }
  | { never: WrittenExpectation; for: string };

const ALL: readonly CheckDefinition<string, FieldsSchema>[] = [
  ...PLAIN,
  createAnyOfCheck(() => CHECKS, expectationSchema),
  createNotCheck(() => CHECKS, expectationSchema),
  createNeverCheck(() => CHECKS, expectationSchema),
];

/** By kind. */
export const CHECKS = Object.fromEntries(ALL.map((check) => [check.kind, check])) as unknown as {
  readonly [K in KnownExpectation['kind']]: Check;
} satisfies CheckTable;

const schemas = new WeakMap<ScenarioFields, z.ZodType<Expectation, WrittenExpectation>>();

/** One thing that must hold, of any kind; always the same schema for the same fields, so that one can hold others. */
export function expectationSchema(fields: ScenarioFields): z.ZodType<Expectation, WrittenExpectation> {
  const known = schemas.get(fields);
  if (known !== undefined) return known;
  const kinds = ALL.map(({ kind, schema }) => schema(fields).transform((own): Expectation => ({ kind, ...own })));
  const forms = kinds as unknown as readonly [z.ZodType<Expectation, WrittenExpectation>];
  const schema = oneByKey({ what: 'expectation', keys: ALL.map(({ kind }) => kind) }, forms).meta({
    id: 'expectation',
    description: 'One thing that must hold before the deadline of the step.',
  });
  schemas.set(fields, schema);
  return schema;
}
