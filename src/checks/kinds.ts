import type { Expectation, ExpectationKind } from '../model/scenario.js';

export type ExpectationOf<K extends ExpectationKind> = Extract<Expectation, { kind: K }>;
