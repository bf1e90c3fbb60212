import { expect } from 'chai';
import type { ReportedFailure } from '../../../src/model/node-view.js';
import { apply, INITIAL } from '../../../src/report/state.js';
import { clusterLogOf, EMPTY_LOG } from '../../../src/web/cluster-log.js';
import { failedOperationsOf } from '../../../src/web/failures.js';
import { changesOf, failuresWithin, momentAt } from '../../../src/web/moment.js';
import { pictureOf } from '../../../src/web/picture.js';
import { runClockOf, storedLogsIn } from '../../../src/web/stored-logs.js';
import { readStored, storedEvents } from '../../support/stored-run.js';

const ZERO = Date.parse('2026-11-29T10:00:00.000Z');
const CLOCK = { zeroMs: ZERO, offsets: {} };
const line = (seconds: number, node: string, program: string, text: string) =>
  `${new Date(ZERO + seconds * 1000).toISOString().replace('Z', '000+0000')} ${node} ${program}[7]: ${text}`;
const logOf = (...lines: readonly string[]) => {
  const nodes = [...new Set(lines.map((each) => each.split(' ')[1] ?? ''))];
  const journals = nodes.map((node) => ({
    ...{ node, kind: 'journal' as const },
    text: lines.filter((each) => each.includes(` ${node} `)).join('\n'),
  }));
  return clusterLogOf(journals, CLOCK);
};

describe('what the journals date', () => {
  it('are operations with their result, code and reason, as releases from 1.1 to 2.1 write them', () => {
    const result = (seconds: number, text: string) =>
      line(seconds, 'a', 'pacemaker-controld', ` notice: Result of ${text}`);
    const { operations } = logOf(
      result(1, 'probe operation for vip on a: not running'),
      result(2, 'start operation for vip on a: ok'),
      result(3, 'monitor operation for vip on a: ok'),
      result(4, 'monitor operation for db:1 on a: promoted'),
      result(5, 'monitor operation for vip on a: error (GET (x) answered 503)'),
      result(6, 'stop operation for vip on a: Timed Out after 20s (Resource agent did not complete in time)'),
      result(7, 'monitor operation for vip on a: 7 (not running) | call=12 key=vip_monitor_10000'),
      result(8, 'monitor operation for vip on a: Cancelled'),
      result(9, 'start operation for vip on a: 0 (ok)'),
    );
    expect(
      operations.map(({ atMs, operation, failed, result: words }) => [atMs, operation, failed, words]),
    ).to.deep.equal([
      [2_000, 'start', false, 'ok'],
      [5_000, 'monitor', true, 'error'],
      [6_000, 'stop', true, 'Timed Out after 20s'],
      [7_000, 'monitor', true, 'not running'],
      [9_000, 'start', false, 'ok'],
    ]);
    expect(operations[1]).to.include({ node: 'a', resource: 'vip', reason: 'GET (x) answered 503' });
    expect(operations[3]).to.include({ exitCode: 7 });
  });

  it('are fencings from the request to the result, once though every node logs them', () => {
    const fenced = (seconds: number, node: string, text: string) =>
      line(seconds, node, 'pacemaker-fenced', ` notice: ${text}`);
    const done = "Operation 'reboot' targeting c by b for pacemaker-controld.9@a: OK (complete)";
    const { fencing } = logOf(
      line(1, 'a', 'pacemaker-controld', ' notice: Requesting fencing (reboot) of node c'),
      fenced(1.1, 'a', 'Client pacemaker-controld.9 wants to fence (reboot) c using any device'),
      fenced(1.2, 'a', 'Requesting peer fencing (reboot) targeting c'),
      fenced(3, 'a', "Operation 'reboot' [9] targeting c using ipmi-c returned 0"),
      fenced(4, 'a', done),
      fenced(4.1, 'b', done),
      fenced(20, 'a', 'Requesting peer fencing (off) targeting b'),
      fenced(25, 'a', "Operation 'off' targeting b by unknown node for stonith_admin.1@a: No such device"),
      fenced(40, 'a', 'Requesting peer fencing (reboot) targeting c'),
    );
    const told = fencing.map(({ target, action, fromMs, toMs, ok }) => [target, action, fromMs, toMs, ok]);
    expect(told).to.deep.equal([
      ['c', 'reboot', 1_000, 4_000, true],
      ['b', 'off', 20_000, 25_000, false],
      ['c', 'reboot', 40_000, undefined, undefined],
    ]);
  });

  it('are transitions from their calculation to their end, and those that never began', () => {
    const input = '/var/lib/pacemaker/pengine/pe-input-6.bz2';
    const calculated = (number: number) => ` notice: Calculated transition ${number}, saving inputs in ${input}`;
    const over = ` notice: Transition 7 (Complete=3, Pending=0, Fired=0, Skipped=0, Incomplete=0, Source=${input}): Stopped`;
    const { transitions } = logOf(
      line(1, 'a', 'pacemaker-schedulerd', calculated(6)),
      line(1.1, 'a', 'pacemaker-schedulerd', calculated(7)),
      line(2, 'a', 'pacemaker-controld', over),
    );
    expect(transitions).to.deep.equal([
      { node: 'a', number: 6, input: 'pe-input-6.bz2', fromMs: 1_000, toMs: 1_000 },
      { node: 'a', number: 7, input: 'pe-input-6.bz2', fromMs: 1_100, toMs: 2_000, outcome: 'Stopped' },
    ]);
  });

  it('have the fencing of a run without a probe, and go by with the arrow keys', () => {
    const events = storedEvents('fenced').map((event) =>
      event.kind === 'step-finished' ? { ...event, result: { ...event.result, probes: [] } } : event,
    );
    const paths = ['ha-host1', 'ha-host2', 'ha-host3'].map((node) => `evidence/${node}/journal.log`);
    const files = paths.map((path) => ({ path, bytes: 1, text: readStored('fenced', path)?.toString() ?? '' }));
    const log = clusterLogOf(storedLogsIn(files), runClockOf(events));
    const picture = pictureOf(events.reduce(apply, INITIAL), log);
    expect(picture.probes).to.deep.equal([]);
    const [fencing, ...others] = picture.fencing;
    expect(fencing).to.include({ target: 'ha-host3', action: 'reboot', ok: true });
    expect(others).to.deep.equal([]);
    const [fault] = picture.faults;
    expect(fencing?.fromMs).to.be.above(fault?.fromMs ?? 0);
    expect((fencing?.toMs ?? 0) - (fencing?.fromMs ?? 0)).to.be.within(1_000, 10_000);
    expect(momentAt(picture, (fencing?.fromMs ?? 0) + 1).fencing).to.deep.equal(['ha-host3']);
    expect(changesOf(picture)).to.include.members([fencing?.fromMs, fencing?.toMs]);
    expect(
      picture.transitions.some(({ fromMs, outcome }) => fromMs > (fault?.fromMs ?? 0) && outcome === 'Complete'),
    ).to.equal(true);
  });
});

