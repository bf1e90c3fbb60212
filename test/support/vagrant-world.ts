import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createVagrantBackend } from '../../src/backends/vagrant/backend.js';
import type { VagrantDeps } from '../../src/backends/vagrant/hypervisor.js';
import { machineOf, macsOf, macText } from '../../src/backends/vagrant/names.js';
import type { Provider } from '../../src/backends/vagrant/options.js';
import { LabError } from '../../src/model/errors.js';
import { type Lab, type LabInstance, labelOf } from '../../src/model/lab.js';
import type { Backend } from '../../src/ports/backend.js';
import type { ProcessRunner } from '../../src/ports/process.js';
import { systemClock } from '../../src/system/clock.js';
import { createProcessRunner } from '../../src/system/process-runner.js';
import { type CommandHook, createMemoryTransport } from './memory-transport.js';
import { createMemoryWorld, type NodeWorld } from './memory-world.js';

const PROGRAMS = join(import.meta.dirname, 'vagrant-programs');
const HYPERVISOR: { readonly [P in Provider]: string } = { virtualbox: 'VBoxManage', libvirt: 'virsh' };
const FIRST_PORT = 2200;

export interface FakeCall {
  readonly program: string;
  readonly args?: readonly string[];
  readonly signal?: string;
  readonly ended?: boolean;
  /** LIBVIRT_DRIVER, as the program saw it. */
  readonly driver?: string;
}

/** What a program does instead, while `args` is in its command line. */
export interface FakeOrder {
  readonly program: 'vagrant' | 'virsh' | 'VBoxManage';
  readonly args: string;
  readonly does: {
    readonly stdout?: string;
    readonly stderr?: string;
    /** A recorded answer. */
    readonly recorded?: string;
    readonly exit?: number;
    readonly hang?: true;
    /** A call to the hypervisor takes a second. */
    readonly slow?: true;
    readonly slowFor?: readonly string[];
    /** This node does not come up. */
    readonly failFor?: string;
    /** Vagrant is cut off before it has noted what it made. */
    readonly forgetful?: true;
  };
}

export interface FakeMachine {
  readonly name: string;
  readonly id: string;
  readonly state: 'running' | 'paused' | 'off';
  readonly files: Readonly<Record<string, string>>;
}

/** A machine with fake programs of Vagrant and one hypervisor, and nodes in memory behind them. */
export interface VagrantWorld {
  readonly backend: Backend;
  readonly instance: LabInstance;
  readonly stateDir: string;
  /** For the real program: nothing but these programs and node is found with it. */
  readonly env: Readonly<Record<string, string>>;
  calls(): readonly FakeCall[];
  /** Command lines of Vagrant's since the last time this was asked. */
  vagrants(): readonly string[];
  order(...orders: readonly FakeOrder[]): void;
  things(kind: 'machines' | 'volumes' | 'networks' | 'media'): readonly string[];
  put(kind: 'machines' | 'volumes' | 'networks' | 'media', name: string, value: object): void;
  machine(node: string): FakeMachine;
  /** Nodes that let nobody in. */
  readonly closed: Set<string>;
  /** The backend of somebody who knows more or less than ours does. */
  backendWith(deps: Partial<VagrantDeps>): Backend;
  files(node: string): Readonly<Record<string, string>>;
  remove(): void;
}

export const VAGRANT_LAB: Lab = {
  name: 'contract',
  title: { en: 'Three nodes and a cable' },
  image: 'debian-12',
  cluster: { name: 'contract' },
  management: { cidr: '10.77.0.0/24', prefix: 24 },
  networks: [{ name: 'lan', cidr: '192.168.56.0/24', carries: ['cluster', 'service'] }],
  nodes: (['node1', 'node2', 'node3'] as const).map((name, index) => ({
    name,
    role: index === 2 ? 'storage' : 'ha',
    cpus: 1,
    memoryMiB: 512,
    disks: [],
    management: `10.77.0.${31 + index}`,
    links: [{ name: 'eth1', network: 'lan', address: `192.168.56.${31 + index}`, prefix: 24 }],
  })),
  addresses: [],
  users: [{ name: 'root', password: 'vagrant' }],
  machines: { firewall: 'on', fencing: 'none' },
};

