import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { createLiveReporter } from '../../../src/report/live.js';
import type { LiveModel, Unit } from '../../../src/report/live-units.js';
import { advance, settleAll, unitLine } from '../../../src/report/live-units.js';
import { createPaint } from '../../../src/report/paint.js';
import { BROKEN_CUT, EXCUSED_CUT, HELD_MEND } from './sample-audits.js';
import { CUT, eventsOf, FAILED_CUT, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

const PASSED = stamped(eventsOf([CUT, MEND], 'passed'));

function modelAfter(kind: string, events = PASSED): LiveModel {
  const model: LiveModel = { units: [], planned: new Map(), language: 'en', onUnit: () => undefined };
  for (const event of events) {
    advance(model, event);
    if (event.kind === kind) break;
  }
  return model;
}

function linesOf(units: readonly Unit[], nowMs: number): readonly string[] {
  return units.flatMap((unit) =>
    [unit, ...unit.children].map((each) => unitLine(each, nowMs, '*', createPaint(false))),
  );
}

describe('the live model', () => {
  it('shows what is done, what runs with its elapsed time, and what is to come', () => {
    const model = modelAfter('step-waiting');
    expect(linesOf(model.units, 10_000)).to.deep.equal([
      '✔ Lab up 4.20s',
      '* The walk-through 5.0s',
      '* Pull the cluster link of the holder 4.0s',
      '· Put the link back',
    ]);
    expect(model.units.at(-1)?.children[0]?.note).to.equal('vip Stopped');
  });

  it('ends with verdicts, the outage and the reason', () => {
    const failed = modelAfter('run-finished', stamped(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')));
    expect(linesOf(failed.units.slice(1), 0)).to.deep.equal([
      '✖ The walk-through 8.42s',
      '✖ Pull the cluster link of the holder 8.42s  outage 8.24s; vip did not start elsewhere within 18.0s',
      '– Put the link back  an earlier step failed',
    ]);
  });

  it('says of audits only what makes a step fail', () => {
    const held = modelAfter('run-finished', stamped(eventsOf([EXCUSED_CUT, HELD_MEND], 'passed')));
    expect(linesOf(held.units, 0)).to.deep.equal(linesOf(modelAfter('run-finished').units, 0));
    const broken = modelAfter('run-finished', stamped(eventsOf([BROKEN_CUT], 'failed')));
    expect(linesOf(broken.units, 0).at(-1)).to.match(/outage 8\.24s; audit single-active: vip is active on/);
  });

  it('settles everything when a run was interrupted', async () => {
    const model = modelAfter('step-started');
    settleAll(model);
    await Promise.all(model.units.flatMap((unit) => [unit, ...unit.children]).map((unit) => unit.settled));
  });
});

describe('the live reporter', () => {
  function terminal() {
    const stream = new PassThrough();
    let text = '';
    stream.on('data', (chunk) => {
      text += chunk;
    });
    return {
      stream: Object.assign(stream, { columns: 100, rows: 40, isTTY: true }) as unknown as NodeJS.WriteStream,
      text: () => text,
    };
  }

  it('draws a whole run and gives the terminal back', async () => {
    const { stream, text } = terminal();
    const reporter = createLiveReporter({ stream, language: 'en', color: false });
    for (const event of PASSED) reporter.on(event);
    await reporter.close();
    expect(text()).to.contain('✔ Lab up 4.20s');
    expect(text()).to.contain('✔ Pull the cluster link of the holder 8.42s  outage 8.24s');
    expect(text().indexOf('Lab up')).to.be.lessThan(text().indexOf('The walk-through'));
    expect(text().endsWith('\u001b[?25h')).to.equal(true);
  });

  it('closes in the middle of a run', async () => {
    const { stream, text } = terminal();
    const reporter = createLiveReporter({ stream, language: 'zh', color: false });
    for (const event of PASSED.slice(0, 8)) reporter.on(event);
    await reporter.close();
    expect(text()).to.contain('停掉持有 VIP 的节点的网口');
    expect(text().endsWith('\u001b[?25h')).to.equal(true);
  });
});
