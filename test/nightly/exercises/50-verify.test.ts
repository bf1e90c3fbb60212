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
    for (const { exercise, verdict, counts } of exercises) {
      const tried = Object.entries<{ readonly tried: number; readonly good: number }>(counts)
        .filter(([, count]) => count.tried > 0)
        .map(([trial, count]) => `${trial} ${count.good}/${count.tried}`);
      process.stdout.write(`    ${exercise}: ${verdict}, ${tried.join(', ')}\n`);
    }
    // All at once: what is wrong with one says nothing of the next.
    const bad = exercises.filter(
      ({ verdict, findings, counts }: (typeof exercises)[number]) =>
        verdict !== 'passed' || findings.length > 0 || counts.solution.tried < 2,
    );
    expect(bad).to.deep.equal([]);
    expect(answer.exitCode).to.equal(0);
  });
});
