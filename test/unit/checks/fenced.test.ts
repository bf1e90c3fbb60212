import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import type { FencingEvent } from '../../../src/model/cluster-state.js';
import { LabError } from '../../../src/model/errors.js';
import { describeExpectation, judge, named, type Scene, verdictOf } from './fake-context.js';
import { primitive, says, silent, state } from './states.js';

const BEGAN_MS = Date.parse('2026-11-25T08:48:00Z');
const at = (time: string): string => `2026-11-25 ${time}Z`;
const startedS = (time: string): number => Date.parse(`2026-11-25T${time}Z`) / 1000;

function event(time: string, change: Partial<FencingEvent> = {}): FencingEvent {
  const told = { action: 'reboot', target: 'ha-host3', status: 'success', delegate: 'ha-host1', at: at(time) } as const;
  return { text: '', ...told, ...change };
}

function scene(events: readonly FencingEvent[], starts: readonly string[] = [], on = 'ha-host2'): Scene {
  const seen = state({ quorate: true, resources: [primitive('vip', on)], fencingHistory: events });
  const ops = starts.map(
    (time) =>
      `<lrm_rsc_op id="vip_last_0" operation="start" on_node="${on}" rc-code="0" last-rc-change="${startedS(time)}"/>`,
  );
  return { readings: [says('ha-host1', seen)], scenarioBeganMs: BEGAN_MS, exec: () => ({ stdout: ops.join('\n') }) };
}

describe('check fenced', () => {
  const done: KnownExpectation = { kind: 'fenced', fenced: named('ha-host3'), is: 'success' };
  const first: KnownExpectation = { ...done, before: 'vip' };
  const tried: KnownExpectation = { ...done, is: 'failed' };

  it('is told in words', () => {
    expect(describeExpectation(done)).to.equal('ha-host3 is fenced');
    expect(describeExpectation(first)).to.equal('ha-host3 is fenced, before vip is started elsewhere');
    expect(describeExpectation(tried)).to.equal('fencing ha-host3 fails');
  });

  it('passes where the start came after the fencing, and tells both times', async () => {
    expect(await judge(first, scene([event('08:49:01.250')], ['08:49:03']))).to.deep.equal({
      verdict: 'passed',
      seen: 'ha-host3 was fenced (reboot by ha-host1) at 08:49:01.250; vip was started on ha-host2 at 08:49:03',
    });
    expect(await verdictOf(first, scene([event('08:49:01.250')], ['08:49:01']))).to.equal('passed');
  });

  it('fails where the start came before it, or has not come', async () => {
    expect(await verdictOf(first, scene([event('08:49:01')], ['08:49:00']))).to.equal('failed');
    expect(await verdictOf(first, scene([event('08:49:01')], []))).to.equal('failed');
  });

  it('fails without a fencing that succeeded since the scenario began', async () => {
    for (const events of [
      [],
      [event('08:47:50')],
      [event('08:49:01', { target: 'ha-host2' })],
      [event('08:49:01', { action: 'on' })],
      [event('08:49:01', { status: 'failed' })],
    ])
      expect(await verdictOf(done, scene(events))).to.equal('failed');
  });

  it('knows a fencing that was tried in vain', async () => {
    expect(await judge(tried, scene([event('08:49:01', { status: 'failed' })]))).to.deep.equal({
      verdict: 'passed',
      seen: 'ha-host3 could not be fenced (reboot by ha-host1) at 08:49:01',
    });
    expect(await verdictOf(tried, scene([event('08:49:01')]))).to.equal('failed');
  });

  it('knows a fencing that has begun and not ended', async () => {
    const pending: KnownExpectation = { ...done, is: 'pending' };
    const { at: _, ...begun } = event('08:49:01', { status: 'pending' });
    expect(describeExpectation(pending)).to.equal('fencing ha-host3 is pending');
    expect(await judge(pending, scene([begun]))).to.deep.equal({
      verdict: 'passed',
      seen: 'reboot of ha-host3 is pending',
    });
    expect(await judge(pending, scene([event('08:49:01')]))).to.deep.equal({
      verdict: 'failed',
      seen: 'no fencing of ha-host3 is pending',
    });
    expect(await verdictOf(pending, scene([{ ...begun, target: 'ha-host2' }]))).to.equal('failed');
    expect(await verdictOf(pending, { readings: [silent('ha-host1')], scenarioBeganMs: BEGAN_MS })).to.equal('unknown');
  });

  it('is unknown where nobody answered, or the CIB could not be read', async () => {
    expect(await verdictOf(done, { readings: [silent('ha-host1')], scenarioBeganMs: BEGAN_MS })).to.equal('unknown');
    const unread = { ...scene([event('08:49:01')]), exec: () => ({ exitCode: 1, stderr: 'no connection' }) };
    expect((await judge(first, unread)).seen).to.contain('no connection');
    expect(await verdictOf(first, unread)).to.equal('unknown');
  });

  describe('by a device, at an attempt', () => {
    const CALLS = [
      "990 n pacemaker-fenced[9]:  error: Operation 'reboot' [71] targeting ha-host3 using ipmi-1 returned 1 (timed out)",
      "995 n pacemaker-fenced[9]:  notice: Operation 'reboot' [72] targeting ha-host3 using ipmi-2 returned 0",
      "996 n pacemaker-fenced[9]:  notice: Operation 'on' [73] targeting ha-host3 using ipmi-2 returned 0",
    ];
    const logged = (lines: readonly string[], lost: readonly string[] = []): Scene => ({
      readings: [
        {
          ...says('ha-host1', state({ quorate: true, fencingHistory: [event('08:49:01')] })),
          at: '2026-11-25T08:50:00Z',
        },
      ],
      scenarioBeganMs: BEGAN_MS,
      exec: (node) =>
        lost.includes(node)
          ? new LabError('node-unreachable', 'no answer')
          : { stdout: `1000.5\n1.5 n systemd[1]: x\n--\n${node === 'ha-host2' ? lines.join('\n') : ''}\n` },
    });

    it('counts the calls that the journals of the others have', async () => {
      expect(describeExpectation({ ...done, by: 'ipmi-2', attempt: 2 })).to.equal(
        'ha-host3 is fenced by ipmi-2 at attempt 2',
      );
      expect(await judge({ ...done, by: 'ipmi-2', attempt: 2 }, logged(CALLS))).to.deep.equal({
        verdict: 'passed',
        seen: 'ha-host3 was fenced (reboot by ha-host1) at 08:49:01; ipmi-1 failed, then ipmi-2 succeeded',
      });
      expect(await verdictOf({ ...done, attempt: 1 }, logged(CALLS))).to.equal('failed');
      expect(await verdictOf({ ...done, by: 'ipmi-1' }, logged(CALLS))).to.equal('failed');
      expect(await verdictOf({ ...done, by: 'ipmi-2' }, logged(CALLS, ['ha-host3'])), 'the fenced one').to.equal(
        'passed',
      );
      expect(await verdictOf({ ...done, by: 'ipmi-1' }, logged(CALLS, ['ha-host1'])), 'another').to.equal('unknown');
    });
  });
});
