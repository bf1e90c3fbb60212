import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Lab, labelOf } from '../../model/lab.js';
import type { Provider } from './options.js';

/** Name of a node's virtual machine, as `virsh list` and `VBoxManage list vms` show it. */
export function machineOf(instance: string, node: string): string {
  return `${labelOf(instance)}.${node}`;
}

/** Name of a network of the lab on libvirt; VirtualBox numbers its own. */
export function networkOf(instance: string, network: string): string {
  return `${labelOf(instance)}.${network}`;
}

/** The network of eth0 on libvirt: the management connection. VirtualBox uses its NAT for that. */
export const MANAGEMENT_NETWORK = 'management';

export interface VagrantDirs {
  /** Labs: Vagrantfile, scripts, Vagrant's own memory, keys. */
  readonly state: string;
}

export function labDirs({ state }: VagrantDirs, instance: string) {
  const lab = join(state, labelOf(instance));
  return { state: lab, vagrant: join(lab, 'vagrant'), ssh: join(lab, 'ssh') };
}

/** The first half of a MAC address names the maker of the interface: VirtualBox (Oracle's own), or QEMU (locally administered). */
const VENDOR: { readonly [P in Provider]: string } = { virtualbox: '080027', libvirt: '525400' };

/**
 * A MAC address for each link of the lab, by `<node>/<link>`: twelve hexadecimal digits, lower case. The same each time for
 * the same instance, and different for two instances of one lab, which may share a network of VirtualBox's.
 */
export function macsOf(instance: string, lab: Lab, provider: Provider): ReadonlyMap<string, string> {
  const macs = new Map<string, string>();
  const taken = new Set<string>();
  for (const node of lab.nodes) {
    for (const link of node.links) {
      let mac = '';
      for (let turn = 0; mac === '' || taken.has(mac); turn += 1) {
        const seed = [instance, node.name, link.name, turn].join('/');
        mac = VENDOR[provider] + createHash('sha256').update(seed).digest('hex').slice(0, 6);
      }
      taken.add(mac);
      macs.set(`${node.name}/${link.name}`, mac);
    }
  }
  return macs;
}

/** `080027a1b2c3` → `08:00:27:a1:b2:c3`. */
export function macText(mac: string): string {
  return (mac.match(/../g) ?? []).join(':');
}

/** Whether a domain, volume, network or machine of that name, or a folder of a path, belongs to the lab. */
export function isOf(instance: string, name: string): boolean {
  return name === labelOf(instance) || name.startsWith(`${labelOf(instance)}.`);
}

/** The lab that a name belongs to. Undefined where it is none of ours. */
export function instanceOf(name: string): string | undefined {
  return /^halab-([a-z][a-z0-9-]*)(?:\.|$)/.exec(name)?.[1];
}

/** The folder of a path, with either kind of slash, that carries a lab's label: the innermost one. */
export function labelIn(path: string): string | undefined {
  return path
    .split(/[\\/]/)
    .reverse()
    .find((part) => instanceOf(part) !== undefined);
}

/**
 * The machine that a volume belongs to, e.g. `halab-x.n1` of `halab-x.n1.img` and `halab-x.n1-vdb.qcow2`. A node's name may
 * be the beginning of another's, so the longest that fits is meant.
 */
export function machineOfVolume(volume: string, machines: readonly string[]): string | undefined {
  const fits = machines.filter(
    (machine) => volume === machine || (volume.startsWith(machine) && /^[._-]/.test(volume.slice(machine.length))),
  );
  return fits.sort((a, b) => b.length - a.length)[0];
}
