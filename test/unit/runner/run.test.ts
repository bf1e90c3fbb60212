import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import { LabError } from '../../../src/model/errors.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { planRun } from '../../../src/runner/plan.js';
import { createExecutor, driveInOrder } from '../../../src/runner/run.js';
import { createMemoryRun, cutHolder, MAJORITY, run, scenario, step, within } from '../../support/memory-run.js';

const offer = { backend: 'memory', abilities: ['links', 'power', 'pause'], haNodes: 3, faults: FAULTS } as const;
const planOf = (...scenarios: readonly Scenario[]) => planRun(scenarios, [], offer);
const offline = { kind: 'node', node: { kind: 'node', name: 'ha-host2' }, is: 'offline', seenFrom: MAJORITY } as const;

describe('driveInOrder', () => {
  it('runs scenarios in order and passes when all do', async () => {
    const memory = await createMemoryRun();
    const outcome = await driveInOrder(
      planOf(scenario('a', [step('one'), step('two')]), scenario('b', [])),
      createExecutor(memory.session),
    );
    expect(outcome.verdict).to.equal('passed');
    expect(outcome.reason).to.equal(undefined);
    expect(memory.kinds()).to.deep.equal([
      'scenario-started',
      'step-started',
      'step-finished',
      'step-started',
      'step-finished',
      'scenario-finished',
      'scenario-started',
      'scenario-finished',
    ]);
  });

  it('skips the rest of a scenario after a failed step, and what requires it', async () => {
    const memory = await createMemoryRun();
    const bad = scenario('bad', [
      step('ok'),
      step('no', { action: run(['false']) }),
      step('rest', { action: run(['true']) }),
    ]);
    const after = scenario('after', [step('one')], { given: ['bad'] });
    const other = scenario('other', [step('one')]);
    const outcome = await driveInOrder(planOf(bad, after, other), createExecutor(memory.session));
    expect(outcome.verdict).to.equal('failed');
    expect(outcome.scenarios.map((result) => result.verdict)).to.deep.equal(['failed', 'skipped', 'passed']);
    const [first, second] = outcome.scenarios;
    expect(first?.steps.map((result) => result.verdict)).to.deep.equal(['passed', 'failed', 'skipped']);
    expect(first?.steps[2]?.reason).to.equal('after step no, which is failed');
    expect(second?.reason).to.match(/^requires bad, which is failed: no: /);
    expect(outcome.reason).to.match(/^bad: no: expected “the command ends with exit code 0”/);
    expect(memory.kinds().filter((kind) => kind === 'command-finished')).to.have.length(1);
  });

  it('skips what the plan skips, with its reason', async () => {
    const memory = await createMemoryRun();
    const five = scenario('five', [step('one')], { needs: { abilities: [], haNodes: 5 } });
    const outcome = await driveInOrder(planOf(five), createExecutor(memory.session));
    expect(outcome.scenarios[0]).to.include({ verdict: 'skipped', reason: 'needs 5 HA nodes, the lab has 3' });
    expect(outcome.verdict).to.equal('skipped');
  });

  it('heals what a scenario leaves, also when it failed', async () => {
    const memory = await createMemoryRun();
    const outcome = await driveInOrder(
      planOf(scenario('cut', [step('cut', { action: cutHolder, expect: [offline] })])),
      createExecutor(memory.session),
    );
    expect(outcome.verdict).to.equal('failed');
    expect(memory.deps.journal.pending()).to.deep.equal([]);
    expect(memory.lab.world().linkOf('ha-host1', 'eth1')?.admin).to.equal('up');
    expect(memory.kinds().slice(-2)).to.deep.equal(['fault-healed', 'scenario-finished']);
  });

  it('heals after an abort, with the rest skipped', async () => {
    const memory = await createMemoryRun();
    const steps = [step('cut', { action: cutHolder, expect: [offline], within: within(60_000) }), step('rest')];
    const running = driveInOrder(
      planOf(scenario('cut', steps), scenario('next', [step('one')])),
      createExecutor(memory.session),
    );
    await memory.lab.clock.sleep(1_000);
    memory.abort.abort();
    const outcome = await running;
    expect(outcome.verdict).to.equal('unknown');
    expect(outcome.scenarios.map((result) => result.verdict)).to.deep.equal(['unknown', 'skipped']);
    expect(outcome.scenarios.flatMap((result) => result.steps.map((each) => each.reason))).to.deep.equal([
      'interrupted',
      'interrupted',
      'interrupted',
    ]);
    expect(memory.lab.world().linkOf('ha-host1', 'eth1')?.admin).to.equal('up');
  });

  it('is not passed when it was interrupted between two steps', async () => {
    const memory = await createMemoryRun();
    const plan = planOf(scenario('a', [step('one'), step('two')]));
    const executor = createExecutor(memory.session);
    const [entry] = plan;
    if (!entry) throw new Error('no plan');
    await executor.begin(entry);
    await executor.step(entry.scenario.steps[0] ?? step('one'));
    memory.abort.abort();
    await executor.step(entry.scenario.steps[1] ?? step('two'));
    expect(await executor.end()).to.include({ verdict: 'unknown', reason: 'interrupted' });
    expect(executor.outcome().verdict).to.equal('unknown');
  });

  it('stops trusting a lab that it could not mend', async () => {
    const memory = await createMemoryRun();
    const { links } = memory.lab.backend;
    if (!links) throw new Error('no links');
    const cut = step('cut', { action: cutHolder });
    const stick = () =>
      memory.lab.mischief.stuck.set('ha-host1/eth1', new LabError('backend-failed', 'the link does not obey'));
    const running = createExecutor(memory.session);
    const [first, second] = planOf(scenario('cut', [cut]), scenario('next', [step('one')]));
    if (!first || !second) throw new Error('no plan');
    await running.begin(first);
    await running.step(cut);
    stick();
    expect(await running.end()).to.include({ verdict: 'unknown', reason: 'not undone: link-down on ha-host1' });
    await running.begin(second);
    expect(await running.step(step('one'))).to.include({
      verdict: 'skipped',
      reason: 'cut left the lab broken: not undone: link-down on ha-host1',
    });
    await running.end();
    expect(memory.deps.journal.pending()).to.have.length(1);
  });

  it('forgets roles from one scenario to the next', async () => {
    const memory = await createMemoryRun();
    const was = {
      kind: 'node',
      node: { kind: 'holder', resource: 'vip', was: true },
      is: 'online',
      seenFrom: MAJORITY,
    } as const;
    const plan = planOf(
      scenario('a', [step('one', { expect: [was] })]),
      scenario('b', [step('two', { expect: [was] })]),
    );
    const outcome = await driveInOrder(plan, createExecutor(memory.session));
    expect(outcome.scenarios.map((result) => result.steps[0]?.targets)).to.deep.equal([
      { 'holder of vip': 'ha-host1' },
      { 'holder of vip': 'ha-host1' },
    ]);
  });
});
