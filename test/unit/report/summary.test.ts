import { expect } from 'chai';
import type { RunEvent } from '../../../src/model/event.js';
import { foldRun, holderMovesOf } from '../../../src/report/summary.js';
import { CUT, eventsOf, FAILED_CUT, INFO, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

describe('foldRun', () => {
  it('takes the verdict, the place and the time of a finished run', () => {
    const summary = foldRun(eventsOf([CUT, MEND], 'passed'));
    expect(summary).to.include({
      run: INFO.run,
      verdict: 'passed',
      finished: true,
      durationMs: 62_000,
      lab: 'linuxha',
      backend: 'embedded',
      image: 'debian-12',
    });
    expect(summary.scenarios.map((scenario) => scenario.steps.map((step) => step.step))).to.deep.equal([
      ['cut', 'mend'],
    ]);
    expect(summary.stages).to.deep.equal([{ stage: 'up', title: 'Lab up', durationMs: 4200 }]);
  });

  it('calls a run without an end unknown and keeps the steps that ended', () => {
    const events = eventsOf([CUT, MEND], 'passed').filter(
      (event) => !['run-finished', 'scenario-finished'].includes(event.kind),
    );
    const summary = foldRun(stamped(events));
    expect(summary.verdict).to.equal('unknown');
    expect(summary.finished).to.equal(false);
    expect(summary.reason).to.equal('the run did not finish');
    expect(summary.durationMs).to.equal((events.length - 1) * 1000);
    expect(summary.scenarios[0]).to.deep.include({ verdict: 'unknown', durationMs: CUT.durationMs + MEND.durationMs });
    expect(summary.scenarios[0]?.steps).to.have.length(2);
  });

  it('lets a failed step outrank the missing end', () => {
    const events = eventsOf([FAILED_CUT], 'failed').filter(
      (event) => !['run-finished', 'scenario-finished'].includes(event.kind),
    );
    expect(foldRun(events).verdict).to.equal('failed');
  });

  it('finds the longest outage over all steps', () => {
    const short = {
      ...MEND,
      probes: CUT.probes?.map((probe) => ({
        ...probe,
        windows: [{ fromMs: 0, toMs: 40, durationMs: 40, ended: true }],
      })),
    } as typeof CUT;
    const summary = foldRun(eventsOf([short, CUT, short], 'passed'));
    expect(summary.longestOutage?.window).to.include({ durationMs: 8240, ended: true });
    expect(summary.longestOutage?.step.step).to.equal('cut');
    expect(foldRun(eventsOf([MEND], 'passed')).longestOutage).to.equal(undefined);
  });

  it('tells which faults are still in force', () => {
    const states = (events: readonly RunEvent[]) => foldRun(events).faults.map((fault) => fault.state);
    expect(states(eventsOf([CUT, MEND], 'passed'))).to.deep.equal(['healed']);
    expect(states(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed'))).to.deep.equal(['injected']);
    const stuck = eventsOf([CUT], 'passed').filter((event) => event.kind === 'fault-injected');
    const fault = stuck[0]?.kind === 'fault-injected' ? stuck[0].fault : expect.fail('no fault in the sample');
    expect(states([{ kind: 'fault-not-healed', id: 'f1', fault, error: 'gone' }])).to.deep.equal(['notHealed']);
  });

  it('puts the time of breaking and mending beside a fault', () => {
    const [fault] = foldRun(stamped(eventsOf([CUT, MEND], 'passed'))).faults;
    expect(fault?.injectedAtMs).to.be.a('number');
    expect(fault?.healedAtMs).to.be.greaterThan(fault?.injectedAtMs ?? Number.POSITIVE_INFINITY);
  });

  it('matches a stage that runs twice with its own end', () => {
    const summary = foldRun([
      { kind: 'stage-started', stage: 'up', title: 'Lab up' },
      { kind: 'stage-finished', stage: 'up', durationMs: 1 },
      { kind: 'stage-started', stage: 'up', title: 'Lab up again' },
      { kind: 'stage-finished', stage: 'up', durationMs: 2, error: 'no room' },
    ]);
    expect(summary.stages).to.deep.equal([
      { stage: 'up', title: 'Lab up', durationMs: 1 },
      { stage: 'up', title: 'Lab up again', durationMs: 2, error: 'no room' },
    ]);
  });

  it('loses nothing of a scenario that was never announced', () => {
    expect(foldRun([{ kind: 'step-finished', result: CUT }]).scenarios[0]?.steps).to.deep.equal([CUT]);
  });
});

describe('holderMovesOf', () => {
  it('reads from where to where a resource went', () => {
    const [move] = holderMovesOf(foldRun(eventsOf([CUT, MEND], 'passed')));
    expect(move).to.deep.include({ resource: 'vip', from: 'ha-host1', to: 'ha-host2' });
    expect(move?.nodes).to.deep.equal(['ha-host1', 'ha-host2', 'ha-host3']);
  });

  it('falls back on the holder that a later step found', () => {
    const cut = { ...CUT, checks: [] };
    const look = { ...MEND, targets: { '{holder of vip}': 'ha-host3' } };
    expect(holderMovesOf(foldRun(eventsOf([cut, look], 'passed')))[0]?.to).to.equal('ha-host3');
  });

  it('claims no move that nobody saw', () => {
    expect(holderMovesOf(foldRun(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')))).to.deep.equal([]);
  });
});
