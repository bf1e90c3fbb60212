import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { hookScript, MARK, slurmConf } from '../../../../src/pools/slurm/conf.js';
import { memoryForLabs, unfitness, unfitnessOfHead } from '../../../../src/pools/slurm/fitness.js';
import { filesText } from '../../../../src/pools/slurm/install.js';
import { factsIn, type MachineFacts, missingIn } from '../../../../src/pools/slurm/machine-facts.js';
import { TOP } from '../../../support/halab.js';

const file = (name: string) => readFileSync(join(TOP, 'host-programs/pool', name), 'utf8');
const FACTS: MachineFacts = {
  ...{ hostname: 'm1', isRoot: true, cpus: 4, memoryMiB: 8_000, slurm: '22.05.8', controller: '22.05.8' },
  ...{ munge: '0.5.15', rsync: '3.2.7', halab: '0.1.0', conf: '', aheadMs: -20, missing: [] },
};
const finding = (id: string, ok: boolean, weight = 'required') => ({ id, ok, weight, text: `${id} is wrong` });

describe('what a machine says of itself', () => {
  const line = (text: string, atMs = 1_000_000) => ({ text, atMs });
  const lines = [
    ...[line('clock=1003.500000000'), line('clock=1003.700000000', 1_000_150), line('hostname=m1'), line('uid=0')],
    ...[line('cpus=4'), line('memory=8000'), line('slurm=22.05.8'), line('munge=munge-0.5.15'), line('conf=')],
    line(`doctor=${JSON.stringify({ findings: [finding('disk', false), finding('inotify', false)] })}`),
  ];

  it('is read line by line; of the clocks that one counts which came soonest', () => {
    expect(factsIn(lines)).to.deep.equal({
      ...{ ...FACTS, controller: '', rsync: '', halab: '', aheadMs: 3_550, missing: ['disk: disk is wrong'] },
    });
    expect(factsIn([line('This account is closed.')])).to.equal(undefined);
  });

  it('is what the script really says', () => {
    const { stdout } = spawnSync('sh', ['-c', file('facts.sh'), 'facts', 'echo', '0.1.0'], { encoding: 'utf8' });
    const facts = factsIn(stdout.split('\n').map((text) => ({ text, atMs: Date.now() })));
    expect(facts).to.include({ halab: '0.1.0 --version', isRoot: process.getuid?.() === 0 });
    expect(facts?.cpus).to.be.above(0);
    expect(facts?.memoryMiB).to.be.above(100);
    expect(facts?.aheadMs).to.be.within(-60_000, 1);
    expect(facts?.missing).to.equal(undefined);
  });

  it('is not missing what is only advice, or what other labs use up for now', () => {
    const findings = [finding('disk', true), finding('memory', false, 'advice'), finding('inotify', false)];
    expect(missingIn({ findings })).to.deep.equal([]);
    expect(missingIn({ findings: [...findings, finding('root', false)] })).to.deep.equal(['root: root is wrong']);
    expect(missingIn('no answer')).to.equal(undefined);
  });
});

describe('a machine of a pool', () => {
  it('is fit with the same versions, a clock within a second and a doctor that finds nothing', () => {
    expect(unfitness(FACTS, FACTS)).to.deep.equal([]);
    expect(unfitness({ ...FACTS, conf: MARK, aheadMs: 999 }, FACTS)).to.deep.equal([]);
    expect(unfitnessOfHead(FACTS)).to.deep.equal([]);
  });

  it('is not for each of these reasons, which are all named', () => {
    const reasons = (more: Partial<MachineFacts>) => unfitness({ ...FACTS, ...more }, FACTS).join('; ');
    expect(reasons({ aheadMs: 1_000 })).to.include('its clock is 1.0 s ahead of this one');
    expect(reasons({ aheadMs: -4_200 })).to.include('its clock is 4.2 s behind this one');
    expect(reasons({ isRoot: false })).to.include('root');
    expect(reasons({ slurm: '', munge: '', rsync: '' })).to.equal('not installed: apt-get install slurmd munge rsync');
    expect(reasons({ slurm: '24.11.1' })).to.equal('it has Slurm 24.11.1, this machine has 22.05.8');
    expect(reasons({ halab: '0.0.9' })).to.equal('it has halab 0.0.9, this machine has 0.1.0');
    expect(reasons({ halab: '', missing: undefined })).to.include('does not run there');
    expect(reasons({ missing: undefined })).to.equal('halab doctor gives no answer there');
    expect(reasons({ missing: ['disk: 3 MiB free'] })).to.equal('disk: 3 MiB free');
    expect(reasons({ conf: 'ClusterName=uni' })).to.include('another Slurm cluster');
    expect(unfitness({ ...FACTS, aheadMs: 5_000, isRoot: false, conf: '#' }, FACTS)).to.have.length(3);
  });

  it('cannot lead one without its daemons, or with a configuration of somebody else', () => {
    const reasons = (more: Partial<MachineFacts>) => unfitnessOfHead({ ...FACTS, ...more }).length;
    expect([{ controller: '' }, { munge: '' }, { isRoot: false }, { conf: '# ours' }].map(reasons)).to.deep.equal([
      ...[1, 1, 1, 1],
    ]);
  });

  it('keeps a tenth of its memory for itself, and at least 512 MiB', () => {
    expect([24_000, 2_000].map(memoryForLabs)).to.deep.equal([21_600, 1_488]);
  });
});

describe('slurm.conf', () => {
  const machine = (name: string, cpus: number) => ({
    ...{ name, hostname: `host-${name}`, address: `10.0.0.${cpus}`, cpus, memoryMiB: 4_000 },
  });
  const conf = slurmConf(file('slurm.conf'), { hostname: 'head', address: '10.0.0.1' }, [
    machine('m1', 2),
    machine('m2', 8),
  ]);

  it('begins with the mark by which it is known again, and has no place left open', () => {
    expect(conf.split('\n')[0]).to.equal(MARK);
    expect(conf).to.not.match(/@|undefined/);
    expect(conf).to.match(/^SlurmctldHost=head\(10\.0\.0\.1\)$/m);
    expect(conf).to.match(/^NodeName=m2 NodeHostname=host-m2 NodeAddr=10\.0\.0\.8 CPUs=8 RealMemory=4000$/m);
    expect(conf.match(/Nodes=m1,m2 /g)).to.have.length(2);
  });

  it('drains a machine that does not pass the doctor, and does a lost job again', () => {
    for (const line of ['JobRequeue=1', 'Prolog=/etc/slurm/halab-prolog', 'SchedulerParameters=nohold_on_prolog_fail'])
      expect(conf).to.match(new RegExp(`^${line}$`, 'm'));
    expect(hookScript('/opt/halab', 'epilog')).to.match(
      /^#!\/bin\/sh\n[\s\S]*PATH=[\s\S]*\nexec \/opt\/halab pool epilog\n$/,
    );
  });

  it('is written as it is meant, whatever bytes it has', () => {
    const key = Buffer.from(Array.from({ length: 1_024 }, (_, index) => index % 256));
    const text = filesText([
      { path: '/etc/munge/munge.key', contents: key, mode: '400', owner: 'munge:munge' },
      { path: '/b', contents: '', mode: '644', owner: 'root:root' },
    ]);
    const [head, ...rest] = text.split('\n');
    expect(head).to.equal('/etc/munge/munge.key 400 munge:munge');
    expect(Buffer.from(rest.slice(0, rest.indexOf('END')).join(''), 'base64').equals(key)).to.equal(true);
    expect(text).to.match(/END\n\/b 644 root:root\nEND\n$/);
  });
});
