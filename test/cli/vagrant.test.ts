import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../src/config/files.js';
import { createHalabInProcess, type Halab, jsonOf, TOP } from '../support/halab.js';
import { createVagrantWorld, type VagrantWorld } from '../support/vagrant-world.js';

const WAIT_MS = 20_000;

describe('halab with machines of Vagrant', function () {
  this.timeout(60_000);
  let halab: Halab;
  let world: VagrantWorld;
  const flags = ['two-node', '--name', 'contract', '--backend', 'vagrant', '--provider', 'libvirt'];
  const run = (...argv: readonly string[]) => halab.run(argv, { env: world.env });

  beforeEach(() => {
    halab = createHalabInProcess();
    world = createVagrantWorld('libvirt', { lab: loadLab('two-node', { cwd: TOP, root: TOP }).lab });
  });
  afterEach(() => {
    halab.remove();
    world.remove();
  });

  it('says what a box that is missing means, and what to do', async () => {
    world.order({ program: 'vagrant', args: '^up', does: { recorded: 'up-missing-box.txt', exit: 1 } });
    const { exitCode, stderr } = await run('up', ...flags);
    expect(exitCode).to.equal(3);
    expect(stderr).to.include('could not be accessed in the remote catalog').and.include('vagrant box add');
  });

  it('keeps the terminal’s Ctrl-C from Vagrant and its children, and tells Vagrant itself, once', async () => {
    world.order({ program: 'vagrant', args: '^up', does: { slow: true } });
    const child = spawn(process.execPath, [join(TOP, 'bin/halab.js'), 'up', ...flags], {
      cwd: halab.folder,
      // A process group of its own, as a shell gives to each command.
      detached: true,
      env: {
        ...world.env,
        HALAB_STATE_DIR: halab.stateDir,
        HALAB_CACHE_DIR: join(halab.folder, 'cache'),
        LANG: 'C.UTF-8',
      },
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const deadline = performance.now() + WAIT_MS;
    while (!world.calls().some(({ program }) => program === 'hypervisor-call')) {
      if (performance.now() > deadline) expect.fail('vagrant never called the hypervisor');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    process.kill(-(child.pid as number), 'SIGINT');
    expect(await ended).to.equal(130);
    const signals = world.calls().filter(({ signal }) => signal);
    expect(signals.map(({ program, signal }) => `${program} ${signal}`)).to.deep.equal(['vagrant SIGINT']);
  });

  it('finds what a lab without memory left, and takes it down', async () => {
    world.put('volumes', 'halab-contract.ha-host1.img', {});
    const found = jsonOf(await run('status', '--json'));
    expect(JSON.stringify(found.remains)).to.include('contract');
    expect((await run('down', '--name', 'contract', '--backend', 'vagrant')).exitCode).to.equal(0);
    expect(world.things('volumes')).to.deep.equal([]);
  });

  it('looks at the machine: programs, plugin, box', async () => {
    const { ready, findings } = jsonOf(await run('doctor', ...flags.slice(3), '--json'));
    const ids = (findings as readonly { readonly id: string; readonly ok: boolean }[]).filter(({ ok }) => ok);
    expect(ready).to.equal(true);
    expect(ids.map(({ id }) => id)).to.include.members(['program:vagrant', 'program:virsh', 'plugin:vagrant-libvirt']);
  });
});
