import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalPool } from '../../src/pools/local.js';
import { livenessOn } from '../../src/store/lock.js';
import { createProcessRunner, sendSignal } from '../../src/system/process-runner.js';
import { describePool, JOB } from '../support/pool-contract.js';

describePool('local', async () => {
  const top = mkdtempSync(join(tmpdir(), 'halab-pool-'));
  const busy = mkdtempSync(join(top, 'busy-'));
  const { markOf } = livenessOn(process.platform);
  return {
    pool: () =>
      createLocalPool({
        processes: createProcessRunner(),
        halab: ['true'],
        program: [JOB],
        limits: { labs: 9, labsMeasuring: 9 },
        measure: () => ({ cores: 9, load: 0 }),
        markOf,
        signal: sendSignal,
        isBusy: (lab) => existsSync(join(busy, lab)),
        isThere: async () => false,
      }),
    folder: () => mkdtempSync(join(top, 'job-')),
    here: (path) => path,
    env: { BUSY: busy },
    close: async () => rmSync(top, { recursive: true, force: true }),
  };
});
