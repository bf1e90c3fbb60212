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
      const { exitCode, stdout } = await halab(['run', 'scenarios', '--set', set, '--json'], {
        env,
        timeoutMs: 115 * MINUTE,
      });
      const document = JSON.parse(stdout) as Run | { readonly runs: readonly Run[] };
      const runs = 'runs' in document ? document.runs : [document];
      const ended = runs.flatMap(({ scenarios }) => scenarios);
      const others = ended.filter(({ verdict, reason }) => verdict !== 'passed' && !(verdict === 'skipped' && reason));
      expect(others.map(({ scenario, verdict, reason }) => `${scenario}: ${verdict}: ${reason}`)).to.deep.equal([]);
      expect(exitCode).to.equal(0);
      const { scenarios } = await halabJson(['scenarios', '--set', set]);
      const meant = scenarios.map(({ id }: { id: string }) => id);
      expect(ended.map(({ scenario }) => scenario)).to.include.members(meant);
      expect(hostNetwork()).to.deep.equal(network);
    });
  }
});

/** `halab.run/1`, or one of `halab.runs/1` where the set needs several labs. */
interface Run {
  readonly scenarios: readonly Ended[];
}

interface Ended {
  readonly scenario: string;
  readonly verdict: string;
  readonly reason?: string;
}
