import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { createPaint } from '../../../src/report/format.js';
import { createLiveReporter } from '../../../src/report/live.js';
import { isOver, type Unit, unitLine, unitOf } from '../../../src/report/live-units.js';
import { apply, INITIAL } from '../../../src/report/state.js';
import { BROKEN_CUT, EXPECTED_CUT, HELD_MEND } from './sample-audits.js';
import { CUT, eventsOf, FAILED_CUT, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

const PASSED = stamped(eventsOf([CUT, MEND], 'passed'));

/** The units of the run after its first event of this kind. */
function unitsAfter(kind: string, events = PASSED): readonly Unit[] {
  const at = events.findIndex((event) => event.kind === kind);
  const { parts } = events.slice(0, at + 1).reduce(apply, INITIAL);
  return parts.map((part) => unitOf(part, 'en'));
}

function linesOf(units: readonly Unit[], nowMs: number): readonly string[] {
  return units.flatMap((unit) =>
    [unit, ...unit.children].map((each) => unitLine(each, nowMs, '*', createPaint(false))),
  );
}

describe('the units of the live view', () => {
  it('shows what is done, what runs with its elapsed time, and what is to come', () => {
    const units = unitsAfter('step-waiting');
    expect(linesOf(units, 10_000)).to.deep.equal([
      '✔ Lab up 4.20s',
      '* The walk-through 5.0s',
      '* Pull the cluster link of the holder 4.0s',
      '· Put the link back',
    ]);
    expect(units.at(-1)?.children[0]?.note).to.equal('not yet: vip Stopped');
  });

  it('ends with verdicts, the outage and the reason', () => {
    const failed = unitsAfter('run-finished', stamped(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')));
    expect(linesOf(failed.slice(1), 0)).to.deep.equal([
      '✖ The walk-through 8.42s',
      '✖ Pull the cluster link of the holder 8.42s  outage 8.24s; vip did not start elsewhere within 18.0s',
      '– Put the link back  an earlier step failed',
    ]);
  });

  it('says of audits only what makes a step fail', () => {
    const held = unitsAfter('run-finished', stamped(eventsOf([EXPECTED_CUT, HELD_MEND], 'passed')));
    expect(linesOf(held, 0)).to.deep.equal(linesOf(unitsAfter('run-finished'), 0));
    const broken = unitsAfter('run-finished', stamped(eventsOf([BROKEN_CUT], 'failed')));
    expect(linesOf(broken, 0).at(-1)).to.match(/outage 8\.24s; audit single-active: vip is active on/);
  });
});

describe('a step that its scenario ended without', () => {
  it('is over, and its line stays as it was', () => {
    const events = PASSED.filter(({ kind }) => kind !== 'step-started' && kind !== 'step-finished');
    const [, scenario] = unitsAfter('scenario-finished', events);
    expect(scenario?.children.map((child) => [isOver(child), child.state])).to.deep.equal([
      [true, 'waiting'],
      [true, 'waiting'],
    ]);
    const [, running] = unitsAfter('scenario-started', events);
    expect(running?.children.map(isOver)).to.deep.equal([false, false]);
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

  it('prints the whole story of a step above the lines that move, once, and none of a set-up', async () => {
    const words =
      'The cable of the node that holds the address is pulled, so that no other node hears of it any more. ';
    const told = PASSED.map((event) =>
      event.kind === 'step-started' && event.step === 'cut' ? { ...event, say: { en: words.repeat(3).trim() } } : event,
    );
    const drawn = async (events: typeof PASSED) => {
      const { stream, text } = terminal();
      const reporter = createLiveReporter({ stream, language: 'en', color: false });
      for (const event of events) reporter.on(event);
      await reporter.close();
      return text();
    };
    const text = await drawn(told);
    const story = text.replace(/\s+/g, ' ');
    expect(story.split(words.repeat(3).trim())).to.have.length(2);
    expect(text.indexOf('The cable of')).to.be.lessThan(text.lastIndexOf('✔ Pull the cluster link'));
    const asSetUp = told.map((event) => (event.kind === 'scenario-started' ? { ...event, asGiven: true } : event));
    expect((await drawn(asSetUp)).replace(/\s+/g, ' ')).to.not.contain(words.repeat(3).trim());
  });
});
