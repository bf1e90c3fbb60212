import { expect } from 'chai';
import fc from 'fast-check';
import type { RunEvent } from '../../../src/model/event.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { apply, INITIAL, type RunState } from '../../../src/report/state.js';
import { foldRun, summaryOf } from '../../../src/report/summary.js';
import { CUT, eventsOf, FAILED_CUT, INFO, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

const PASSED = stamped(eventsOf([CUT, MEND], 'passed'));

/** Few names, so that events meet one another; in an order that no run would have. */
const name = fc.constantFrom('a', 'b');
const text = fc.record({ en: fc.string() });
const fault = fc.constant({ kind: 'power-off', node: 'ha-host1' } as ResolvedFault);
const result = fc.constantFrom(CUT, MEND, FAILED_CUT, SKIPPED_MEND);
const ms = fc.nat(60_000);
const of = <K extends RunEvent['kind']>(kind: K, parts: object) =>
  fc.record({ kind: fc.constant(kind), ...parts }) as unknown as fc.Arbitrary<RunEvent>;
const ANY_OF: { readonly [K in RunEvent['kind']]: fc.Arbitrary<RunEvent> } = {
  'run-started': of('run-started', {
    ...{ run: name, lab: name, backend: name },
    plan: fc.array(
      fc.record({
        ...{ scenario: name, title: text, asGiven: fc.boolean() },
        steps: fc.array(fc.record({ step: name, title: text })),
      }),
    ),
  }),
  'run-info': of('run-info', { info: fc.constant(INFO) }),
  'stage-started': of('stage-started', { stage: name, title: fc.string() }),
  'stage-progress': of('stage-progress', { stage: name, text: fc.string() }),
  'stage-finished': of('stage-finished', { stage: name, durationMs: ms }),
  'scenario-started': of('scenario-started', { scenario: name, title: text, asGiven: fc.boolean() }),
  'scenario-rewound': of('scenario-rewound', { scenario: name }),
  'step-started': of('step-started', { scenario: name, step: name, title: text, say: text }),
  'target-resolved': of('target-resolved', { scenario: name, step: name, target: name, node: name }),
  'command-finished': of('command-finished', {
    ...{ scenario: name, step: name, node: name, argv: fc.array(name), exitCode: fc.nat(255), durationMs: ms },
    ...{ stdout: fc.string(), stderr: fc.string() },
  }),
  'step-waiting': of('step-waiting', { scenario: name, step: name, seen: fc.string(), elapsedMs: ms }),
  'fault-journalled': of('fault-journalled', { id: name, fault }),
  'fault-injected': of('fault-injected', { id: name, fault }),
  'fault-healed': of('fault-healed', { id: name, fault }),
  'fault-not-healed': of('fault-not-healed', { id: name, fault, error: fc.string() }),
  'step-finished': of('step-finished', {
    result: fc.tuple(result, name, name).map(([each, scenario, step]) => ({ ...each, scenario, step })),
  }),
  'scenario-finished': of('scenario-finished', {
    result: fc.record({
      scenario: name,
      title: text,
      verdict: fc.constantFrom('passed', 'failed'),
      durationMs: ms,
      steps: fc.array(result),
    }),
  }),
  'node-seen': of('node-seen', { node: name, view: fc.record({ answered: fc.boolean() }) }),
  'configuration-changed': of('configuration-changed', {
    changes: fc.array(fc.record({ what: name, after: fc.string() })),
  }),
  'lab-restored': of('lab-restored', { restored: fc.record({ after: name, before: name, to: name, durationMs: ms }) }),
  'evidence-fetched': of('evidence-fetched', { node: name, files: fc.array(name) }),
  'slowness-measured': of('slowness-measured', { factor: fc.constantFrom(1, 32), samples: fc.array(ms), before: name }),
  warning: of('warning', { text: fc.string() }),
  'run-finished': of('run-finished', { verdict: fc.constantFrom('passed', 'unknown', 'failed'), durationMs: ms }),
};
const anyEvents = fc.array(fc.oneof(...Object.values(ANY_OF)), { maxLength: 40 }).map(stamped);

/** Freezes all that can be reached: what is changed later throws. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of Object.values(value)) frozen(each);
  return value;
}

describe('the state of a run', () => {
  it('is had from any beginning of any stream of events, and never changes afterwards', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        let state: RunState = frozen(INITIAL);
        for (const event of events) {
          const before = state;
          const shown = JSON.stringify(before);
          state = frozen(apply(before, frozen(event)));
          expect(JSON.stringify(before)).to.equal(shown);
          expect(state.parts.length).to.be.at.least(before.parts.length);
          for (const [index, part] of before.parts.entries()) expect(state.parts[index]?.kind).to.equal(part.kind);
          expect(summaryOf(state).run).to.equal(state.run);
        }
        expect(foldRun(events)).to.deep.equal(summaryOf(state));
      }),
    );
  });

  it('of a real run makes the same summary at once and step by step, wherever it is cut off', () => {
    for (let length = 0; length <= PASSED.length; length += 1) {
      const state = PASSED.slice(0, length).reduce(apply, INITIAL);
      expect(summaryOf(state)).to.deep.equal(foldRun(PASSED.slice(0, length)));
      expect(summaryOf(state).finished).to.equal(length === PASSED.length);
    }
  });

  it('shares what an event does not touch', () => {
    const state = PASSED.slice(0, -1).reduce(apply, INITIAL);
    const next = apply(state, { kind: 'warning', text: 'late' });
    expect(next.warnings).to.deep.equal([...state.warnings, 'late']);
    expect(next.parts).to.equal(state.parts);
    expect(next.faults).to.equal(state.faults);
  });

  it('has the planned steps before they begin, and keeps what each waits for', () => {
    const at = PASSED.findIndex(({ kind }) => kind === 'step-waiting');
    const { parts } = PASSED.slice(0, at + 1).reduce(apply, INITIAL);
    const scenario = parts.at(-1);
    if (scenario?.kind !== 'scenario') throw new Error('the last part is no scenario');
    expect(
      scenario.steps.map(({ step, startedMs, waiting }) => [step, startedMs !== undefined, waiting]),
    ).to.deep.equal([
      ['cut', true, 'vip Stopped'],
      ['mend', false, undefined],
    ]);
  });

  it('keeps every result of a step that is run twice', () => {
    const { parts } = [CUT, CUT]
      .map((each): RunEvent => ({ kind: 'step-finished', result: each }))
      .reduce(apply, INITIAL);
    expect(parts.flatMap((part) => (part.kind === 'scenario' ? part.steps : []))).to.have.length(2);
  });
});
