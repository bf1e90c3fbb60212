import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { expect } from 'chai';
import { hashOf, locateImage, nodeImage, recipeOf } from '../../../src/backends/embedded/image-store.js';
import { stateFromFlags } from '../../../src/backends/embedded/links.js';
import { loginMessage } from '../../../src/backends/embedded/login-message.js';
import { labDirs, machineOf, nodeDirs, switchOf } from '../../../src/backends/embedded/names.js';
import { addressBatch, bridgesOf, cablesOf, plugBatch, switchBatch } from '../../../src/backends/embedded/network.js';
import { hostsFile, writeNodeFiles } from '../../../src/backends/embedded/prepare-node.js';
import { findLeftovers } from '../../../src/backends/embedded/remove.js';
import { findSupervisors, isMachineAlive } from '../../../src/backends/embedded/supervisors.js';
import { mainArchiveOf } from '../../../src/backends/image/building.js';
import { IMAGE_IDS, type Recipe } from '../../../src/backends/image/recipe.js';
import { loadLab } from '../../../src/config/files.js';
import { gatewayOf, IMAGES, type Lab, type LabNode, labelOf, nodeOf } from '../../../src/model/lab.js';
import { TOP } from '../../support/halab.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const LABS: readonly Lab[] = [
  'linuxha',
  'two-node',
  'five-node',
  'separate-networks',
  'redundant-links',
  'quorum-device',
  'remote-nodes',
  'ipv6',
].map((name) => loadLab(name, { cwd: TOP, root: TOP }).lab);
const [LINUXHA] = LABS as [Lab];
const LONGEST_INTERFACE = 15;
const LONGEST_HOSTNAME = 64;

describe('names', () => {
  const dirs = { state: '/s', cache: '/c', run: '/r' };

  it('carry the lab’s label', () => {
    expect([labelOf('x'), machineOf('x', 'n1'), switchOf('x')]).to.deep.equal([
      'halab-x',
      'halab-x.n1',
      'halab-x.switch',
    ]);
    expect(Object.values(labDirs(dirs, 'x')).every((path) => path.includes('/halab-x'))).to.equal(true);
    expect(Object.values(nodeDirs(dirs, 'x', 'n1')).every((path) => path.includes('/halab-x/'))).to.equal(true);
  });

  it('of one lab never begin another’s', () => {
    expect(machineOf('a-b', 'c').startsWith(`${labelOf('a')}.`)).to.equal(false);
    expect(machineOf('a', 'b').startsWith(`${labelOf('a')}.`)).to.equal(true);
  });

  it('stay within what a socket path and a machine name may hold', () => {
    const longest = 'a'.repeat(21);
    for (const lab of LABS) {
      for (const { name } of lab.nodes) {
        expect(nodeDirs({ ...dirs, run: '/run' }, longest, name).socket.length).to.be.below(108);
        expect(machineOf(longest, name).length).to.be.at.most(LONGEST_HOSTNAME);
      }
    }
  });
});

describe('the network plan', () => {
  for (const lab of LABS) {
    describe(`of ${lab.name}`, () => {
      const cables = lab.nodes.flatMap((node) => cablesOf(lab, node));

      it('names ports that the kernel takes, each once', () => {
        const names = [...cables.map(({ port }) => port), ...bridgesOf(lab).map(({ bridge }) => bridge)];
        expect(names.filter((name) => name.length > LONGEST_INTERFACE)).to.deep.equal([]);
        expect(new Set(names).size).to.equal(names.length);
      });

      it('gives each node eth0 on management and a cable for each link, on the network’s own bridge', () => {
        for (const node of lab.nodes) {
          const own = cablesOf(lab, node);
          expect(own.map(({ link }) => link)).to.deep.equal(['eth0', ...node.links.map(({ name }) => name)]);
          expect(own[0]).to.include({ bridge: 'br0', address: node.management });
        }
        const bridgeOf = (network: string) => bridgesOf(lab).find((each) => each.network === network)?.bridge;
        for (const { network, address } of lab.nodes.flatMap(({ links }) => links)) {
          expect(cables.find((cable) => cable.address === address)?.bridge).to.equal(bridgeOf(network));
        }
      });

      it('gives no address twice, the gateway’s included', () => {
        const addresses = [
          ...cables.map(({ address }) => address),
          gatewayOf(lab),
          ...lab.addresses.map(({ address }) => address),
        ];
        expect(new Set(addresses).size).to.equal(addresses.length);
      });

      it('has a hosts file in which every node has its service and its management name', () => {
        const lines = hostsFile(lab).trim().split('\n');
        expect(lines.slice(0, 2)).to.deep.equal(['127.0.0.1 localhost', '::1 localhost ip6-localhost']);
        for (const { name, management, links } of lab.nodes) {
          expect(lines).to.include(`${links[0]?.address} ${name}`).and.include(`${management} ${name}-mgmt`);
        }
        const names = lines.flatMap((line) => line.split(' ').slice(1));
        expect(names.filter((name) => name !== 'localhost')).to.have.length(new Set(names).size - 1);
      });
    });
  }

  it('is written in the words of ip -batch', () => {
    const node = nodeOf({ name: 'x', backend: 'embedded', lab: LINUXHA }, 'ha-host1');
    expect(switchBatch(LINUXHA)).to.include('link add br1 type bridge').and.include('link set br1 up');
    expect(plugBatch(LINUXHA, node, 'halab-x.ha-host1')).to.deep.equal([
      'link add n2-eth0 type veth peer name eth0 address 02:00:0a:4d:00:0c netns halab-x.ha-host1',
      'link set n2-eth0 master br0 up',
      'link add n2-eth1 type veth peer name eth1 address 02:00:c0:a8:38:1f netns halab-x.ha-host1',
      'link set n2-eth1 master br1 up',
    ]);
    const [first, ...others] = addressBatch(LINUXHA, node);
    expect(first).to.equal('link set lo up');
    expect(others).to.include('addr add 192.168.56.31/24 brd + dev eth1');
  });

  it('knows no node that is not in the lab', () => {
    expect(() => nodeOf({ name: 'x', backend: 'embedded', lab: LINUXHA }, 'ha-host9'))
      .to.throw('has no node ha-host9')
      .with.property('hint')
      .that.includes('ha-host3');
  });
});

