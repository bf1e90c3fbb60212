import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { planRun } from '../../../src/runner/plan.js';
import { createExecutor } from '../../../src/runner/run.js';
import { type Audience, driveStepwise } from '../../../src/runner/stepwise.js';
import { createMemoryRun, cutHolder, run, scenario, step } from '../../support/memory-run.js';

const offer = { backend: 'memory', abilities: ['links', 'power', 'pause'], haNodes: 3, faults: FAULTS } as const;
const planOf = (scenarios: readonly Scenario[], library: readonly Scenario[] = []) =>
  planRun(scenarios, library, offer);

/** Notes when it was waited for, among the events of the run. */
function audienceOf(log: string[], acting: Partial<Audience> = {}): Audience {
  return {
    async before(entry, { id }) {
      log.push(`before ${entry.scenario.id}/${id}`);
      await acting.before?.(entry, step(id));
    },
    async after(entry, { id }, result) {
      log.push(`after ${entry.scenario.id}/${id}: ${result.verdict}`);
      await acting.after?.(entry, step(id), result);
    },
  };
}

describe('a run step by step', () => {
  it('waits before and after each step of what was asked for, and not in its set-ups', async () => {
    const memory = await createMemoryRun();
    const asked = scenario('asked', [step('one'), step('two')], { given: ['set-up'] });
    const plan = planOf([asked], [scenario('set-up', [step('zero')])]);
    const outcome = await driveStepwise(audienceOf(memory.log))(plan, createExecutor(memory.session));
    expect(outcome.verdict).to.equal('passed');
    expect(memory.log.filter((line) => /^(before|after|step)/.test(line))).to.deep.equal([
      'step-started',
      'step-finished',
      'before asked/one',
      'step-started',
      'step-finished',
      'after asked/one: passed',
      'before asked/two',
      'step-started',
      'step-finished',
      'after asked/two: passed',
    ]);
  });

  it('shows a step that failed, and no longer waits for those that are skipped', async () => {
    const memory = await createMemoryRun();
    const plan = planOf([scenario('a', [step('no', { action: run(['false']) }), step('rest')])]);
    const outcome = await driveStepwise(audienceOf(memory.log))(plan, createExecutor(memory.session));
    expect(outcome.verdict).to.equal('failed');
    expect(memory.log.filter((line) => /^(before|after)/.test(line))).to.deep.equal([
      'before a/no',
      'after a/no: failed',
    ]);
    expect(outcome.scenarios[0]?.steps.map(({ verdict }) => verdict)).to.deep.equal(['failed', 'skipped']);
  });

  it('lets no deadline pass while it waits', async () => {
    const memory = await createMemoryRun();
    const wait = () => memory.lab.clock.sleep(3_600_000);
    const plan = planOf([scenario('a', [step('one', { action: cutHolder }), step('two')])]);
    const drive = driveStepwise(audienceOf(memory.log, { before: wait, after: wait }));
    const outcome = await drive(plan, createExecutor(memory.session));
    expect(outcome.verdict).to.equal('passed');
    for (const { durationMs } of outcome.scenarios[0]?.steps ?? []) expect(durationMs).to.be.lessThan(60_000);
  });

  it('undoes the faults where it is left while it waits', async () => {
    const memory = await createMemoryRun();
    const after = async () => memory.abort.abort();
    const plan = planOf([scenario('a', [step('cut', { action: cutHolder }), step('rest')])]);
    const drive = driveStepwise(audienceOf(memory.log, { after }));
    const outcome = await drive(plan, createExecutor(memory.session));
    expect(outcome).to.include({ verdict: 'unknown', reason: 'a: interrupted' });
    expect(memory.deps.journal.pending()).to.deep.equal([]);
    expect(memory.lab.world().linkOf('ha-host1', 'eth1')?.admin).to.equal('up');
    expect(memory.log).to.not.include('before a/rest');
  });
});
