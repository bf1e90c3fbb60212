import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import { LabError } from '../../../src/model/errors.js';
import type { RunEvent } from '../../../src/model/event.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import type { FaultDriver } from '../../../src/ports/fault.js';
import type { JournalEntry } from '../../../src/ports/store.js';
import { type HealDeps, healAll, injectFaults } from '../../../src/runner/act.js';
import { createMemoryBackend, type MemoryLab } from '../../support/memory-lab.js';
import { createMemoryJournal } from '../../support/memory-run.js';
import { rejection } from '../../support/rejection.js';

interface Scene {
  readonly lab: MemoryLab;
  readonly deps: HealDeps;
  readonly events: RunEvent[];
}

const injectOne = (entry: JournalEntry, deps: HealDeps) => injectFaults([entry], deps);

async function scene(faults: readonly ResolvedFault[]): Promise<Scene> {
  const lab = createMemoryBackend();
  const instance = lab.instance();
  await lab.backend.up(instance, { onProgress: () => undefined });
  const events: RunEvent[] = [];
  const context = {
    instance,
    backend: lab.backend,
    clock: lab.clock,
    transport: (node: string) => lab.backend.connect(instance, node, { timeoutMs: 1_000 }),
  };
  const deps = {
    journal: createMemoryJournal(),
    faults: FAULTS,
    context,
    clock: lab.clock,
    emit: (event: RunEvent) => void events.push(event),
  };
  for (const [index, fault] of faults.entries())
    await injectOne({ id: `f${index}`, at: lab.clock.now(), run: 'r', fault }, deps);
  return { lab, deps, events };
}

const cut: ResolvedFault = { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'carrier' };
const freeze: ResolvedFault = { kind: 'freeze', node: 'ha-host2' };
const off: ResolvedFault = { kind: 'power-off', node: 'ha-host3' };
const healedIn = ({ events }: Scene) => events.flatMap((event) => (event.kind === 'fault-healed' ? [event.id] : []));

describe('healAll', () => {
  it('undoes the newest first', async () => {
    const made = await scene([cut, freeze, off]);
    const outcome = await healAll(made.deps);
    expect(healedIn(made)).to.deep.equal(['f2', 'f1', 'f0']);
    expect(outcome.failed).to.deep.equal([]);
    expect(made.lab.world().linkOf('ha-host1', 'eth1')?.carrier).to.equal('up');
    expect(made.lab.world().nodes.get('ha-host2')?.isFrozen).to.equal(false);
    expect(made.lab.world().nodes.get('ha-host3')?.isOn).to.equal(true);
    expect(made.deps.journal.pending()).to.deep.equal([]);
  });

  it('goes on after one that cannot be undone, which stays in the journal', async () => {
    const made = await scene([cut, freeze, off]);
    made.lab.mischief.stuck.set('ha-host2', new LabError('backend-failed', 'the freezer does not obey'));
    const outcome = await healAll(made.deps);
    expect(healedIn(made)).to.deep.equal(['f2', 'f0']);
    expect(outcome.failed.map(({ entry }) => entry.id)).to.deep.equal(['f1']);
    expect(made.deps.journal.pending().map(({ id }) => id)).to.deep.equal(['f1']);
    expect(made.events).to.deep.include({
      kind: 'fault-not-healed',
      id: 'f1',
      fault: freeze,
      error: 'the freezer does not obey',
    });
  });

  it('does not believe an undo that changed nothing', async () => {
    const made = await scene([cut]);
    const links = { ...made.deps.context.backend.links, set: async () => undefined } as NonNullable<
      typeof made.deps.context.backend.links
    >;
    const context = { ...made.deps.context, backend: { ...made.deps.context.backend, links } };
    const { failed } = await healAll({ ...made.deps, context });
    expect(String(failed[0]?.error)).to.contain('still active');
    expect(made.deps.journal.pending()).to.have.length(1);
  });

  it('may run twice, and after somebody else has mended', async () => {
    const made = await scene([cut, off]);
    await made.lab.backend.power?.on(made.lab.instance(), 'ha-host3');
    expect((await healAll(made.deps)).healed).to.have.length(2);
    expect(await healAll(made.deps)).to.deep.equal({ healed: [], failed: [] });
  });

  it('heals only what is picked', async () => {
    const made = await scene([cut, off]);
    await healAll(made.deps, (entry) => entry.id === 'f0');
    expect(made.deps.journal.pending().map(({ id }) => id)).to.deep.equal(['f1']);
  });
});

