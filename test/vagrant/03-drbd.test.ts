import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { hostNetwork } from '../support/real-lab/leaks.js';
import { scenarioOf } from '../support/real-lab/runs.js';
import { buildBoxOf } from './support/box.js';
import { createMachineRoom, MINUTE } from './support/machine-room.js';

const NAME = 'replica';

/** What a container cannot do: load a module of the kernel. */
describe('DRBD under real Vagrant, libvirt and QEMU', function () {
  this.timeout(60 * MINUTE);

  it('loses no write of the host whose power is cut', async () => {
    const network = hostNetwork();
    const out = mkdtempSync(join(tmpdir(), 'halab-drbd-'));
    try {
      const box = await buildBoxOf('drbd', out);
      const room = await createMachineRoom(box);
      try {
        const words = ['run', 'drbd-holder-lost', '--provider', 'libvirt', '--box', box.name, '--name', NAME, '--json'];
        const { exitCode, stdout, stderr } = await room.halab(words, 50 * MINUTE);
        expect(stdout, stderr).to.match(/^\{/);
        const run = JSON.parse(stdout);
        expect(run.verdict, `${run.reason}\n${stderr}`).to.equal('passed');
        expect(scenarioOf(run, 'drbd-holder-lost')?.verdict).to.equal('passed');
        expect(exitCode).to.equal(0);
        expect(await room.leftOf(NAME)).to.deep.equal([]);
      } finally {
        await room.close();
      }
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
    expect(hostNetwork(), 'the machine’s own network').to.deep.equal(network);
  });
});
