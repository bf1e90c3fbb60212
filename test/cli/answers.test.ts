import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../src/config/files.js';
import { FAULTS } from '../../src/faults/index.js';
import { journalFile, saveInstance } from '../../src/store/instances.js';
import { createFaultJournal } from '../../src/store/journal.js';
import { systemClock } from '../../src/system/clock.js';
import { createHalabInProcess, type Finished, type Halab, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

/** Never up: only its memory is there. */
const NAME = 'never-up';

function answer<T>(name: string, finished: Finished): T {
  const json = jsonOf(finished);
  expect(problemsBy(name, json), finished.stdout).to.deep.equal([]);
  return json as T;
}

describe('answers of the command line', function () {
  this.timeout(30_000);
  let halab: Halab;

  beforeEach(() => {
    halab = createHalabInProcess();
  });
  afterEach(() => halab.remove());

  function remember(): void {
    const { lab } = loadLab('linuxha', { cwd: TOP, root: TOP });
    saveInstance(halab.stateDir, { name: NAME, backend: 'embedded', lab });
  }

  function breakIt(): void {
    const journal = createFaultJournal(journalFile(halab.stateDir, NAME), systemClock);
    const fault = { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'admin' } as const;
    journal.open({ id: 'manual/1', at: systemClock.now(), run: 'manual', fault });
  }

  describe('new', () => {
    it('names the file that it wrote, from whatever folder', async () => {
      const { file } = answer<{ file: string }>('new', await halab.run(['new', 'lab', 'mine', '--json']));
      expect(file).to.equal(join(halab.folder, 'mine.yaml'));
      const { lab } = loadLab('./mine.yaml', { cwd: halab.folder, root: TOP });
      expect(lab.name).to.equal('mine');
    });
  });

  describe('doctor', () => {
    it('lists what the machine has and lacks', async () => {
      const finished = await halab.run(['doctor', '--json']);
      const { ready, lab, findings } = answer<{ ready: boolean; lab: string; findings: { id: string }[] }>(
        'doctor',
        finished,
      );
      expect(lab).to.equal('linuxha');
      expect(findings.map(({ id }) => id)).to.include.members(['platform', 'root', 'program:ip', 'disk', 'image']);
      expect(finished.exitCode).to.equal(ready ? 0 : 3);
    });

    it('names the package of what is missing, and ends with 3', async () => {
      const finished = await halab.run(['doctor'], { env: { PATH: '/nonexistent' } });
      expect(finished.exitCode).to.equal(3);
      expect(finished.stdout).to.match(
        /✖ program:mmdebstrap +mmdebstrap is not installed\n +→ apt-get install -y mmdebstrap/,
      );
      expect(finished.stdout).to.include('not ready');
    });
  });

  it('up on a machine that lacks something says all of it, and makes nothing', async () => {
    const finished = await halab.run(['up', '--json'], { env: { PATH: '/nonexistent' } });
    expect(finished.exitCode).to.equal(3);
    expect(finished.stderr).to.include('mmdebstrap is not installed').and.include('systemd-nspawn is not installed');
    expect(answer<{ error: { code: string } }>('error', finished).error.code).to.match(
      /^(package-missing|not-root|platform-unsupported)$/,
    );
    expect(halab.touched()).to.deep.equal([]);
  });

  describe('fault list', () => {
    it('says what each fault needs and what the cluster may do', async () => {
      const finished = await halab.run(['fault', 'list', '--json']);
      const { faults } = answer<{ faults: { kind: string; needs: string[]; possible: boolean }[] }>('faults', finished);
      expect(faults.map(({ kind }) => kind)).to.deep.equal(Object.keys(FAULTS));
      const needing = faults.filter(({ needs }) => needs.length > 0);
      expect(needing.map(({ kind, needs }) => `${kind} ${needs}`)).to.have.members([
        'link-down links',
        'power-off power',
        'freeze pause',
        'clock-skew clock',
        ...['target-stop shared-storage', 'initiator-cut shared-storage', 'lun-fault lun-faults'],
        'controller-fail controllers',
        'controllers-cut controllers',
      ]);
      expect(faults.filter(({ possible }) => !possible).map(({ kind }) => kind)).to.deep.equal(['clock-skew']);
    });

    it('speaks Chinese', async () => {
      const [english, chinese] = await Promise.all([
        halab.run(['fault', 'list']),
        halab.run(['fault', 'list', '--lang', 'zh']),
      ]);
      expect(chinese.stdout).to.match(/法定票数/);
      expect(english.stdout).to.not.match(/[一-鿿]/);
    });
  });

  describe('status', () => {
    it('of an empty state folder names no lab', async () => {
      const { labs } = answer<{ labs: unknown[] }>('status', await halab.run(['status', '--json']));
      expect(labs).to.deep.equal([]);
      expect(halab.touched()).to.deep.equal([]);
    });

    it('shows a lab of which only the memory is left, and what is broken in it', async function () {
      if (process.platform !== 'linux') this.skip();
      remember();
      breakIt();
      const finished = await halab.run(['status', '--name', NAME, '--json']);
      const { labs } = answer<{
        labs: { instance: string; state: string; nodes: unknown[]; faults: { id: string }[] }[];
      }>('status', finished);
      expect(labs).to.have.length(1);
      expect(labs[0]).to.include({ instance: NAME, state: 'down' });
      expect(labs[0]?.nodes).to.have.length(4);
      expect(labs[0]?.faults.map(({ id }) => id)).to.deep.equal(['manual/1']);
      const { stdout } = await halab.run(['status', '--name', NAME]);
      expect(stdout.replace(/\s+/g, ' '))
        .to.include('never-up: down')
        .and.include('link-down on ha-host1 (manual/1); halab heal undoes it');
    });

    it('of a name that nobody bears names those there are', async () => {
      remember();
      const finished = await halab.run(['status', '--name', 'other', '--json']);
      expect(finished.exitCode).to.equal(3);
      expect(finished.stderr).to.include('no lab called other').and.include('labs here: never-up');
      answer('error', finished);
    });
  });

  describe('heal', () => {
    it('has nothing to do where nothing is broken', async () => {
      remember();
      const finished = await halab.run(['heal', '--name', NAME, '--json']);
      expect(answer('heal', finished)).to.deep.equal({ schema: 'halab.heal/1', healed: [], failed: [] });
      expect(finished.exitCode).to.equal(0);
      expect((await halab.run(['heal', '--name', NAME])).stdout).to.equal('no active faults in never-up\n');
    });

    it('keeps what cannot be undone in the journal, and ends with 3', async function () {
      if (process.platform !== 'linux') this.skip();
      remember();
      breakIt();
      const finished = await halab.run(['heal', '--name', NAME, '--json']);
      const { healed, failed } = answer<{ healed: unknown[]; failed: { id: string; error: string }[] }>(
        'heal',
        finished,
      );
      expect(healed).to.deep.equal([]);
      expect(failed.map(({ id }) => id)).to.deep.equal(['manual/1']);
      expect(finished.exitCode).to.equal(3);
      expect(createFaultJournal(journalFile(halab.stateDir, NAME), systemClock).pending()).to.have.length(1);
    });

    it('does not stumble over a journal that was cut off in the middle of a line', async () => {
      remember();
      breakIt();
      appendFileSync(journalFile(halab.stateDir, NAME), '{"open":{"id":"by-ha');
      const finished = await halab.run(['status', '--name', NAME, '--json']);
      expect(finished.exitCode, finished.stderr).to.equal(0);
    });
  });

  it('fault inject into a lab that is not up ends with 3 and leaves the fault in the journal', async function () {
    if (process.platform !== 'linux') this.skip();
    remember();
    const finished = await halab.run(['fault', 'inject', 'link-down', 'ha-host1', '--name', NAME, '--json']);
    expect(finished.exitCode).to.equal(3);
    answer('error', finished);
    expect(createFaultJournal(journalFile(halab.stateDir, NAME), systemClock).pending()).to.have.length(1);
  });

  it('down of what is not there is done at once', async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    const finished = await halab.run(['down', '--name', 'never-was', '--json']);
    expect(finished.exitCode, finished.stderr).to.equal(0);
    expect(answer('down', finished)).to.deep.equal({ schema: 'halab.down/1', removed: [] });
    expect((await halab.run(['down', '--name', 'never-was'])).stdout).to.include('nothing of never-was');
  });

  it('ssh into a lab that is not up ends with 3', async () => {
    remember();
    const finished = await halab.run(['ssh', 'ha-host1', '--name', NAME, '--', 'true']);
    expect(finished.exitCode).to.equal(3);
    expect(finished.stderr).to.include('ha-host1 is not running').and.include('halab up --name never-up');
  });
});