describe('failed operations', () => {
  const FAILURE: ReportedFailure = {
    ...{ resource: 'web:0', node: 'a', operation: 'monitor', intervalMs: 5_000, exitCode: 1, exitStatus: 'error' },
    ...{ execution: 'complete', reason: 'answered 503', call: 8, at: '2026-11-29 10:00:05Z', count: 1 },
  };
  const seen = (atMs: number, failures: readonly ReportedFailure[]) => ({
    ...{ node: 'b', atMs },
    view: { answered: true, failures },
  });
  const failedAt = (seconds: number) =>
    line(seconds, 'a', 'pacemaker-controld', ' notice: Result of monitor operation for web on a: error (answered 503)');

  it('are told once for each operation and node, with every time that a journal has and the agent’s words', () => {
    const log = logOf(line(5, 'a', 'web(web)', 'ERROR: GET /health answered 503'), failedAt(5), failedAt(10));
    const sightings = [seen(6_000, [FAILURE]), seen(12_000, [{ ...FAILURE, call: 9, count: 2 }])];
    expect(failedOperationsOf({ sightings }, log)).to.deep.equal([
      {
        ...{ node: 'a', resource: 'web', operation: 'monitor', intervalMs: 5_000, exitCode: 1, result: 'error' },
        ...{ reason: 'answered 503', count: 2, times: [5_000, 10_000], words: ['GET /health answered 503'] },
      },
    ]);
  });

  it('are known without journals from when they were reported, and without reports from journals', () => {
    const [reported] = failedOperationsOf({ sightings: [seen(6_000, [FAILURE]), seen(9_000, [FAILURE])] }, EMPTY_LOG);
    expect(reported?.times).to.deep.equal([6_000]);
    const [logged] = failedOperationsOf({ sightings: [] }, logOf(failedAt(5)));
    expect(logged).to.deep.include({ result: 'error', reason: 'answered 503', times: [5_000] });
  });

  it('are those from before the run only where the cluster still keeps them', () => {
    expect(failedOperationsOf({ sightings: [] }, logOf(failedAt(-5)))).to.deep.equal([]);
    const kept = failedOperationsOf({ sightings: [seen(100, [FAILURE])] }, logOf(failedAt(-5)));
    expect(kept.map(({ times }) => times)).to.deep.equal([[-5_000]]);
  });

  it('name the end of the execution where the agent did not end by itself', () => {
    const late = { ...FAILURE, execution: 'Timed Out', exitStatus: 'unknown error' };
    expect(failedOperationsOf({ sightings: [seen(1, [late])] }, EMPTY_LOG)[0]?.result).to.equal('Timed Out');
  });

  it('of a stretch of time have the times in it', () => {
    const all = failedOperationsOf({ sightings: [] }, logOf(failedAt(5), failedAt(10)));
    expect(failuresWithin(all, 6_000, 20_000).map(({ times }) => times)).to.deep.equal([[10_000]]);
    expect(failuresWithin(all, 11_000, 20_000)).to.deep.equal([]);
  });
});
