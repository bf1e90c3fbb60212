import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { LabError } from '../../../src/model/errors.js';
import { describeExpectation, judge, named, type Scene, verdictOf } from './fake-context.js';
import { clone, group, node, primitive, says, silent, state } from './states.js';

/** Recorded of pacemaker 2.1.5 on Debian 12 by `journalctl -o short-unix`; the clock stands at 1000 s below. */
const STARTED = 'ha-host2 pacemaker-controld[60]:  notice: Result of start operation for vip on ha-host2: ok';
const QUIET = [
  'ha-host2 pacemaker-controld[60]:  notice: Requesting local execution of probe operation for vip on ha-host2',
  'ha-host2 pacemaker-controld[60]:  notice: Result of probe operation for vip on ha-host2: ok',
  'ha-host2 pacemaker-controld[60]:  notice: Result of monitor operation for vip on ha-host2: ok',
];

const gone = new LabError('node-unreachable', 'no answer in 15 s');
const untouched: KnownExpectation = { kind: 'untouched', of: 'vip' };

function journal(lines: readonly string[], firstS = 100): string {
  return `1000.190155436\n${firstS}.541998 ha-host2 systemd-journald[16]: Journal started\n--\n${lines.map((line) => `${line}\n`).join('')}`;
}

interface Journals {
  /** Of ha-host2; the other journals are quiet. */
  readonly lines?: readonly string[];
  readonly firstS?: number;
  readonly busy?: boolean;
  readonly silent?: readonly string[];
  readonly scene?: Scene;
}

/** The step began 30 s ago, at 970.19 by the nodes' clocks. */
function scene({ lines = [], firstS, busy = false, silent: lost = [], scene: more = {} }: Journals): Scene {
  return {
    readings: [says('ha-host2', state()), says('ha-host3', state())],
    sinceStepMs: 30_000,
    exec: (name, [program]) => {
      if (program === 'crm_resource') return busy ? { exitCode: 124, stderr: 'Timed out' } : {};
      if (lost.includes(name)) return gone;
      return { stdout: journal(name === 'ha-host2' ? lines : [], firstS) };
    },
    ...more,
  };
}

describe('check untouched', () => {
  it('passes where only monitors and probes have run, and what was done was done before', async () => {
    const read = { lines: [`970.18 ${STARTED}`, ...QUIET.map((line) => `980.1 ${line}`)] };
    expect(await judge(untouched, scene(read))).to.deep.equal({
      verdict: 'passed',
      seen: 'nothing in the journals of ha-host1, ha-host2, ha-host3',
    });
  });

  it('fails by one operation, on whatever node', async () => {
    expect(await judge(untouched, scene({ lines: [`970.2 ${STARTED}`] }))).to.deep.equal({
      verdict: 'failed',
      seen: 'start of vip on ha-host2: ok',
    });
    expect(
      await verdictOf(untouched, scene({ lines: [`970.2 ${STARTED}`], busy: true, silent: ['ha-host1'] })),
    ).to.equal('failed');
  });

  it('is about one node alone, if one is named', async () => {
    const read = { lines: [`970.2 ${STARTED}`] };
    const on = (name: string): KnownExpectation => ({ ...untouched, on: named(name) });
    expect(await verdictOf(on('ha-host2'), scene(read))).to.equal('failed');
    expect(await judge(on('ha-host1'), scene(read))).to.deep.equal({
      verdict: 'passed',
      seen: 'nothing in the journals of ha-host1',
    });
    expect(await verdictOf({ kind: 'not', not: on('ha-host2') }, scene(read))).to.equal('passed');
    expect(describeExpectation(on('ha-host2'))).to.contain('moved vip on ha-host2 since');
    const off = state({ nodes: [node('ha-host1', { online: false }), node('ha-host2')] });
    const lost = { silent: ['ha-host1'], scene: { readings: [says('ha-host2', off)] } };
    expect(await judge(on('ha-host1'), scene(lost))).to.deep.equal({
      verdict: 'unknown',
      seen: 'offline and not read: ha-host1',
    });
  });

  it('is about this resource alone, or about all', async () => {
    const read = { lines: [`980.1 ${STARTED.replace('for vip', 'for web')}`] };
    expect(await verdictOf(untouched, scene(read))).to.equal('passed');
    expect(await verdictOf({ ...untouched, of: 'all' }, scene(read))).to.equal('failed');
  });

  it('knows what is in a group or a clone', async () => {
    const resources = [
      group('services', [primitive('web', 'ha-host2')]),
      clone('db-clone', [primitive('db:0', 'ha-host2')]),
    ];
    const readings = [says('ha-host2', state({ resources }))];
    const web = scene({ lines: [`980 ${STARTED.replace('for vip', 'for web')}`], scene: { readings } });
    const db = scene({ lines: [`980 ${STARTED.replace('for vip', 'for db:0')}`], scene: { readings } });
    expect(await verdictOf({ ...untouched, of: 'services' }, web)).to.equal('failed');
    expect(await verdictOf({ ...untouched, of: 'db-clone' }, db)).to.equal('failed');
    expect(await verdictOf({ ...untouched, of: 'db-clone' }, web)).to.equal('passed');
  });

  it('is unknown while the cluster has operations pending', async () => {
    const { verdict, seen } = await judge(untouched, scene({ busy: true }));
    expect(verdict).to.equal('unknown');
    expect(seen).to.contain('crm_resource --wait on ha-host2: Timed out');
  });

  it('is unknown where a journal is missing or does not go back far enough', async () => {
    expect((await judge(untouched, scene({ silent: ['ha-host1'] }))).seen).to.equal('ha-host1: no answer in 15 s');
    expect((await judge(untouched, scene({ firstS: 980 }))).seen).to.contain('does not go back that far');
    expect(await verdictOf(untouched, scene({ scene: { exec: () => ({ stdout: '1000.1\n--\n' }) } }))).to.equal(
      'unknown',
    );
    expect(await verdictOf(untouched, scene({ scene: { exec: () => ({ stdout: '1000.1\n' }) } }))).to.equal('unknown');
  });

  it('does without a node that the majority has offline', async () => {
    const lost = state({ nodes: [node('ha-host1', { online: false }), node('ha-host2'), node('ha-host3')] });
    const read = { silent: ['ha-host1'], scene: { readings: [silent('ha-host1'), says('ha-host2', lost)] } };
    expect((await judge(untouched, scene(read))).seen).to.equal(
      'nothing in the journals of ha-host2, ha-host3; offline and not read: ha-host1',
    );
    const alone = { ...read, scene: { readings: [says('ha-host2', { ...lost, quorate: false })] } };
    expect(await verdictOf(untouched, scene(alone))).to.equal('unknown');
  });

  it('is unknown of a step that has not begun, and where nobody answers', async () => {
    const since: KnownExpectation = { ...untouched, since: 'cut' };
    const { sinceStepMs: _, ...early } = scene({});
    expect((await judge(since, early)).seen).to.equal('step cut has not been run');
    expect(await verdictOf(untouched, scene({ scene: { readings: [silent('ha-host1')] } }))).to.equal('unknown');
  });

  it('is described', () => {
    expect(describeExpectation({ ...untouched, of: 'all', since: 'cut' })).to.equal(
      'nothing has started, stopped or moved any resource since step cut began',
    );
  });
});
