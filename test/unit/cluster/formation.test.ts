import { expect } from 'chai';
import { commandsOf } from '../../../src/cluster/formation/commands.js';
import { DONE_BEFORE } from '../../../src/cluster/formation/on-nodes.js';
import { form } from '../../../src/cluster/formation.js';
import { LabError } from '../../../src/model/errors.js';
import { FORMATION_STAGES } from '../../../src/model/scenario.js';
import { slownessOf } from '../../../src/model/slowness.js';
import { rejection } from '../../support/rejection.js';

import {
  type Answers,
  type Call,
  FENCING_SECRET,
  fakeFormation,
  PASSWORD,
  runsPcs,
  wordsOf,
} from './fake-transport.js';

const INSTALLED = 'manager dpkg\ncorosync installed 3.1.7-1\npacemaker installed 2.1.5-1\npcs installed 0.11.5-1\n';
const CONF = `totem {\n  cluster_name: linuxha\n}\nnodelist {\n${[1, 2, 3]
  .map((n) => `  node {\n    ring0_addr: ha-host${n}\n    name: ha-host${n}\n  }\n`)
  .join('')}}\n`;

const asksPackages = (call: Call): boolean => wordsOf(call).join(' ') === 'corosync pacemaker pcs';
const asksConf = (call: Call): boolean => wordsOf(call).join(' ') === 'corosync pacemaker';
const asksFencing = (call: Call): boolean =>
  wordsOf(call).includes('fence_test') || /^[12]$/.test(wordsOf(call)[0] ?? '');
const asksFacts = (call: Call): boolean => wordsOf(call)[0] === 'corosync pacemaker pcs';

/** Nodes on which nothing has been formed yet, and everything works. */
const fresh: Answers = (call) => {
  if (asksPackages(call)) return { stdout: INSTALLED };
  return asksConf(call) ? { stdout: 'active inactive inactive \n' } : {};
};

/** Nodes on which everything is there already. */
const formed: Answers = (call) => {
  if (asksPackages(call)) return { stdout: INSTALLED };
  return asksConf(call) ? { stdout: `active active active \n${CONF}` } : { stdout: `${DONE_BEFORE}\n` };
};

const healthyFacts =
  'clock 1700000000000\npcsd active\nresolves ha-host1 192.168.56.31\nport ha-host1 0\nport ha-host2 0\nport ha-host3 0\n';

import { testLab } from './test-lab.js';

