import { expect } from 'chai';
import Mocha from 'mocha';
import { CHECKS } from '../../../src/checks/index.js';
import { FAULTS } from '../../../src/faults/index.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { runWithMocha } from '../../../src/runner/mocha-adapter.js';
import { planRun } from '../../../src/runner/plan.js';
import { createExecutor } from '../../../src/runner/run.js';
import { createMemoryRun, MAJORITY, run, scenario, step } from '../../support/memory-run.js';

const offer = { backend: 'memory', abilities: [], haNodes: 3, faults: FAULTS } as const;
const planOf = (...scenarios: readonly Scenario[]) => planRun(scenarios, [], offer);

const told: string[] = [];

/** Writes down what any mocha reporter would be told. */
class Told extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('suite', (suite) => told.push(`suite ${suite.title}`));
    runner.on('pass', (test) => told.push(`pass ${test.title}`));
    runner.on('pending', (test) => told.push(`pending ${test.title}`));
    runner.on('fail', (test, error) => told.push(`fail ${test.title}: ${error.name}: ${error.message}`));
  }
}

describe('runWithMocha', () => {
  beforeEach(() => {
    told.length = 0;
    Object.assign(Mocha.reporters, { Told });
  });

  afterEach(() => {
    Object.assign(Mocha.reporters, { Told: undefined });
  });

  it('makes a scenario a suite and a step a test', async () => {
    const memory = await createMemoryRun();
    memory.lab.mischief.closed.add('ha-host3');
    const failing = scenario('bad', [step('yes'), step('no', { action: run(['false']) }), step('rest')]);
    const unknown = scenario('dark', [step('ask', { action: run(['true'], { kind: 'node', name: 'ha-host3' }) })]);
    const exitCode = process.exitCode;
    const outcome = await runWithMocha(planOf(failing, unknown), createExecutor(memory.session), { reporter: 'Told' });
    expect(process.exitCode).to.equal(exitCode);
    expect(told.slice(0, 5)).to.deep.equal([
      'suite ',
      'suite bad: Scenario bad',
      'pass yes: Step yes',
      'fail no: Step no: AssertionError: the command ends with exit code 0; last seen: exit code 1 on ha-host1: no output',
      'pending rest: Step rest',
    ]);
    expect(told.at(-1)).to.match(/^fail ask: Step ask: Unknown: ha-host3 did not let us in/);
    expect(outcome.scenarios.map((result) => result.verdict)).to.deep.equal(['failed', 'unknown']);
  });

  it('begins and ends a scenario without steps too, so that others may stand on it', async () => {
    const memory = await createMemoryRun();
    const base = scenario('base', []);
    const outcome = await runWithMocha(
      planOf(base, scenario('top', [step('one')], { given: ['base'] })),
      createExecutor(memory.session),
    );
    expect(outcome.scenarios.map((result) => result.verdict)).to.deep.equal(['passed', 'passed']);
  });

  it('skips a scenario as pending tests', async () => {
    const memory = await createMemoryRun();
    const five = scenario('five', [step('one')], { needs: { abilities: [], haNodes: 5 } });
    const outcome = await runWithMocha(planOf(five), createExecutor(memory.session), { reporter: 'Told' });
    expect(told.at(-1)).to.equal('pending one: Step one');
    expect(outcome.verdict).to.equal('skipped');
  });

  it('rejects with our own bug, and has the scenario end before', async () => {
    const bug = new TypeError('a bug');
    const checks = {
      ...CHECKS,
      nodes: {
        ...CHECKS.nodes,
        judge: () => {
          throw bug;
        },
      },
    };
    const memory = await createMemoryRun({ deps: { checks } });
    const plan = planOf(
      scenario('a', [step('one', { expect: [{ kind: 'nodes', are: 'online', seenFrom: MAJORITY }] })]),
      scenario('b', [step('two')]),
    );
    const failure = await runWithMocha(plan, createExecutor(memory.session)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.equal(bug);
    const finished = memory.events.flatMap((event) =>
      event.kind === 'scenario-finished' ? [event.result.verdict] : [],
    );
    expect(finished).to.deep.equal(['unknown', 'skipped']);
  });
});
