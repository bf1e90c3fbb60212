import { LabError } from '../../src/model/errors.js';
import type { Lab, LabInstance, LabNode } from '../../src/model/lab.js';
import type { Backend, LabStatus, NodeStatus } from '../../src/ports/backend.js';
import type { Clock } from '../../src/ports/clock.js';
import type { ClusterPort } from '../../src/ports/cluster.js';
import type { Transport } from '../../src/ports/transport.js';
import { createMemoryClock } from './memory-clock.js';
import { type ClusterMischief, createMemoryCluster } from './memory-cluster.js';
import { createMemoryFencing } from './memory-fencing.js';
import { createMemorySnapshots } from './memory-snapshots.js';
import { type CommandHook, createMemoryTransport } from './memory-transport.js';
import { createMemoryWorld, type MemoryWorld, type NodeWorld } from './memory-world.js';

/** What a test may have go wrong. */
export interface Mischief extends ClusterMischief {
  /** Answers commands in a node's place. */
  command?: CommandHook;
  /** Nodes that let nobody in. */
  readonly closed: Set<string>;
  /** Links (`node/link`), power or freezers (`node`) that do not obey, by what they throw. */
  readonly stuck: Map<string, Error>;
}

export interface MemoryLab {
  readonly backend: Backend;
  readonly cluster: ClusterPort;
  readonly lab: Lab;
  readonly clock: Clock;
  readonly mischief: Mischief;
  instance(name?: string): LabInstance;
  /** The world of an instance that is up. */
  world(name?: string): MemoryWorld;
  /** How often each node was connected to. */
  readonly connects: Map<string, number>;
}

export const LINUXHA: Lab = {
  name: 'linuxha',
  title: { en: 'Three HA hosts and their shared storage' },
  image: 'debian-12',
  cluster: { name: 'linuxha' },
  management: { cidr: '10.0.0.0/24', prefix: 24 },
  networks: [{ name: 'lan', cidr: '192.168.56.0/24', carries: ['cluster', 'service'] }],
  nodes: [
    labNode('iscsi-disks', 20, 'storage'),
    labNode('ha-host1', 31),
    labNode('ha-host2', 32),
    labNode('ha-host3', 33),
  ],
  addresses: [{ name: 'vip', address: '192.168.56.24', prefix: 24, network: 'lan' }],
  users: [{ name: 'root', password: 'vagrant' }],
  machines: { firewall: 'on', fencing: 'none' },
};

