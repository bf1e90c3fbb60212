import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { hostNetwork } from '../support/real-lab/leaks.js';
import { buildBoxOf } from './support/box.js';
import { createMachineRoom, MINUTE } from './support/machine-room.js';

const NAME = 'paced';

/**
 * A lab that counts as far slower than it is has long waits, and none that overflows a timer and ends at once. The box has
 * the cluster's packages: their installation, a quarter of an hour in emulation, is what 01-lab shows.
 */
describe('the walk-through under real Vagrant with a slowness that is given', function () {
  this.timeout(60 * MINUTE);
  const out = mkdtempSync(join(tmpdir(), 'halab-paced-'));
  let box: Awaited<ReturnType<typeof buildBoxOf>>;

  before(async () => {
    box = await buildBoxOf('linuxha', out);
  });

  after(() => rmSync(out, { recursive: true, force: true }));

  for (const slowness of ['40', '1000']) {
    it(`of ${slowness} passes`, async () => {
      const network = hostNetwork();
      const room = await createMachineRoom(box, { HALAB_SLOWNESS: slowness });
      try {
        const words = ['run', 'scenarios/walkthrough', '--provider', 'libvirt', '--box', box.name];
        const { exitCode, stdout, stderr } = await room.halab([...words, '--name', NAME, '--json'], 50 * MINUTE);
        expect(stdout, stderr).to.match(/^\{/);
        const run = JSON.parse(stdout);
        expect(run.verdict, `${run.reason}\n${stderr}`).to.equal('passed');
        expect(exitCode).to.equal(0);
      } finally {
        await room.close();
      }
      expect(hostNetwork(), 'the machine’s own network').to.deep.equal(network);
    });
  }
});
