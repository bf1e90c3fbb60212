import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { selectedBackend } from '../../../src/cli/backend-flags.js';
import { instanceToBringUp, type LabFlags } from '../../../src/cli/lab-session.js';
import { readSettings } from '../../../src/cli/settings.js';
import type { LabInstance } from '../../../src/model/lab.js';
import { loadInstance, saveInstance } from '../../../src/store/instances.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** As commander hands them on: those of the backends among the others. */
type Flags = LabFlags & { readonly provider?: string; readonly box?: string; readonly packages?: string };

const MACHINE = { platform: 'linux', home: '/home/me', isRoot: true } as const;

describe('the lab that up and run mean', () => {
  const at = temporaryFolder();
  const settings = () => readSettings({}, { HALAB_STATE_DIR: at('state') }, at(), MACHINE);
  const wanted = (flags: Flags) => instanceToBringUp(settings(), flags);
  const made = (flags: Flags): LabInstance => {
    const instance = wanted(flags);
    saveInstance(settings().stateDir, instance);
    return loadInstance(settings().stateDir, instance.name) as LabInstance;
  };
  const codeOf = (flags: Flags): string => {
    try {
      wanted(flags);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'none';
  };

  it('is on the embedded backend unless a provider or a backend is named', () => {
    expect(wanted({})).to.include({ name: 'linuxha', backend: 'embedded' }).and.not.have.property('options');
    const chosen = wanted({ provider: 'libvirt' });
    expect(chosen).to.deep.include({ backend: 'vagrant', options: { provider: 'libvirt' } });
    expect(selectedBackend({ backend: 'vagrant' })?.name).to.equal('vagrant');
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
    expect(wanted({ packages: 'new.tar' }).options).to.include({ packages: at('new.tar') });
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
