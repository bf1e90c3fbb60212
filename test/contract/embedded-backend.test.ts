import { tmpdir } from 'node:os';
import { expect } from 'chai';
import type { EmbeddedDeps } from '../../src/backends/embedded/host.js';
import { embedded, embeddedDeps } from '../../src/backends/embedded/index.js';
import { createPause } from '../../src/backends/embedded/power.js';
import { readSettings } from '../../src/cli/settings.js';
import { backendHost } from '../../src/cli/wire.js';
import { LabError } from '../../src/model/errors.js';
import type { Lab, LabInstance, LabNode } from '../../src/model/lab.js';
import type { PauseAbility } from '../../src/ports/backend.js';
import { rejection } from '../support/rejection.js';
import { describeBackend, type Impatience } from './backend.js';

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

const INSTANCE: LabInstance = { name: 'contract', backend: 'embedded', lab: LAB };

/** By itself ipmitool sends each request five times; twice is enough on a machine with other work to do. */
const TWO_TRIES: Impatience = {
  path: '/root/ipmitool-twice',
  script: '#!/bin/sh\nexec ipmitool -R 2 "$@"\n',
  options: { ipmitool_path: '/root/ipmitool-twice' },
};

const host = backendHost(readSettings({}, process.env, tmpdir()));
const backend = await embedded.create(host);
const missing = (await backend.preflight(INSTANCE)).filter(({ ok, weight }) => !ok && weight === 'required');

if (missing.length === 0) {
  describeBackend('embedded', () => ({
    backend,
    instance: INSTANCE,
    impatience: TWO_TRIES,
  }));
  describeHalfway();
} else {
  const reasons = missing.map(({ text }) => text).join('; ');
  describe('the embedded backend', () => {
    it(`keeps the promises of every backend (skipped: ${reasons})`);
  });
}

/** Whoever is killed leaves the commands that were still to come undone. */
function describeHalfway(): void {
  describe('a freeze of the embedded backend that is cut short', function () {
    this.timeout(60_000);
    const instance = { name: 'contract-half', backend: 'embedded', lab: LAB } as const;
    const deps = embeddedDeps(host);
    const pause = createPause(deps);

    before(() => backend.up(instance, { onProgress: () => undefined }));
    after(() => backend.down(instance.name));

    function cutAfter(commands: number): PauseAbility {
      let left = commands;
      const run: EmbeddedDeps['processes']['run'] = async (argv, options) => {
        left -= 1;
        if (left < 0) throw new LabError('interrupted', 'killed');
        return deps.processes.run(argv, options);
      };
      return createPause({ ...deps, processes: { ...deps.processes, run } });
    }

    async function isHeard(): Promise<boolean> {
      const transport = await backend.connect(instance, 'node2', { timeoutMs: 10_000 });
      const ping = ['ping', '-c', '3', '-i', '0.2', '-W', '1', '192.168.56.31'];
      const { exitCode } = await transport.exec(ping, { timeoutMs: 10_000 });
      await transport.close();
      return exitCode === 0;
    }

    for (const commands of [0, 1]) {
      it(`is seen to be frozen or has changed nothing, after ${commands} commands`, async () => {
        expect(await rejection(cutAfter(commands).freeze(instance, 'node1'))).to.have.property('message', 'killed');
        if (await pause.isFrozen(instance, 'node1')) await pause.thaw(instance, 'node1');
        expect(await isHeard()).to.equal(true);
      });

      it(`is still seen to be frozen when thawing it was cut short after ${commands} commands`, async () => {
        await pause.freeze(instance, 'node1');
        expect(await isHeard()).to.equal(false);
        expect(await rejection(cutAfter(commands).thaw(instance, 'node1'))).to.have.property('message', 'killed');
        expect(await pause.isFrozen(instance, 'node1')).to.equal(true);
        await pause.thaw(instance, 'node1');
        expect(await isHeard()).to.equal(true);
      });
    }
  });
}
