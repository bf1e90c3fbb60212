import { unknownWord } from '../fields/nearest.js';
import type { Lab } from '../model/lab.js';
import { PROBE_KINDS } from '../model/scenario.js';
import { entriesOf, fieldOf, isRecord, listOf, textOf } from './loose.js';
import { checkAddress, checkTarget, checkWords } from './reference-checks.js';
import type { Path, Source } from './source.js';

interface Seat {
  readonly source: Source;
  readonly lab: Lab;
  /** Probes of this step and those before it, with their kinds. */
  readonly probes: ReadonlyMap<string, string>;
  readonly hasCommand: boolean;
  /** Ids of this step and those before it. */
  readonly steps: ReadonlySet<string>;
  /** `unless` looks before the action, when there is neither output nor outage. */
  readonly before: boolean;
}

const SINGLE_TARGETS = ['node', 'on', 'not-on', 'from', 'lands-on', 'fenced'];
const ADDRESSES = ['address', 'ssh'];

export function checkExpectations(
  source: Source,
  path: Path,
  step: unknown,
  lab: Lab,
  probes: ReadonlyMap<string, string>,
  earlier: ReadonlySet<string>,
): void {
  const hasCommand = fieldOf(step, 'run') !== undefined;
  const steps = new Set([...earlier, textOf(fieldOf(step, 'id')) ?? '']);
  for (const section of ['unless', 'expect']) {
    const seat: Seat = { source, lab, probes, hasCommand, steps, before: section === 'unless' };
    for (const [index, one] of listOf(fieldOf(step, section)).entries()) checkOne(seat, [...path, section, index], one);
  }
}

function checkOne(seat: Seat, path: Path, expectation: unknown): void {
  if (!isRecord(expectation)) return;
  const { source, lab } = seat;
  for (const key of SINGLE_TARGETS) checkTarget(source, [...path, key], expectation[key], lab, 'one');
  for (const key of ADDRESSES) checkAddress(source, [...path, key], expectation[key], lab);
  if (expectation['seen-from'] !== 'majority')
    checkTarget(source, [...path, 'seen-from'], expectation['seen-from'], lab, 'any');
  checkOfCommand(seat, path, expectation);
  checkCount(seat, path, expectation);
  checkSince(seat, path, expectation);
  checkOfProbe(seat, path, expectation);
  checkTarget(source, [...path, 'answered-by', 'node'], fieldOf(expectation['answered-by'], 'node'), lab, 'one');
  for (const [outcome, list] of listOf(expectation['any-of']).entries()) {
    for (const [index, one] of listOf(list).entries()) checkOne(seat, [...path, 'any-of', outcome, index], one);
  }
}

function checkOfCommand(seat: Seat, path: Path, expectation: Readonly<Record<string, unknown>>): void {
  const key = ['exit', 'output'].find((name) => expectation[name] !== undefined);
  if (key === undefined) return;
  if (seat.before || !seat.hasCommand) {
    const message = seat.before
      ? `${key} cannot be known before the command has run`
      : `${key} is of the step's own command, and this step runs none`;
    seat.source.reportKey([...path, key], {
      message,
      hint: seat.before ? 'ask for the state of the cluster instead' : 'add run, or remove this',
    });
  }
  for (const [name, value] of entriesOf(expectation.output)) {
    if (name === 'matches') continue;
    checkWords(seat.source, [...path, 'output', name], value, seat.lab);
    for (const [index, one] of listOf(value).entries())
      checkWords(seat.source, [...path, 'output', name, index], one, seat.lab);
  }
}

/** What each expectation of a probe calls its subject, and the kinds of probe that can tell it. */
const OF_PROBE: { readonly [key: string]: { readonly what: string; readonly kinds: readonly string[] } } = {
  outage: { what: 'an outage', kinds: PROBE_KINDS },
  writes: { what: 'what became of writes', kinds: ['writer'] },
  'answered-by': { what: 'who answered', kinds: ['http', 'writer'] },
};

function checkOfProbe(seat: Seat, path: Path, expectation: Readonly<Record<string, unknown>>): void {
  for (const [key, { what, kinds }] of Object.entries(OF_PROBE)) {
    const of = textOf(fieldOf(expectation[key], 'of'));
    if (of === undefined) continue;
    const kind = seat.probes.get(of);
    if (seat.before) {
      const hint = 'move it to expect';
      seat.source.reportKey([...path, key], { message: `${what} cannot be known before the action`, hint });
    } else if (kind === undefined) {
      const hint = `a step gets one with probe: { id: …, kind: ${kinds[0]}, target: …, from: …, every: 20ms }`;
      const { message, hint: known } = unknownWord('probe', of, seat.probes.keys());
      seat.source.report([...path, key, 'of'], { message, hint: seat.probes.size > 0 ? known : hint });
    } else if (kind !== '' && !kinds.includes(kind)) {
      const message = `a ${kind} probe does not tell ${what}`;
      seat.source.report([...path, key, 'of'], { message, hint: `use a probe of kind ${kinds.join(' or ')}` });
    }
  }
}

function checkCount({ source }: Seat, path: Path, expectation: Readonly<Record<string, unknown>>): void {
  if (expectation.failcount === undefined) return;
  const given = ['is', 'at-least'].filter((key) => expectation[key] !== undefined);
  if (given.length === 1) return;
  const message = given.length === 0 ? 'how many failures is not said' : 'both is and at-least are given';
  source.reportKey([...path, 'failcount'], { message, hint: 'write is: 0, or at-least: 1' });
}

function checkSince(seat: Seat, path: Path, expectation: Readonly<Record<string, unknown>>): void {
  if (expectation.untouched === undefined) return;
  const since = textOf(expectation.since);
  if (seat.before) {
    const hint = 'move it to expect';
    seat.source.reportKey([...path, 'untouched'], { message: 'there is nothing to count before the action', hint });
  } else if (since !== undefined && !seat.steps.has(since)) {
    seat.source.report([...path, 'since'], unknownWord('step', since, seat.steps));
  }
}
