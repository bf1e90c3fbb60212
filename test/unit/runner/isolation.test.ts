import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import { AUDITS } from '../../../src/model/audit.js';
import { LabError } from '../../../src/model/errors.js';
import type { RestoredLab } from '../../../src/model/event.js';
import type { Scenario } from '../../../src/model/scenario.js';
import type { Auditor, AuditTable } from '../../../src/ports/audit.js';
import type { Isolating } from '../../../src/ports/isolation.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import { commonSetUps, planRun } from '../../../src/runner/plan.js';
import { createExecutor, driveInOrder } from '../../../src/runner/run.js';
import type { RunDeps } from '../../../src/runner/session.js';
import { playSetUp } from '../../../src/runner/set-up.js';
import { createMemoryIsolating } from '../../support/memory-isolating.js';
import {
  createMemoryRun,
  cutHolder,
  MAJORITY,
  run,
  scenario,
  step,
  vipStarted,
  within,
} from '../../support/memory-run.js';

const offer = { backend: 'memory', abilities: ['links', 'power', 'pause'], haNodes: 3, faults: FAULTS } as const;
const online = { kind: 'nodes', are: 'online', seenFrom: MAJORITY } as const;
const absent = (resource: string) => vipStarted({ resource, is: 'absent' });
const pcs = (command: string) => run(['pcs', ...command.split(' ')]);

const formed = scenario('formed', [
  step('start', { action: { kind: 'form', stage: 'start' }, expect: [online], within: within(10_000) }),
  step('enable', { action: { kind: 'form', stage: 'enable' } }),
]);
const vip = scenario(
  'vip',
  [
    step('create', {
      action: pcs('resource create vip ocf:heartbeat:IPaddr2 ip=192.168.56.24'),
      expect: [vipStarted()],
    }),
  ],
  { given: ['formed'] },
);
const leaves = scenario(
  'leaves',
  [
    step('make', { action: pcs('resource create left ocf:pacemaker:Dummy') }),
    step('ban', { action: pcs('resource ban vip ha-host2') }),
    step('set', { action: pcs('property set stonith-enabled=false') }),
  ],
  { given: ['vip'] },
);
const clean = scenario('clean', [step('look', { expect: [absent('left'), vipStarted()] })], { given: ['vip'] });
const bare = scenario('bare', [step('look', { expect: [absent('vip')] })], { given: ['formed'] });
const library = [formed, vip, leaves, clean, bare];

async function inIsolation(parts: Partial<Isolating> = {}, deps: Partial<RunDeps> = {}) {
  const memory = await createMemoryRun({ bare: true, deps: { isNewLab: true, ...deps } });
  const { isolating, remade, kept } = createMemoryIsolating(memory.lab, memory.deps.journal, parts);
  const session = createRunSession({ ...memory.deps, isolating });
  const restored = (): readonly RestoredLab[] =>
    memory.events.flatMap((event) => (event.kind === 'lab-restored' ? [event.restored] : []));
  return {
    memory,
    session,
    remade,
    kept,
    restored,
    outcomeOf: (...selected: Scenario[]) => driveInOrder(planRun(selected, library, offer), createExecutor(session)),
  };
}

const verdictsOf = ({ scenarios }: Awaited<ReturnType<typeof driveInOrder>>) =>
  Object.fromEntries(scenarios.map((each) => [each.scenario, each.verdict]));

