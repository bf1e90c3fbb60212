import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemsBy } from '../../support/json-schemas.js';
import { halabJson } from '../../support/real-lab/halab.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { filesBelow, stepOf } from '../../support/real-lab/runs.js';

const NAME = 'e2e-fencing';
const ON = ['--name', NAME];

/** A real cluster that fences its nodes by fence_ipmilan, through the controllers of the lab. */
describe('fencing by power controllers', function () {
  this.timeout(60_000);
  const env = { HALAB_REPORTS_DIR: join(temporaryFolder(), 'runs') };
  let network: ReturnType<typeof hostNetwork>;
  // biome-ignore lint/suspicious/noExplicitAny: a run's answer
  let frozen: any;

  before(async function () {
    this.timeout(420_000);
    needsMachine(this);
    await takeDown(NAME);
    network = hostNetwork();
    frozen = await halabJson(['run', 'fence-frozen-holder', '--keep', 'always', ...ON], { env, timeoutMs: 400_000 });
  });

  after(() => takeDown(NAME));

  it('fences a frozen holder before the address starts again, and the node comes back', () => {
    expect(frozen.verdict).to.equal('passed');
    const { checks } = stepOf(frozen, 'fence-frozen-holder', 'freeze');
    expect(checks[0].seen).to.match(
      /^(ha-host\d) was fenced \(reboot by ha-host\d\) at [\d:.]+; vip was started on ha-host/,
    );
    const [, node = ''] = /^(\S+) was fenced/.exec(checks[0].seen) ?? [];
    expect(ordersIn(frozen.folder)).to.deep.equal([
      `${node}.1 off`,
      `${node}.1 off done`,
      `${node}.1 on`,
      `${node}.1 on done`,
    ]);
  });

  it('keeps the passwords of the controllers out of all that a run leaves', async () => {
    const answer = await halabJson(['fencing', ...ON]);
    expect(problemsBy('fencing', answer)).to.deep.equal([]);
    const { devices } = answer;
    const secrets: string[] = devices.flatMap(({ secrets: each }: { secrets: object }) => Object.values(each));
    expect(new Set(secrets).size).to.equal(2);
    for (const file of filesBelow(frozen.folder)) {
      const text = readFileSync(file, 'utf8');
      for (const secret of secrets) expect(text.includes(secret), file).to.equal(false);
    }
  });

  it('leaves nothing', async () => {
    await takeDown(NAME);
    expectNothingLeft(NAME);
    expect(hostNetwork()).to.deep.equal(network);
  });
});

/** The orders that the controllers got, as the run kept them: without times, and once each, for ipmitool may repeat one. */
function ordersIn(folder: string): readonly string[] {
  const text = readFileSync(join(folder, 'evidence', 'power-controllers.log'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return [...new Set(lines.map((line) => line.replace(/^\S+ /, '')))];
}
