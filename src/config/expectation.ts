import { parseTarget } from '../fields/target.js';
import { parseTimeExpression } from '../fields/time-expression.js';
import { fillWords } from '../fields/words.js';
import type { Lab } from '../model/lab.js';
import type { Expectation, SeenFrom, Target } from '../model/scenario.js';
import type { RawExpectation } from './expectation-schema.js';

/** From the checked YAML form to the model; words in braces are filled in for the lab. */
export function expectationFromRaw(raw: RawExpectation, lab: Lab): Expectation {
  if ('any-of' in raw)
    return { kind: 'any-of', anyOf: raw['any-of'].map((list) => list.map((one) => expectationFromRaw(one, lab))) };
  if ('node' in raw) return { kind: 'node', node: parseTarget(raw.node), is: raw.is, seenFrom: seenFrom(raw) };
  if ('nodes' in raw) return { kind: 'nodes', are: raw.are, seenFrom: seenFrom(raw) };
  if ('resource' in raw)
    return { kind: 'resource', resource: raw.resource, is: raw.is, ...places(raw), seenFrom: seenFrom(raw) };
  if ('address' in raw)
    return { kind: 'address', address: fillWords(raw.address, lab), onExactly: raw['on-exactly'], ...places(raw) };
  if ('quorum' in raw) return { kind: 'quorum', quorum: raw.quorum, seenFrom: seenFrom(raw) };
  if ('dc' in raw) return { kind: 'dc', dc: raw.dc, seenFrom: seenFrom(raw) };
  if ('daemons' in raw) return { kind: 'daemons', daemons: raw.daemons };
  if ('property' in raw)
    return {
      kind: 'property',
      property: raw.property,
      is: raw.is === null || raw.is === 'unset' ? null : String(raw.is),
    };
  if ('warning' in raw) return { kind: 'warning', warning: raw.warning, is: raw.is };
  if ('ssh' in raw)
    return {
      kind: 'ssh',
      address: fillWords(raw.ssh, lab),
      from: parseTarget(raw.from),
      landsOn: parseTarget(raw['lands-on']),
    };
  if ('fenced' in raw)
    return {
      kind: 'fenced',
      fenced: parseTarget(raw.fenced),
      is: raw.is ?? 'success',
      ...(raw.before === undefined ? {} : { before: raw.before }),
    };
  if ('outage' in raw) {
    const { of, below, phase } = raw.outage;
    return { kind: 'outage', probe: of, ...(phase && { phase }), below: parseTimeExpression(below) };
  }
  if ('writes' in raw) {
    const { of, lost = 0, doubled = 0 } = raw.writes;
    return { kind: 'writes', probe: of, lost, doubled };
  }
  if ('answered-by' in raw)
    return { kind: 'answered-by', probe: raw['answered-by'].of, node: parseTarget(raw['answered-by'].node) };
  if ('exit' in raw) return { kind: 'exit', exit: raw.exit };
  if ('output' in raw) return outputFromRaw(raw.output, lab);
  if ('failcount' in raw)
    return {
      kind: 'failcount',
      resource: raw.failcount,
      ...places({ on: raw.on }),
      ...(raw.is === undefined ? {} : { is: raw.is }),
      ...(raw['at-least'] === undefined ? {} : { atLeast: raw['at-least'] }),
    };
  if ('constraint' in raw)
    return {
      kind: 'constraint',
      constraint: raw.constraint,
      ...(raw.type === undefined ? {} : { type: raw.type }),
      ...places({ on: raw.on }),
      is: raw.is,
    };
  if ('untouched' in raw)
    return { kind: 'untouched', of: raw.untouched, ...(raw.since === undefined ? {} : { since: raw.since }) };
  const { agent, requires, knows, operations } = raw;
  return {
    kind: 'agent',
    agent,
    ...(requires && { requires }),
    ...(knows && { knows }),
    ...(operations && { operations }),
  };
}

function outputFromRaw(raw: Extract<RawExpectation, { output: unknown }>['output'], lab: Lab): Expectation {
  const texts = (value: string | string[]): string[] => [value].flat().map((one) => fillWords(one, lab));
  return {
    kind: 'output',
    ...(raw.contains === undefined ? {} : { contains: texts(raw.contains) }),
    ...(raw.matches === undefined ? {} : { matches: raw.matches }),
    ...(raw.lacks === undefined ? {} : { lacks: texts(raw.lacks) }),
  };
}

function seenFrom(raw: { 'seen-from'?: string | undefined }): SeenFrom {
  const written = raw['seen-from'] ?? 'majority';
  return written === 'majority' ? { kind: 'majority' } : { kind: 'target', target: parseTarget(written) };
}

function places(raw: { on?: string | undefined; 'not-on'?: string | undefined }): { on?: Target; notOn?: Target } {
  return {
    ...(raw.on === undefined ? {} : { on: parseTarget(raw.on) }),
    ...(raw['not-on'] === undefined ? {} : { notOn: parseTarget(raw['not-on']) }),
  };
}
