import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { speakerOf } from '../../../src/messages/message.js';
import type { NightEvent } from '../../../src/nightly/events.js';
import { nightJunit } from '../../../src/nightly/junit.js';
import { nightPage } from '../../../src/nightly/night-page.js';
import { nightOverview } from '../../../src/nightly/overview.js';
import type { NightPageData } from '../../../src/nightly/page-data.js';
import { blockLines, eventLines } from '../../../src/nightly/progress.js';
import { foldNight } from '../../../src/nightly/state.js';
import { nightVerdict, summarize } from '../../../src/nightly/summary.js';
import { problemsBy } from '../../support/json-schemas.js';
import { cell } from './cells.js';
import { begun, finished, idOf, lost, night, STARTED, stamped } from './night-events.js';

const CELLS = ['a', 'b', 'c', 'd'].map((id) => cell(id));
const SKIPPED = cell('e', { skipped: 'it needs power', unit: '' });
const part = (state = night(), cells = CELLS, folder = '/nights/1') => ({ folder, cells, state });
const passed = (...ids: readonly string[]) => ids.flatMap((id) => [begun(id, 1), finished(id, 1, { [id]: 'passed' })]);
const states = (...parts: Parameters<typeof summarize>[0]) =>
  summarize(parts, 'whole').cells.map(({ scenario, state }) => `${scenario} ${state}`);
const END: NightEvent = { kind: 'night-ended' };

/** One cell of each kind. */
const MIXED = part(
  night(
    ...passed('a'),
    ...[begun('b', 1), finished('b', 1, { b: 'failed' }), begun('b', 2), finished('b', 2, { b: 'passed' })],
    ...[begun('c', 1), finished('c', 1, { c: 'failed' })],
    ...[begun('d', 1), lost('d', 1), begun('d', 2), lost('d', 2)],
    { kind: 'cells-left-out', cells: [idOf('f')], reason: 'the budget of 1h left no time for it' },
    END,
  ),
  [...CELLS, SKIPPED, cell('f'), cell('g')],
);

describe('what a night comes to', () => {
  it('is passed where every cell has passed, and says how long it took', () => {
    const summary = summarize([part(night(...passed('a', 'b', 'c', 'd'), END))], 'own');
    expect(summary).to.include({ verdict: 'passed', workMs: 40_000, durationMs: 9_000 });
    expect(summary.counts).to.include({ passed: 4, failed: 0 });
    expect(summary).to.not.have.property('reason');
    expect(problemsBy('night', JSON.parse(JSON.stringify(summary)))).to.deep.equal([]);
  });

  it('has a passed, flaky, failed, lost, skipped, left out and missing cell for what they are', () => {
    const summary = summarize([MIXED], 'own');
    expect(summary.cells.map(({ scenario, state, verdict }) => `${scenario} ${state} ${verdict}`)).to.deep.equal([
      'a passed passed',
      'b flaky passed',
      'c failed failed',
      'd lost unknown',
      'e skipped skipped',
      'f left-out unknown',
      'g missing unknown',
    ]);
    expect(summary).to.include({ verdict: 'failed', reason: `${idOf('c')}: c is failed` });
    expect(summary.counts).to.deep.equal({
      ...{ passed: 1, flaky: 1, failed: 1, unknown: 0, lost: 1, 'left-out': 1, missing: 1, skipped: 1 },
    });
    expect(problemsBy('night', JSON.parse(JSON.stringify(summary)))).to.deep.equal([]);
  });

  it('is unknown where a cell has no result, and names the machine and the last sign of life', () => {
    const summary = summarize([part(night(...passed('a', 'b', 'c'), begun('d', 1), lost('d', 1)))], 'own');
    expect(summary.verdict).to.equal('unknown');
    expect(summary.cells[3]).to.include({ state: 'lost', lastSign: 'left: 10:00 cut / power' });
    const open = summarize([part(night(...passed('a', 'b', 'c'), begun('d', 1)))], 'own');
    expect(open.cells[3]).to.include({ state: 'missing', reason: 'its end is not known' });
    expect(open.cells[3]?.lastSign).to.match(/^left: began at 2026-11-29T10:00:07/);
  });

  it('is no pass where all was skipped', () => {
    expect(nightVerdict(summarize([part(night(END), [SKIPPED])], 'own'))).to.equal('unknown');
    expect(nightVerdict({ verdict: 'passed' })).to.equal('passed');
  });

  it('does not count a stopped attempt as lost', () => {
    const summary = summarize([part(night(begun('a', 1), lost('a', 1, 'stopped')), [CELLS[0] ?? cell('a')])], 'own');
    expect(summary.cells[0]).to.include({ state: 'missing' });
    expect(summary.cells[0]?.attempts.map(({ outcome }) => outcome)).to.deep.equal(['stopped']);
  });
});

