import { expect } from 'chai';
import type { RunEvent, StampedEvent } from '../../../src/model/event.js';
import { renderClosing } from '../../../src/report/closing.js';
import {
  displayWidth,
  formatDuration,
  formatElapsed,
  oneLine,
  truncateDisplay,
  wrapDisplay,
} from '../../../src/report/format.js';
import { createPlainReporter, timePrefix } from '../../../src/report/plain.js';
import { foldRun } from '../../../src/report/summary.js';
import { CUT, eventsOf, FAILED_CUT, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

const OPTIONS = { folder: 'reports/latest', language: 'en', color: false, width: 80 } as const;

describe('renderClosing', () => {
  it('tells verdict, steps, move, outage with its floor, and the folder', () => {
    const text = renderClosing(foldRun(eventsOf([CUT, MEND], 'passed')), OPTIONS);
    expect(text).to.contain('PASSED  lab linuxha (demo) · embedded, debian-12 · 1m02s');
    expect(text).to.match(/✔ Pull the cluster link of the holder +8\.42s/);
    expect(text).to.match(/ha-host1 {2}\[ ● vip {2}\] {6}\[ ╳ +\]/);
    expect(text).to.match(/ha-host2 {2}\[ +\] ──▶ {2}\[ ● vip {2}\]/);
    expect(text).to.contain('8.24s (410 of 600 requests unanswered, one every 20ms)');
    expect(text).to.contain('token 3.65s + consensus 4.38s = 8.03s');
    expect(text).to.contain('210ms on top');
    expect(text).to.match(/Report +reports\/latest/);
  });

  it('says of a failed check what was expected, seen, and what to try', () => {
    const text = renderClosing(foldRun(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')), OPTIONS);
    expect(text).to.match(/^ {2}FAILED/m);
    expect(text).to.match(/expected +resource vip is started, not on ha-host1/);
    expect(text).to.match(/seen +vip Stopped/);
    expect(text).to.match(/hint +Look for a ban/);
    expect(text).to.match(/reason +an earlier step failed/);
    expect(text).to.match(/Faults +link-down ha-host1: in force, not healed/);
  });

  it('tells once why a stage failed, however often that is said', () => {
    const error = 'ha-host1 did not boot: no init in its image';
    const events: RunEvent[] = [
      ...eventsOf([], 'unknown').slice(0, 1),
      { kind: 'stage-started', stage: 'up', title: 'bring the lab linuxha up' },
      { kind: 'stage-finished', stage: 'up', durationMs: 1_000, error },
      { kind: 'run-finished', verdict: 'unknown', durationMs: 2_000, reason: error },
    ];
    const text = renderClosing(foldRun(events), OPTIONS);
    expect(text.split('no init in its image')).to.have.length(2);
    expect(text).to.match(/✖ bring the lab linuxha up +1\.00s\n +reason +ha-host1 did not boot: no init in its image/);
  });

  it('lets no control character of a lab reach the terminal', () => {
    const text = renderClosing(foldRun(eventsOf([FAILED_CUT], 'failed')), OPTIONS);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(text).to.not.match(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('aligns durations in Chinese too', () => {
    const lines = renderClosing(foldRun(eventsOf([CUT, MEND], 'passed')), { ...OPTIONS, language: 'zh' }).split('\n');
    const widths = lines.filter((line) => /✔.*s$/.test(line)).map(displayWidth);
    expect(widths).to.deep.equal([80, 80, 80]);
  });

  it('colours only where asked', () => {
    const summary = foldRun(eventsOf([CUT], 'passed'));
    expect(renderClosing(summary, { ...OPTIONS, color: true })).to.contain('\u001b[32m');
    expect(renderClosing(summary, OPTIONS)).to.not.contain('\u001b');
  });

  it('fits a screen for a walk-through of thirteen steps', () => {
    const steps = Array.from({ length: 12 }, (_, index) => ({ ...MEND, step: `step-${index}` }));
    const lines = renderClosing(foldRun(eventsOf([...steps, CUT], 'passed')), OPTIONS).split('\n');
    expect(lines.length).to.be.at.most(32);
  });
});

describe('the plain reporter', () => {
  const linesOf = (events: readonly StampedEvent[]) => {
    const lines: string[] = [];
    const reporter = createPlainReporter((text) => lines.push(text), 'en');
    for (const event of events) reporter.on(event);
    return lines;
  };

  it('writes a stamped line as the event comes', () => {
    const finished = stamped([{ kind: 'step-finished', result: CUT }]).map((event) => ({ ...event, ms: 12_340 }));
    expect(linesOf(finished)).to.deep.equal([
      '[  12.3s] ✔ walkthrough / cut  8.42s  outage 8.24s  vip Started on ha-host2\n',
    ]);
  });

  it('says what a failed step expected and saw', () => {
    const text = linesOf(stamped([{ kind: 'step-finished', result: FAILED_CUT }])).join('');
    expect(text).to.contain('✖ walkthrough / cut  8.42s  outage 8.24s  vip did not start elsewhere within 18.0s');
    expect(text).to.contain('expected: resource vip is started, not on ha-host1');
    expect(text).to.contain('seen: vip Stopped');
  });

  it('keeps each line one line and silent about what only machines want', () => {
    const lines = linesOf(stamped(eventsOf([FAILED_CUT, MEND], 'failed')));
    for (const line of lines) expect(oneLine(line.slice(0, -1))).to.equal(line.slice(0, -1).replace(/ +/g, ' '));
    expect(lines.join('')).to.not.contain('out <script>');
  });
});

describe('times and widths for people', () => {
  it('picks the unit', () => {
    expect([0, 850, 8420, 59_994, 59_995, 65_000, 3_599_600].map(formatDuration)).to.deep.equal([
      '0ms',
      '850ms',
      '8.42s',
      '59.99s',
      '1m00s',
      '1m05s',
      '60m00s',
    ]);
    expect(formatElapsed(8440)).to.equal('8.4s');
    expect(timePrefix(1_234_560)).to.equal('[1234.6s]');
  });

  it('counts two columns for a Chinese character and cuts between characters', () => {
    expect(displayWidth('网口 eth1')).to.equal(9);
    expect(truncateDisplay('网口网口', 6)).to.equal('网口…');
    expect(truncateDisplay('short', 5)).to.equal('short');
  });

  it('wraps at blanks and between Chinese characters, with no punctuation at the beginning of a line', () => {
    expect(wrapDisplay('vip is active on ha-host1 and ha-host2', 16)).to.deep.equal([
      'vip is active on',
      'ha-host1 and',
      'ha-host2',
    ]);
    expect(wrapDisplay('字,标点不应在行首。网口 eth1', 12)).to.deep.equal(['字,标点不应', '在行首。网口', 'eth1']);
    expect(wrapDisplay('被断开的节点。「引用」', 12)).to.deep.equal(['被断开的节', '点。「引用」']);
    expect(wrapDisplay('evidence/audits/walkthrough/cut.json ok', 12)).to.deep.equal([
      'evidence/audits/walkthrough/cut.json',
      'ok',
    ]);
    expect(wrapDisplay('', 12)).to.deep.equal(['']);
  });

  it('strips escape sequences', () => {
    expect(oneLine('\u001b[31mred\u001b[0m\r\n next\u0007')).to.equal('red next');
  });
});
