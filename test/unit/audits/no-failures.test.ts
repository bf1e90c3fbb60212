import { expect } from 'chai';
import { audits } from '../../../src/audits/index.js';
import type { FailedAction, FencingEvent } from '../../../src/model/cluster-state.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { cibOf, FENCING } from './support/configuration.js';
import { but, butAll, inputOf, judged, SILENT, showing, silent, subjectsOf, unread, well } from './support/input.js';

const action = (change: Partial<FailedAction> = {}): FailedAction => ({
  text: 'vip_monitor_30000 on ha-host1',
  resource: 'vip',
  operation: 'monitor',
  intervalMs: 30_000,
  node: 'ha-host1',
  exitCode: 7,
  exitStatus: 'not running',
  call: 14,
  at: 'Mon Nov 23 08:25:40 2026',
  ...change,
});
const withActions = (...failedActions: readonly FailedAction[]) => showing(well(), { failedActions });
const ALL = ', by the view of ha-host1, ha-host2 and ha-host3';

describe('audit no-failures', () => {
  it('holds where nothing has failed', () => {
    expect(judged('no-failures', well(), { before: well() })).to.deep.equal([]);
  });

  it('does not hold against the cluster what a broken controller brings about', () => {
    const faults = [{ kind: 'controller-fail', node: 'ha-host1', how: 'unreachable' }] as const;
    const event = (target: string): FencingEvent => ({ text: '', action: 'reboot', target, status: 'failed' });
    const failing = (target: string, resource: string) =>
      butAll(
        showing(well({ cib: cibOf([FENCING]) }), {
          failedActions: [action({ resource, node: 'ha-host2' })],
          failedFencing: [event(target)],
        }),
        {},
      );
    const before = well({ cib: cibOf([FENCING]) });
    expect(judged('no-failures', failing('ha-host1', 'fence-1'), { before, faults })).to.deep.equal([]);
    expect(judged('no-failures', failing('ha-host1', 'fence-1'), { before })).to.have.length(2);
    expect(judged('no-failures', failing('ha-host3', 'vip'), { before, faults })).to.have.length(2);
  });

  it('is broken by an action that failed, told once for all who have it', () => {
    const now = withActions(action({ reason: 'the address is gone' }));
    expect(judged('no-failures', now, { before: well() })).to.deep.equal([
      `failed: monitor (every 30 s) of vip failed on ha-host1: not running, exit code 7 (the address is gone)${ALL}`,
    ]);
    expect(subjectsOf('no-failures', now)).to.deep.equal([['vip', 'ha-host1']]);
  });

  it('does not tell again of what was there before, be it by another node’s word', () => {
    const before = but(well(), 'ha-host3', { status: withActions(action()).nodes[0]?.status as never });
    expect(judged('no-failures', withActions(action()), { before })).to.deep.equal([]);
  });

  it('reports the same action failing anew', () => {
    const before = withActions(action());
    for (const change of [{ call: 15 }, { at: 'Mon Nov 23 08:26:40 2026' }, { node: 'ha-host2' }, { exitCode: 1 }])
      expect(judged('no-failures', withActions(action(change)), { before }), JSON.stringify(change)).to.have.length(1);
  });

  it('does not hold against a resource the failures that a fault in force has put there', () => {
    const now = showing(well(), { failCounts: [{ resource: 'vip', node: 'ha-host1', failCount: 3 }] });
    const given = { kind: 'failcount', node: 'ha-host1', resource: 'vip', value: 3 } as const;
    expect(judged('no-failures', now, { before: well() })).to.have.length(1);
    expect(judged('no-failures', now, { before: well(), faults: [given] })).to.deep.equal([]);
    for (const elsewhere of [{ node: 'ha-host2' }, { resource: 'db' }])
      expect(judged('no-failures', now, { before: well(), faults: [{ ...given, ...elsewhere }] })).to.have.length(1);
  });

  describe('where a fault in force makes a service fail', () => {
    const failing = { kind: 'monitor-fail', node: 'ha-host1', resource: 'vip' } as const;
    const told = (change: Partial<FailedAction>, fault: ResolvedFault = failing) =>
      judged('no-failures', withActions(action(change)), { before: well(), faults: [fault] });

    it('holds for that operation of that resource on that node, and for its fail counts there', () => {
      expect(told({})).to.deep.equal([]);
      expect(told({ resource: 'vip:0' })).to.deep.equal([]);
      expect(told({ operation: 'start', intervalMs: 0 }, { ...failing, kind: 'start-fail' })).to.deep.equal([]);
      expect(told({ operation: 'stop', intervalMs: 0 }, { ...failing, kind: 'stop-hang' })).to.deep.equal([]);
      const counted = showing(well(), { failCounts: [{ resource: 'vip', node: 'ha-host1', failCount: 3 }] });
      expect(judged('no-failures', counted, { before: well(), faults: [failing] })).to.deep.equal([]);
    });

    it('is broken by any other', () => {
      for (const change of [{ operation: 'start' }, { node: 'ha-host2' }, { resource: 'web' }, { intervalMs: 0 }])
        expect(told(change), JSON.stringify(change)).to.have.length(1);
      expect(told({}, { ...failing, kind: 'start-fail' })).to.have.length(1);
      expect(told({}, { kind: 'process-kill', node: 'ha-host1', process: 'nginx' })).to.have.length(1);
      const counted = showing(well(), { failCounts: [{ resource: 'web', node: 'ha-host1', failCount: 3 }] });
      expect(judged('no-failures', counted, { before: well(), faults: [failing] })).to.have.length(1);
    });
  });

  it('goes by the text where nothing else is told', () => {
    const bare = { text: 'vip_start_0 on ha-host1 unknown error' };
    expect(judged('no-failures', withActions(bare), { before: withActions(bare) })).to.deep.equal([]);
    expect(judged('no-failures', withActions(bare))).to.deep.equal([`failed: failed: ${bare.text}${ALL}`]);
  });

  it('needs a call or a time to tell one failure from another', () => {
    const { call: _call, at: _at, ...vague } = action();
    const text = 'vip_monitor_30000 on ha-host1, again';
    expect(judged('no-failures', withActions({ ...vague, text }), { before: withActions(vague) })).to.have.length(1);
    const { call: _none, ...timed } = action();
    expect(judged('no-failures', withActions({ ...timed, text }), { before: withActions(timed) })).to.deep.equal([]);
    expect(judged('no-failures', withActions({ text, node: 'ha-host1', call: 3 }))).to.deep.equal([
      `failed: failed: ${text}${ALL}`,
    ]);
  });

  it('is broken by a fail count that has grown, and reports it only where no action does', () => {
    const counted = (failCount: number) => ({ failCounts: [{ node: 'ha-host1', resource: 'vip', failCount }] });
    const now = showing(well(), counted(2), ['ha-host2', 'ha-host3']);
    expect(judged('no-failures', now, { before: showing(well(), counted(1)) })).to.deep.equal([
      'failed: the fail count of vip on ha-host1 is 2 and was 1, as reported by ha-host2 and ha-host3',
    ]);
    expect(judged('no-failures', now, { before: now })).to.deep.equal([]);
    expect(judged('no-failures', showing(withActions(action()), counted(1)))).to.have.length(1);
  });

  it('tells which operation failed, and of a fail count if the CIB shows that only one has grown', () => {
    const operationsOf = (now: ReturnType<typeof well>, before = well()) =>
      audits['no-failures'].judge(inputOf(now, { before })).map(({ operation }) => operation);
    expect(operationsOf(withActions(action(), action({ operation: 'demote', intervalMs: 0 })))).to.deep.equal([
      'monitor',
      'demote',
    ]);
    expect(operationsOf(withActions(action({ intervalMs: 0 })))).to.deep.equal(['probe']);
    expect(operationsOf(withActions({ text: 'vip_start_0 on ha-host1 unknown error' }))).to.deep.equal([undefined]);
    const counting = (transient: Readonly<Record<string, string>>) => {
      const nodeStates = [{ node: 'ha-host2', inCcm: true, crmd: true, join: 'member', transient }];
      return butAll(well(), { cib: cibOf(undefined, { nodeStates }) });
    };
    const monitored = counting({ 'fail-count-vip#monitor_30000': '1' });
    expect(operationsOf(monitored)).to.deep.equal(['monitor']);
    const both = counting({ 'fail-count-vip#monitor_30000': '1', 'fail-count-vip#start_0': '1' });
    expect(operationsOf(both)).to.deep.equal([undefined]);
    expect(operationsOf(both, monitored), 'since then').to.deep.equal(['start']);
    expect(operationsOf(counting({ 'fail-count-vip': '1' })), 'up to 1.1.16').to.deep.equal([undefined]);
  });

  it('adds up the counts in the CIB', () => {
    const transient = {
      'fail-count-vip#monitor_30000': '1',
      'fail-count-vip#start_0': 'INFINITY',
      'last-failure-vip': '9',
    };
    const cib = cibOf(undefined, {
      nodeStates: [{ node: 'ha-host2', inCcm: true, crmd: true, join: 'member', transient }],
    });
    expect(judged('no-failures', butAll(well(), { cib }), { before: well() })).to.deep.equal([
      'failed: the fail count of vip on ha-host2 is INFINITY and was 0, as reported by ha-host1, ha-host2 and ha-host3',
    ]);
  });

  it('is broken by fencing that failed', () => {
    const event: FencingEvent = {
      text: 'reboot of ha-host3 failed',
      action: 'reboot',
      target: 'ha-host3',
      status: 'failed',
      at: '2026-11-23 08:25:40Z',
      reason: 'No such device',
    };
    const now = but(well(), 'ha-host1', { fencing: [event] });
    expect(judged('no-failures', now, { before: well() })).to.deep.equal([
      'failed: fencing (reboot) of ha-host3 failed at 2026-11-23 08:25:40Z (No such device), as reported by ha-host1',
    ]);
    expect(judged('no-failures', now, { before: now })).to.deep.equal([]);
    expect(
      judged('no-failures', but(well(), 'ha-host1', { fencing: [{ ...event, status: 'success' }] })),
    ).to.deep.equal([]);
  });

  it('is inconclusive where a view was not read', () => {
    expect(judged('no-failures', silent(well(), 'ha-host2'))).to.deep.equal([SILENT('ha-host2')]);
    expect(judged('no-failures', unread(withActions(action()), 'ha-host2', 'status', 'crm_mon: died'))).to.deep.equal([
      'failed: monitor (every 30 s) of vip failed on ha-host1: not running, exit code 7, by the view of ha-host1 and ha-host3',
      'unknown: the status of ha-host2 could not be read: crm_mon: died',
    ]);
  });
});
