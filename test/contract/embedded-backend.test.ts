import { tmpdir } from 'node:os';
import { readSettings } from '../../src/cli/settings.js';
import { createBackend } from '../../src/cli/wire.js';
import type { Lab, LabNode } from '../../src/model/lab.js';
import { describeBackend } from './backend.js';

const LAB: Lab = {
  name: 'contract',
  title: { en: 'Two nodes and a cable' },
  image: 'debian-12',
  cluster: { name: 'contract' },
  management: { cidr: '10.77.0.0/24', prefix: 24 },
  networks: [{ name: 'lan', cidr: '192.168.56.0/24', carries: ['cluster', 'service'] }],
  nodes: [smallNode('node1', 31, 'ha'), smallNode('node2', 32, 'storage')],
  addresses: [],
  users: [],
  machines: { firewall: 'on', fencing: 'none' },
};

function smallNode(name: string, host: number, role: LabNode['role']): LabNode {
  const link = { name: 'eth1', network: 'lan', address: `192.168.56.${host}`, prefix: 24 };
  return { name, role, cpus: 1, memoryMiB: 512, disks: [], management: `10.77.0.${host}`, links: [link] };
}

const backend = createBackend('embedded', readSettings({}, process.env, tmpdir()));
const missing = (await backend.preflight(LAB)).filter(({ ok, weight }) => !ok && weight === 'required');

if (missing.length === 0) {
  describeBackend('embedded', () => ({
    backend,
    instance: { name: 'contract', backend: 'embedded', lab: LAB },
  }));
} else {
  const reasons = missing.map(({ text }) => text).join('; ');
  describe('the embedded backend', () => {
    it(`keeps the promises of every backend (skipped: ${reasons})`);
  });
}
