import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runNight } from '../../../src/cli/nightly/night.js';
import { LabError } from '../../../src/model/errors.js';
import type { Cell } from '../../../src/nightly/cell.js';
import type { NightEvent } from '../../../src/nightly/events.js';
import { planText } from '../../../src/nightly/plan-lines.js';
import { foldNight } from '../../../src/nightly/state.js';
import { summarize } from '../../../src/nightly/summary.js';
import type { Pool } from '../../../src/ports/pool.js';
import { createNightFolder, type NightFolder, openNightFolder } from '../../../src/store/night-folder.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { cell, SECOND } from '../nightly/cells.js';
import { STARTED } from '../nightly/night-events.js';

type Outcome = 'passed' | 'failed' | 'die' | 'hang';

interface Job {
  readonly lab: string;
  folder: string;
  readonly scenarios: readonly string[];
  readonly endsMs: number;
  ended?: true;
}

/** A machine on which a job comes to what `outcomeOf` says: of a scenario that has come to its end so many times. */
function createMachine(
  outcomeOf: (scenario: string, turn: number) => Outcome,
  { labs = 2, jobMs = 60 * SECOND }: { readonly labs?: number; readonly jobMs?: number } = {},
) {
  const clock = createMemoryClock();
  const jobs: Job[] = [];
  const seen = { most: 0, cleared: [] as string[], stops: [] as string[] };
  const turns = new Map<string, number>();
  const turnOf = (scenario: string) => (turns.get(scenario) ?? 0) + 1;
  const end = (job: Job, isWhole: boolean) => {
    if (job.ended) return;
    job.ended = true;
    const outcomes = job.scenarios.map((scenario) => [scenario, outcomeOf(scenario, turnOf(scenario))] as const);
    if (isWhole) for (const scenario of job.scenarios) turns.set(scenario, turnOf(scenario));
    const isLost = !isWhole || outcomes.some(([, outcome]) => outcome === 'die' || outcome === 'hang');
    const at = clock.now();
    mkdirSync(join(job.folder, 'run'), { recursive: true });
    writeFileSync(
      join(job.folder, 'run/events.jsonl'),
      `${JSON.stringify({ kind: 'stage-started', stage: 'up', at })}\n`,
    );
    if (!isLost)
      writeFileSync(
        join(job.folder, 'run/summary.json'),
        JSON.stringify({
          ...{
            schema: 'halab.run/1',
            verdict: 'passed',
            finished: true,
            lab: 'linuxha',
            image: 'debian-12',
            stages: [],
          },
          scenarios: outcomes.map(([scenario, verdict]) => ({ scenario, verdict, asGiven: false, durationMs: 1 })),
        }),
      );
  };
  const isHanging = ({ scenarios }: Job) => scenarios.some((each) => outcomeOf(each, turnOf(each)) === 'hang');
  const pool: Pool = {
    name: 'memory',
    whyNotYet: async (_needs, running) => (running.length >= labs ? 'enough' : undefined),
    async start(begun) {
      return begun.map(({ lab, folder, argv }) => {
        jobs.push({ lab, folder, scenarios: argv, endsMs: clock.monotonicMs() + jobMs });
        seen.most = Math.max(seen.most, jobs.filter(({ ended }) => !ended).length);
        return { handle: String(jobs.length - 1) };
      });
    },
    async look({ handle, lab, folder }) {
      const job = handle === undefined ? jobs.find((each) => each.lab === lab) : jobs[Number(handle)];
      if (job === undefined || job.ended) return { state: 'ended' };
      job.folder = folder;
      if (clock.monotonicMs() < job.endsMs || isHanging(job)) return { state: 'running' };
      end(job, true);
      return { state: 'ended' };
    },
    async stop(handle, how) {
      seen.stops.push(how);
      const job = jobs[Number(handle)];
      if (job === undefined || how === 'ask') return;
      end(job, false);
    },
    clear: async ({ lab }) => void seen.cleared.push(lab),
  };
  return {
    clock,
    pool,
    seen,
    die() {
      for (const job of jobs) end(job, false);
    },
  };
}

type Machine = ReturnType<typeof createMachine>;

/** Of four cells of which two are done twice: begun, running and ended, and the end of the night. */
const EVENTS = 6 * 3 + 1;