describe('isolation of scenarios', () => {
  it('restores the lab to the state that the set-up left', async () => {
    const { outcomeOf, restored, memory } = await inIsolation();
    const outcome = await outcomeOf(leaves, clean);
    expect(verdictsOf(outcome)).to.deep.equal({ formed: 'passed', vip: 'passed', leaves: 'passed', clean: 'passed' });
    expect(restored()).to.have.length(1);
    expect(restored()[0]).to.deep.include({ after: 'leaves', before: 'clean', to: 'vip', broughtBack: [] });
    expect(restored()[0]?.residue).to.deep.include({
      resources: ['left'],
      constraints: ['vip-not-on-ha-host2'],
      properties: ['stonith-enabled'],
    });
    const stages = memory.events.flatMap((event) => (event.kind === 'stage-started' ? [event.title] : []));
    expect(stages).to.deep.equal(['undo what leaves changed: 1 resource, 1 constraint, 1 property']);
  });

  it('takes the last audit for its observation where nothing was done to the lab since', async () => {
    const memory = await createMemoryRun({ bare: true });
    const { isolating } = createMemoryIsolating(memory.lab, memory.deps.journal);
    const looks: string[] = [];
    const table = Object.fromEntries(
      AUDITS.map((kind) => [kind, { kind, holds: { en: '' }, reads: { en: '' }, judge: () => [] }]),
    ) as unknown as AuditTable;
    const auditor: Auditor = {
      ...isolating.auditor,
      table,
      observe(transport, ...rest) {
        const at = memory.events.filter(({ kind }) => kind === 'step-finished').length;
        if (transport.node === 'ha-host1') looks.push(`after ${at} steps`);
        return isolating.auditor.observe(transport, ...rest);
      },
    };
    const session = createRunSession({ ...memory.deps, auditor, isolating: { ...isolating, auditor } });
    const outcome = await driveInOrder(planRun([leaves, clean], library, offer), createExecutor(session));
    expect(outcome.verdict).to.equal('passed');
    const steps = outcome.scenarios.flatMap((each) => each.steps).length;
    // One before the first step, one after each, and one that finds the lab at rest after it was put back.
    expect(looks).to.have.length(1 + steps + 1);
    expect(looks.filter((look) => look === `after ${steps - 1} steps`)).to.have.length(2);
  });

  it('reads no CIB after a scenario that did nothing to the lab', async () => {
    const memory = await createMemoryRun({ bare: true });
    const { isolating } = createMemoryIsolating(memory.lab, memory.deps.journal);
    let taken = 0;
    const snapshots: Isolating['snapshots'] = {
      ...isolating.snapshots,
      take: (...parts) => {
        taken += 1;
        return isolating.snapshots.take(...parts);
      },
    };
    const session = createRunSession({ ...memory.deps, isolating: { ...isolating, snapshots } });
    const plan = planRun([clean, { ...clean, id: 'other' }], library, offer);
    expect((await driveInOrder(plan, createExecutor(session))).verdict).to.equal('passed');
    expect(taken, 'one after each set-up').to.equal(2);
  });

  it('restores an earlier set-up where less is required, and repeats none', async () => {
    const { outcomeOf, restored } = await inIsolation();
    const outcome = await outcomeOf(clean, bare, leaves);
    expect(outcome.scenarios.map((each) => each.scenario)).to.deep.equal(['formed', 'vip', 'clean', 'leaves', 'bare']);
    expect(outcome.verdict).to.equal('passed');
    expect(restored().map(({ before, to }) => [before, to])).to.deep.equal([['bare', 'formed']]);
  });

  it('restores the state that the lab began in, after set-ups that the run does not have', async () => {
    const { memory, session, restored } = await inIsolation();
    for (const setUp of [formed, vip]) expect(await playSetUp(session, setUp, () => undefined)).to.equal(undefined);
    const plan = planRun([leaves, clean], library, offer);
    const begun = commonSetUps(plan);
    expect(begun.map((entry) => entry.scenario.id)).to.deep.equal(['formed', 'vip']);
    const rest = plan.filter((entry) => !begun.includes(entry));
    const outcome = await driveInOrder(rest, createExecutor(session, begun));
    expect(verdictsOf(outcome)).to.deep.equal({ leaves: 'passed', clean: 'passed' });
    expect(restored().map(({ after, before, to }) => [after, before, to])).to.deep.equal([['leaves', 'clean', 'vip']]);
    expect([...memory.lab.world().resources.keys()]).to.deep.equal(['vip']);
  });

  it('begins with what all scenarios require, and nobody asked for', () => {
    const begunWith = (...selected: Scenario[]) =>
      commonSetUps(planRun(selected, library, offer)).map((entry) => entry.scenario.id);
    expect(begunWith(clean)).to.deep.equal(['formed', 'vip']);
    expect(begunWith(clean, bare)).to.deep.equal(['formed']);
    expect(begunWith(vip)).to.deep.equal(['formed']);
    expect(begunWith(clean, vip)).to.deep.equal(['formed']);
    expect(begunWith(formed)).to.deep.equal([]);
  });

  it('leaves the lab as the last scenario left it', async () => {
    const { outcomeOf, memory, restored } = await inIsolation();
    await outcomeOf(leaves);
    expect([...memory.lab.world().resources.keys()]).to.deep.equal(['vip', 'left']);
    expect(restored()).to.deep.equal([]);
  });

  it('brings back nodes that were switched off or whose cluster was stopped', async () => {
    const { outcomeOf, memory, restored } = await inIsolation();
    memory.lab.mischief.command = (node, argv) => {
      const state = memory.lab.world().nodes.get(node);
      if (argv[0] === 'poweroff' && state) Object.assign(state, { isOn: false, clusterRuns: false });
      else if (argv.join(' ') === 'pcs cluster stop' && state) state.clusterRuns = false;
      else if (argv.join(' ') === 'pcs cluster start' && state) state.clusterRuns = true;
      else return undefined;
      memory.lab.world().changed();
      return { exitCode: 0 };
    };
    const on = (name: string) => ({ kind: 'node', name }) as const;
    const breaks = scenario(
      'breaks',
      [
        step('stop', { action: run(['pcs', 'cluster', 'stop'], on('ha-host2')) }),
        step('off', { action: run(['poweroff'], on('ha-host3')) }),
      ],
      { given: ['vip'] },
    );
    const whole = scenario('whole', [step('look', { expect: [online] })], { given: ['vip'] });
    expect(verdictsOf(await outcomeOf(breaks, whole))).to.include({ breaks: 'passed', whole: 'passed' });
    expect(restored()[0]?.broughtBack).to.have.members(['ha-host2', 'ha-host3']);
    expect(restored()[0]?.recreated).to.equal(undefined);
  });

  const stuck = scenario('stuck', [step('cut', { action: cutHolder })], { given: ['vip'] });
  const stick = (lab: Awaited<ReturnType<typeof createMemoryRun>>['lab']) => {
    const { links } = lab.backend;
    if (links === undefined) throw new Error('no links');
    lab.mischief.command = (_node, argv) => {
      if (argv[0] === 'glue') lab.mischief.stuck.set('ha-host1/eth1', new LabError('backend-failed', 'it is glued'));
      return argv[0] === 'glue' ? { exitCode: 0 } : undefined;
    };
  };
  const glued = { ...stuck, steps: [...stuck.steps, step('glue', { action: run(['glue']) })] };

  it('recreates a lab that could not be restored, and warns of it', async () => {
    const { outcomeOf, memory, remade, restored, kept } = await inIsolation();
    stick(memory.lab);
    const outcome = await outcomeOf(glued, clean);
    expect(kept, 'where and of which lab evidence was stored').to.deep.equal(['before-clean, lab 1']);
    expect(verdictsOf(outcome)).to.include({ stuck: 'unknown', clean: 'passed' });
    expect(remade.times).to.equal(1);
    expect(restored()[0]?.recreated).to.equal('stuck left the lab broken: not undone: link-down on ha-host1');
    const titles = memory.events.flatMap((event) => (event.kind === 'stage-started' ? [event.title] : []));
    expect(titles).to.deep.equal(['recreate the lab: stuck left the lab broken: not undone: link-down on ha-host1']);
    const warnings = memory.events.flatMap((event) => (event.kind === 'warning' ? [event.text] : []));
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^the lab was recreated before clean: stuck left the lab broken/);
    const begun = memory.events.flatMap((event) => (event.kind === 'scenario-started' ? [event.scenario] : []));
    expect(begun).to.deep.equal(['formed', 'vip', 'stuck', 'clean']);
    expect(memory.deps.journal.pending()).to.deep.equal([]);
  });

  it('makes a scenario inconclusive where the lab cannot be restored and was up before the run', async () => {
    const memory = await createMemoryRun({ bare: true });
    const { isolating } = createMemoryIsolating(memory.lab, memory.deps.journal);
    const session = createRunSession({ ...memory.deps, isolating });
    stick(memory.lab);
    const outcome = await driveInOrder(planRun([glued, clean], library, offer), createExecutor(session));
    const last = outcome.scenarios.at(-1);
    expect(last).to.include({ scenario: 'clean', verdict: 'unknown' });
    expect(last?.reason).to.match(/the lab was up before this run, so the run does not recreate it$/);
  });

  it('does not wait once the run is interrupted', async () => {
    const { outcomeOf, memory, restored } = await inIsolation();
    memory.lab.mischief.command = (_node, argv) => {
      if (argv[0] !== 'interrupt') return undefined;
      memory.abort.abort();
      return { exitCode: 0 };
    };
    const cutShort = { ...leaves, steps: [...leaves.steps, step('stop', { action: run(['interrupt']) })] };
    const outcome = await outcomeOf(cutShort, clean);
    expect(outcome.verdict).to.equal('unknown');
    expect(verdictsOf(outcome).clean).to.equal('skipped');
    expect(restored()).to.deep.equal([]);
  });
});