describe('parts that are merged', () => {
  const cells = CELLS.map((each, index) => ({ ...each, shard: index < 2 ? 1 : 2 }));
  const shard = (index: number, ...events: readonly NightEvent[]) =>
    foldNight(stamped([{ ...STARTED, night: `part-${index}`, shard: { index, of: 2 } } as NightEvent, ...events]));
  const one = part(shard(1, ...passed('a', 'b'), END), cells, '/nights/one');
  const two = part(shard(2, ...passed('c', 'd'), END), cells, '/nights/two');
  const whole = part(night(...passed('a', 'b', 'c', 'd'), END));

  it('equal the undivided night', () => {
    expect(states(one, two)).to.deep.equal(states(whole));
    expect(summarize([one, two], 'whole').counts).to.deep.equal(summarize([whole], 'whole').counts);
    expect(summarize([one, two], 'whole').verdict).to.equal('passed');
  });

  it('are each judged by their own cells', () => {
    expect(summarize([one], 'own')).to.include({ verdict: 'passed' });
    expect(summarize([one], 'own').cells).to.have.length(2);
  });

  it('miss what is not there, by name', () => {
    const summary = summarize([one], 'whole');
    expect(summary.verdict).to.equal('unknown');
    expect(states(one)).to.deep.equal(['a passed', 'b passed', 'c missing', 'd missing']);
    expect(summary.cells[2]?.reason).to.equal('part 2 of the plan is not here');
  });

  it('count a night that is given twice, or as an earlier copy, once', () => {
    const early = part(night(...passed('a', 'b')));
    expect(summarize([whole, whole, early], 'whole')).to.deep.equal(summarize([whole], 'whole'));
    expect(summarize([early, whole], 'whole').cells.every(({ attempts }) => attempts.length === 1)).to.equal(true);
  });

  it('take what a later night made of what had failed', () => {
    const bad = part(night(...passed('a', 'b', 'c'), begun('d', 1), finished('d', 1, { d: 'failed' }), END));
    const again = foldNight(
      stamped([{ ...STARTED, night: 'again', only: [idOf('d')] } as NightEvent, ...passed('d'), END]),
    );
    expect(states(bad, part(again, CELLS, '/nights/2'))).to.deep.equal(['a passed', 'b passed', 'c passed', 'd flaky']);
    expect(states(part(again, CELLS, '/nights/2'))).to.deep.equal(['d passed']);
  });

  it('come to a verdict even where there is nothing at all', () => {
    expect(summarize([], 'whole')).to.include({ verdict: 'skipped', durationMs: 0 });
    expect(nightVerdict(summarize([], 'whole'))).to.equal('unknown');
    expect(states(part(foldNight([])))).to.deep.equal(['a missing', 'b missing', 'c missing', 'd missing']);
  });
});