describe('the state of a link', () => {
  it('has an admin side in the node and a carrier at the far end', () => {
    expect(stateFromFlags(['UP', 'LOWER_UP'], ['UP'])).to.deep.equal({ admin: 'up', carrier: 'up' });
    expect(stateFromFlags(['BROADCAST'], ['UP'])).to.deep.equal({ admin: 'down', carrier: 'up' });
    expect(stateFromFlags(['NO-CARRIER', 'UP'], [])).to.deep.equal({ admin: 'up', carrier: 'down' });
  });
});

describe('the files that make a node itself', () => {
  const at = temporaryFolder();
  const keys = {
    lab: { privateKey: 'LAB SECRET\n', publicKey: 'ssh-ed25519 LAB' },
    host: { privateKey: 'HOST SECRET\n', publicKey: 'ssh-ed25519 HOST' },
  };
  const write = (name: string) =>
    writeNodeFiles(LINUXHA, nodeOf({ name: 'x', backend: 'embedded', lab: LINUXHA }, name), at(), keys);
  const read = (path: string) => readFileSync(at(path), 'utf8');

  beforeEach(function () {
    if (process.getuid?.() !== 0) this.skip();
  });

  it('give it its name, the names of the others and its keys', () => {
    write('ha-host1');
    expect(read('etc/hostname')).to.equal('ha-host1\n');
    expect(read('etc/hosts')).to.equal(hostsFile(LINUXHA));
    expect(read('etc/machine-id')).to.match(/^[0-9a-f]{32}\n$/);
    expect(read('root/.ssh/authorized_keys')).to.equal('ssh-ed25519 LAB\n');
    expect(read('etc/ssh/ssh_host_ed25519_key')).to.equal('HOST SECRET\n');
  });

  it('keep secrets to themselves', () => {
    write('ha-host1');
    for (const path of ['root/.ssh/id_ed25519', 'etc/ssh/ssh_host_ed25519_key', 'root/.ssh/authorized_keys']) {
      expect(lstatSync(at(path)).mode & 0o077, path).to.equal(0);
    }
    expect(lstatSync(at('root')).mode & 0o777).to.equal(0o700);
  });

  it('give pcsd a key that is made at once, and no unit that fails', () => {
    write('ha-host1');
    expect(read('etc/systemd/system/pcsd.service.d/halab.conf')).to.match(/^ExecStartPre=-.*-newkey ec /m);
    expect(readlinkSync(at('etc/systemd/system/openipmi.service'))).to.equal('/dev/null');
  });

  it('start the target on the storage node only, where pcsd is masked', () => {
    write('iscsi-disks');
    expect(readlinkSync(at('etc/systemd/system/pcsd.service'))).to.equal('/dev/null');
    expect(readlinkSync(at('etc/systemd/system/multi-user.target.wants/tgt.service'))).to.match(/tgt\.service$/);
  });

  for (const [name, node] of [
    ['quorum-device', 'arbiter'],
    ['remote-nodes', 'remote1'],
  ] as const)
    it(`leave pcsd to ${node}, which pcs sets up`, () => {
      const { lab } = loadLab(name, { cwd: TOP, root: TOP });
      writeNodeFiles(lab, nodeOf({ name: 'x', backend: 'embedded', lab }, node), at(), keys);
      expect(existsSync(at('etc/systemd/system/pcsd.service'))).to.equal(false);
      expect(read('etc/systemd/system/pcsd.service.d/halab.conf')).to.match(/^ExecStartPre=/m);
    });
});

