import { expect } from 'chai';
import { formationByHand } from '../../../src/cluster/formation/by-hand.js';
import type { Prepared } from '../../../src/model/node-look.js';
import { testLab } from './test-lab.js';

const HOSTS = testLab.nodes.filter(({ role }) => role === 'ha').map(({ name }) => name);

const FRESH: Prepared = {
  configured: 'no',
  missing: [],
  packageManager: 'dpkg',
  pcs: '0.11.5',
  pcsd: true,
  hasPassword: false,
  knownHosts: [],
};

const typed = (of: Partial<Prepared>, ofFirst: Partial<Prepared> = {}) =>
  formationByHand(testLab, new Map(HOSTS.map((name, at) => [name, { ...FRESH, ...of, ...(at === 0 ? ofFirst : {}) }])));
const commands = (...args: Parameters<typeof typed>) => typed(...args).map(({ command }) => command);

describe('the way to a cluster by hand', () => {
  const all = HOSTS.join(' ');

  it('begins with the password, and ends with the start', () => {
    expect(commands({})).to.deep.equal([
      'passwd hacluster',
      `pcs host auth ${all} -u hacluster`,
      `pcs cluster setup ${testLab.cluster.name} ${all}`,
      'pcs cluster start --all',
    ]);
    expect(typed({})[0]?.on).to.deep.equal(HOSTS);
  });

  it('is what pcs 0.9 calls it where that is installed', () => {
    const [, auth, setup] = commands({ pcs: '0.9.168' });
    expect(auth).to.equal(`pcs cluster auth ${all} -u hacluster`);
    expect(setup).to.equal(`pcs cluster setup --name ${testLab.cluster.name} ${all}`);
  });

  it('leaves out what is done, so that the next step stands first', () => {
    expect(typed({ hasPassword: true }, { hasPassword: false })[0]).to.deep.equal({
      stage: 'password',
      command: 'passwd hacluster',
      on: HOSTS.slice(0, 1),
    });
    expect(commands({ hasPassword: true })[0]).to.match(/^pcs host auth/);
    expect(commands({ hasPassword: true, knownHosts: HOSTS })[0]).to.match(/^pcs cluster setup/);
    expect(commands({ missing: ['pcs'], pcsd: false })[0]).to.equal('apt-get install -y corosync pacemaker pcs');
    expect(commands({ pcsd: false })[0]).to.equal('systemctl enable --now pcsd');
  });

  it('overwrites the example of the package, and nothing else', () => {
    expect(commands({ configured: 'example' }).some((command) => command.endsWith(' --force'))).to.equal(true);
    expect(commands({ configured: 'yes' })).to.deep.equal([]);
    expect(typed({}, { configured: 'yes' })).to.deep.equal([]);
  });
});
