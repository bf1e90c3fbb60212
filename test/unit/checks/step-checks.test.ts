import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { CHECKS } from '../../../src/checks/index.js';
import { LabError } from '../../../src/model/errors.js';
import type { AnsweredBy, OutageWindow, ProbeResult, WritesResult } from '../../../src/model/event.js';
import { contextOf, describeExpectation, judge, MAJORITY, named, verdictOf } from './fake-context.js';
import { afterCut, cutOff, says, silent, state } from './states.js';

function lost(durationMs: number, ended = true): OutageWindow {
  return { fromMs: 1_000, toMs: 1_000 + durationMs, durationMs, ended };
}

function probe(windows: readonly OutageWindow[], change: Partial<ProbeResult> = {}): ProbeResult {
  const about = { probe: 'vip', kind: 'ping', target: '192.168.56.24' } as const;
  return { ...about, sent: 500, answered: 100, everyMs: 20, largestGapMs: 5, windows, ...change };
}

describe('check outage', () => {
  const below = { source: 'token + 5s', terms: [] };
  const outage: KnownExpectation = { kind: 'outage', probe: 'vip', below };
  const ms = 9_000;

  it('judges the longest window', async () => {
    expect(await judge(outage, { ms, probe: probe([lost(60), lost(8_100), lost(200)]) })).to.deep.equal({
      verdict: 'passed',
      seen: 'outage of 8100 ms, allowed are 9000 ms',
    });
    expect(await verdictOf(outage, { ms, probe: probe([lost(9_000), lost(10)]) })).to.equal('failed');
    expect(await judge(outage, { ms, probe: probe([]) })).to.deep.equal({ verdict: 'passed', seen: 'no outage seen' });
  });

  it('fails while the outage goes on, however short it is', async () => {
    expect(await judge(outage, { ms, probe: probe([lost(100, false)]) })).to.deep.equal({
      verdict: 'failed',
      seen: 'still out after 100 ms',
    });
    expect(await verdictOf(outage, { ms, probe: probe([], { answered: 0 }) })).to.equal('failed');
  });

  it('stands by no number that the probe was held up for, and judges by what the bounds leave no doubt of', async () => {
    const bounded = (atLeastMs: number, atMostMs: number) => ({ ...lost(8_900), atLeastMs, atMostMs });
    const of = (window: OutageWindow) => judge(outage, { ms, probe: probe([window], { largestGapMs: 150 }) });
    expect((await of(bounded(8_880, 8_920))).verdict).to.equal('passed');
    expect(await of(bounded(8_870, 8_940))).to.deep.equal({
      verdict: 'passed',
      seen: 'outage of 8900 ms ± 40 ms, allowed are 9000 ms',
    });
    expect((await of(bounded(8_740, 8_999))).verdict).to.equal('passed');
    expect((await of(bounded(9_000, 9_200))).verdict).to.equal('failed');
    const doubtful = await of(bounded(8_850, 9_050));
    expect(doubtful.verdict).to.equal('unknown');
    expect(doubtful.seen).to.match(/unknown length, between 8850 ms and 9050 ms.* held up for 150 ms/);
    expect(doubtful.seen).to.not.contain('8900');
  });

  it('is unknown where an outage could have come and gone while the probe was held up', async () => {
    const held = (largestGapMs: number) => verdictOf(outage, { ms, probe: probe([], { largestGapMs }) });
    expect(await held(8_900)).to.equal('passed');
    expect(await held(9_000)).to.equal('unknown');
  });

  it('judges one phase by the journals, as far as the clocks can be trusted', async () => {
    const detect = { ...outage, phase: 'detect' } as KnownExpectation;
    const measured = (durationMs: number, uncertainMs: number): ProbeResult =>
      probe([lost(8_100)], {
        breakdown: {
          beganMs: 0,
          phases: [{ phase: 'detect', atMs: durationMs, durationMs, uncertainMs, node: 'ha-host2', source: 'a line' }],
          missing: [],
          unread: [],
          clocks: [],
        },
      });
    const of = (durationMs: number, uncertainMs: number) =>
      verdictOf(detect, { ms, probe: measured(durationMs, uncertainMs) });
    expect(await of(8_900, 10)).to.equal('passed');
    expect(await of(8_995, 10)).to.equal('unknown');
    expect(await of(9_010, 10)).to.equal('failed');
    expect(await verdictOf(detect, { ms, probe: probe([lost(8_100)]) })).to.equal('unknown');
  });

  it('is unknown where the probe has sent nothing, or never ran', async () => {
    expect(await verdictOf(outage, { ms, probe: probe([], { sent: 0, answered: 0 }) })).to.equal('unknown');
    expect(await verdictOf(outage, { ms })).to.equal('unknown');
  });
});

