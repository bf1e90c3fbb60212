import { join } from 'node:path';
import { expect } from 'chai';
import { createRandom } from '../../../src/cli/run/request.js';
import { halab, startHalab } from '../../support/real-lab/halab.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { eventsOf, untilEvent } from '../../support/real-lab/runs.js';

const NAME = 'e2e-killed';
const MOMENTS = 10;
const SEED = 20_261_123;
const MINUTE = 60_000;
const RUN = ['run', 'interface-down', '--json', '--name', NAME];

/** Each run is from nothing and is killed after so many events; what is left is healed and taken down manually. */
describe('a runner that is killed at any moment', function () {
  this.timeout(6 * MINUTE);
  const folder = temporaryFolder();
  const random = createRandom(SEED);
  let network: ReturnType<typeof hostNetwork>;
  let whole = 0;

  before(async function () {
    needsMachine(this);
    await takeDown(NAME);
    network = hostNetwork();
    const env = { HALAB_REPORTS_DIR: join(folder, 'whole') };
    const { exitCode, stderr } = await halab(RUN, { env, timeoutMs: 5 * MINUTE });
    expect(exitCode, stderr).to.equal(0);
    whole = eventsOf(join(folder, 'whole', 'latest')).length;
  });

  afterEach(() => takeDown(NAME));

  for (let moment = 0; moment < MOMENTS; moment += 1) {
    // A stretch of the run each, so that together they cover all of it.
    const share = (moment + random()) / MOMENTS;

    it(`leaves nothing when it is killed ${Math.round(share * 100)} % of the way (seed ${SEED})`, async () => {
      const env = { HALAB_REPORTS_DIR: join(folder, String(moment)) };
      const running = startHalab(RUN, { env, timeoutMs: 5 * MINUTE });
      const wanted = Math.max(1, Math.floor(share * whole));
      await untilEvent(env.HALAB_REPORTS_DIR, (events) => events.length >= wanted, 4 * MINUTE);
      running.kill('SIGKILL');
      // A run with fewer events than the whole one may have ended by itself, and then there is nothing to heal.
      const { signal } = await running.ended;
      const healed = await halab(['heal', '--name', NAME]);
      if (signal !== null) expect(healed.exitCode, healed.stderr).to.equal(0);
      await takeDown(NAME);
      expectNothingLeft(NAME);
      expect(hostNetwork()).to.deep.equal(network);
    });
  }
});
