import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import type { FencingEvent } from '../../../src/model/cluster-state.js';
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

  it('is unknown where nobody answered, or the CIB could not be read', async () => {
    expect(await verdictOf(done, { readings: [silent('ha-host1')], scenarioBeganMs: BEGAN_MS })).to.equal('unknown');
    const unread = { ...scene([event('08:49:01')]), exec: () => ({ exitCode: 1, stderr: 'no connection' }) };
    expect((await judge(first, unread)).seen).to.contain('no connection');
    expect(await verdictOf(first, unread)).to.equal('unknown');
  });
});
