import { join } from 'node:path';
import { expect } from 'chai';
import type { Provider } from '../../src/backends/vagrant/options.js';
import { isLabError, type LabError } from '../../src/model/errors.js';
import type { LabInstance } from '../../src/model/lab.js';
import type { Backend } from '../../src/ports/backend.js';
import type { ProcessRunner } from '../../src/ports/process.js';
import { createInProcessRunner } from '../support/in-process.js';
import { createVagrantWorld, type VagrantWorld } from '../support/vagrant-world.js';

/** Of the slow kind: each test runs dozens of programs. */
const PATIENCE_MS = 60_000;

async function failureOf(work: Promise<unknown>): Promise<LabError> {
  try {
    await work;
  } catch (error) {
    if (isLabError(error)) return error;
    throw error;
  }
  return expect.fail('it did not fail');
}

/** One command of Vagrant's is a process. */
const starting = (command: string) => createInProcessRunner((argv) => argv[1] === command);

/** That command, and no other, has little time. */
function hurried(command: string): ProcessRunner {
  const patient = starting(command);
  return {
    ...patient,
    run: (argv, options) =>
      patient.run(argv, argv[1] === command ? { ...options, timeoutMs: 1_500, graceMs: 300 } : options),
  };
}

async function take({ snapshots }: Backend, instance: LabInstance): Promise<void> {
  await snapshots?.take(instance, 'clean');
}

