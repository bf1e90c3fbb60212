import type { Lab, LabNode } from '../../../src/model/lab.js';

function node(name: string, role: LabNode['role'], last: number): LabNode {
  const links = [{ name: 'eth1', network: 'hostonly', address: `192.168.56.${last}`, prefix: 24 }];
  return {
    name,
    role,
    cpus: 1,
    memoryMiB: 1024,
    disks: role === 'storage' ? [{ name: 'shared', sizeMiB: 64 }] : [],
    management: `10.200.0.${last}`,
    links,
  };
}

export const testLab: Lab = {
  name: 'linuxha',
  title: { en: 'Test lab' },
  image: 'debian-12',
  cluster: { name: 'linuxha' },
  management: { cidr: '10.200.0.0/24', prefix: 24 },
  networks: [{ name: 'hostonly', cidr: '192.168.56.0/24', carries: ['cluster', 'service'] }],
  nodes: [
    node('iscsi-disks', 'storage', 20),
    node('ha-host1', 'ha', 31),
    node('ha-host2', 'ha', 32),
    node('ha-host3', 'ha', 33),
  ],
  addresses: [{ name: 'vip', address: '192.168.56.24', prefix: 24, network: 'hostonly' }],
  users: [{ name: 'root', password: 'vagrant' }],
  machines: { firewall: 'on', fencing: 'none' },
};
