import { LabError } from '../../../model/errors.js';
import { cidrText, networkOf, parseIpv4 } from '../../../model/ipv4.js';
import type { LabSnapshot } from '../../../ports/backend.js';
import { answers, call, execOrThrow, lastLines, libvirtUri, PROGRAMS } from '../call.js';
import {
  type Hypervisor,
  type Machine,
  type MachineState,
  type Residue,
  slowed,
  type VagrantDeps,
} from '../hypervisor.js';
import { instanceOf, macText } from '../names.js';

const ANSWER_MS = 15_000;
const SNAPSHOT_MS = 10 * 60_000;

/** libvirt by virsh(1). */
export function createLibvirt(deps: VagrantDeps): Hypervisor {
  const argvOf = (args: readonly string[]) => [PROGRAMS.libvirt, '--connect', libvirtUri(deps.env), ...args];
  const snapshotMs = slowed(deps, SNAPSHOT_MS);
  const virsh = (what: string, args: readonly string[], timeoutMs?: number) =>
    execOrThrow(deps, argvOf(args), { what, timeoutMs });

  const machines = async () => {
    const [states, ids] = await Promise.all([
      virsh('listing domains', ['list', '--all']),
      virsh('listing domains', ['list', '--all', '--uuid', '--name']),
    ]);
    return parseDomains(states, ids).filter(({ name }) => instanceOf(name) !== undefined);
  };

  return {
    kind: 'libvirt domain',
    program: PROGRAMS.libvirt,
    answers: () => answers(deps, argvOf(['version']), ANSWER_MS),
    machines,
    find: async (name) => {
      const result = await call(deps, argvOf(['dominfo', name]));
      if (result.exitCode !== 0 && /failed to get domain/.test(result.stderr)) return undefined;
      const machine = parseDomain(name, result.stdout);
      if (result.exitCode === 0 && machine) return machine;
      throw new LabError('backend-failed', `virsh reports nothing about ${name}: ${lastLines(result)}`, {
        hint: 'halab doctor --backend vagrant shows whether libvirtd answers',
      });
    },
    ranges: async () => {
      const names = await ourNetworks();
      const found = names.map(async (network) => ({ network, cidr: parseRange(await dumpOf(network)) }));
      return (await Promise.all(found)).flatMap(({ network, cidr }) => (cidr === undefined ? [] : [{ network, cidr }]));
    },
    residues: async () => [...(await volumes()), ...(await networks())],
    remove: async ({ name, state }) => {
      if (state !== 'off') await virsh(`cutting the power of ${name}`, ['destroy', name]);
      await virsh(`removing ${name}`, ['undefine', name, '--managed-save', '--snapshots-metadata', '--nvram']);
    },
    power: {
      start: (name) => virsh(`starting ${name}`, ['start', name]),
      cut: (name) => virsh(`cutting the power of ${name}`, ['destroy', name]),
    },
    pause: {
      pause: (name) => virsh(`pausing ${name}`, ['suspend', name]),
      resume: (name) => virsh(`resuming ${name}`, ['resume', name]),
    },
    cables: {
      set: async ({ name, state }, mac, wanted) => {
        const args = ['domif-setlink', name, macText(mac), wanted];
        const what = `setting the cable ${macText(mac)} of ${name} ${wanted}`;
        // A cable that is out stays out over a reboot, as it would in the machine room.
        await virsh(what, [...args, '--config']);
        if (state !== 'off') await virsh(what, args);
      },
      get: (machine, mac) => cableOf(machine, mac),
    },
    snapshots: {
      take: (name, snapshot, at) => {
        const args = ['snapshot-create-as', name, snapshot, '--description', at];
        return virsh(`taking the snapshot ${snapshot} of ${name}`, args, snapshotMs);
      },
      restore: ({ name }, snapshot) =>
        virsh(`restoring ${name} to ${snapshot}`, ['snapshot-revert', name, snapshot], snapshotMs),
      list: async (name) => parseSnapshots(await virsh(`listing snapshots of ${name}`, ['snapshot-list', name])),
      remove: (name, snapshot) =>
        virsh(`removing the snapshot ${snapshot} of ${name}`, ['snapshot-delete', name, snapshot], snapshotMs),
    },
  };

  async function cableOf({ name, state }: Machine, mac: string): Promise<'up' | 'down'> {
    const args = ['domif-getlink', name, macText(mac), ...(state === 'off' ? ['--config'] : [])];
    const output = await virsh(`reading the state of the cable ${macText(mac)} of ${name}`, args);
    const cable = parseCable(output);
    if (cable) return cable;
    throw new LabError(
      'backend-failed',
      `virsh printed no link state for the cable ${macText(mac)} of ${name}: ${output.trim()}`,
    );
  }

  /** In every pool that is active: Vagrant can be configured to use another than `default`. */
  async function volumes(): Promise<readonly Residue[]> {
    const pools = wordsOf(await virsh('listing storage pools', ['pool-list', '--name']));
    const found = pools.map(async (pool) => {
      const names = parseVolumes(await virsh(`listing volumes of ${pool}`, ['vol-list', pool]));
      return names.filter(instanceOf).map((name) => ({
        kind: 'volume',
        name,
        remove: () => virsh(`removing the volume ${name} of ${pool}`, ['vol-delete', name, '--pool', pool]),
      }));
    });
    return (await Promise.all(found)).flat();
  }

  /** But for those in use: vagrant-libvirt plugs a second lab into the first one's network where both have the same range. */
  async function networks(): Promise<readonly Residue[]> {
    const all = await ourNetworks();
    const active = all.length > 0 ? wordsOf(await virsh('listing networks', ['net-list', '--name'])) : [];
    const isUsed = async (name: string) => active.includes(name) && isInUse(await dumpOf(name));
    const remove = async (name: string) => {
      if (active.includes(name)) await virsh(`stopping the network ${name}`, ['net-destroy', name]);
      await virsh(`removing the network ${name}`, ['net-undefine', name]);
    };
    const found = all.map(async (name) =>
      (await isUsed(name)) ? [] : [{ kind: 'network', name, remove: () => remove(name) }],
    );
    return (await Promise.all(found)).flat();
  }

  async function ourNetworks(): Promise<readonly string[]> {
    return wordsOf(await virsh('listing networks', ['net-list', '--all', '--name'])).filter(instanceOf);
  }

  function dumpOf(network: string): Promise<string> {
    return virsh(`looking at the network ${network}`, ['net-dumpxml', network]);
  }
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

const PAUSED = ['paused', 'pmsuspended'];
const OFF = ['shut off', 'crashed'];

/** `virsh list --all` for the states and `virsh list --all --uuid --name` for the ids, both in the C locale. */
export function parseDomains(table: string, ids: string): readonly Machine[] {
  const idOf = new Map(
    ids
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([id = '', name = '']) => [name, id]),
  );
  return rowsOf(table).flatMap((row) => {
    const [, name, state] = /^\s*\S+\s+(\S+)\s+(.+?)\s*$/.exec(row) ?? [];
    const id = name && idOf.get(name);
    return name && id && state ? [{ name, id, state: stateOf(state) }] : [];
  });
}

