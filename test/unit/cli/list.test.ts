import { expect } from 'chai';
import { argvOf } from '../../../src/cli/commands/connect.js';
import { clusterOf, troubleOf } from '../../../src/cli/commands/list.js';
import { listLines } from '../../../src/cli/commands/list-lines.js';
import { resetLines } from '../../../src/cli/commands/reset.js';
import { subjectOf } from '../../../src/cli/commands/run.js';
import { downLines, removeEach } from '../../../src/cli/commands/up-down.js';
import { upJson, upLines } from '../../../src/cli/commands/up-many.js';
import { withMeantCommand } from '../../../src/cli/errors.js';
import { viewsOf } from '../../../src/diagnosis/views.js';
import type { ClusterState, StatusReading } from '../../../src/model/cluster-state.js';
import { LabError } from '../../../src/model/errors.js';
import { inTurns } from '../../../src/model/in-turns.js';
import type { LabInstance } from '../../../src/model/lab.js';
import type { PlanEntry } from '../../../src/runner/plan.js';
import { problemsBy } from '../../support/json-schemas.js';
import { rejection } from '../../support/rejection.js';
import { testLab } from '../cluster/test-lab.js';
import { down, node, state } from '../diagnosis/states.js';

const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const reading = (name: string, of: ClusterState): StatusReading => ({ node: name, at: '', state: of });
const isDown = (name: string): StatusReading => ({
  node: name,
  at: '',
  problem: { kind: 'cluster-down', message: 'Error: cluster is not currently running on this node' },
});

describe('halab list', () => {
  const rest = {
    labs: ['linuxha', 'two-node'],
    scenarios: ['a', 'b'],
    sets: [{ name: 'ci', scenarios: 2 }],
    courses: [{ id: 'basics', exercises: ['a', 'b'] }],
    baselines: [],
  };
  const mine = {
    instance: 'mine',
    lab: 'linuxha',
    backend: 'embedded',
    image: 'debian-12',
    state: 'up',
    nodes: { up: 4, all: 4 },
    cluster: { state: 'stopped' },
    faults: [],
  } as const;
  const lines = (...running: Parameters<typeof listLines>[0]['running'][number][]) =>
    listLines({ running, ...rest }, NOW, 'en');

  it('names each lab with its file, and what there is to run', () => {
    expect(lines({ ...mine, nodes: { up: 3, all: 4 }, state: 'partial' })).to.deep.equal([
      'Labs on this machine:',
      '  mine  partial, 3 of 4 nodes run · no cluster runs · linuxha, embedded, debian-12',
      '',
      'Lab files (halab up LAB): linuxha, two-node',
      '2 scenarios (halab scenarios lists them)',
      '  halab run --set ci  2 scenarios',
      'course basics: 2 exercises',
    ]);
  });

  it('names the saved states that labs begin from', () => {
    const saved = { key: '3d310f7028f9', lab: 'linuxha', image: 'debian-12', setUps: ['a', 'b'], usedAt: '' };
    expect(listLines({ running: [], ...rest, baselines: [saved] }, NOW, 'en')[1]).to.equal(
      'saved state 3d310f7028f9: linuxha, debian-12, after a, b',
    );
  });

  it('says whose it is, since when, how the cluster stands, and below that what is out of the ordinary', () => {
    const cluster = { state: 'runs', dc: 'ha-host2', quorum: true, online: 2, nodes: 3, views: 2 } as const;
    const shown = lines(
      { ...mine, who: 'Anna', since: '2026-11-23T09:48:00.000Z', cluster },
      {
        ...{ ...mine, instance: 'mine-2', since: '2026-11-20T09:00:00.000Z' },
        cluster: { state: 'unknown' },
        busy: { pid: 47, doing: 'run interface-down' },
        faults: ['freeze on ha-host1'],
        trouble: { severity: 'problem', text: 'vip is stopped' },
      },
    );
    expect(shown.slice(1, 6)).to.deep.equal([
      '  mine    Anna · up · for 12 min · 2 of 3 online, quorum, DC ha-host2, 2 views that differ · linuxha, embedded, debian-12',
      '  mine-2  up · for 3 days · the cluster cannot be seen · linuxha, embedded, debian-12',
      '          … halab run interface-down is at work (process 47)',
      '          ! fault active: freeze on ha-host1',
      '          ✖ vip is stopped',
    ]);
  });

  it('says so where there is no lab', () => {
    expect(lines()[0]).to.equal('no lab on this machine; halab up brings one up');
  });
});