describe('forming the cluster', () => {
  it('gives pcs the commands of its dialect, and asks no node twice in a stage without need', async () => {
    const { context, calls } = fakeFormation(fresh);
    for (const stage of FORMATION_STAGES) await form(stage, context);
    const pcs = calls.filter((call) => wordsOf(call).includes('pcs') && !asksPackages(call));
    const commands = pcs.map((call) => wordsOf(call).slice(wordsOf(call).indexOf('pcs')).join(' '));
    expect(commands).to.deep.equal([
      'pcs host auth ha-host1 ha-host2 ha-host3 -u hacluster',
      'pcs cluster setup linuxha ha-host1 ha-host2 ha-host3',
      ...Array(3).fill('pcs cluster start'),
      ...Array(3).fill('pcs cluster enable'),
    ]);
    const ofFencing = 3 + 6 + 6;
    expect(calls).to.have.length(3 + 3 + 3 + 1 + 3 + 1 + 3 + 3 + 3 + ofFencing);
  });

  it('calms pcs and corosync down where nodes are slow', async () => {
    const { context, calls } = fakeFormation(fresh);
    const slow = { ...context, slowness: slownessOf(10) };
    expect((await form('pcsd', slow)).seen).to.contain('request timeout raised to 600 s');
    expect((await form('setup', slow)).seen).to.contain('token of 10000 ms');
    expect(calls.slice(0, 3).map(wordsOf)).to.deep.equal([['600'], ['600'], ['600']]);
    const commands = calls.filter(runsPcs).map((call) => wordsOf(call).join(' '));
    expect(commands).to.include('pcs cluster setup linuxha ha-host1 ha-host2 ha-host3 totem token=10000');
  });

  it('says what a person would type to the same effect, in that dialect, and no secret', async () => {
    const { context } = fakeFormation(fresh);
    const typed = new Map<string, string | undefined>();
    for (const stage of FORMATION_STAGES) typed.set(stage, (await form(stage, context)).byHand);
    expect(typed.get('password')).to.equal('passwd hacluster (on ha-host1, ha-host2, ha-host3)');
    expect(typed.get('auth')).to.equal('pcs host auth ha-host1 ha-host2 ha-host3 -u hacluster (on ha-host1)');
    expect(typed.get('start')).to.equal('pcs cluster start --all (on ha-host1)');
    expect(typed.get('fencing')).to.match(/^pcs stonith create .+, then pcs constraint location .+ avoids ha-host1/);
    expect(typed.get('storage')).to.equal(undefined);
    expect(JSON.stringify([...typed]))
      .to.not.contain(FENCING_SECRET)
      .and.not.contain(PASSWORD);
    const old = INSTALLED.replace('0.11.5-1', '0.9.169-3');
    const el7 = fakeFormation((call) => (asksPackages(call) ? { stdout: old } : fresh(call)));
    await form('packages', el7.context);
    expect((await form('auth', el7.context)).byHand).to.match(/^pcs cluster auth/);
  });

  it('finds its work done the second time', async () => {
    const { context, calls } = fakeFormation(formed);
    for (const stage of [
      'packages',
      'pcsd',
      'auth',
      'setup',
      'start',
      'enable',
      'fencing',
      'fencing-levels',
      'storage',
    ] as const) {
      expect(await form(stage, context), stage).to.have.property('changed', false);
    }
    expect(calls.filter((call) => call.argv[0] === 'pcs')).to.deep.equal([]);
  });

  it('speaks the dialect of 0.9', async () => {
    const old = INSTALLED.replace('0.11.5-1', '0.9.169-3');
    const { context, calls } = fakeFormation((call) => (asksPackages(call) ? { stdout: old } : fresh(call)));
    await form('auth', context);
    await form('setup', context);
    const commands = calls.filter(runsPcs).map((call) => wordsOf(call).join(' '));
    expect(commands).to.deep.equal([
      'ha-host1 ha-host2 ha-host3 pcs cluster auth ha-host1 ha-host2 ha-host3 -u hacluster',
      'pcs cluster setup --name linuxha ha-host1 ha-host2 ha-host3',
    ]);
  });

  it('hands the password over on stdin and nowhere else', async () => {
    const { context, calls } = fakeFormation(fresh);
    const outcomes = [];
    for (const stage of FORMATION_STAGES) outcomes.push(await form(stage, context));
    const stdins = calls.filter((call) => !asksFencing(call)).flatMap(({ stdin }) => stdin ?? []);
    expect(stdins).to.deep.equal([...Array(3).fill(`hacluster:${PASSWORD}\n`), `${PASSWORD}\n`]);
    expect(JSON.stringify(calls.map(({ argv }) => argv))).to.not.contain(PASSWORD);
    expect(JSON.stringify(outcomes)).to.not.contain(PASSWORD);
  });

  it('creates one fence device for each node, with its secrets on stdin, and then the levels', async () => {
    const { context, calls } = fakeFormation(fresh);
    await form('fencing', context);
    const first = ['fence-ha-host1-1', 'ha-host1', 'op monitor interval=60s', 'fence_test', 'ip=10.200.0.131'];
    expect(calls.map(wordsOf)[0]).to.deep.equal(first);
    expect(calls).to.have.length(3);
    expect(calls.map(({ stdin }) => stdin)).to.deep.equal(Array(3).fill(`password=${FENCING_SECRET}\n`));
    const { seen } = await form('fencing-levels', context);
    expect(seen).to.contain('level 2 of ha-host3');
    expect(calls.slice(-1).map(wordsOf)).to.deep.equal([['2', 'ha-host3', 'fence-ha-host3-2']]);
    expect(JSON.stringify(calls.map(({ argv }) => argv))).to.not.contain(FENCING_SECRET);
  });

  it('puts the devices of a node that must succeed together in one level at once', async () => {
    const { context, calls } = fakeFormation(fresh);
    const [device] = context.fenceDevices ?? [];
    if (device === undefined) throw new Error('there is no device');
    const both = [1, 2].map((number) => ({ ...device, id: `supply${number}-ha-host1`, level: 1 }));
    const { seen } = await form('fencing', { ...context, fenceDevices: both });
    expect(calls.map((call) => wordsOf(call)[0])).to.deep.equal(['supply1-ha-host1', 'supply2-ha-host1', '1']);
    expect(wordsOf(calls[2] ?? expect.fail('no level'))).to.deep.equal([
      '1',
      'ha-host1',
      'supply1-ha-host1,supply2-ha-host1',
    ]);
    expect(seen).to.contain('level 1 of ha-host1');
    const typed = commandsOf('fencing', testLab, { devices: both }).map(({ command }) => command);
    expect(typed.at(-1)).to.equal('pcs stonith level add 1 ha-host1 supply1-ha-host1 supply2-ha-host1');
  });

  it('never lets a secret of fencing into an error, and says so where nothing can fence', async () => {
    const { context } = fakeFormation((call) =>
      asksFencing(call) ? { exitCode: 1, stderr: `Error: password=${FENCING_SECRET} is refused\n` } : fresh(call),
    );
    const error = await rejection(form('fencing', context));
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.data)}`).to.not.contain(FENCING_SECRET);
    expect(error.message).to.contain('is refused');
    const { fenceDevices: _none, ...without } = context;
    expect((await rejection(form('fencing', without))).message).to.contain('no device that can fence');
  });

  it('never lets the password into an error, even if a command prints it', async () => {
    const { context } = fakeFormation((call) =>
      call.stdin === undefined ? fresh(call) : { exitCode: 1, stderr: `chpasswd: cannot set ${PASSWORD}\n` },
    );
    const error = await rejection(form('password', context));
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.data)}`).to.not.contain(PASSWORD);
    expect(error.message).to.contain('chpasswd: cannot set');
  });

  it('names what is missing, where, and the command that installs it', async () => {
    const { context } = fakeFormation((call) =>
      call.node === 'ha-host2' ? { stdout: INSTALLED.replace(/^pcs.*\n/m, '') } : { stdout: INSTALLED },
    );
    const error = await rejection(form('packages', context));
    expect(error).to.include({ code: 'formation-failed' });
    expect(error.message).to.contain('stage "packages" on ha-host2').and.contain('lacks pcs');
    expect(error.hint).to.contain('apt-get install -y corosync pacemaker pcs');
  });

  it('says which node failed, with the last lines and the likely cause', async () => {
    const { context } = fakeFormation((call) => {
      if (asksFacts(call))
        return {
          stdout: healthyFacts.replace('pcsd active', call.node === 'ha-host3' ? 'pcsd failed' : 'pcsd active'),
        };
      if (call.node === 'ha-host3' && call.argv[0] === 'sh')
        return { exitCode: 1, stderr: 'pcsd does not answer on port 2224\n' };
      return fresh(call);
    });
    const error = await rejection(form('pcsd', context));
    expect(error.message).to.contain('stage "pcsd" on ha-host3').and.contain('does not answer on port 2224');
    expect(error.hint).to.contain('pcsd is failed on ha-host3.').and.contain('systemctl enable --now pcsd');
    expect(error.data).to.include({ stage: 'pcsd', node: 'ha-host3', exitCode: 1 });
  });

  it('tells a wrong password from a pcsd that is silent', async () => {
    const { context } = fakeFormation((call) => {
      if (asksFacts(call)) return { stdout: healthyFacts };
      if (call.stdin !== undefined)
        return { exitCode: 1, stderr: 'Error: ha-host2: Username and/or password is incorrect\n' };
      return fresh(call);
    });
    const error = await rejection(form('auth', context));
    expect(error.message).to.contain('Username and/or password is incorrect');
    expect(error.hint).to.contain('ha-host2 refused it');
  });

  it('changes nothing on nodes of another cluster', async () => {
    const { context, calls } = fakeFormation((call) =>
      asksConf(call) && call.node === 'ha-host2'
        ? { stdout: `active active active \n${CONF.replace('linuxha', 'production')}` }
        : fresh(call),
    );
    const error = await rejection(form('setup', context));
    expect(error.message).to.contain('ha-host2 belongs to the cluster "production"');
    expect(calls.filter(runsPcs)).to.deep.equal([]);
  });

  it('waits for every node before it judges, and names the one that is gone', async () => {
    const { context, calls } = fakeFormation((call) =>
      call.node === 'ha-host1' ? new LabError('node-unreachable', 'ha-host1 does not answer') : fresh(call),
    );
    const error = await rejection(form('start', context));
    expect(error).to.include({ code: 'formation-failed' });
    expect(error.message).to.contain('on ha-host1');
    expect(calls.map(({ node }) => node)).to.have.members(['ha-host1', 'ha-host2', 'ha-host3']);
  });

  it('lets an interruption through', async () => {
    const { context } = fakeFormation(() => new LabError('interrupted', 'stopped'));
    expect((await rejection(form('enable', context))).code).to.equal('interrupted');
  });

  it('starts only where it must', async () => {
    const { context } = fakeFormation((call) => (call.node === 'ha-host2' ? { stdout: `${DONE_BEFORE}\n` } : {}));
    expect(await form('start', context)).to.deep.equal({
      changed: true,
      seen: 'cluster started on ha-host1, ha-host3; cluster started before on ha-host2',
      byHand: 'pcs cluster start --all (on ha-host1)',
    });
  });
});
