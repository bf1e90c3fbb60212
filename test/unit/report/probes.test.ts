import { expect } from 'chai';
import type { Breakdown } from '../../../src/model/breakdown.js';
import type { ProbeResult, StepResult } from '../../../src/model/event.js';
import { renderClosing } from '../../../src/report/closing.js';
import { renderJunit } from '../../../src/report/junit.js';
import { plainLinesOf } from '../../../src/report/plain.js';
import { foldRun } from '../../../src/report/summary.js';
import { runJsonOf } from '../../../src/report/summary-json.js';
import { problemsBy } from '../../support/json-schemas.js';
import { CUT, eventsOf, HOSTILE } from './sample-run.js';

const end = (phase: Breakdown['phases'][number]['phase'], atMs: number, durationMs: number, node?: string) => ({
  ...{ phase, atMs, durationMs, uncertainMs: 20, source: `line ${HOSTILE}` },
  ...(node === undefined ? {} : { node }),
});

const BREAKDOWN: Breakdown = {
  resource: 'vip',
  beganMs: 20_000,
  phases: [
    end('detect', 23_650, 3_650, 'ha-host2'),
    end('membership', 28_030, 4_380, 'ha-host2'),
    end('start', 28_240, 210, 'ha-host2'),
    end('answers', 28_240, 0),
  ],
  missing: [{ phase: 'fence', why: 'not-fenced' }],
  unread: ['ha-host3'],
  startReportedAfterMs: 40,
  clocks: [{ node: 'ha-host2', offsetMs: -1_250, uncertainMs: 6 }],
};

const [PING] = CUT.probes ?? [];
const BROKEN_DOWN = { ...PING, breakdown: BREAKDOWN } as ProbeResult;
const WRITER = {
  ...PING,
  ...{ probe: 'log', kind: 'writer', windows: [] },
  answeredBy: [
    { who: 'ha-host1', fromMs: 0, toMs: 20_000, answers: 90 },
    { who: 'ha-host2', fromMs: 28_240, toMs: 30_000, answers: 12 },
  ],
  writes: { acknowledged: 102, lost: [7, 8], doubled: [], unacknowledged: 1 },
} as ProbeResult;
const DOUBTFUL = {
  ...PING,
  windows: [{ fromMs: 20_000, toMs: 28_240, durationMs: 8_240, ended: true, atLeastMs: 8_100, atMostMs: 8_400 }],
} as ProbeResult;

const withProbes = (...probes: readonly ProbeResult[]): StepResult => ({ ...CUT, probes });
const fold = (...probes: readonly ProbeResult[]) => foldRun(eventsOf([withProbes(...probes)], 'passed'));
const closing = (language: 'en' | 'zh', ...probes: readonly ProbeResult[]) =>
  renderClosing(fold(...probes), { folder: 'reports/x', language, color: false, width: 100 });

describe('a broken-down outage', () => {
  it('is told in the closing text, with what is missing and how far the clocks are off', () => {
    const text = closing('en', BROKEN_DOWN);
    expect(text).to.contain('detect 3.65s → membership 4.38s → start 210ms → answers 0ms');
    expect(text).to.contain('fence: no node was fenced');
    expect(text).to.contain('journals that could not be read: ha-host3');
    expect(text).to.contain('the start of vip was reported 40ms after the first answer');
    expect(text).to.contain('the clock of ha-host2 is off by −1.25s (±6ms)');
  });

  it('is told in Chinese', () => {
    const text = closing('zh', BROKEN_DOWN, WRITER);
    expect(text).to.contain('检测 3.65s → 成员变更 4.38s → 启动 210ms → 恢复应答 0ms');
    expect(text).to.contain('隔离：没有节点被隔离');
    expect(text).to.contain('丢失 2 条');
  });

  it('is in summary.json, as the schema has it', () => {
    const json = JSON.parse(JSON.stringify(runJsonOf(fold(BROKEN_DOWN, WRITER), 'x')));
    expect(problemsBy('run', json)).to.deep.equal([]);
    expect(json.scenarios[0].steps[0].probes[0].breakdown.phases).to.have.length(4);
    expect(json.outage).to.include({ probe: 'cut', known: true });
  });

  it('is in properties of the JUnit suite, by step', () => {
    const xml = renderJunit(fold(BROKEN_DOWN, WRITER), 'en');
    expect(xml).to.contain('<property name="cut.outage.cut.ms" value="8240"/>');
    expect(xml).to.contain('<property name="cut.outage.cut.detect.ms" value="3650"/>');
    expect(xml).to.contain('<property name="cut.outage.log.writes.lost" value="2"/>');
  });

  it('is a line of the plain reporter', () => {
    const lines = plainLinesOf({ kind: 'step-finished', result: withProbes(BROKEN_DOWN, WRITER) }, 'en');
    expect(lines.join('\n')).to.match(/cut: detect 3\.65s[\s\S]*log: 102 acknowledged/);
  });
});

describe('a long outage that the probe was held up for, for a moment', () => {
  const HELD_UP = {
    ...PING,
    windows: [{ fromMs: 20_000, toMs: 28_240, durationMs: 8_240, ended: true, atLeastMs: 8_202, atMostMs: 8_278 }],
  } as ProbeResult;

  it('is reported with how far off it may be, and counts', () => {
    expect(closing('en', HELD_UP)).to.contain('8.24s ±38ms');
    expect(renderJunit(fold(HELD_UP), 'en')).to.contain('outage.cut.ms');
    expect(runJsonOf(fold(HELD_UP), 'x').outage).to.include({ known: true, durationMs: 8_240 });
  });
});

describe('an outage that the probe was held up for', () => {
  it('is unknown everywhere, with its bounds and without its number', () => {
    const told = 'unknown (between 8.10s and 8.40s: the probe itself was delayed)';
    expect(closing('en', DOUBTFUL)).to.contain(told);
    expect(closing('zh', DOUBTFUL)).to.contain('时长未知（介于 8.10秒 与 8.40秒 之间');
    expect(plainLinesOf({ kind: 'step-finished', result: withProbes(DOUBTFUL) }, 'en').join()).to.contain(told);
    expect(renderJunit(fold(DOUBTFUL), 'en')).to.not.contain('outage.cut.ms');
    expect(runJsonOf(fold(DOUBTFUL), 'x').outage).to.include({ known: false });
    expect(closing('en', DOUBTFUL)).to.not.contain('8.24s');
  });
});