describe('the cluster of a lab at a glance', () => {
  const of = (...cluster: readonly StatusReading[]) => clusterOf({ cluster, ...viewsOf(cluster) });
  const troubleIn = (...cluster: readonly StatusReading[]) => troubleOf(viewsOf(cluster), 'en');

  it('is that of the part with quorum, and says that the nodes do not agree', () => {
    const alone = state({ quorate: false, dc: { name: 'a' }, nodes: [node('a'), down('b'), down('c')] });
    const others = state({ quorate: true, dc: { name: 'b' }, nodes: [down('a'), node('b'), node('c')] });
    expect(of(reading('a', alone), reading('b', others), reading('c', others))).to.deep.include({
      ...{ state: 'runs', dc: 'b', quorum: true, online: 2, nodes: 3, views: 2 },
    });
  });

  it('is one of several where each node is a cluster by itself, which is no disagreement', () => {
    const one = state({ dc: { name: 'node1' }, nodes: [node('node1')] });
    const cluster = of(reading('a', one), reading('b', one), reading('c', one));
    expect(cluster).to.include({ online: 1, nodes: 1, clusters: 3 }).and.not.have.property('views');
  });

  it('is stopped only where every node says so, and unknown where none answers', () => {
    expect(of(isDown('a'), isDown('b'))).to.deep.equal({ state: 'stopped' });
    const silent: StatusReading = { node: 'b', at: '', problem: { kind: 'unreachable', message: 'no answer' } };
    expect(of(isDown('a'), silent)).to.deep.equal({ state: 'unknown' });
    expect(of()).to.deep.equal({ state: 'unknown' });
  });

  it('has the first problem as its trouble, a warning where there is none, and nothing where all is well', () => {
    expect(troubleIn(reading('a', state()))).to.equal(undefined);
    expect(troubleIn(reading('a', state({ nodes: [node('a'), down('b'), node('c')] })))?.text).to.match(/\bb\b/);
    expect(troubleIn(reading('a', state({ quorate: false })))).to.include({ severity: 'problem' });
    expect(troubleIn(isDown('a'))).to.equal(undefined);
  });
});

describe('halab down --all', () => {
  it('goes on past a lab that somebody works on; a lab asked for by its name is refused', async () => {
    const calls: string[] = [];
    const remove = async (name: string) => {
      calls.push(name);
      if (name === 'b') throw new LabError('lab-busy', 'process 47 is at work on this lab (run a)');
    };
    const { gone, refused } = await removeEach(['a', 'b', 'c'], true, remove);
    expect(gone).to.deep.equal(['a', 'c']);
    expect(refused.map(({ name, error }) => [name, error.code])).to.deep.equal([['b', 'lab-busy']]);
    expect((await rejection(removeEach(['b'], false, remove))).code).to.equal('lab-busy');
  });

  it('names what it took down, and what somebody works on', () => {
    const busy = new LabError('lab-busy', 'process 47 is at work on this lab (run a)');
    expect(downLines(['a', 'b'], ['a'], [{ name: 'b', error: busy }])).to.deep.equal([
      'taken down: a',
      'NOT taken down: b: process 47 is at work on this lab (run a)',
    ]);
    expect(downLines([], [], [])).to.deep.equal(['there was nothing of any lab on this machine']);
  });
});