describe('a fault on several nodes', () => {
  const entries = (...faults: readonly ResolvedFault[]) =>
    faults.map((fault, index): JournalEntry => ({ id: `f${index}`, at: '', run: 'r', fault }));
  const offAll = ['ha-host1', 'ha-host2', 'ha-host3'].map((node) => ({ kind: 'power-off', node }));
  const eventsOf = ({ events }: Scene, of: RunEvent['kind']) =>
    events.flatMap((event) => (event.kind === of && 'id' in event ? [event.id] : []));

  it('is injected on each of them, and in the journal of each before', async () => {
    const made = await scene([]);
    const seen: string[] = [];
    const driver = FAULTS['power-off'] as unknown as FaultDriver;
    const watched: FaultDriver = {
      ...driver,
      async inject(fault, context) {
        seen.push(`${fault.node}: ${made.deps.journal.pending().some((entry) => entry.fault.node === fault.node)}`);
        await driver.inject(fault, context);
      },
    };
    await injectFaults(entries(...offAll), { ...made.deps, faults: { ...FAULTS, 'power-off': watched } });
    expect(seen).to.have.members(['ha-host1: true', 'ha-host2: true', 'ha-host3: true']);
    for (const { node } of offAll) expect(made.lab.world().nodes.get(node)?.isOn, node).to.equal(false);
    expect(eventsOf(made, 'fault-injected')).to.have.members(['f0', 'f1', 'f2']);
  });

  it('is on none of them if it is in force on one already', async () => {
    const made = await scene([off]);
    const error = await rejection(injectFaults(entries(...offAll), made.deps));
    expect(error.message).to.match(/^power-off on ha-host3 is in force already/);
    expect(made.deps.journal.pending()).to.have.length(1);
    expect(made.lab.world().nodes.get('ha-host1')?.isOn).to.equal(true);
  });

  it('is on the others where one cannot be broken, and is undone everywhere', async () => {
    const made = await scene([]);
    made.lab.mischief.stuck.set('ha-host2', new LabError('backend-failed', 'the button is stuck'));
    const freezeAll = offAll.map(({ node }) => ({ kind: 'freeze', node }));
    expect((await rejection(injectFaults(entries(...freezeAll), made.deps))).message).to.include('the button is stuck');
    expect(eventsOf(made, 'fault-injected')).to.have.members(['f0', 'f2']);
    expect(made.deps.journal.pending()).to.have.length(3);
    made.lab.mischief.stuck.clear();
    expect((await healAll(made.deps)).failed).to.deep.equal([]);
    expect(made.deps.journal.pending()).to.deep.equal([]);
  });
});

describe('a fault that is in force', () => {
  const inject = ({ deps, lab }: Scene, fault: ResolvedFault) =>
    injectOne({ id: 'again', at: lab.clock.now(), run: 'r', fault }, deps);

  it('is not injected again, whatever the order of its parameters', async () => {
    const made = await scene([cut]);
    const again: ResolvedFault = { by: 'carrier', link: 'eth1', node: 'ha-host1', kind: 'link-down' };
    const error = await rejection(inject(made, again));
    expect(error).to.include({ code: 'fault-failed' });
    expect(error.message).to.match(/^link-down on ha-host1 is in force already, injected by f0 at 2026-/);
    expect(error.hint).to.match(/halab heal/);
    expect(made.deps.journal.pending().map(({ id }) => id)).to.deep.equal(['f0']);
    expect(made.events.filter(({ kind }) => kind === 'fault-journalled')).to.have.length(1);
  });

  it('may be injected on another node, with other parameters, or after the lab has lost it', async () => {
    const made = await scene([cut, off]);
    await inject(made, { ...cut, node: 'ha-host2' });
    await inject(made, { ...cut, by: 'admin' });
    await made.lab.backend.power?.on(made.lab.instance(), 'ha-host3');
    await inject(made, off);
    expect(made.deps.journal.pending()).to.have.length(5);
    expect((await healAll(made.deps)).failed).to.deep.equal([]);
  });

  it('says who injected it manually', async () => {
    const made = await scene([]);
    await injectOne({ id: 'manual/1', at: made.lab.clock.now(), run: 'manual', fault: freeze }, made.deps);
    expect((await rejection(inject(made, freeze))).message).to.include(', injected manually at ');
  });

  it('may be injected again if it is over in a moment', async () => {
    expect(
      Object.values(FAULTS)
        .filter(({ isMomentary }) => isMomentary)
        .map(({ kind }) => kind),
    ).to.have.members(['daemon-kill', 'process-kill', 'reboot']);
    const made = await scene([]);
    const momentary = { ...FAULTS.freeze, isMomentary: true } as unknown as FaultDriver;
    const deps = { ...made.deps, faults: { ...FAULTS, freeze: momentary } };
    for (const id of ['one', 'two']) await injectOne({ id, at: '', run: 'r', fault: freeze }, deps);
    expect(deps.journal.pending()).to.have.length(2);
  });
});