describe('the vagrant backend in trouble', function () {
  this.timeout(PATIENCE_MS);
  let world: VagrantWorld;
  let said: string[];
  const up = (signal?: AbortSignal) =>
    world.backend.up(world.instance, {
      ...(signal ? { signal } : {}),
      onProgress: ({ stage, text }) => said.push(`${stage}: ${text}`),
    });
  const states = async () =>
    (await world.backend.status(world.instance)).nodes.map(({ node, state }) => `${node} ${state}`);
  const open = (provider: Provider, processes = createInProcessRunner()) => {
    world = createVagrantWorld(provider, { processes });
    said = [];
  };
  const ups = () => world.vagrants().filter((line) => /^(?:up|provision)/.test(line));
  const ALL_RUN = ['node1 running', 'node2 running', 'node3 running'];

  afterEach(() => world?.remove());

  it('makes all machines of libvirt in one call, and calls nothing the second time', async () => {
    open('libvirt');
    await up();
    expect(ups().sort()).to.deep.equal([
      'provision node1 --machine-readable',
      'provision node2 --machine-readable',
      'provision node3 --machine-readable',
      'up node1 node2 node3 --provider libvirt --no-provision --machine-readable',
    ]);
    await up();
    expect(ups()).to.deep.equal([]);
    expect(said).to.include('boot: all nodes run already');
  });

  it('makes the first machine of VirtualBox alone, for the master of the clones, and then two at a time', async () => {
    open('virtualbox');
    await up();
    expect(
      ups()
        .filter((line) => line.startsWith('up'))
        .map((line) => line.split(' ')[1])[0],
    ).to.equal('node1');
    expect(await states()).to.deep.equal(ALL_RUN);
  });

  it('gives every node the lab’s key, once', async () => {
    open('libvirt');
    await up();
    await up();
    for (const node of ['node1', 'node2', 'node3']) {
      const files = world.files(node);
      expect(files['/root/.ssh/id_ed25519']).to.equal('private halab-contract\n');
      expect(files['/root/.ssh/authorized_keys']).to.equal('ssh-ed25519 AAAA halab-contract\n');
    }
  });

  it('after half an up brings up the other half', async () => {
    open('virtualbox');
    world.order({ program: 'vagrant', args: '^up', does: { failFor: 'node2' } });
    const error = await failureOf(up());
    expect(error.code).to.equal('boot-timeout');
    expect(error.message).to.include('vagrant up of node2').and.include('running: node1, node3; not running: node2');
    expect(error.hint).to.include('console');
    world.order();
    world.vagrants();
    await up();
    expect(ups().filter((line) => line.startsWith('up'))).to.deep.equal([
      'up node2 --provider virtualbox --no-provision --machine-readable',
    ]);
    expect(await states()).to.deep.equal(ALL_RUN);
  });

  it('removes what an interrupted up left: volumes without a machine, machines that Vagrant does not know', async () => {
    open('libvirt');
    world.order({ program: 'vagrant', args: '^up', does: { forgetful: true } });
    await failureOf(up());
    world.order();
    const foreign = await failureOf(up());
    expect(foreign).to.have.property('code', 'lab-already-up');
    expect(foreign.message).to.contain('halab-contract.node1');
    for (const node of ['node1', 'node2', 'node3'])
      world.put('machines', `halab-contract.${node}`, { ...world.machine(node), state: 'off' });
    world.put('volumes', 'halab-contract.node2-vdb.qcow2', {});
    world.put('volumes', 'halab-other.node2.img', {});
    await up();
    expect(said.join('\n')).to.include('removing halab-contract.node1, which Vagrant does not know');
    expect(world.things('volumes')).to.deep.equal([
      'halab-contract.node1.img',
      'halab-contract.node2.img',
      'halab-contract.node3.img',
      'halab-other.node2.img',
    ]);
    expect(await states()).to.deep.equal(ALL_RUN);
  });

  it('removes a volume that is in the way before Vagrant stumbles over it', async () => {
    open('libvirt');
    world.put('volumes', 'halab-contract.node1.img', {});
    await up();
    expect(said.join('\n')).to.include('removing the volume halab-contract.node1.img');
    expect(await states()).to.deep.equal(ALL_RUN);
  });

  it('interrupts Vagrant once and alone, waits for it, and the next up goes on', async () => {
    open('libvirt', starting('up'));
    const stop = new AbortController();
    world.order({ program: 'vagrant', args: '^up', does: { slowFor: ['node2'] } });
    const running = failureOf(up(stop.signal));
    while (!world.calls().some(({ program }) => program === 'hypervisor-call')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    stop.abort();
    expect(await running).to.have.property('code', 'interrupted');
    const signals = world.calls().filter(({ signal }) => signal);
    expect(signals.map(({ program, signal }) => `${program} ${signal}`)).to.deep.equal(['vagrant SIGINT']);
    world.order();
    await up();
    expect(await states()).to.deep.equal(ALL_RUN);
  });

  it('has a deadline for Vagrant, and says what it last said', async () => {
    open('libvirt');
    const line = '1795564573,node1,ui,output,==> node1: Waiting for machine to boot. This may take a few minutes...\n';
    world.order({ program: 'vagrant', args: '^up', does: { stdout: line, hang: true } });
    const hasty = world.backendWith({ processes: hurried('up') });
    const error = await failureOf(hasty.up(world.instance, { onProgress: () => undefined }));
    expect(error.code).to.equal('boot-timeout');
    expect(error.message)
      .to.include('vagrant up of node1, node2, node3 did not end within')
      .and.include('node1: Waiting for machine to boot. This may take a few minutes...');
  });

  it('has a deadline for a machine that runs and never answers, and says what it last saw', async () => {
    open('libvirt');
    await up();
    world.closed.add('node2');
    const error = await failureOf(world.backend.connect(world.instance, 'node2', { timeoutMs: 3_000 }));
    expect(error.code).to.equal('boot-timeout');
    expect(error.message).to.include('node2 did not accept a login within 3000 ms').and.include('ECONNREFUSED');
  });

  it('refuses to stand in the networks of another lab, and says how both can stand', async () => {
    open('libvirt');
    world.put('networks', 'halab-other.front', { inUse: true });
    const failure = await failureOf(up());
    expect(failure.message).to.contain('192.168.56.0/24 is that of the network halab-other.front');
    expect(failure.hint).to.contain('ranges of its own');
    expect(ups()).to.deep.equal([]);
  });

  it('says at once that a node is off', async () => {
    open('libvirt');
    await up();
    await world.backend.power?.off(world.instance, 'node1');
    const started = performance.now();
    const error = await failureOf(world.backend.connect(world.instance, 'node1', { timeoutMs: 60_000 }));
    expect(error.code).to.equal('node-unreachable');
    expect(performance.now() - started).to.be.below(10_000);
  });

  it('does not let in a node with another key than it had', async () => {
    open('libvirt');
    await up();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${world.stateDir}/halab-contract/ssh/node1.pub`, 'ssh-ed25519 of-somebody-else\n');
    const error = await failureOf(world.backend.connect(world.instance, 'node1', { timeoutMs: 300 }));
    expect(error.message).to.include('another host key');
  });

  const REFUSALS = [
    {
      what: 'a box that is missing',
      does: { recorded: 'up-missing-box.txt', exit: 1 },
      code: 'package-missing',
      reason: 'box-missing',
    },
    {
      what: 'a port that is taken',
      does: {
        stderr:
          'Vagrant cannot forward the specified ports on this VM, since they\nwould collide with some other application that is already listening\non these ports. The forwarded port to 2222 is already in use\non the host machine.\n',
        exit: 1,
      },
      code: 'backend-failed',
      reason: 'port-taken',
    },
    {
      what: 'a range that VirtualBox refuses',
      does: {
        stderr:
          'The IP address configured for the host-only network is not within the\nallowed ranges. Please update the address used to be within the allowed\nranges and run the command again.\n',
        exit: 1,
      },
      code: 'backend-failed',
      reason: 'range-refused',
    },
    {
      what: 'a volume that is in the way all the same',
      does: { recorded: 'up-volume-exists.txt', exit: 1 },
      code: 'backend-failed',
      reason: 'volume-left',
    },
  ] as const;

  for (const { what, does, code, reason } of REFUSALS) {
    it(`explains ${what}`, async () => {
      open('libvirt');
      world.order({ program: 'vagrant', args: '^up', does });
      const error = await failureOf(up());
      expect(error).to.include({ code });
      expect(error.data.reason).to.equal(reason);
      expect(error.hint ?? '').to.not.equal('');
    });
  }

  describe('down', () => {
    const remains = () => [...world.things('machines'), ...world.things('volumes'), ...world.things('networks')];

    it('removes by label when Vagrant hangs, and leaves other labs alone', async () => {
      open('libvirt');
      await up();
      world.put('machines', 'halab-contract2.node1', { name: 'halab-contract2.node1', id: 'x', state: 'running' });
      world.order({ program: 'vagrant', args: '^destroy', does: { hang: true } });
      await world.backendWith({ processes: hurried('destroy') }).down('contract');
      expect(remains()).to.deep.equal(['halab-contract2.node1']);
      expect(await world.backend.list()).to.deep.equal(['contract2']);
    });

    it('removes by label when Vagrant is broken, and without any memory', async () => {
      open('virtualbox');
      await up();
      world.put('media', 'disk-1', { location: `${world.stateDir}/halab-contract/vagrant/disks/node3-data.vdi` });
      world.order({
        program: 'vagrant',
        args: '',
        does: { stderr: 'cannot load such file -- vagrant (LoadError)', exit: 1 },
      });
      const { rmSync } = await import('node:fs');
      rmSync(`${world.stateDir}/halab-contract`, { recursive: true });
      expect(await world.backend.list()).to.deep.equal(['contract']);
      await world.backend.down('contract');
      expect([...remains(), ...world.things('media')]).to.deep.equal([]);
      expect(await world.backend.list()).to.deep.equal([]);
    });

    it('leaves a network that another lab’s machines are plugged into, and finds it once they are gone', async () => {
      open('libvirt');
      await up();
      world.put('networks', 'halab-contract.lan', { inUse: true });
      world.order({ program: 'vagrant', args: '^destroy', does: { exit: 1 } });
      await world.backend.down('contract');
      expect(remains()).to.deep.equal(['halab-contract.lan']);
      world.put('networks', 'halab-contract.lan', {});
      expect(await world.backend.list()).to.deep.equal(['contract']);
      await world.backend.down('contract');
      expect(remains()).to.deep.equal([]);
    });

    it('goes on when something cannot be removed, and says what is left', async () => {
      open('libvirt');
      await up();
      world.order(
        { program: 'vagrant', args: '^destroy', does: { exit: 1 } },
        { program: 'virsh', args: 'undefine halab-contract.node2', does: { stderr: 'error: it is held', exit: 1 } },
      );
      const error = await failureOf(world.backend.down('contract'));
      expect(error.message).to.include('libvirt domain halab-contract.node2').and.include('it is held');
      expect(remains()).to.deep.equal(['halab-contract.node2']);
      world.order();
      await world.backend.down('contract');
      expect(remains()).to.deep.equal([]);
    });
  });

  describe('snapshots', () => {
    it('wake every node even when one was not taken, and half a snapshot is none', async () => {
      open('libvirt');
      await up();
      world.order({
        program: 'virsh',
        args: 'snapshot-create-as halab-contract.node2',
        does: { stderr: 'error: unsupported configuration: disk vda is not qcow2', exit: 1 },
      });
      const error = await failureOf(take(world.backend, world.instance));
      expect(error.message).to.include('not qcow2');
      expect(await states()).to.deep.equal(ALL_RUN);
      expect(await world.backend.snapshots?.list(world.instance)).to.deep.equal([]);
    });
  });

  it('knows nothing of a machine without the programs, and does not complain', async () => {
    open('libvirt');
    const bare = world.backendWith({ path: '/nowhere' });
    const found = await bare.list();
    expect(found).to.be.an('array');
    await bare.down('never-there');
    const missing = (await bare.preflight(world.instance)).filter(({ ok, weight }) => !ok && weight === 'required');
    expect(missing.map(({ id }) => id)).to.include('program:vagrant');
  });

  it('emulates where KVM does not run a guest', async () => {
    open('libvirt');
    const { readdirSync, rmSync, symlinkSync, realpathSync } = await import('node:fs');
    const bin = world.env.PATH?.split(':')[0] ?? '';
    expect(readdirSync(bin)).to.include('qemu-system-x86_64');
    rmSync(`${bin}/qemu-system-x86_64`);
    symlinkSync(realpathSync('/bin/false'), `${bin}/qemu-system-x86_64`);
    await up();
    const call = world.calls().find(({ program, args }) => program === 'vagrant' && args?.[0] === 'up');
    expect(call?.driver).to.equal('qemu');
    expect(said.join('\n')).to.include('KVM does not work here');
    // As an up leaves it that was cut off while it set a node up.
    rmSync(join(world.stateDir, 'halab-contract', 'prepared', 'node1.json'));
    const before = world.calls().length;
    await up();
    const again = world
      .calls()
      .slice(before)
      .filter(({ program }) => program === 'vagrant');
    expect(again.map(({ args, driver }) => `${args?.slice(0, 2).join(' ')} ${driver}`)).to.deep.equal([
      'provision node1 qemu',
    ]);
  });
});
