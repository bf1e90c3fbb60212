import { expect } from 'chai';
import { hostNetwork } from '../support/real-lab/leaks.js';
import { buildOfflineBox } from './support/box.js';
import { createMachineRoom, MINUTE } from './support/machine-room.js';

const NAME = 'paced';

/** A lab that counts as far slower than it is has long waits, and none that overflows a timer and ends at once. */
describe('the walk-through under real Vagrant with a slowness that is given', function () {
  this.timeout(60 * MINUTE);

  for (const slowness of ['40', '1000']) {
    it(`of ${slowness} passes`, async () => {
      const network = hostNetwork();
      const box = await buildOfflineBox();
      const room = await createMachineRoom(box, { HALAB_SLOWNESS: slowness });
      try {
        const words = ['run', 'walkthrough', '--provider', 'libvirt', '--box', box.name, '--packages', box.packages];
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