describe('halab up of several labs', () => {
  const instance = (name: string, who?: string): LabInstance => ({
    ...{ name, backend: 'embedded', lab: testLab },
    ...(who === undefined ? {} : { who }),
  });
  const status = { instance: 'a', backend: 'embedded', lab: 'linuxha', state: 'up', nodes: [] } as const;
  const failed = new LabError('boot-timeout', 'ha-host1 did not boot', { hint: 'look at its console' });
  const outcomes = [
    { instance: instance('a', 'Anna'), status: { ...status, nodes: [{ node: 'ha-host1', state: 'running' }] } },
    { instance: instance('b'), error: failed },
  ] as const;

  it('ends with what is up, and names what is not and why', () => {
    expect(upLines(outcomes, '9.1s').slice(0, 4)).to.deep.equal([
      'labs up: 1 of 2 (9.1s)',
      '  a  Anna  ha-host1',
      '  b  ✖ ha-host1 did not boot',
      '    → look at its console',
    ]);
    const json = { schema: 'halab.up/1', ...upJson(outcomes) };
    expect(problemsBy('up', JSON.parse(JSON.stringify(json)))).to.deep.equal([]);
    expect(json.failed).to.have.length(1);
  });

  it('goes on with the others where one fails, a few at a time and in their order', async () => {
    let running = 0;
    let most = 0;
    const results = await inTurns(
      [1, 2, 3, 4, 5],
      async (each) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return each * 2;
      },
      2,
    );
    expect(results).to.deep.equal([2, 4, 6, 8, 10]);
    expect(most).to.equal(2);
    const ended: number[] = [];
    const bug = await inTurns(
      [1, 2],
      async (each) => {
        if (each === 1) throw new Error('a bug');
        await new Promise((resolve) => setImmediate(resolve));
        ended.push(each);
      },
      2,
    ).catch((error: unknown) => error);
    expect(bug).to.be.instanceOf(Error);
    expect(ended).to.deep.equal([2]);
  });
});

describe('the folder of a run', () => {
  const plan = [{ scenario: { id: 'virtual-ip' }, asGiven: false }] as unknown as readonly PlanEntry[];

  it('is named after the scenario, and after the lab where that has a name of its own', () => {
    expect(subjectOf(plan, { name: testLab.name, lab: testLab })).to.equal('virtual-ip');
    expect(subjectOf(plan, { name: 'mine', lab: testLab })).to.equal('virtual-ip-on-mine');
  });
});

describe('a command that another tool has', () => {
  it('is answered with the one of halab', () => {
    const said = "error: unknown command 'start'\n(Did you mean status?)\n";
    expect(withMeantCommand(said)).to.equal("error: unknown command 'start'\n(Did you mean up?)\n");
    const other = "error: unknown command 'statsu'\n(Did you mean status?)\n";
    expect(withMeantCommand(other)).to.equal(other);
  });
});

describe('a command for a node', () => {
  it('is a line for the shell where it is one word, and reaches the command as it is where there are several', () => {
    expect(argvOf(['echo x | chpasswd'])).to.deep.equal(['bash', '-c', 'echo x | chpasswd']);
    expect(argvOf(['LANG=C'])).to.deep.equal(['bash', '-c', 'LANG=C']);
    expect(argvOf(['pcs', 'property', 'set', 'a=b c'])).to.deep.equal(['pcs', 'property', 'set', 'a=b c']);
    expect(argvOf([])).to.deep.equal([]);
  });
});

describe('halab reset', () => {
  it('says what each lab is like again, and which was not reset', () => {
    const done = [
      { instance: 'a', setUps: ['form-cluster', 'virtual-ip'], durationMs: 9_870 },
      { instance: 'b', setUps: [], durationMs: 4_000 },
    ];
    const busy = new LabError('lab-busy', 'another halab works on c');
    expect(resetLines(done, [{ name: 'c', error: busy }])).to.deep.equal([
      'a is as it was made, after form-cluster, virtual-ip (9.9s)',
      'b is as it was made, without a set-up (4.0s)',
      'NOT reset: c: another halab works on c',
    ]);
    expect(resetLines([], [])).to.deep.equal(['no lab on this machine; halab up brings one up']);
  });
});
