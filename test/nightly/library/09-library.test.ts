import { join } from 'node:path';
import { expect } from 'chai';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';

const MINUTE = 60_000;
const SETS = ['ci', 'nightly'];

/** The library as it is delivered, each set by the command that the documentation names. */
describe('the scenarios that come with it', function () {
  this.timeout(120 * MINUTE);
  const folder = temporaryFolder();

  before(function () {
    needsMachine(this);
  });

  for (const set of SETS) {
    it(`pass as a whole: --set ${set}`, async () => {
      const network = hostNetwork();
      const env = { HALAB_REPORTS_DIR: join(folder, set) };
      const { exitCode, stdout, stderr } = await halab(['run', 'scenarios', '--set', set, '--json'], {
        env,
        timeoutMs: 115 * MINUTE,
      });
      const { runs } = JSON.parse(stdout) as { runs: readonly { scenarios: readonly Ended[] }[] };
      const ended = runs.flatMap(({ scenarios }) => scenarios);
      const others = ended.filter(({ verdict }) => verdict !== 'passed');
      expect(
        others.filter(({ verdict, reason }) => verdict !== 'skipped' || !reason),
        stderr.slice(-3_000),
      ).to.deep.equal([]);
      expect(exitCode).to.equal(0);
      const { scenarios } = await halabJson(['scenarios', '--set', set]);
      const meant = scenarios.map(({ id }: { id: string }) => id);
      expect(ended.map(({ scenario }) => scenario)).to.include.members(meant);
      expect(hostNetwork()).to.deep.equal(network);
    });
  }
});

interface Ended {
  readonly scenario: string;
  readonly verdict: string;
  readonly reason?: string;
}