describe('check writes', () => {
  const writes: KnownExpectation = { kind: 'writes', probe: 'log', lost: 0, doubled: 0 };
  const of = (result: Partial<WritesResult>) =>
    judge(writes, {
      probe: probe([], { writes: { acknowledged: 300, lost: [], doubled: [], unacknowledged: 2, ...result } }),
    });

  it('passes where everything that was acknowledged is there once', async () => {
    expect(await of({})).to.deep.equal({
      verdict: 'passed',
      seen: '300 acknowledged: none lost, none doubled; 2 kept without an answer',
    });
  });

  it('fails by what is lost and what is doubled, and names some of it', async () => {
    const lostSome = await of({ lost: [3, 4, 5, 6, 7, 8] });
    expect(lostSome.verdict).to.equal('failed');
    expect(lostSome.seen).to.contain('6 (3, 4, 5, 6, 7, …) lost');
    expect((await of({ doubled: [9] })).verdict).to.equal('failed');
  });

  it('is unknown where nothing was read back, nothing acknowledged, or no writer has run', async () => {
    expect((await of({ problem: 'http 503' })).verdict).to.equal('unknown');
    expect((await of({ acknowledged: 0 })).verdict).to.equal('unknown');
    expect(await verdictOf(writes, { probe: probe([]) })).to.equal('unknown');
    expect(await verdictOf(writes, {})).to.equal('unknown');
  });
});

describe('check answered-by', () => {
  const by: KnownExpectation = { kind: 'answered-by', probe: 'web', node: named('ha-host2') };
  const stretch = (who: string, answers: number): AnsweredBy => ({ who, fromMs: 0, toMs: 1, answers });

  it('judges who answered last', async () => {
    const moved = probe([], { answeredBy: [stretch('ha-host1', 20), stretch('ha-host2', 9)] });
    expect(await judge(by, { probe: moved })).to.deep.equal({
      verdict: 'passed',
      seen: 'answered by ha-host1 (20), then ha-host2 (9)',
    });
    expect(await verdictOf(by, { probe: probe([], { answeredBy: [stretch('ha-host1', 20)] }) })).to.equal('failed');
  });

  it('is unknown where nobody told, or no probe has run', async () => {
    expect(await verdictOf(by, { probe: probe([]) })).to.equal('unknown');
    expect(await verdictOf(by, {})).to.equal('unknown');
  });
});

