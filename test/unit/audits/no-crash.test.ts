import { expect } from 'chai';
import type { LabObservation } from '../../../src/model/observation.js';
import { but, CUT, judged, SILENT, silent, unit, unread, well } from './support/input.js';

const before = well();
const judge = (now: LabObservation, change = {}) => judged('no-crash', now, { before, ...change });
const units = (change: object) => ({
  units: [unit('corosync', { mainPid: 300 }), unit('pacemaker', { mainPid: 301, ...change })],
});
const processes = (...args: readonly (readonly [number, string])[]) => ({
  processes: args.map(([pid, line]) => ({ pid, ageS: 5, args: line })),
});
const FROZEN = { kind: 'freeze', node: 'ha-host3' } as const;

describe('audit no-crash', () => {
  it('holds where everything runs on', () => {
    expect(judge(well())).to.deep.equal([]);
    expect(judged('no-crash', well())).to.deep.equal([]);
  });

  it('is broken by a new core dump, also on a node that the step touched', () => {
    const now = but(well(), 'ha-host3', { coreDumps: ['/var/lib/pacemaker/cores/core.42'] });
    expect(judge(now, { touched: ['ha-host3'] })).to.deep.equal([
      'failed: a core dump on ha-host3: /var/lib/pacemaker/cores/core.42',
    ]);
    expect(judged('no-crash', now, { before: now })).to.deep.equal([]);
  });

  it('holds where pacemakerd looked for a daemon that had just ended', () => {
    const line = 'pacemakerd[201]:  error: Could not get executable for PID 204: No such file or directory';
    expect(judged('no-crash', but(well(), 'ha-host3', { criticalLines: [line] }))).to.deep.equal([]);
    const denied = 'pacemakerd[201]:  error: Could not get executable for PID 204: Permission denied';
    expect(judged('no-crash', but(well(), 'ha-host3', { criticalLines: [line, denied] }))).to.have.length(1);
  });

  it('is broken by critical lines that were not there before', () => {
    const lines = ['pacemakerd: crit: one', 'pacemakerd: crit: two'];
    const now = but(well(), 'ha-host3', { criticalLines: lines });
    expect(judge(now)).to.deep.equal(['failed: ha-host3 logged: pacemakerd: crit: one (and 1 more)']);
    expect(judged('no-crash', now, { before: but(well(), 'ha-host3', { criticalLines: lines }) })).to.deep.equal([]);
    expect(judge(now, { touched: ['ha-host3'] })).to.deep.equal([]);
  });

  it('is broken by a unit that systemd has started again, or that was started again', () => {
    expect(judge(but(well(), 'ha-host3', units({ restarts: 1, mainPid: 999 })))).to.deep.equal([
      'failed: systemd has started pacemaker on ha-host3 again, once',
    ]);
    expect(judge(but(well(), 'ha-host3', units({ mainPid: 999 })))).to.deep.equal([
      'failed: pacemaker on ha-host3 was started again: process 301 became 999',
    ]);
  });

  it('lets units start again where the step or a fault had a part in it, after a boot, and when they were down', () => {
    const again = but(well(), 'ha-host3', units({ restarts: 1, mainPid: 999 }));
    expect(judge(again, { touched: ['ha-host3'] })).to.deep.equal([]);
    expect(judge(again, { faults: [FROZEN] })).to.deep.equal([]);
    expect(judge(again, { faults: [CUT('ha-host3')] })).to.have.length(1);
    expect(judge(but(again, 'ha-host3', { bootId: 'boot-9' }))).to.deep.equal([]);
    expect(
      judged('no-crash', well(), { before: but(well(), 'ha-host3', units({ active: 'inactive', mainPid: 0 })) }),
    ).to.deep.equal([]);
    expect(judged('no-crash', again, { before: silent(well(), 'ha-host3') })).to.deep.equal([]);
  });

  it('is broken by a daemon that died below a pacemakerd that went on', () => {
    const respawned = processes([301, '/usr/sbin/pacemakerd'], [888, '/usr/lib/pacemaker/pacemaker-attrd']);
    expect(judge(but(well(), 'ha-host3', respawned))).to.deep.equal([
      'failed: pacemaker-attrd on ha-host3 died below a pacemakerd that went on: process 310 became 888',
    ]);
    expect(judge(but(well(), 'ha-host3', respawned), { faults: [FROZEN] })).to.have.length(1);
    expect(judge(but(well(), 'ha-host3', respawned), { touched: ['ha-host3'] })).to.deep.equal([]);
    expect(judge(but(well(), 'ha-host3', processes([301, '/usr/sbin/pacemakerd'])))[0]).to.match(
      /process 310 is gone$/,
    );
  });

  it('lets daemons end, start again and say so where a fault in force ends or halts them', () => {
    const now = but(well(), 'ha-host3', {
      ...units({ restarts: 1, mainPid: 999 }),
      criticalLines: ['pacemakerd: crit: one'],
    });
    for (const kind of ['daemon-kill', 'daemon-stop'] as const) {
      const fault = { kind, node: 'ha-host3', daemon: 'attrd' } as const;
      expect(judge(now, { faults: [fault] }), kind).to.deep.equal([]);
      expect(judge(now, { faults: [{ ...fault, node: 'ha-host2' }] }), kind).to.have.length(2);
    }
    const dumped = but(now, 'ha-host3', { coreDumps: ['/var/lib/pacemaker/cores/core.42'] });
    expect(judge(dumped, { faults: [{ kind: 'cluster-stop', node: 'ha-host3' }] })).to.have.length(1);
  });

  it('does not tell of each daemon where all of pacemaker was started again', () => {
    const now = but(well(), 'ha-host3', {
      ...units({ mainPid: 999 }),
      ...processes([999, '/usr/sbin/pacemakerd'], [888, '/usr/lib/pacemaker/pacemaker-attrd']),
    });
    expect(judge(now)).to.deep.equal(['failed: pacemaker on ha-host3 was started again: process 301 became 999']);
  });

  it('does not take the end of a fork for that of the daemon', () => {
    const based = '/usr/lib/pacemaker/pacemaker-based';
    const at = (...pids: readonly number[]) =>
      processes([301, '/usr/sbin/pacemakerd'], ...pids.map((pid): [number, string] => [pid, based]));
    const before = but(well(), 'ha-host3', at(2798, 4468));
    expect(judged('no-crash', but(well(), 'ha-host3', at(2798)), { before })).to.deep.equal([]);
    expect(judged('no-crash', but(well(), 'ha-host3', at(5000)), { before })).to.deep.equal([
      'failed: pacemaker-based on ha-host3 died below a pacemakerd that went on: process 2798 and 4468 became 5000',
    ]);
  });

  it('knows the daemons of 1.1, by their folder', () => {
    const old = (pid: number) =>
      processes([pid, '/usr/libexec/pacemaker/crmd'], [pid + 1, 'vi /usr/libexec/pacemaker/cib']);
    const now = but(well(), 'ha-host3', old(20));
    expect(judged('no-crash', now, { before: but(well(), 'ha-host3', old(10)) })).to.deep.equal([
      'failed: crmd on ha-host3 died below a pacemakerd that went on: process 10 became 20',
    ]);
  });

  it('is inconclusive where something was not read; log lines only where they were asked for', () => {
    expect(judge(silent(well(), 'ha-host3'))).to.deep.equal([SILENT('ha-host3')]);
    expect(judge(silent(well(), 'ha-host3', 'stopped'))).to.deep.equal([]);
    for (const part of ['coreDumps', 'processes', 'units', 'criticalLines'] as const)
      expect(judge(unread(well(), 'ha-host3', part))).to.deep.equal([
        `unknown: the ${part} of ha-host3 could not be read: timed out`,
      ]);
    const { criticalLines: _none, ...first } = well().nodes[2] ?? expect.fail();
    expect(judge({ ...well(), nodes: [...well().nodes.slice(0, 2), first] })).to.deep.equal([]);
  });
});
