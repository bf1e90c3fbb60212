import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHalabInProcess, type Finished, type Halab, jsonOf } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

describe('halab vagrantfile', function () {
  this.timeout(30_000);
  let halab: Halab;
  beforeEach(() => {
    halab = createHalabInProcess();
  });
  afterEach(() => halab.remove());

  const at = (...path: readonly string[]) => join(halab.folder, ...path);
  async function write(...words: readonly string[]): Promise<Finished> {
    const finished = await halab.run(['vagrantfile', ...words]);
    expect(finished.exitCode, finished.stderr).to.equal(0);
    return finished;
  }

  it('writes a folder named like the lab, and says what to do with it', async () => {
    const { stdout } = await write('--provider', 'virtualbox');
    expect(stdout).to.equal(
      'linuxha: linuxha for virtualbox, 4 machines of the box debian/bookworm64\n  cd linuxha && vagrant up\n',
    );
    expect(readFileSync(at('linuxha/Vagrantfile'), 'utf8'))
      .to.include('"virtualbox"')
      .and.not.include('\r');
    expect(statSync(at('linuxha/provision/links.sh')).mode & 0o777).to.equal(0o755);
    expect(halab.touched()).to.deep.equal([]);
  });

  it('answers in JSON as its schema says', async () => {
    const words = [
      'separate-networks',
      '--provider',
      'libvirt',
      '--image',
      'rocky-9',
      '--name',
      'mine',
      '--out',
      'there',
    ];
    const answer = jsonOf(await write(...words, '--json'));
    expect(problemsBy('vagrantfile', answer)).to.deep.equal([]);
    expect(answer).to.include({ folder: at('there'), provider: 'libvirt', box: 'rockylinux/9', image: 'rocky-9' });
    const files = answer.files as readonly string[];
    expect(files[0]).to.equal('Vagrantfile');
    for (const file of files) expect(existsSync(at('there', file)), file).to.equal(true);
    expect(readFileSync(at('there/Vagrantfile'), 'utf8')).to.include('"halab-mine"');
  });

  it('writes anew over what it wrote, and takes away what is no longer needed', async () => {
    await write('--provider', 'virtualbox', '--image', 'centos-7');
    await write('--provider', 'libvirt');
    expect(readFileSync(at('linuxha/Vagrantfile'), 'utf8')).to.include('debian/bookworm64');
    expect(readdirSync(at('linuxha/provision')))
      .to.include('packages-debian.sh')
      .and.not.include('packages-el7.sh');
  });

  it('does not write over what somebody else wrote or changed, and writes nothing at all then', async () => {
    mkdirSync(at('linuxha'));
    writeFileSync(at('linuxha/Vagrantfile'), 'mine');
    const foreign = await halab.run(['vagrantfile', '--json']);
    expect(foreign.exitCode).to.equal(2);
    expect(jsonOf(foreign)).to.have.nested.property('error.code', 'usage');
    expect(foreign.stderr).to.include('Vagrantfile in linuxha is there already').and.include('--force writes over');
    expect(readdirSync(at('linuxha'))).to.deep.equal(['Vagrantfile']);
    expect(readFileSync(at('linuxha/Vagrantfile'), 'utf8')).to.equal('mine');

    await write('--force');
    writeFileSync(at('linuxha/hosts'), '127.0.0.1 localhost\n');
    const changed = await halab.run(['vagrantfile', '--image', 'debian-11']);
    expect(changed.exitCode).to.equal(2);
    expect(changed.stderr).to.include('hosts in linuxha').and.not.include('Vagrantfile in');
    expect(readFileSync(at('linuxha/Vagrantfile'), 'utf8')).to.include('bookworm64');
  });

  it('puts an archive of packages beside the Vagrantfile', async () => {
    writeFileSync(at('some.tar'), 'an archive');
    const answer = jsonOf(await write('--packages', 'some.tar', '--json'));
    expect(answer.files).to.include('packages.tar');
    expect(readFileSync(at('linuxha/packages.tar'), 'utf8')).to.equal('an archive');
    expect(readFileSync(at('linuxha/Vagrantfile'), 'utf8')).to.include('"packages.tar"');
    const refused = await halab.run(['vagrantfile', '--packages', 'some.tar', '--image', 'rocky-9', '--out', 'other']);
    expect(refused.exitCode).to.equal(2);
    expect(existsSync(at('other'))).to.equal(false);
  });

  for (const [what, words, said] of [
    ['provider', ['--provider', 'vmware'], 'virtualbox, libvirt'],
    ['image', ['--image', 'debian-1'], 'debian-11, debian-12'],
    ['lab', ['linuxah'], "did you mean 'linuxha'"],
    ['name', ['--name', 'x"; system("id")'], 'cannot be the name of a lab'],
    ['archive', ['--packages', 'nowhere.tar'], 'nowhere.tar'],
  ] as const) {
    it(`knows no such ${what}, and writes nothing`, async () => {
      const before = readdirSync(halab.folder);
      const finished = await halab.run(['vagrantfile', ...words]);
      expect(finished.exitCode).to.equal(2);
      expect(finished.stderr).to.include(said);
      expect(readdirSync(halab.folder)).to.deep.equal(before);
    });
  }
});
