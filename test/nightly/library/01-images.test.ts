import { join } from 'node:path';
import { expect } from 'chai';
import { halab } from '../../support/real-lab/halab.js';
import { onFreshLab } from '../../support/real-lab/labs.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';

const NAME = 'e2e-image';
const MINUTE = 60_000;

describe('the walk-through on every image', function () {
  this.timeout(35 * MINUTE);
  const { folder, network } = onFreshLab(NAME);

  for (const image of ['debian-11', 'debian-12', 'debian-13']) {
    it(`passes on ${image}`, async () => {
      const words = ['run', 'scenarios/walkthrough', '--json', '--name', NAME, '--image', image];
      const env = { HALAB_REPORTS_DIR: join(folder, image) };
      // The first time, the image is built as well.
      const { exitCode, stdout, stderr } = await halab(words, { env, timeoutMs: 30 * MINUTE });
      const run = JSON.parse(stdout);
      expect(run.verdict, stderr).to.equal('passed');
      expect(exitCode).to.equal(0);
      expect(run.image).to.equal(image);
      expect(run.outage.durationMs).to.be.greaterThan(0);
      expectNothingLeft(NAME);
      expect(hostNetwork()).to.deep.equal(network());
    });

    it(`carries shared storage on ${image}, or says why it cannot`, async () => {
      const words = ['run', 'shared-storage', '--json', '--name', NAME, '--image', image];
      const env = { HALAB_REPORTS_DIR: join(folder, `${image}-storage`) };
      const { stdout, stderr } = await halab(words, { env, timeoutMs: 10 * MINUTE });
      const { scenarios } = JSON.parse(stdout) as { scenarios: { scenario: string; verdict: string }[] };
      const verdict = scenarios.find(({ scenario }) => scenario === 'shared-storage')?.verdict;
      expect(verdict, stderr).to.equal(image === 'debian-11' ? 'skipped' : 'passed');
    });

    it(`starts services on ${image} after a power cut`, async () => {
      const on = ['--name', NAME, '--image', image];
      const must = async (argv: readonly string[]) => {
        const { exitCode, stderr } = await halab(argv, { timeoutMs: 5 * MINUTE });
        expect(exitCode, `${argv.join(' ')}\n${stderr}`).to.equal(0);
      };
      await must(['up', 'two-node', ...on]);
      await must(['fault', 'inject', 'power-off', 'ha-host1', '--no-probe', '--name', NAME]);
      await must(['heal', '--name', NAME]);
      for (const command of ['systemctl restart pcsd', 'systemd-run --wait --quiet true', 'systemctl restart ssh'])
        await must(['ssh', 'ha-host1', '--name', NAME, '--', 'sh', '-c', command]);
      await must(['down', '--name', NAME]);
    });
  }
});
