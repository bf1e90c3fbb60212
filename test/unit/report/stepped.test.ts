import { expect } from 'chai';
import type { RunEvent } from '../../../src/model/event.js';
import { pageOf } from '../../../src/report/closing-page.js';
import { createStage, createSteppedReporter } from '../../../src/report/stepped.js';
import { CUT, eventsOf, FAILED_CUT, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

const page = pageOf({ language: 'en', color: false, width: 80 });

/** What stays on the terminal after these events. */
function shown(events: readonly RunEvent[]): readonly string[] {
  const lines: string[] = [];
  const reporter = createSteppedReporter({ print: (more) => lines.push(...more), pass: () => undefined }, page);
  for (const event of stamped(events)) reporter.on(event);
  return lines;
}

describe('the view of a run step by step', () => {
  it('shows what was done in a step, what was seen, and the outage with its floor', () => {
    const text = shown(eventsOf([CUT, MEND], 'passed')).join('\n');
    expect(text).to.contain('▶ The walk-through');
    expect(text).to.contain('✔ Pull the cluster link of the holder');
    expect(text).to.contain('✔ resource vip is started, not on ha-host1');
    expect(text).to.contain('vip Started on ha-host2');
    expect(text).to.match(/Outage {4}8\.24s \(410 of 600 requests unanswered/);
    expect(text).to.contain('until corosync declares a silent node gone');
  });

  it('says what a step that failed expected and saw', () => {
    const text = shown(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')).join('\n');
    expect(text)
      .to.match(/✖ Pull the cluster link/)
      .and.match(/expected/);
  });

  it('says of a set-up that it was done, and no more', () => {
    const events = eventsOf([CUT, MEND], 'passed').map((event) =>
      event.kind === 'scenario-started' ? { ...event, asGiven: true } : event,
    );
    const lines = shown(events);
    expect(lines.filter((line) => line.includes('The walk-through'))).to.have.length(1);
    expect(lines.join('\n'))
      .to.match(/✔ The walk-through \(set-up\)/)
      .and.not.match(/Pull the cluster link/);
  });

  it('says that a client got every answer', () => {
    const [probe] = CUT.probes ?? [];
    if (probe === undefined) throw new Error('the sample has a probe');
    const quiet = { ...CUT, probes: [{ ...probe, answered: probe.sent, windows: [] }] };
    expect(shown(eventsOf([quiet, MEND], 'passed')).join('\n')).to.contain('cut: the client got every answer');
  });
});

describe('the last line of a terminal', () => {
  it('is written anew until a line stays, and is no wider than the terminal', () => {
    const written: string[] = [];
    const stage = createStage(
      (text) => written.push(text),
      () => 10,
    );
    stage.pass('a long line that passes');
    stage.pass('next');
    stage.print(['stays']);
    stage.print(['too']);
    expect(written).to.deep.equal(['a long l…', '\r\u001b[2Knext', '\r\u001b[2Kstays\n', 'too\n']);
  });
});
