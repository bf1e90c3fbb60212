import { join } from 'node:path';
import { expect } from 'chai';
import { halab } from '../../support/real-lab/halab.js';
import { onFreshLab } from '../../support/real-lab/labs.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';

const NAME = 'e2e-walk';
const MINUTE = 60_000;
const FAULTS = 30;

describe('random walks', function () {
  this.timeout(45 * MINUTE);
  const { folder, network } = onFreshLab(NAME);

  for (const seed of [1, 2, 3]) {
    it(`of ${FAULTS} faults, seed ${seed}, end with every audit holding and nothing left undone`, async () => {
      const words = ['run', '--random', `${FAULTS}`, '--seed', `${seed}`, '--shrink', '0', '--json', '--name', NAME];
      const env = { HALAB_REPORTS_DIR: join(folder, `${seed}`) };
      const { exitCode, stdout, stderr } = await halab(words, { env, timeoutMs: 40 * MINUTE });
      const run = JSON.parse(stdout);
      expect(run.verdict, `${run.reason}\n${stderr.slice(-2_000)}`).to.equal('passed');
      expect(exitCode).to.equal(0);
      expect(run.walk).to.include({ seed, faults: FAULTS });
      expect(run.audits).to.include({ on: true, broken: 0, unknown: 0 });
      expect(run.faults).to.have.length(FAULTS);
      expect(run.faults.filter(({ state }: { state: string }) => state !== 'healed')).to.deep.equal([]);
      expectNothingLeft(NAME);
      expect(hostNetwork()).to.deep.equal(network());
    });
  }
});