/** `virsh dominfo`: `UUID:`, `State:` and more, a line each. */
export function parseDomain(name: string, text: string): Machine | undefined {
  const value = (key: string) => new RegExp(`^${key}:\\s+(.+?)\\s*$`, 'm').exec(text)?.[1];
  const [id, state] = [value('UUID'), value('State')];
  return id && state ? { name, id, state: stateOf(state) } : undefined;
}

function stateOf(state: string): MachineState {
  if (PAUSED.includes(state)) return 'paused';
  return OFF.includes(state) ? 'off' : 'running';
}

/** `virsh vol-list`: names and paths. */
export function parseVolumes(table: string): readonly string[] {
  return rowsOf(table).flatMap((row) => row.trim().split(/\s+/).slice(0, 1));
}

/** `virsh snapshot-list`: name, `2026-11-24 23:56:00 +0000`, state. */
export function parseSnapshots(table: string): readonly LabSnapshot[] {
  return rowsOf(table).flatMap((row) => {
    const [, name, day, time, zone] =
      /^\s*(\S+)\s+(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4})\s+\S+\s*$/.exec(row) ?? [];
    return name ? [{ name, at: new Date(`${day}T${time}${zone}`).toISOString() }] : [];
  });
}

/** `virsh domif-getlink`: `52:54:00:… up`. */
export function parseCable(text: string): 'up' | 'down' | undefined {
  const word = text.trim().split(/\s+/).at(-1);
  return word === 'up' || word === 'down' ? word : undefined;
}

/** `virsh net-dumpxml`: `<ip address='192.168.56.1' netmask='255.255.255.0'>`. Undefined for a network without an address. */
export function parseRange(xml: string): string | undefined {
  const [, address, netmask] = /<ip address='([\d.]+)' netmask='([\d.]+)'/.exec(xml) ?? [];
  if (address === undefined || netmask === undefined) return undefined;
  const size = 2 ** 32 - (parseIpv4(netmask) ?? 0);
  return cidrText(networkOf(parseIpv4(address) ?? 0, 32 - Math.log2(size)));
}

/** `virsh net-dumpxml`: `<network connections='2' …>` while machines that run are plugged in. */
export function isInUse(xml: string): boolean {
  return /^<network\b[^>]*\bconnections='[1-9]/m.test(xml);
}

/** The lines below a table's head, which ends with a line of dashes. */
function rowsOf(table: string): readonly string[] {
  const lines = table.split('\n');
  return lines.slice(lines.findIndex((line) => /^-+$/.test(line)) + 1).filter((line) => line.trim() !== '');
}