describe('the loop of a night', () => {
  const at = temporaryFolder();
  const cells = ['a', 'b', 'c', 'd'].map((id) => cell(id));

  function begin({ clock }: Machine, plan: readonly Cell[] = cells): NightFolder<NightEvent> {
    const folder = createNightFolder<NightEvent>({ reportsDir: at(), plan: planText(plan) }, clock);
    folder.log.append(STARTED);
    return folder;
  }

  function run(machine: Machine, folder: NightFolder<NightEvent>, more: Partial<Parameters<typeof runNight>[0]> = {}) {
    return runNight({
      folder,
      cells,
      pool: machine.pool,
      clock: machine.clock,
      retries: 1,
      untilMs: undefined,
      budget: undefined,
      signal: new AbortController().signal,
      jobFor: (job, lab, place) => ({
        lab,
        folder: place,
        argv: job.cells.map(({ scenario }) => scenario),
        env: {},
        ...{ memoryMiB: 1_200, inotifyInstances: 28, measures: false, cores: 1, limitMs: 600 * SECOND },
      }),
      onEvent: () => undefined,
      onTick: () => undefined,
      ...more,
    });
  }

  const counts = (folder: NightFolder<NightEvent>) =>
    summarize([{ folder: folder.path, cells, state: foldNight(folder.log.read()) }], 'own').counts;

  it('runs all there is, as many labs at once as the pool takes, and ends', async () => {
    const machine = createMachine(() => 'passed');
    const folder = begin(machine);
    const state = await run(machine, folder);
    expect(state.ended).to.not.equal(undefined);
    expect(counts(folder)).to.include({ passed: 4 });
    expect(machine.seen.most).to.equal(2);
    // Two minutes and what the loop waits between two looks.
    expect(machine.clock.monotonicMs()).to.be.within(120 * SECOND, 123 * SECOND);
  });

  it('takes the lab of a lost attempt down, and gives the next attempt another', async () => {
    const machine = createMachine((scenario, turn) => (scenario === 'a' && turn === 1 ? 'die' : 'passed'));
    const folder = begin(machine);
    const state = await run(machine, folder);
    expect(counts(folder)).to.include({ passed: 4, lost: 0 });
    const labs = state.attempts.map(({ lab }) => lab);
    expect(machine.seen.cleared.toSorted()).to.deep.equal([...labs].toSorted());
    expect(new Set(labs).size).to.equal(5);
    for (const lab of labs) expect(lab).to.match(/^[a-z][a-z0-9-]{0,20}$/);
  });

  it('asks a job that hangs to stop, then ends it, and goes on', async () => {
    const machine = createMachine((scenario) => (scenario === 'a' ? 'hang' : 'passed'));
    const folder = begin(machine);
    const state = await run(machine, folder);
    expect(counts(folder)).to.include({ passed: 3, lost: 1 });
    expect(machine.seen.stops).to.deep.equal(['ask', 'kill', 'ask', 'kill']);
    expect(state.attempts[0]?.ended).to.include({ outcome: 'lost', reason: 'it hung, and was stopped' });
  });

  it('names what its budget leaves no time for, and what could not be taken down', async () => {
    const machine = createMachine(() => 'passed');
    const folder = begin(machine);
    const broken: Pool = {
      ...machine.pool,
      clear: async () => {
        throw new LabError('backend-failed', 'a mount is busy');
      },
    };
    const state = await run(machine, folder, { untilMs: 50 * SECOND, budget: '50s', pool: broken });
    expect(counts(folder)).to.include({ passed: 2, 'left-out': 2 });
    expect([...state.leftOut.values()]).to.deep.equal(Array(2).fill('the budget of 50s left no time for it'));
    expect(state.attempts[0]?.ended?.reason).to.equal('a mount is busy');
  });

  it('notes a job that cannot be started', async () => {
    const machine = createMachine(() => 'passed');
    const folder = begin(machine);
    const problem = new LabError('package-missing', 'the program could not be started');
    const start: Pool['start'] = async (jobs) => jobs.map(() => ({ problem }));
    const state = await run(machine, folder, { pool: { ...machine.pool, start } });
    expect(counts(folder)).to.include({ lost: 4 });
    expect(state.attempts).to.have.length(8);
  });

  it('waits for a job whose start it had no time to note, while a command works on its lab', async () => {
    const machine = createMachine(() => 'passed');
    const folder = begin(machine);
    const attempt = { attempt: 'a.linuxha.debian-12.1/1', unit: 'a.linuxha.debian-12.1', cells: [cells[0]?.id ?? ''] };
    folder.log.append({ kind: 'attempt-started', ...attempt, lab: 'n1', folder: 'cells/a/1' });
    let looks = 0;
    const look: Pool['look'] = async (job) => {
      if (job.lab !== 'n1') return machine.pool.look(job);
      looks += 1;
      return { state: looks < 3 ? 'running' : 'ended' };
    };
    await run(machine, folder, { pool: { ...machine.pool, look } });
    expect(looks).to.equal(3);
    expect(counts(folder)).to.include({ passed: 4 });
  });

  it('follows a job that the pool has begun again by itself, and counts only what is its own fault', async () => {
    const machine = createMachine(() => 'passed', { labs: 9 });
    const folder = begin(machine);
    const taken = new Map<string, number>();
    const stops: string[] = [];
    /** a is taken from its machine three times, b is lost with it twice. */
    const look: Pool['look'] = async (job) => {
      const [base = '', turn = '0'] = (job.handle ?? '').split('#');
      const sight = await machine.pool.look({ ...job, handle: base });
      const isA = base === '0';
      const turns = taken.get(base) ?? 0;
      if (turns > Number(turn) || (isA && turns < 3) || (base === '1' && turns < 2)) {
        taken.set(base, Number(turn) + 1);
        const again = { handle: `${base}#${Number(turn) + 1}`, turn: Number(turn) + 1 };
        return { state: 'lost', machine: 'm2', reason: 'm2 was lost', isInnocent: isA, again };
      }
      return sight.state === 'running' ? { ...sight, machine: 'm3' } : sight;
    };
    const stop: Pool['stop'] = async (handle, how) => void stops.push(`${handle} ${how}`);
    const state = await run(machine, folder, { pool: { ...machine.pool, look, stop } });
    const labs = state.attempts.filter(({ unit }) => unit === cells[0]?.id);
    expect(labs.map(({ attempt }) => attempt.split('/')[1])).to.deep.equal(['1', '1r1', '1r2', '1r3']);
    expect(labs.map(({ lab }) => lab.replace(/^.*-/, ''))).to.deep.equal(['1', '1r1', '1r2', '1r3']);
    expect(counts(folder)).to.include({ passed: 3, lost: 1 });
    expect(stops).to.deep.equal(['1#2 kill']);
    const summary = summarize([{ folder: folder.path, cells, state }], 'own');
    const attempts = (index: number) =>
      summary.cells[index]?.attempts.map(({ machine: on, outcome }) => `${on} ${outcome}`);
    expect(attempts(0)).to.deep.equal(['m2 lost', 'm2 lost', 'm2 lost', 'm3 passed']);
    expect(attempts(1)).to.deep.equal(['m2 lost', 'm2 lost']);
    expect(summary.cells[1]?.reason).to.equal('m2 was lost');
  });

  it('takes what still waits out of the queue when its budget is over', async () => {
    const machine = createMachine(() => 'passed', { labs: 9 });
    const folder = begin(machine);
    const stops: string[] = [];
    const look: Pool['look'] = async (job) => (job.handle === '3' ? { state: 'waiting' } : machine.pool.look(job));
    const stop: Pool['stop'] = async (handle, how) => void stops.push(`${handle} ${how}`);
    const pool = { ...machine.pool, look, stop };
    const state = await run(machine, folder, { untilMs: 50 * SECOND, budget: '50s', pool });
    expect(counts(folder)).to.include({ passed: 3, 'left-out': 1 });
    expect(stops).to.deep.equal(['3 kill']);
    expect(state.ended).to.not.equal(undefined);
  });

  it('comes to the same, wherever it was killed, alone or with its machine, and starts nothing twice that has ended', async () => {
    const outcomeOf = (scenario: string, turn: number): Outcome =>
      scenario === 'b' || (scenario === 'c' && turn === 1) ? 'failed' : 'passed';
    for (const isMachineDead of [false, true])
      for (let killedAfter = 0; killedAfter <= EVENTS; killedAfter += 1) {
        // Two looks long: the loop looks for as long as a job takes.
        const machine = createMachine(outcomeOf, { jobMs: SECOND / 2 });
        const folder = begin(machine);
        let events = 0;
        const killed = new Error('killed');
        const onEvent = () => {
          events += 1;
          if (events > killedAfter) throw killed;
        };
        const ended = await run(machine, folder, { onEvent }).catch((error: unknown) => {
          if (error !== killed) throw error;
        });
        expect(ended === undefined, `killed after ${killedAfter} events`).to.equal(killedAfter < EVENTS);
        if (isMachineDead) machine.die();
        const again = openNightFolder<NightEvent>(folder.path, machine.clock);
        again.log.append({ kind: 'night-resumed', machine: 'left' });
        const state = await run(machine, again);
        expect(state.ended).to.not.equal(undefined);
        expect(counts(again)).to.include({ passed: 2, flaky: 1, failed: 1, lost: 0, missing: 0 });
        const results = state.attempts.flatMap(({ ended: end }) => end?.results ?? []);
        expect(results).to.have.length(6);
      }
  });
});