describe('checks of the command', () => {
  const fails: KnownExpectation = { kind: 'exit', exit: 'nonzero' };
  const output: KnownExpectation = {
    kind: 'output',
    contains: ["invalid resource option 'ipp'"],
    matches: '^Error: .*allowed',
    lacks: ['Traceback'],
  };
  const stderr = "Error: invalid resource option 'ipp', allowed options are: 'arp_bg', 'ip', 'nic'\n";

  it('compare the exit code', async () => {
    expect(await verdictOf({ kind: 'exit', exit: 0 }, { command: {} })).to.equal('passed');
    expect(await judge({ kind: 'exit', exit: 0 }, { command: { exitCode: 1, stderr: 'Error: no\n' } })).to.deep.equal({
      verdict: 'failed',
      seen: 'exit code 1 on ha-host1: Error: no',
    });
    expect(await verdictOf(fails, { command: { exitCode: 1 } })).to.equal('passed');
    expect(await verdictOf(fails, { command: {} })).to.equal('failed');
    expect(await verdictOf(fails, {})).to.equal('unknown');
  });

  it('have to hold on every node, and name the one on which they do not', async () => {
    const commands = [{ stdout: 'mounted' }, { exitCode: 3, stderr: 'not there' }, { stdout: 'mounted' }];
    expect(await judge({ kind: 'exit', exit: 0 }, { commands })).to.deep.equal({
      verdict: 'failed',
      seen: 'exit code 3 on ha-host2: not there',
    });
    expect(await verdictOf(fails, { commands })).to.equal('failed');
    expect(await judge({ kind: 'output', contains: ['mounted'] }, { commands })).to.deep.equal({
      verdict: 'failed',
      seen: 'the output of ha-host2 lacks "mounted": not there',
    });
    expect(await judge({ kind: 'output', contains: ['o'] }, { commands: commands.slice(0, 2) })).to.deep.equal({
      verdict: 'passed',
      seen: 'output of ha-host1 is as expected; output of ha-host2 is as expected',
    });
  });

  it('read both streams', async () => {
    expect(await verdictOf(output, { command: { exitCode: 1, stdout: 'started', stderr } })).to.equal('passed');
    const { verdict, seen } = await judge(output, { command: { stdout: 'Traceback\n' } });
    expect(verdict).to.equal('failed');
    expect(seen)
      .to.contain('lacks "invalid resource option')
      .and.contain('does not match')
      .and.contain('contains "Traceback"');
    expect(await verdictOf(output, {})).to.equal('unknown');
  });
});

describe('check any-of', () => {
  const back: KnownExpectation = { kind: 'node', node: named('ha-host1'), is: 'online', seenFrom: MAJORITY };
  const out: KnownExpectation = { kind: 'node', node: named('ha-host1'), is: 'offline', seenFrom: MAJORITY };
  const done: KnownExpectation = { kind: 'exit', exit: 0 };
  const either: KnownExpectation = { kind: 'any-of', anyOf: [[back], [out, done]] };
  const readings = [says('ha-host2', afterCut)];

  it('passes where one list holds whole', async () => {
    expect(await judge(either, { readings, command: {} })).to.deep.equal({
      verdict: 'passed',
      seen: 'ha-host1 offline (according to ha-host2) and exit code 0 on ha-host1',
    });
    expect(await verdictOf(either, { readings: [says('ha-host2', state())] })).to.equal('passed');
  });

  it('fails where each list has something wrong', async () => {
    const { verdict, seen } = await judge(either, { readings, command: { exitCode: 1 } });
    expect(verdict).to.equal('failed');
    expect(seen).to.contain('; or ');
  });

  it('is unknown where a list may hold', async () => {
    expect(await verdictOf(either, { readings })).to.equal('unknown');
    expect(await verdictOf(either, { readings: [silent('ha-host2')], command: {} })).to.equal('unknown');
  });

  it('takes an outcome that cannot be looked at for unknown, and goes on to the others', async () => {
    const context = {
      ...contextOf({ readings, command: {} }),
      resolve: async () => Promise.reject(new LabError('role-unresolved', 'nobody holds vip')),
    };
    const observation = await CHECKS['any-of'].observe({ kind: 'any-of', anyOf: [[back], [done]] }, context);
    expect(CHECKS['any-of'].judge({ kind: 'any-of', anyOf: [[back], [done]] }, observation).verdict).to.equal('passed');
    expect(CHECKS['any-of'].judge({ kind: 'any-of', anyOf: [[back]] }, observation)).to.deep.equal({
      verdict: 'unknown',
      seen: 'nobody holds vip',
    });
  });

  it('is described by its parts', () => {
    expect(describeExpectation(either)).to.equal(
      '(ha-host1 is online) or (ha-host1 is offline and the command ends with exit code 0)',
    );
  });
});