describe('the message at login', () => {
  const messageOn = (name: string) => {
    const instance = { name: 'anna', backend: 'embedded', lab: LINUXHA };
    return loginMessage(instance, nodeOf(instance, name));
  };

  it('names the lab, the node and its address', () => {
    expect(messageOn('iscsi-disks')).to.equal('halab · lab anna · iscsi-disks · eth1 192.168.56.20\n');
  });

  it('sets the commands of older guides beside those of today, where there is pcs', () => {
    const lines = messageOn('ha-host1').split('\n');
    expect(lines[0]).to.equal('halab · lab anna · ha-host1 · eth1 192.168.56.31');
    expect(lines).to.include('  pcs cluster auth HOST…               →  pcs host auth HOST…');
    expect(lines).to.include('  pcs cluster setup --name NAME HOST…  →  pcs cluster setup NAME HOST…');
  });
});

describe('what is left of labs', () => {
  const at = temporaryFolder();

  it('is found by its label in each of the folders', async () => {
    const { mkdirSync } = await import('node:fs');
    for (const path of ['state/halab-zz-one', 'run/halab-zz-two', 'state/other', 'state/halab-'])
      mkdirSync(at(path), { recursive: true });
    const found = findLeftovers({ state: at('state'), cache: at('cache'), run: at('run') });
    expect(found).to.include('zz-one').and.include('zz-two').and.not.include('').and.not.include('other');
  });

  it('has no supervisors where nothing runs', () => {
    expect(findSupervisors('zz-never-was')).to.deep.equal([]);
    expect(isMachineAlive('halab-zz-never-was.n1')).to.equal(false);
  });
});

describe('image recipes', () => {
  const recipe = recipeOf('debian-12') as Recipe;

  it('are there for every image of Debian that a lab file may name', () => {
    expect(IMAGE_IDS).to.deep.equal(IMAGES.filter((image) => image.startsWith('debian-')));
    expect(recipeOf('debian-21')).to.equal(undefined);
    expect(() => locateImage('/c', 'debian-21'))
      .to.throw('no image debian-21')
      .with.property('code', 'config-invalid');
  });

  it('leave the cluster’s software out where it is to be installed by hand, and put its packages into the image', () => {
    const bare = recipeOf('debian-12', { more: [], software: 'packages' }) as Recipe;
    const stack = ['corosync', 'pacemaker', 'pcs', 'crmsh'];
    expect(recipe.packages).to.include.members(stack);
    for (const name of stack) expect(bare.packages).to.not.include(name);
    expect(bare.customize).to.match(/^set -- corosync pacemaker .*\bpcs\b.* crmsh$/m);
    expect(bare.customize.indexOf('--download-only')).to.be.lessThan(bare.customize.indexOf('deb [trusted=yes] file:'));
    expect(recipe.customize).to.not.include('--download-only');
  });

  it('are chosen by what the lab says of its hosts, and by their roles', () => {
    const { lab } = loadLab('bare-hosts', { cwd: TOP, root: TOP });
    const [host] = lab.nodes as [LabNode];
    const titleOf = (software: Partial<Lab['cluster']>, role: LabNode['role']) =>
      nodeImage('/c', { ...lab, cluster: { name: 'x', ...software } }, { ...host, role }).title;
    expect(titleOf(lab.cluster, 'ha')).to.equal('debian-12 without the cluster software, but its packages');
    expect(titleOf({}, 'ha')).to.equal('debian-12');
    expect(titleOf(lab.cluster, 'storage')).to.equal('debian-12');
    expect(titleOf(lab.cluster, 'client')).to.equal('debian-12 without the cluster software');
  });

  it('have the same hash for the same ingredients', () => {
    expect(hashOf(recipe))
      .to.match(/^[0-9a-f]{12}$/)
      .and.equal(hashOf({ ...recipe, packages: [...recipe.packages] }));
  });

  const changes: { readonly [K in keyof Recipe]: Recipe[K] } = {
    id: 'debian-x',
    suite: 'sid',
    packages: [...recipe.packages, 'one-more'],
    customize: `${recipe.customize}\n`,
    mainArchiveOnly: true,
  };
  for (const key of Object.keys(changes) as (keyof Recipe)[]) {
    it(`have another hash for another ${key}`, () => {
      expect(hashOf({ ...recipe, [key]: changes[key] })).to.not.equal(hashOf(recipe));
    });
  }
});

describe('mainArchiveOf', () => {
  /** As `apt-get indextargets` printed it on Debian 12, with another host. */
  const TARGETS = `Debian main oldstable-security bookworm-security http://mirror.example/debian-security
Debian main oldstable-updates bookworm-updates http://mirror.example/debian
Debian contrib oldstable bookworm http://mirror.example/contrib
Elsewhere main stable bookworm http://other.example/packages
Debian main oldstable bookworm http://mirror.example/debian/
`;

  it('is Debian’s main one, not its updates or security, nor anybody else’s', () => {
    expect(mainArchiveOf(TARGETS)).to.equal('http://mirror.example/debian/');
  });

  it('is not guessed', () => {
    expect(mainArchiveOf(TARGETS.replace(/^Debian main oldstable bookworm .*$/m, ''))).to.equal(undefined);
    expect(mainArchiveOf('')).to.equal(undefined);
    expect(mainArchiveOf('Debian main oldstable bookworm\n')).to.equal(undefined);
  });
});
