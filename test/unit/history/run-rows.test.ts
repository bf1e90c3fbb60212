import { expect } from 'chai';
import { lostAttempts } from '../../../src/history/lost-attempts.js';
import { rowsOfRun, runKey } from '../../../src/history/run-rows.js';
import { foldNight } from '../../../src/nightly/state.js';
import { foldRun } from '../../../src/report/summary.js';
import { eventsOfMade } from '../../support/made-runs.js';
import { STORED_RUNS, storedEvents } from '../../support/stored-run.js';

const rowsOf = (...given: Parameters<typeof rowsOfRun>) => rowsOfRun(...given) ?? expect.fail('no rows');

describe('the rows of a run', () => {
  for (const name of STORED_RUNS)
    it(`of the stored run "${name}" say what its summary says`, () => {
      const events = storedEvents(name);
      const summary = foldRun(events);
      const rows = rowsOf(events, { folder: name }, 7);
      const asked = summary.scenarios.filter(({ asGiven }) => !asGiven);
      expect(rows).to.deep.include({ run: summary.run, folder: name, bytes: 7, startedAt: summary.info?.startedAt });
      expect(rows.cells.map(({ scenario, outcome }) => `${scenario} ${outcome}`)).to.deep.equal(
        asked.map(({ scenario, verdict }) => `${scenario} ${verdict}`),
      );
      const longest = Math.max(0, ...rows.steps.map(({ outageMs = 0 }) => outageMs));
      const { longestOutage } = summary;
      if (longestOutage?.window.ended) expect(longest).to.equal(longestOutage.window.durationMs);
      expect(rows.packages.find((each) => each.name === 'pacemaker')?.version).to.match(/^\d/);
      expect(rows.facts).to.include({ lab: summary.lab, image: summary.image, halab: summary.info?.halab });
    });

  it('have the same key wherever the folder is, and another for another run', () => {
    const events = eventsOfMade({ at: '2026-11-28T02:00:00.000Z' });
    const one = rowsOf(events, { folder: 'a' }, 1);
    expect(rowsOf(JSON.parse(JSON.stringify(events)), { folder: 'b/c' }, 2).key).to.equal(one.key);
    expect(runKey(events[0])).to.equal(one.key);
    expect(rowsOf(eventsOfMade({ at: '2026-11-28T02:00:00.001Z' }), { folder: 'a' }, 1).key).to.not.equal(one.key);
    const elsewhere = eventsOfMade({ at: '2026-11-28T02:00:00.000Z', machine: 'lab-2' });
    expect(rowsOf(elsewhere, { folder: 'a' }, 1).key).to.not.equal(one.key);
    expect(rowsOfRun([], { folder: 'a' }, 0)).to.equal(undefined);
  });

  it('belong to the date of their night, or to their own', () => {
    const events = eventsOfMade({ at: '2026-11-29T00:30:00.000Z' });
    expect(rowsOf(events, { folder: 'a' }, 1).night).to.equal('2026-11-29');
    expect(rowsOf(events, { folder: 'a', night: '20261128-220000-night' }, 1).night).to.equal('2026-11-28');
  });

  it('have a floor, phases, and nothing lost as zero', () => {
    const [step] = rowsOf(eventsOfMade({ at: '2026-11-29T02:00:00.000Z', outageMs: 8_500 }), { folder: 'a' }, 1).steps;
    expect(step).to.deep.include({ step: 'cut', outageMs: 8_500, floorMs: 8_030 });
    expect(step?.phases).to.deep.equal({ detect: 3_650, membership: 4_380, start: 450, answers: 20 });
    const lossless = eventsOfMade({ at: '2026-11-29T02:00:00.000Z' }).map((event) =>
      event.kind === 'scenario-finished'
        ? { ...event, result: { ...event.result, steps: withoutWindows(event.result.steps) } }
        : event,
    );
    expect(rowsOf(lossless, { folder: 'a' }, 1).steps[0]).to.deep.include({ outageMs: 0, phases: {} });
  });

  it('of a run that was cut off are lost, but for what had passed', () => {
    const events = eventsOfMade({ at: '2026-11-29T02:00:00.000Z' });
    const cut = rowsOf(events.slice(0, 4), { folder: 'a' }, 1);
    expect(cut.cells.map(({ outcome }) => outcome)).to.deep.equal(['lost']);
    const passed = rowsOf(events.slice(0, -1), { folder: 'a' }, 1);
    expect(passed.cells.map(({ outcome }) => outcome)).to.deep.equal(['passed']);
    const failed = eventsOfMade({ at: '2026-11-29T02:00:00.000Z', outcome: 'failed' }).slice(0, -1);
    expect(rowsOf(failed, { folder: 'a' }, 1).cells.map(({ outcome }) => outcome)).to.deep.equal(['lost']);
  });
});

function withoutWindows<T extends { readonly probes?: readonly object[] }>(steps: readonly T[]) {
  return steps.map((step) => ({
    ...step,
    probes: step.probes?.map((probe) => ({ ...probe, windows: [], breakdown: undefined })),
  }));
}

describe('attempts of a night that never became a run', () => {
  const cell = {
    ...{
      id: 'group.linuxha.debian-12.1',
      scenario: 'group',
      lab: 'linuxha',
      image: 'debian-12',
      backend: 'embedded',
      repeat: 1,
    },
    ...{ requires: [], needs: { memoryMiB: 0, inotifyInstances: 0, cores: 0, abilities: [] }, measures: false },
    ...{ expected: { ms: 0, from: 'estimate' as const, runs: 0 }, unit: 'u1' },
  };
  const at = '2026-11-28T23:10:00.000Z';
  const night = '20261128-230000-night';
  const state = foldNight([
    { kind: 'night-started', night, machine: 'lab-1', pool: 'local', file: 'nightly.yaml', halab: '0.1.0', at },
    { kind: 'attempt-started', attempt: 'u1/1', unit: 'u1', cells: [cell.id], lab: 'n1', folder: 'cells/u1/1', at },
    { kind: 'attempt-ended', attempt: 'u1/1', outcome: 'lost', reason: 'no memory', results: [], durationMs: 0, at },
  ]);
  const part = { folder: `nights/${night}`, cells: [cell], state };

  it('lost their cells', () => {
    const [rows] = lostAttempts(part, () => false);
    expect(rows).to.deep.include({ night: '2026-11-28', run: 'u1/1', folder: `nights/${night}/cells/u1/1`, steps: [] });
    expect(rows?.cells).to.deep.equal([{ scenario: 'group', outcome: 'lost', reason: 'no memory', durationMs: 0 }]);
  });

  it('are not counted beside a run of theirs', () => {
    expect(lostAttempts(part, (folder) => folder === 'cells/u1/1')).to.deep.equal([]);
  });
});
