import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { LabError } from '../../../src/model/errors.js';
import { describeExpectation, judge, named, type Scene } from './fake-context.js';
import { group, primitive, says, state } from './states.js';

/** Journals of nodes whose clocks stand at 1000 s and, to be compared all the same, 5000 s on ha-host2. */
const CLOCK: Readonly<Record<string, number>> = { 'ha-host1': 1000, 'ha-host2': 5000, 'ha-host3': 1000 };

interface Entry {
  readonly node: string;
  readonly agoS: number;
  readonly line: string;
}

const ended = (node: string, agoS: number, operation: string, resource: string, result = 'ok'): Entry => ({
  node,
  agoS,
  line: `${node} pacemaker-controld[60]:  notice: Result of ${operation} operation for ${resource} on ${node}: ${result}`,
});

function scene(entries: readonly Entry[], lost: readonly string[] = []): Scene {
  return {
    readings: [
      says(
        'ha-host1',
        state({
          quorate: true,
          resources: [group('web', [primitive('db', 'ha-host1'), primitive('vip', 'ha-host1')])],
        }),
      ),
    ],
    sinceStepMs: 30_000,
    exec: (node) => {
      if (lost.includes(node)) return new LabError('node-unreachable', 'no answer in 15 s');
      const clock = CLOCK[node] ?? 1000;
      const lines = entries.filter((each) => each.node === node).map(({ agoS, line }) => `${clock - agoS} ${line}\n`);
      return { stdout: `${clock}.0\n100.5 ${node} systemd[1]: Started.\n--\n${lines.join('')}` };
    },
  };
}

describe('check in-order', () => {
  const order: KnownExpectation = { kind: 'in-order', inOrder: ['db', 'vip'], operation: 'start' };

  it('is told in words', () => {
    expect(describeExpectation(order)).to.equal('start of db, vip in this order since this step began');
    expect(describeExpectation({ ...order, inOrder: ['a', 'b', 'c'], operation: 'stop', since: 'cut' })).to.equal(
      'stop of a, b, c in this order since step cut began',
    );
  });

  it('goes by the first success of each, on whatever node, by the clock of each', async () => {
    const right = [
      ended('ha-host1', 20, 'start', 'vip', 'error'),
      ended('ha-host1', 12, 'start', 'db'),
      ended('ha-host2', 9, 'start', 'vip'),
      ended('ha-host1', 3, 'start', 'db'),
    ];
    expect(await judge(order, scene(right))).to.deep.equal({
      verdict: 'passed',
      seen: 'db on ha-host1 12.0 s ago, vip on ha-host2 9.0 s ago',
    });
    expect(await judge({ ...order, inOrder: ['vip', 'db'] }, scene(right))).to.deep.include({ verdict: 'failed' });
    expect(await judge({ ...order, inOrder: ['vip', 'web'] }, scene(right)), 'of a group its first').to.deep.include({
      verdict: 'failed',
    });
  });

  it('does not order what two nodes did at the same moment, and does what one did', async () => {
    const close = [ended('ha-host1', 9.2, 'start', 'db'), ended('ha-host2', 9, 'start', 'vip')];
    expect(await judge(order, scene(close))).to.deep.include({ verdict: 'unknown' });
    const one = [ended('ha-host1', 9.2, 'start', 'db'), ended('ha-host1', 9, 'start', 'vip')];
    expect(await judge(order, scene(one))).to.deep.include({ verdict: 'passed' });
  });

  it('fails while one is missing, and is unknown where a node that counts does not answer', async () => {
    const half = [ended('ha-host1', 9, 'start', 'db')];
    expect(await judge(order, scene(half))).to.deep.equal({
      verdict: 'failed',
      seen: 'vip has not started since this step began',
    });
    expect(await judge(order, scene(half, ['ha-host3']))).to.deep.include({ verdict: 'unknown' });
  });
});

describe('check restarted', () => {
  const restarted: KnownExpectation = { kind: 'restarted', restarted: 'vip' };

  it('wants a stop and then a start on one node', async () => {
    const again = [ended('ha-host2', 9, 'stop', 'vip'), ended('ha-host2', 8, 'start', 'vip')];
    expect(await judge(restarted, scene(again))).to.deep.equal({
      verdict: 'passed',
      seen: 'vip was stopped and started again on ha-host2',
    });
    const moved = [ended('ha-host1', 9, 'stop', 'vip'), ended('ha-host2', 8, 'start', 'vip')];
    expect(await judge(restarted, scene(moved))).to.deep.equal({
      verdict: 'failed',
      seen: 'stop of vip on ha-host1, start of vip on ha-host2',
    });
    expect(await judge({ ...restarted, restarted: 'web' }, scene(again))).to.deep.include({ verdict: 'passed' });
  });

  it('asks only the node that it names, and does not know what that does not say', async () => {
    const again = [ended('ha-host2', 9, 'stop', 'vip'), ended('ha-host2', 8, 'start', 'vip')];
    const on = { ...restarted, on: named('ha-host1') };
    expect(await judge(on, scene(again))).to.deep.equal({ verdict: 'failed', seen: 'nothing since this step began' });
    expect(await judge(on, scene(again, ['ha-host1']))).to.deep.include({ verdict: 'unknown' });
    expect(describeExpectation(on)).to.equal('vip has been restarted on ha-host1 since this step began');
  });
});

describe('check score', () => {
  /** As crm_simulate of 2.1.5 prints a group. */
  const PRINTED = `
Allocation Scores:
pcmk__group_assign: web allocation score on ha-host1: 0
pcmk__group_assign: vip allocation score on ha-host1: 0
pcmk__primitive_assign: vip allocation score on ha-host1: 200
pcmk__primitive_assign: vip allocation score on ha-host2: -INFINITY
pcmk__clone_assign: d:0 allocation score on ha-host1: 1
`;
  const score = (more: object): KnownExpectation =>
    ({ kind: 'score', resource: 'vip', on: named('ha-host1'), ...more }) as KnownExpectation;
  const printed: Scene = { readings: [says('ha-host1', state({ quorate: true }))], exec: () => ({ stdout: PRINTED }) };

  it('goes by the line that decides', async () => {
    expect(await judge(score({ is: 200 }), printed)).to.deep.equal({
      verdict: 'passed',
      seen: 'the score of vip on ha-host1 is 200 (according to ha-host1)',
    });
    expect(await judge(score({ is: 0 }), printed)).to.deep.include({ verdict: 'failed' });
    expect(await judge(score({ on: named('ha-host2'), is: -1_000_000 }), printed)).to.deep.include({
      verdict: 'passed',
    });
    expect(await judge(score({ atLeast: 100, atMost: 200 }), printed)).to.deep.include({ verdict: 'passed' });
    expect(await judge(score({ resource: 'd', is: 1 }), printed)).to.deep.include({ verdict: 'passed' });
  });

  it('fails where there is no such score, and is unknown where nobody tells', async () => {
    expect(await judge(score({ resource: 'no', is: 1 }), printed)).to.deep.equal({
      verdict: 'failed',
      seen: 'crm_simulate on ha-host1 has no score of no on ha-host1; there are scores of web, vip, d:0',
    });
    const broken: Scene = { ...printed, exec: () => ({ exitCode: 1, stderr: 'no CIB' }) };
    expect(await judge(score({ is: 1 }), broken)).to.deep.equal({
      verdict: 'unknown',
      seen: 'crm_simulate on ha-host1: no CIB',
    });
    expect(describeExpectation(score({ atLeast: 1 }))).to.equal('the score of vip on ha-host1 is 1 or more');
  });
});
