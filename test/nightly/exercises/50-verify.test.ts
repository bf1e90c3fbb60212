import { expect } from 'chai';
import { halab } from '../../support/real-lab/halab.js';
import { needsMachine, takeDown } from '../../support/real-lab/machine.js';

const NAME = 'nightly-verify';

describe('all exercises, verified as their authors do', () => {
  it('are as they must be', async function () {
    needsMachine(this);
    this.timeout(7_200_000);
    await takeDown(NAME);
    const answer = await halab(['learn', 'verify', '--json', '--name', NAME], { timeoutMs: 7_190_000 });
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    const { exercises } = JSON.parse(answer.stdout);
    for (const { exercise, verdict, findings, counts } of exercises) {
      expect(findings, exercise).to.deep.equal([]);
      expect(verdict, exercise).to.equal('passed');
      expect(counts.solution.tried, exercise).to.be.greaterThan(1);
    }
    expect(answer.exitCode).to.equal(0);
  });
});
