import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { controllerDirs, createFencing, switchOutletsOn } from '../../../../src/backends/embedded/controllers/files.js';
import { createFencing as createFencingOfMachines } from '../../../../src/backends/vagrant/fencing/stonith.js';
import { loadLab } from '../../../../src/config/files.js';
import { loadScenarios } from '../../../../src/config/scenario-files.js';
import { TOP } from '../../../support/halab.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const project = { cwd: TOP, root: TOP };
const { lab } = loadLab('two-supplies', project);
const instance = { name: 'two', backend: 'embedded', lab };

describe('a lab with two power supplies for each node', () => {
  const folder = temporaryFolder();
  const dirs = () => ({ state: folder('state'), cache: folder('cache'), run: folder('run') });

  it('has two fence devices for each node, in one level, with a password each', () => {
    const devices = createFencing({ dirs: dirs() }).devices(instance);
    expect(devices.map(({ id, level }) => `${id} ${level}`)).to.deep.equal(
      ['ha-host1', 'ha-host2', 'ha-host3'].flatMap((node) => [`supply1-${node} 1`, `supply2-${node} 1`]),
    );
    const [one, other] = devices;
    expect(one?.options).to.include({ username: 'outlets1', pcmk_off_retries: '1', pcmk_host_list: 'ha-host1' });
    expect(one?.secrets.password).to.not.equal(other?.secrets.password);
  });

  it('has both outlets of a node on once halab powers it on', () => {
    const { folder: controllers } = controllerDirs(dirs(), 'two');
    mkdirSync(controllers, { recursive: true });
    const off = (name: string) => join(controllers, `off.${name}`);
    for (const name of ['ha-host1.1', 'ha-host1.2', 'ha-host2.1']) writeFileSync(off(name), '');
    switchOutletsOn(dirs(), instance, 'ha-host1');
    expect(['ha-host1.1', 'ha-host1.2', 'ha-host2.1'].map((name) => existsSync(off(name)))).to.deep.equal([
      false,
      false,
      true,
    ]);
  });

  it('cannot be fenced in virtual machines, and says why', () => {
    const machines = { ...lab, machines: { ...lab.machines, fencing: 'host' as const } };
    expect(createFencingOfMachines({ provider: 'libvirt' } as never).whyNot({ ...instance, lab: machines })).to.match(
      /have one power supply/,
    );
  });

  it('skips scenarios that need a second level of fencing', () => {
    const { selected } = loadScenarios(['fence-topology', 'one-supply-left'], lab, project, {});
    expect(selected.map(({ id, misfit }) => `${id}: ${misfit}`)).to.deep.equal([
      'fence-topology: needs two levels of fencing, and in lab two-supplies both devices of a node are in one',
      'one-supply-left: undefined',
    ]);
  });
});