export function createVagrantWorld(
  provider: Provider,
  {
    lab = VAGRANT_LAB,
    processes = createProcessRunner(),
  }: { readonly lab?: Lab; readonly processes?: ProcessRunner } = {},
): VagrantWorld {
  const folder = mkdtempSync(join(tmpdir(), 'halab-vagrant-'));
  const at = (...path: readonly string[]) => join(folder, ...path);
  for (const name of ['bin', 'world', 'state']) mkdirSync(at(name));
  for (const program of ['vagrant', HYPERVISOR[provider]])
    symlinkSync(join(PROGRAMS, `${program}.mjs`), at('bin', program));
  symlinkSync(join(PROGRAMS, 'qemu.mjs'), at('bin', 'qemu-system-x86_64'));
  symlinkSync(process.execPath, at('bin', 'node'));
  const instance: LabInstance = { name: VAGRANT_LAB.name, backend: 'vagrant', options: { provider }, lab };
  const macs = macsOf(instance.name, lab, provider);
  const macOf = (node: string) => macs.get(`${node}/eth1`) ?? '';
  const nodes = lab.nodes.map(({ name }) => ({ name, macs: { eth1: macOf(name) } }));
  writeFileSync(at('world', 'lab.json'), JSON.stringify({ label: labelOf(instance.name), nodes }));

  const memory = createMemoryWorld(lab, systemClock);
  const closed = new Set<string>();
  const path = [at('bin'), '/usr/bin', '/bin'].join(delimiter);
  const fileOf = (node: string) => at('world', 'machines', machineOf(instance.name, node));
  const machine = (node: string) => JSON.parse(readFileSync(fileOf(node), 'utf8')) as FakeMachine;

  /** The node as it is on disk; what is written to it is on disk at once, so that snapshots have it. */
  const connect: VagrantDeps['connect'] = async ({ node: name, endpoint, hostKey, onHostKey }) => {
    const expected = lab.nodes.findIndex((each) => each.name === name) + FIRST_PORT;
    const isThere = 'port' in endpoint && endpoint.port === expected;
    const runs = isThere && existsSync(fileOf(name)) && machine(name).state === 'running';
    if (!runs || closed.has(name)) throw new LabError('node-unreachable', `${name} cannot be reached: ECONNREFUSED`);
    if (hostKey !== undefined && hostKey !== `ssh-ed25519 key-of-${name}`)
      throw new LabError('node-unreachable', `${name} shows another host key`);
    onHostKey?.(`ssh-ed25519 key-of-${name}`);
    const node = memory.nodes.get(name) as NodeWorld;
    Object.assign(node, { isOn: true, isFrozen: false });
    node.files.clear();
    for (const [file, content] of Object.entries(machine(name).files)) node.files.set(file, Buffer.from(content));
    const transport = createMemoryTransport(node, memory, systemClock, () => answerFor(node, macOf(name)));
    const save = () => {
      const files = Object.fromEntries([...node.files].map(([file, content]) => [file, content.toString()]));
      writeFileSync(fileOf(name), JSON.stringify({ ...machine(name), files }));
    };
    return {
      ...transport,
      exec: async (argv, options) => {
        const result = await transport.exec(argv, options);
        save();
        return result;
      },
      upload: async (...args) => {
        await transport.upload(...args);
        save();
      },
    };
  };

  const backendWith = (more: Partial<VagrantDeps>) =>
    createVagrantBackend({
      processes,
      clock: systemClock,
      dirs: { state: at('state') },
      provider,
      platform: 'linux',
      arch: 'x64',
      path,
      env: { FAKE_WORLD: at('world') },
      hostFile: (file) => (file === '/proc/cpuinfo' ? 'flags\t\t: fpu vmx\n' : undefined),
      generateKeyPair: (comment) => ({ privateKey: `private ${comment}\n`, publicKey: `ssh-ed25519 AAAA ${comment}` }),
      connect,
      ...more,
    });

  const calls = (): readonly FakeCall[] => {
    if (!existsSync(at('world', 'calls.jsonl'))) return [];
    // What follows the last line feed is still being written.
    const lines = readFileSync(at('world', 'calls.jsonl'), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as FakeCall);
  };
  let seen = 0;
  return {
    backend: backendWith({}),
    instance,
    stateDir: at('state'),
    env: { PATH: path, FAKE_WORLD: at('world') },
    calls,
    vagrants: () => {
      const fresh = calls().slice(seen);
      seen = calls().length;
      return fresh.filter(({ program, args }) => program === 'vagrant' && args).map(({ args = [] }) => args.join(' '));
    },
    order: (...orders) => writeFileSync(at('world', 'control.json'), JSON.stringify(orders)),
    things: (kind) => (existsSync(at('world', kind)) ? readdirSync(at('world', kind)).sort() : []),
    put: (kind, name, value) => {
      mkdirSync(at('world', kind), { recursive: true });
      writeFileSync(at('world', kind, name), JSON.stringify(value));
    },
    machine,
    closed,
    backendWith,
    files: (node) => machine(node).files,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** In the node eth1 goes by another name, as it does on many a box. */
function answerFor(node: NodeWorld, mac: string): CommandHook {
  const link = node.links.get('eth1');
  return (_name, argv) => {
    if (argv.join(' ') === 'ip -o link') return { stdout: linesOf(mac, link?.admin === 'up') };
    if (argv.slice(0, 4).join(' ') === 'ip link set dev') {
      if (argv[4] !== 'enp0s8' || !link) return { exitCode: 1, stderr: `Cannot find device "${argv[4]}"\n` };
      link.admin = argv[5] === 'up' ? 'up' : 'down';
      return {};
    }
    if (argv[0] === 'mkdir') return {};
    if (argv[3] === 'add-line') {
      const [, , , , file = '', line = ''] = argv;
      const lines = (node.files.get(file)?.toString() ?? '').split('\n').filter(Boolean);
      node.files.set(file, Buffer.from(`${[...new Set([...lines, line])].join('\n')}\n`));
      return {};
    }
    return undefined;
  };
}

function linesOf(mac: string, isUp: boolean): string {
  const flags = isUp ? 'BROADCAST,MULTICAST,UP,LOWER_UP' : 'BROADCAST,MULTICAST';
  const tail = 'qdisc fq_codel state UP mode DEFAULT group default qlen 1000';
  return [
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    `2: enp0s3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 ${tail}\\    link/ether 08:00:27:ff:ff:ff brd ff:ff:ff:ff:ff:ff`,
    `3: enp0s8: <${flags}> mtu 1500 ${tail}\\    link/ether ${macText(mac)} brd ff:ff:ff:ff:ff:ff`,
    '',
  ].join('\n');
}