describe('the reports of a night', () => {
  const summary = summarize([MIXED], 'own');

  it('have a JUnit case for each cell, and counts that agree', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['testsuite', 'testcase'].includes(name),
    });
    const { testsuites } = parser.parse(nightJunit(summary, 'night & day'));
    expect(testsuites).to.include({
      '@_name': 'night & day',
      '@_tests': '7',
      '@_failures': '1',
      '@_errors': '3',
    });
    const [suite] = testsuites.testsuite;
    expect(suite['@_skipped']).to.equal('1');
    const kinds = suite.testcase.map((each: Record<string, unknown>) => {
      const kind = ['failure', 'error', 'skipped'].find((name) => name in each) ?? 'passed';
      return `${String(each['@_name'])} ${kind}`;
    });
    expect(kinds).to.deep.equal(['a passed', 'b passed', 'c failure', 'd error', 'e skipped', 'f error', 'g error']);
    expect(suite.properties.property).to.deep.include({ '@_name': 'b.state', '@_value': 'flaky' });
    expect(suite.testcase[3].error['@_message']).to.equal(
      'it ended without a result; last seen: left: 10:00 cut / power',
    );
  });

  it('say in an overview what a person has to look at, with the reasons', () => {
    const text = nightOverview(summary, { language: 'en', color: false, width: 100 });
    expect(text).to.include(
      '7 cells · 1 passed · 1 flaky · 1 failed · 1 lost · 1 left out · 1 missing · 1 skipped · 14.00s for 30.00s of work',
    );
    for (const line of [
      '✖ linuxha debian-12',
      `✖ ${idOf('c')}\n      c is failed\n      /nights/1/cells/${idOf('c')}/1/run`,
      `? ${idOf('d')}\n      it ended without a result\n      last seen: left: 10:00 cut / power`,
      `? ${idOf('f')}\n      the budget of 1h left no time for it`,
      `✔ ${idOf('b')}\n      b is failed`,
      `– ${idOf('e')}: it needs power`,
    ])
      expect(text).to.include(line);
    const chinese = nightOverview(summary, { language: 'zh', color: false, width: 100 });
    expect(chinese).to.include('1 个偶发失败').and.to.include('没有结果就结束了');
  });

  it('are a page with the same as data and as text, and nothing of it as markup', () => {
    const hostile = { ...summary, reason: '</script><b>' };
    const page = nightPage(hostile, { '/nights/1/run': 'run/report.html' }, 'zh', { script: 'go()', style: '' });
    const [, json = ''] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page) ?? [];
    const { night: carried, reports, translations } = JSON.parse(json) as NightPageData;
    expect(carried).to.deep.equal(hostile);
    expect(reports).to.deep.equal({ '/nights/1/run': 'run/report.html' });
    expect(translations.zh).to.include({ 'it ended without a result': '它没有结果就结束了' });
    expect(page).to.include('lang="zh"').and.to.include('1 个偶发失败').and.to.not.include('</script><b>');
  });

  it('show on a terminal what runs, where it is, and what waits', () => {
    const state = night(begun('a', 1), finished('a', 1, { a: 'failed' }), begun('b', 1));
    const sights = state.attempts.slice(1).map((attempt) => ({ attempt, forMs: 65_000, where: 'b / cut' }));
    const shown = { state, cells: CELLS, waiting: 2, why: 'another lab boots' };
    expect(blockLines(sights, shown, speakerOf('en'), 100)).to.deep.equal([
      '    1m05s  n-1          linuxha debian-12      b / cut',
      '  1 of 4 done · 1 failed · 2 units to go (another lab boots)',
    ]);
    for (const line of blockLines(sights, shown, speakerOf('en'), 20)) expect(line).to.have.length.below(20);
  });

  it('have lines for a log as things happen', () => {
    const events = stamped([STARTED, begun('b', 1), finished('b', 1, { b: 'failed' }), begun('d', 1), lost('d', 1)]);
    const say = speakerOf('en');
    const lines = events.flatMap((event, index) =>
      eventLines(event, foldNight(events.slice(0, index + 1)), CELLS, say),
    );
    expect(lines).to.deep.equal([
      '10:00:01  ▶ linuxha debian-12  b  (n-1)',
      '10:00:02  ✖ b  linuxha debian-12  10.00s  b is failed',
      '10:00:02    1 of 4 done · 1 failed',
      '10:00:03  ▶ linuxha debian-12  d  (n-1)',
      '10:00:04  ? linuxha debian-12  lost: it ended without a result; 10:00 cut / power',
      '10:00:04    1 of 4 done · 1 failed · 1 lost',
    ]);
  });
});
