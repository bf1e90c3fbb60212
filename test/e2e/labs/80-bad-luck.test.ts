import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { locateImage } from '../../../src/backends/embedded/image-store.js';
import { halab, halabJson, startHalab } from '../../support/real-lab/halab.js';
import { ownersOf, refusalOf, statusOf } from '../../support/real-lab/labs.js';
import { expectNothingLeft, leaksOf } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { until } from '../../support/real-lab/until.js';

describe('bad luck', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const NAME = 'e2e-luckless';
  const UP = ['up', 'two-node', '--name', NAME];

  before(async function () {
    needsMachine(this);
    await takeDown(NAME);
  });

  afterEach(() => takeDown(NAME));

  for (const command of [UP, ['run', 'form-cluster', '--name', NAME], ['down', '--name', NAME]]) {
    it(`asks for root before it touches anything: halab ${command[0]}`, async () => {
      const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
      const refused = await refusalOf(command, { through, env: { HALAB_REPORTS_DIR: join(folder, 'nobody') } });
      expect(refused).to.include({ exitCode: 3, code: 'not-root' });
      expect(refused.words).to.include('as root');
      expectNothingLeft(NAME);
    });
  }

  it('names the package of a program that is missing', async () => {
    const path = join(folder, 'programs');
    mkdirSync(path);
    for (const program of readdirSync('/usr/bin').filter((name) => name !== 'systemd-nspawn')) {
      symlinkSync(join('/usr/bin', program), join(path, program));
    }
    const refused = await refusalOf(UP, { env: { PATH: path } });
    expect(refused).to.include({ exitCode: 3, code: 'package-missing' });
    expect(refused.words).to.include('apt-get install -y systemd-container');
    expectNothingLeft(NAME);
  });

  for (const setting of ['HALAB_CACHE_DIR', 'HALAB_STATE_DIR']) {
    it(`says which disk is full and what to do: ${setting}`, async () => {
      const small = join(folder, setting.toLowerCase().replaceAll('_', '-'));
      mkdirSync(small);
      const script = 'mount -t tmpfs -o size=64m tmpfs "$0" && exec "$@"';
      const through = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, small];
      const refused = await refusalOf(UP, { through, env: { [setting]: small } });
      expect(refused).to.include({ exitCode: 3, code: 'disk-full' });
      expect(refused.words).to.include(small).and.to.include(setting);
      await takeDown(NAME);
      expectNothingLeft(NAME);
    });
  }

  it('shows what the console of a node said that never boots', async () => {
    const cache = join(folder, 'hollow');
    const { root } = locateImage(cache, 'debian-12');
    for (const each of ['etc', 'usr', 'proc', 'sys', 'dev', 'run', 'tmp'])
      mkdirSync(join(root, each), { recursive: true });
    writeFileSync(join(root, '..', 'image.json'), '{}\n');
    const refused = await refusalOf(UP, { env: { HALAB_CACHE_DIR: cache } });
    expect(refused.exitCode).to.equal(3);
    expect(refused.code).to.be.oneOf(['node-unreachable', 'boot-timeout']);
    expect(refused.words)
      .to.match(/iscsi-disks|ha-host[12]/)
      .and.to.include('console last said')
      .and.to.match(/init|os-release|execute/i);
    expect((await statusOf(NAME)).state).to.equal('down');
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  it('completes a lab of which a node has crashed, and leaves the others alone', async () => {
    const { labs } = await halabJson(UP);
    const owners = ownersOf(labs[0]);
    process.kill(owners['ha-host1'] ?? 0, 'SIGKILL');
    await until('the crash', async () => (await statusOf(NAME)).state === 'partial', { withinMs: 30_000 });
    const shown = await statusOf(NAME);
    expect(shown.nodes.find(({ node }) => node === 'ha-host1')).to.deep.equal({ node: 'ha-host1', state: 'stopped' });
    const again = (await halabJson(UP)).labs[0];
    expect(again.state).to.equal('up');
    const { 'ha-host1': fresh, ...others } = ownersOf(again);
    expect(fresh).to.not.equal(owners['ha-host1']);
    expect({ ...others, 'ha-host1': owners['ha-host1'] }).to.deep.equal(owners);
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  it('leaves nothing when it is killed while nodes boot, once it has been healed and taken down', async () => {
    const running = startHalab(UP);
    await until('the first supervisor', () => leaksOf(NAME).some((each) => /^process .*systemd-nspawn/.test(each)), {
      withinMs: 60_000,
      seen: () => running.said.stderr,
    });
    running.kill('SIGKILL');
    expect((await running.ended).signal).to.equal('SIGKILL');
    expect((await halab(['heal', '--name', NAME])).exitCode).to.equal(0);
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  it('leaves nothing when it is killed before the first node boots', async () => {
    const running = startHalab(UP);
    await until('the first namespace', () => leaksOf(NAME).some((each) => each.includes('/run/netns/')), {
      withinMs: 60_000,
      seen: () => running.said.stderr,
    });
    running.kill('SIGKILL');
    expect((await running.ended).signal).to.equal('SIGKILL');
    expect((await halab(['heal', '--name', NAME])).exitCode).to.equal(0);
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  it('takes down twice what is there once', async () => {
    const { removed } = await halabJson(['down', '--name', NAME]);
    expect(removed).to.deep.equal([]);
    const answer = await halab(['down', '--name', NAME]);
    expect(answer).to.include({ exitCode: 0, stdout: `there was nothing of ${NAME} on this machine\n` });
  });
});
