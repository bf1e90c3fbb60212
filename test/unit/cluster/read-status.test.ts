import { expect } from 'chai';
import { createCluster } from '../../../src/cluster/create-cluster.js';
import { LabError } from '../../../src/model/errors.js';
import { type Call, fakeTransport } from './fake-transport.js';
import { fixture } from './fixture.js';

const clock = { now: () => '2026-11-23T08:26:03.000Z' };
const XML = fixture('crm_mon/1.1.16-as-xml.xml');

describe('reading a node', () => {
  it('asks crm_mon with the flag of 2.x and reads its state', async () => {
    const calls: Call[] = [];
    const reading = await createCluster({ clock }).readState(fakeTransport('a', () => ({ stdout: XML }), calls));
    expect(reading).to.include({ node: 'a', at: clock.now() });
    expect(reading.state?.dc?.name).to.equal('ha-host3');
    expect(calls.map(({ argv }) => argv[1])).to.deep.equal(['--output-as=xml']);
  });

  it('falls back on the flag of 1.1 once, and remembers it', async () => {
    const calls: Call[] = [];
    const old = fakeTransport(
      'a',
      ({ argv }) =>
        argv[1] === '--as-xml'
          ? { stdout: XML }
          : { stdout: 'crm_mon - Provides a summary', stderr: "crm_mon: unrecognized option '--output-as=xml'" },
      calls,
    );
    const cluster = createCluster({ clock });
    expect((await cluster.readState(old)).state).to.not.equal(undefined);
    expect((await cluster.readState(old)).state).to.not.equal(undefined);
    expect(calls.map(({ argv }) => argv[1])).to.deep.equal(['--output-as=xml', '--as-xml', '--as-xml']);
  });

  it('tells a cluster that is down from a node that is silent and from an answer that is broken', async () => {
    const cluster = createCluster({ clock });
    const kindOf = async (answer: Parameters<typeof fakeTransport>[1]): Promise<string | undefined> =>
      (await cluster.readState(fakeTransport('a', answer))).problem?.kind;
    const down = '<pacemaker-result><status code="102" message="Not connected"/></pacemaker-result>';
    expect(await kindOf(() => ({ exitCode: 102, stdout: down }))).to.equal('cluster-down');
    const old = 'Connection to cluster failed: Transport endpoint is not connected';
    expect(await kindOf(() => ({ exitCode: 107, stderr: old }))).to.equal('cluster-down');
    expect(await kindOf(() => new LabError('node-unreachable', 'a is gone'))).to.equal('unreachable');
    expect(await kindOf(() => ({ stdout: XML.slice(0, 900) }))).to.equal('unreadable');
    const none = {
      exitCode: 102,
      stdout: '<crm_mon version="2.0.5"/>',
      stderr: 'crm_mon: Error: cluster is not available',
    };
    expect(await kindOf(() => none)).to.equal('cluster-down');
    expect(await kindOf(() => ({ exitCode: 127, stderr: 'sh: crm_mon: not found' }))).to.equal('unreadable');
  });

  it('keeps the text of pcs status beside its reading, stderr last', async () => {
    const transport = fakeTransport('a', () => ({ stdout: fixture('bookworm.txt'), stderr: 'Warning: something\n' }));
    const reading = await createCluster({ clock }).readPcsStatus(transport);
    expect(reading.text).to.equal(`${fixture('bookworm.txt')}Warning: something\n`);
    expect(reading.textState?.clusterName).to.equal('linuxha');
  });

  it('keeps what pcs says where the cluster is down', async () => {
    const stderr = 'Error: cluster is not currently running on this node\n';
    const reading = await createCluster({ clock }).readPcsStatus(fakeTransport('a', () => ({ exitCode: 1, stderr })));
    expect(reading.problem).to.deep.equal({ kind: 'cluster-down', message: stderr.trim() });
    expect(reading.text).to.equal(stderr);
    expect(reading.textState).to.equal(undefined);
  });

  it('compares the two readings of a node, where both are there', async () => {
    const cluster = createCluster({ clock });
    const text = await cluster.readPcsStatus(fakeTransport('a', () => ({ stdout: fixture('bookworm.txt') })));
    const state = await cluster.readState(fakeTransport('a', () => ({ stdout: XML })));
    expect(cluster.disagreements(text, state)).to.include('DC: pcs status says ha-host1, crm_mon says ha-host3');
    const silent = await cluster.readState(fakeTransport('a', () => new LabError('node-unreachable', 'a is gone')));
    expect(cluster.disagreements(text, silent)).to.deep.equal([]);
  });
});
