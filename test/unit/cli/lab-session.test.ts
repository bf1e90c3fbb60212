import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { backendFromFlags, instanceToBringUp, type LabFlags } from '../../../src/cli/lab-session.js';
import { readSettings } from '../../../src/cli/settings.js';
import type { LabInstance } from '../../../src/model/lab.js';
import { loadInstance, saveInstance } from '../../../src/store/instances.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const MACHINE = { platform: 'linux', home: '/home/me', isRoot: true } as const;

describe('the lab that up and run mean', () => {
  const at = temporaryFolder();
  const settings = () => readSettings({}, { HALAB_STATE_DIR: at('state') }, at(), MACHINE);
  const wanted = (flags: LabFlags) => instanceToBringUp(settings(), flags);
  const made = (flags: LabFlags): LabInstance => {
    const instance = wanted(flags);
    saveInstance(settings().stateDir, instance);
    return loadInstance(settings().stateDir, instance.name) as LabInstance;
  };
  const codeOf = (flags: LabFlags): string => {
    try {
      wanted(flags);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'none';
  };

  it('is on the embedded backend unless a provider or a backend is named', () => {
    expect(wanted({})).to.include({ name: 'linuxha', backend: 'embedded' }).and.not.have.property('provider');
    expect(wanted({ provider: 'libvirt' })).to.include({ backend: 'vagrant', provider: 'libvirt' });
    expect(backendFromFlags(settings(), { backend: 'vagrant' })).to.equal('vagrant');
    expect(codeOf({ backend: 'embedded', provider: 'libvirt' })).to.equal('usage');
  });

  it('stays where it is once it is there, whoever names it how', () => {
    const there = made({ lab: 'two-node', provider: 'libvirt', box: 'my/box' });
    expect(wanted({ name: 'two-node' })).to.deep.equal(there);
    expect(wanted({ lab: 'two-node' })).to.deep.equal(there);
    expect(wanted({ lab: 'two-node', provider: 'libvirt' })).to.deep.equal(there);
  });

  it('is refused under a name that a different one has', () => {
    made({ lab: 'two-node', name: 'mine', provider: 'libvirt' });
    expect(codeOf({ lab: 'linuxha', name: 'mine' })).to.equal('lab-already-up');
    expect(codeOf({ name: 'mine', provider: 'virtualbox' })).to.equal('lab-already-up');
    expect(codeOf({ name: 'mine', backend: 'embedded' })).to.equal('lab-already-up');
    expect(codeOf({ name: 'mine', image: 'debian-11' })).to.equal('lab-already-up');
    expect(codeOf({ name: 'mine', box: 'other/box' })).to.equal('lab-already-up');
  });

  it('takes a new archive of packages, which has to be a file', () => {
    made({ provider: 'libvirt' });
    writeFileSync(at('new.tar'), '');
    expect(wanted({ packages: 'new.tar' })).to.have.property('packages', at('new.tar'));
    expect(codeOf({ packages: 'gone.tar' })).to.equal('usage');
    expect(codeOf({ packages: at() })).to.equal('usage');
  });

  it('is no container where a box or an archive is named', () => {
    writeFileSync(at('new.tar'), '');
    expect(codeOf({ box: 'a/b' })).to.equal('usage');
    expect(codeOf({ packages: at('new.tar') })).to.equal('usage');
    expect(codeOf({ box: 'not a box', provider: 'libvirt' })).to.equal('usage');
  });
});