/** A Backend with every ability and the cluster software to go with it, all in memory and on a clock of its own. */
export function createMemoryBackend({
  lab = LINUXHA,
  clock = createMemoryClock(),
}: {
  readonly lab?: Lab;
  readonly clock?: Clock;
} = {}): MemoryLab {
  const worlds = new Map<string, MemoryWorld>();
  const mischief: Mischief = { closed: new Set(), stuck: new Map() };
  const connects = new Map<string, number>();
  const worldOfTransport = new Map<string, MemoryWorld>();

  function world(name = lab.name): MemoryWorld {
    const found = worlds.get(name);
    if (found === undefined)
      throw new LabError('lab-not-up', `the lab ${name} is not up`, { hint: 'Bring it up with `halab up`.' });
    return found;
  }

  function node(instance: LabInstance, name: string): NodeWorld {
    const found = world(instance.name).nodes.get(name);
    if (found === undefined) throw new LabError('node-not-found', `the lab ${instance.name} has no node '${name}'`);
    return found;
  }

  function obey(what: string): void {
    const error = mischief.stuck.get(what);
    if (error) throw error;
  }

  async function connect(
    instance: LabInstance,
    name: string,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Transport> {
    const target = node(instance, name);
    connects.set(name, (connects.get(name) ?? 0) + 1);
    const deadline = clock.monotonicMs() + timeoutMs;
    while (!target.isOn || target.isFrozen || mischief.closed.has(name)) {
      if (signal?.aborted) throw new LabError('interrupted', 'interrupted');
      if (clock.monotonicMs() >= deadline)
        throw new LabError('node-unreachable', `${name} did not let us in within ${timeoutMs} ms`, {
          data: { node: name },
        });
      await clock.sleep(50, signal);
    }
    worldOfTransport.set(name, world(instance.name));
    return createMemoryTransport(target, world(instance.name), clock, () => mischief.command);
  }

  const backend: Backend = {
    name: 'memory',
    preflight: async () => [{ id: 'memory', ok: true, text: 'memory is there', weight: 'required' }],
    async up(instance, { onProgress }) {
      onProgress({ stage: 'boot', text: 'booting in memory' });
      if (!worlds.has(instance.name)) worlds.set(instance.name, createMemoryWorld(instance.lab, clock));
      for (const each of world(instance.name).nodes.values()) each.isOn = true;
    },
    async down(name) {
      worlds.delete(name);
    },
    list: async () => [...worlds.keys()],
    status: async (instance) => statusOf(instance, worlds.get(instance.name)),
    connect: (instance, name, { timeoutMs, signal }) => connect(instance, name, timeoutMs, signal),
    power: {
      async off(instance, name) {
        obey(name);
        const target = node(instance, name);
        Object.assign(target, { isOn: false, isFrozen: false, clusterRuns: false });
        world(instance.name).changed();
      },
      async on(instance, name) {
        obey(name);
        const target = node(instance, name);
        if (!target.isOn) Object.assign(target, { isOn: true, clusterRuns: target.clusterEnabled });
        world(instance.name).changed();
      },
      isOn: async (instance, name) => node(instance, name).isOn,
    },
    links: {
      async set(instance, name, link, state, by) {
        obey(`${name}/${link}`);
        linkOf(instance, name, link)[by] = state;
        world(instance.name).changed();
      },
      get: async (instance, name, link) => ({ ...linkOf(instance, name, link) }),
    },
    pause: {
      async freeze(instance, name) {
        obey(name);
        node(instance, name).isFrozen = true;
        world(instance.name).changed();
      },
      async thaw(instance, name) {
        obey(name);
        node(instance, name).isFrozen = false;
        world(instance.name).changed();
      },
      isFrozen: async (instance, name) => node(instance, name).isFrozen,
    },
    snapshots: createMemorySnapshots(world, clock),
    kernel: ['clock'],
    storage: { whyNot: () => undefined, whyNoFaults: () => undefined },
    ...createMemoryFencing(node),
  };

  function linkOf(instance: LabInstance, name: string, link: string): { admin: 'up' | 'down'; carrier: 'up' | 'down' } {
    const found = node(instance, name).links.get(link);
    if (found === undefined) throw new LabError('link-not-found', `${name} has no link '${link}'`);
    return found;
  }

  return {
    backend,
    cluster: createMemoryCluster((transport) => worldOfTransport.get(transport.node) ?? world(), clock, mischief),
    lab,
    clock,
    mischief,
    connects,
    world,
    instance: (name = lab.name) => ({ name, backend: 'memory', lab }),
  };
}

function statusOf({ name, lab }: LabInstance, world: MemoryWorld | undefined): LabStatus {
  const state = (node: LabNode): NodeStatus['state'] => {
    const found = world?.nodes.get(node.name);
    return found === undefined ? 'absent' : !found.isOn ? 'stopped' : found.isFrozen ? 'frozen' : 'running';
  };
  const nodes = lab.nodes.map((node): NodeStatus => ({ node: node.name, state: state(node) }));
  const running = nodes.filter((node) => node.state === 'running' || node.state === 'frozen').length;
  const whole = world === undefined ? 'absent' : running === nodes.length ? 'up' : running === 0 ? 'down' : 'partial';
  return { instance: name, backend: 'memory', lab: lab.name, state: whole, image: 'memory', nodes };
}

function labNode(name: string, host: number, role: LabNode['role'] = 'ha'): LabNode {
  return {
    name,
    role,
    cpus: 1,
    memoryMiB: 1024,
    disks: role === 'storage' ? [{ name: 'shared', sizeMiB: 1024 }] : [],
    management: `10.0.0.${host}`,
    links: [{ name: 'eth1', network: 'lan', address: `192.168.56.${host}`, prefix: 24 }],
  };
}
