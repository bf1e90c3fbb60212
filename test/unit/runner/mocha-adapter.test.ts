import { expect } from 'chai';
import Mocha from 'mocha';
import { CHECKS } from '../../../src/checks/index.js';
import { FAULTS } from '../../../src/faults/index.js';
import type { RunEvent } from '../../../src/model/event.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { driveWithMocha } from '../../../src/runner/mocha-adapter.js';
import { planRun } from '../../../src/runner/plan.js';
import { createExecutor, type Drive, driveInOrder } from '../../../src/runner/run.js';
import {
  createMemoryRun,
  cutHolder,
  MAJORITY,
  type MemoryRun,
  run,
  scenario,
  step,
  within,
} from '../../support/memory-run.js';

const offer = { backend: 'memory', abilities: ['links'], haNodes: 3, faults: FAULTS } as const;
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

const withMocha = driveWithMocha({ reporter: 'Told', language: 'en' });

describe('driveWithMocha', () => {
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
    const outcome = await withMocha(planOf(failing, unknown), createExecutor(memory.session));
    expect(process.exitCode).to.equal(exitCode);
    expect(told.slice(0, 5)).to.deep.equal([
      'suite ',
      'suite bad: Scenario bad',
      'pass yes: Step yes',
      'fail no: Step no: AssertionError: expected “the command ends with exit code 0”; last seen: exit code 1 on ha-host1: no output',
      'pending rest: Step rest',
    ]);
    expect(told.at(-1)).to.match(/^fail ask: Step ask: Unknown: ha-host3 did not let us in/);
    expect(outcome.scenarios.map((result) => result.verdict)).to.deep.equal(['failed', 'unknown']);
  });

  it('begins and ends a scenario without steps too, so that others may require it', async () => {
    const memory = await createMemoryRun();
    const base = scenario('base', []);
    const outcome = await withMocha(
      planOf(base, scenario('top', [step('one')], { given: ['base'] })),
      createExecutor(memory.session),
    );
    expect(outcome.scenarios.map((result) => result.verdict)).to.deep.equal(['passed', 'passed']);
  });

  it('skips a scenario as pending tests', async () => {
    const memory = await createMemoryRun();
    const five = scenario('five', [step('one')], { needs: { abilities: [], haNodes: 5 } });
    const outcome = await withMocha(planOf(five), createExecutor(memory.session));
    expect(told.at(-1)).to.equal('pending one: Step one');
    expect(outcome.verdict).to.equal('skipped');
  });

  it('rejects with our own bug, and has the scenario end before', async () => {
    const { memory, plan, bug } = await runWithBug();
    const failure = await withMocha(plan, createExecutor(memory.session)).then(
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

/** A run whose first scenario meets a bug of ours in its first step. */
async function runWithBug() {
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
  const plan = planOf(
    scenario('a', [step('one', { expect: [{ kind: 'nodes', are: 'online', seenFrom: MAJORITY }] }), step('two')]),
    scenario('b', [step('three')]),
  );
  return { memory: await createMemoryRun({ deps: { checks } }), plan, bug };
}

/** Mocha gives way to timers between two steps, and the clock of the memory lab goes on meanwhile. */
function timeless<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, each) => (/^(?:duration|elapsed)Ms$/.test(key) ? 0 : each))) as T;
}

describe('both drives', () => {
  before(() => {
    Object.assign(Mocha.reporters, { Told });
  });
  after(() => {
    Object.assign(Mocha.reporters, { Told: undefined });
  });

  /** What each drive makes of the same plan: its events, and what it returns or throws. */
  async function bothOf(prepare: () => Promise<{ memory: MemoryRun; plan: ReturnType<typeof planOf> }>) {
    const runOf = async (drive: Drive) => {
      const { memory, plan } = await prepare();
      const outcome = await drive(plan, createExecutor(memory.session)).catch((error: Error) => error.message);
      return timeless({ outcome, events: memory.events });
    };
    const [inOrder, mocha] = [await runOf(driveInOrder), await runOf(withMocha)];
    expect(mocha).to.deep.equal(inOrder);
    const verdicts = inOrder.events.flatMap((event) =>
      event.kind === 'step-finished' ? [`${event.result.step} ${event.result.verdict}`] : [],
    );
    return { verdicts, outcome: inOrder.outcome };
  }

  it('give the same events of steps that pass, fail, are inconclusive and are skipped', async () => {
    const { verdicts } = await bothOf(async () => {
      const memory = await createMemoryRun();
      memory.lab.mischief.closed.add('ha-host3');
      const scenarios = [
        scenario('base', []),
        scenario('good', [step('cut', { action: cutHolder }), step('look')], { given: ['base'] }),
        scenario('bad', [step('yes'), step('no', { action: run(['false']) }), step('rest')]),
        scenario('on-bad', [step('never')], { given: ['bad'] }),
        scenario('dark', [step('ask', { action: run(['true'], { kind: 'node', name: 'ha-host3' }) })]),
        scenario('five', [step('too-few')], { needs: { abilities: [], haNodes: 5 } }),
      ];
      return { memory, plan: planOf(...scenarios) };
    });
    expect(verdicts).to.have.members([
      'cut passed',
      'look passed',
      'yes passed',
      'no failed',
      'rest skipped',
      'never skipped',
      'ask unknown',
      'too-few skipped',
    ]);
  });

  it('give the same events of a run that is interrupted in a step', async () => {
    const offline = {
      kind: 'node',
      node: { kind: 'node', name: 'ha-host2' },
      is: 'offline',
      seenFrom: MAJORITY,
    } as const;
    const cut = step('cut', { action: cutHolder, expect: [offline], within: within(60_000) });
    const { verdicts, outcome } = await bothOf(async () => {
      const events: RunEvent[] = [];
      const memory: MemoryRun = await createMemoryRun({
        deps: {
          emit(event) {
            events.push(event);
            if (event.kind === 'step-waiting') memory.abort.abort();
          },
        },
      });
      const plan = planOf(scenario('cut', [cut, step('rest')]), scenario('next', [step('one')]));
      return { memory: { ...memory, events }, plan };
    });
    expect(verdicts).to.deep.equal(['cut unknown', 'rest skipped', 'one skipped']);
    expect(outcome).to.include({ verdict: 'unknown' });
  });

  it('give the same events around a bug of ours, and reject with it', async () => {
    const { verdicts, outcome } = await bothOf(runWithBug);
    expect(verdicts).to.deep.equal(['two skipped', 'three skipped']);
    expect(outcome).to.equal('a bug');
  });
});
