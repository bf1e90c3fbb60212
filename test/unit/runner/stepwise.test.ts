import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import { LabError } from '../../../src/model/errors.js';
import type { Scenario, Step } from '../../../src/model/scenario.js';
import { apply, INITIAL, type RunState } from '../../../src/report/state.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import { type PlanEntry, planRun } from '../../../src/runner/plan.js';
import { createExecutor } from '../../../src/runner/run.js';
import { type Audience, driveStepwise, type Wished } from '../../../src/runner/stepwise.js';
import { createMemoryIsolating } from '../../support/memory-isolating.js';
import { createMemoryRun, cutHolder, run, scenario, step } from '../../support/memory-run.js';
import type { MemoryWorld } from '../../support/memory-world.js';

const offer = { backend: 'memory', abilities: ['links', 'power', 'pause'], haNodes: 3, faults: FAULTS } as const;
const planOf = (scenarios: readonly Scenario[], library: readonly Scenario[] = []) =>
  planRun(scenarios, library, offer);

type Acts = { readonly [W in keyof Audience]?: (...args: Parameters<Audience[W]>) => Promise<Wished | undefined> };

/** Notes when it was waited for, among the events of the run. */
function audienceOf(log: string[], acting: Acts = {}): Audience {
  return {
    async before(entry, each, mayGoBack) {
      log.push(`before ${entry.scenario.id}/${each.id}`);
      return (await acting.before?.(entry, each, mayGoBack)) ?? 'on';
    },
    async after(entry, each, result, mayGoBack) {
      log.push(`after ${entry.scenario.id}/${each.id}: ${result.verdict}`);
      return (await acting.after?.(entry, each, result, mayGoBack)) ?? 'on';
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
    const wait = async () => void (await memory.lab.clock.sleep(3_600_000));
    const plan = planOf([scenario('a', [step('one', { action: cutHolder }), step('two')])]);
    const drive = driveStepwise(audienceOf(memory.log, { before: wait, after: wait }));
    const outcome = await drive(plan, createExecutor(memory.session));
    expect(outcome.verdict).to.equal('passed');
    for (const { durationMs } of outcome.scenarios[0]?.steps ?? []) expect(durationMs).to.be.lessThan(60_000);
  });

  it('undoes the faults where it is left while it waits', async () => {
    const memory = await createMemoryRun();
    const after = async () => void memory.abort.abort();
    const plan = planOf([scenario('a', [step('cut', { action: cutHolder }), step('rest')])]);
    const drive = driveStepwise(audienceOf(memory.log, { after }));
    const outcome = await drive(plan, createExecutor(memory.session));
    expect(outcome).to.include({ verdict: 'unknown', reason: 'a: interrupted' });
    expect(memory.deps.journal.pending()).to.deep.equal([]);
    expect(memory.lab.world().linkOf('ha-host1', 'eth1')?.admin).to.equal('up');
    expect(memory.log).to.not.include('before a/rest');
  });
});

describe('a run step by step that goes back', () => {
  const [one, cut, three] = [
    step('one', { action: run(['pcs', 'resource', 'create', 'left', 'ocf:pacemaker:Dummy']) }),
    step('cut', { action: cutHolder }),
    step('three'),
  ];
  const library = [scenario('set-up', [step('zero')])];
  const given = { given: ['set-up'] };

  async function shown(acting: (world: MemoryWorld) => Acts, { given: setUps = given, isBroken = false } = {}) {
    const memory = await createMemoryRun();
    const { isolating } = createMemoryIsolating(memory.lab, memory.deps.journal);
    const restore = async () => {
      throw new LabError('command-failed', 'the CIB stays as it is');
    };
    const snapshots = { ...isolating.snapshots, ...(isBroken ? { restore } : {}) };
    const session = createRunSession({ ...memory.deps, isNewLab: false, isolating: { ...isolating, snapshots } });
    const drive = driveStepwise(audienceOf(memory.log, acting(memory.lab.world())));
    const outcome = await drive(planOf([scenario('a', [one, cut, three], setUps)], library), createExecutor(session));
    const waits = memory.log.filter((line) => /^(before|after|scenario-rewound)/.test(line));
    return { memory, outcome, waits, state: memory.events.reduce<RunState>(apply, INITIAL) };
  }

  /** Once, at that moment of that step. */
  function once(id: string): (entry: PlanEntry, each: Step) => Promise<Wished> {
    let isDone = false;
    return async (_entry, each) => {
      if (each.id !== id || isDone) return 'on';
      isDone = true;
      return 'back';
    };
  }

  it('shows the step before once more, in the lab as that began', async () => {
    const standings: unknown[] = [];
    const { outcome, waits, state } = await shown((world) => {
      const back = once('three');
      return {
        async before(entry, each) {
          if (each.id === 'cut') standings.push([world.linkOf('ha-host1', 'eth1')?.admin, world.resources.has('left')]);
          return back(entry, each);
        },
      };
    });
    expect(waits).to.deep.equal([
      ...['before a/one', 'after a/one: passed', 'before a/cut', 'after a/cut: passed', 'before a/three'],
      'scenario-rewound',
      ...['before a/cut', 'after a/cut: passed', 'before a/three', 'after a/three: passed'],
    ]);
    expect(standings, 'the fault is undone, and the first step done once more').to.deep.equal([
      ['up', true],
      ['up', true],
    ]);
    expect(outcome.scenarios[0]?.steps ?? [], 'of the set-up').to.have.length(1);
    expect(outcome.scenarios[1]?.steps.map((each) => each.step)).to.deep.equal(['one', 'cut', 'three']);
    expect(outcome.verdict).to.equal('passed');
    const part = state.parts.findLast((each) => each.kind === 'scenario');
    expect(part?.kind === 'scenario' && part.steps.map((each) => each.result?.verdict)).to.deep.equal([
      'passed',
      'passed',
      'passed',
    ]);
  });

  it('does the step again', async () => {
    const { waits, outcome } = await shown(() => {
      const again = once('one');
      return { after: (entry, each) => again(entry, each) };
    });
    expect(waits.slice(0, 5)).to.deep.equal([
      ...['before a/one', 'after a/one: passed', 'scenario-rewound', 'before a/one', 'after a/one: passed'],
    ]);
    expect(outcome.verdict).to.equal('passed');
  });

  it('has no way back before the first step, and none without a set-up', async () => {
    const asked: string[] = [];
    const note = (): Acts => ({
      async before(_entry, { id }, mayGoBack) {
        asked.push(`${id} ${mayGoBack}`);
        return undefined;
      },
    });
    await shown(note);
    await shown(note, { given: { given: [] } });
    expect(asked).to.deep.equal([
      ...['one false', 'cut true', 'three true'],
      ...['one false', 'cut false', 'three false'],
    ]);
  });

  it('skips the rest where the lab cannot be brought back', async () => {
    const { outcome, waits } = await shown(
      () => {
        const back = once('three');
        return { before: (entry, each) => back(entry, each) };
      },
      { isBroken: true },
    );
    expect(outcome.verdict).to.equal('unknown');
    expect(outcome.reason).to.contain('the CIB stays as it is');
    expect(waits.at(-1)).to.equal('scenario-rewound');
  });
});
