import { expect } from 'chai';
import { DIALECTS, detectDialect, dialectOf, missingPackages, parseSoftware } from '../../../src/cluster/dialect.js';
import { rejection } from '../../support/rejection.js';
import { type Call, fakeTransport } from './fake-transport.js';

const setup = { name: 'linuxha', nodes: ['a', 'b'], force: false };

describe('pcs dialects', () => {
  it('are told by the version', () => {
    for (const version of ['0.9.169', '0.9']) expect(dialectOf(version).name).to.equal('0.9');
    for (const version of ['0.10.8', '0.11.5', '0.12.0.2', '1.0']) expect(dialectOf(version).name).to.equal('0.10+');
    expect(() => dialectOf('0.8.3'))
      .to.throw('0.8.3')
      .with.property('code', 'pcs-unsupported');
    expect(() => dialectOf('bash: pcs: not found'))
      .to.throw()
      .with.property('code', 'pcs-unsupported');
  });

  it('differ in auth and setup', () => {
    expect(DIALECTS['0.9'].authArgv(['a', 'b']).join(' ')).to.equal('pcs cluster auth a b -u hacluster');
    expect(DIALECTS['0.10+'].authArgv(['a', 'b']).join(' ')).to.equal('pcs host auth a b -u hacluster');
    expect(DIALECTS['0.9'].setupArgv(setup).join(' ')).to.equal('pcs cluster setup --name linuxha a b');
    expect(DIALECTS['0.10+'].setupArgv({ ...setup, force: true }).join(' ')).to.equal(
      'pcs cluster setup linuxha a b --force',
    );
    const calm = { ...setup, tokenMs: 10_000 };
    expect(DIALECTS['0.9'].setupArgv(calm).join(' ')).to.equal('pcs cluster setup --name linuxha a b --token 10000');
    expect(DIALECTS['0.10+'].setupArgv(calm).join(' ')).to.equal('pcs cluster setup linuxha a b totem token=10000');
  });

  it('name every address of a node that has several links', () => {
    const addresses = new Map([
      ['a', ['10.0.1.1', '10.0.2.1']],
      ['b', ['10.0.1.2', '10.0.2.2']],
    ]);
    expect(DIALECTS['0.10+'].setupArgv({ ...setup, addresses }).join(' ')).to.equal(
      'pcs cluster setup linuxha a addr=10.0.1.1 addr=10.0.2.1 b addr=10.0.1.2 addr=10.0.2.2',
    );
    expect(DIALECTS['0.9'].setupArgv({ ...setup, addresses }).join(' ')).to.equal(
      'pcs cluster setup --name linuxha a,10.0.2.1 b,10.0.2.2',
    );
  });

  it('are found in the package database, asked once for each transport', async () => {
    const calls: Call[] = [];
    const stdout =
      'manager dpkg\ncorosync installed 3.1.7-1+deb12u2\npacemaker installed 2.1.5-1+deb12u1\npcs installed 0.11.5-1+deb12u1\n';
    const transport = fakeTransport('a', () => ({ stdout }), calls);
    expect((await detectDialect(transport, { timeoutMs: 1 })).name).to.equal('0.10+');
    await detectDialect(transport, { timeoutMs: 1 });
    expect(calls).to.have.length(1);
  });

  it('are asked of pcs itself where it was installed without a package', async () => {
    const transport = fakeTransport('a', ({ argv }) =>
      argv[0] === 'pcs' ? { stdout: '0.9.169\n' } : { stdout: 'manager rpm\n' },
    );
    expect((await detectDialect(transport, { timeoutMs: 1 })).name).to.equal('0.9');
    const none = fakeTransport('a', ({ argv }) => (argv[0] === 'pcs' ? { exitCode: 127, stderr: 'not found' } : {}));
    expect((await rejection(detectDialect(none, { timeoutMs: 1 }))).code).to.equal('pcs-unsupported');
  });

  it('reads what dpkg and rpm say', () => {
    const half = parseSoftware('manager dpkg\ncorosync not-installed \npcs installed 1:0.10.8-1\n');
    expect(half).to.deep.equal({ manager: 'dpkg', versions: { pcs: '0.10.8' } });
    expect(missingPackages(half)).to.deep.equal(['corosync', 'pacemaker']);
    const rpm = parseSoftware('manager rpm\npackage corosync is not installed\npcs installed 0.9.169\n');
    expect(rpm).to.deep.equal({ manager: 'rpm', versions: { pcs: '0.9.169' } });
  });
});