describe('check not', () => {
  const not = (inner: KnownExpectation): KnownExpectation => ({ kind: 'not', not: inner });
  const out: KnownExpectation = { kind: 'node', node: named('ha-host1'), is: 'offline', seenFrom: MAJORITY };
  const started: KnownExpectation = { kind: 'resource', resource: 'vip', is: 'started', seenFrom: MAJORITY };

  it('passes where the contrary is seen, and fails where it holds', async () => {
    expect(await judge(not(out), { readings: [says('ha-host2', state())] })).to.deep.equal({
      verdict: 'passed',
      seen: 'ha-host1 online (according to ha-host2)',
    });
    expect(await judge(not(out), { readings: [says('ha-host2', afterCut)] })).to.deep.equal({
      verdict: 'failed',
      seen: 'ha-host1 offline (according to ha-host2)',
    });
    expect(await verdictOf(not({ kind: 'exit', exit: 1 }), { command: {} })).to.equal('passed');
  });

  it('takes nothing that is not known for no', async () => {
    expect(await verdictOf(not(out), { readings: [silent('ha-host2')] })).to.equal('unknown');
    for (const [why, readings] of [
      ['no quorum', [says('ha-host1', cutOff)]],
      ['two views', [says('ha-host2', afterCut), says('ha-host3', state())]],
    ] as const) {
      expect(await verdictOf(not(out), { readings }), why).to.equal('failed');
      expect(await verdictOf(not(not(out)), { readings }), why).to.equal('failed');
      expect(await verdictOf(not({ kind: 'any-of', anyOf: [[out], [out]] }), { readings }), why).to.equal('failed');
    }
    const unknown = { ...started, resource: 'vpi' };
    expect((await judge(not(unknown), { readings: [says('ha-host2', state())] })).seen).to.contain('did you mean vip?');
    expect(await verdictOf(not(unknown), { readings: [says('ha-host2', state())] })).to.equal('failed');
    const present: KnownExpectation = { ...unknown, is: 'present' };
    expect(await verdictOf(not(present), { readings: [says('ha-host2', state())] })).to.equal('passed');
  });

  it('takes nodes that name different DCs for nodes that do not agree', async () => {
    const agreed: KnownExpectation = { kind: 'dc', dc: 'agreed', seenFrom: MAJORITY };
    const other = state({ dc: { name: 'ha-host2' } });
    const readings = [says('ha-host2', other), says('ha-host3', state())];
    expect(await verdictOf(not(agreed), { readings })).to.equal('passed');
  });

  it('is described by what it denies', () => {
    expect(describeExpectation(not(out))).to.equal('it is not so that ha-host1 is offline');
  });

  it('is described, for a time, as what must never be or as what must be throughout', () => {
    const during = { source: '10s', terms: [{ kind: 'ms' as const, ms: 10_000 }] };
    const never = (inner: KnownExpectation): KnownExpectation => ({ kind: 'never', never: inner, for: during });
    expect(describeExpectation(never(out))).to.equal('never within 10s: ha-host1 is offline');
    expect(describeExpectation(never(not(out)))).to.equal('throughout 10s: ha-host1 is offline');
  });
});

describe('the table of checks', () => {
  it('names each driver by its own kind, and knows which stand on pcs status', () => {
    for (const [kind, driver] of Object.entries(CHECKS)) expect(driver.kind).to.equal(kind);
    const standing = Object.values(CHECKS)
      .filter((driver) => driver.readsStatusText)
      .map((driver) => driver.kind);
    expect(standing).to.have.members([
      'node',
      'nodes',
      'resource',
      'quorum',
      'dc',
      'daemons',
      'warning',
      'together',
      'any-of',
      'not',
    ]);
  });
});
