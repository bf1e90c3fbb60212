import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPool } from '../../../config/pool.js';
import { LabError } from '../../../model/errors.js';
import { EXIT } from '../../../model/verdict.js';
import { checkLines, machineLines } from '../../../pools/pool-text.js';
import { type CheckedPool, checkPool, type InitDeps, setUpPool } from '../../../pools/slurm/init.js';
import { systemClock } from '../../../system/clock.js';
import { createProcessRunner } from '../../../system/process-runner.js';
import { output, terminalPage } from '../../output.js';
import { ROOT, type Settings } from '../../settings.js';
import { machineJson } from './status.js';

const KEY_FILE = '/etc/munge/munge.key';
const KEY_BYTES = 1024;

/** Asks every machine first, and changes nothing if one of them cannot be of the pool. */
export async function poolInit(
  settings: Settings,
  path: string,
  { check }: { readonly check?: boolean },
): Promise<number> {
  const pool = readPool(path, settings);
  if (pool.machines.length === 0)
    throw new LabError('usage', `${pool.file} names the partition of a Slurm cluster that somebody else has set up`, {
      hint: 'halab pool status shows it; halab nightly run --pool uses it',
    });
  const deps: InitDeps = {
    processes: createProcessRunner(),
    clock: systemClock,
    halab: [process.execPath, join(ROOT, 'bin', 'halab.js')],
    script: (name) => readFileSync(join(ROOT, 'host-programs', 'pool', name), 'utf8'),
    mungeKey: () => (existsSync(KEY_FILE) ? readFileSync(KEY_FILE) : randomBytes(KEY_BYTES)),
    onProgress: (text) => output.note(text),
  };
  const checked = await checkPool(deps, pool);
  if (!settings.json) for (const line of checkLines(checked, terminalPage(settings.language))) output.line(line);
  requireFit(checked);
  const machines = check ? [] : await setUpPool(deps, pool, checked);
  if (settings.json)
    output.answer('pool-status', {
      file: pool.file,
      partition: pool.partition,
      machines: machines.map(machineJson),
      jobs: [],
    });
  else for (const line of machineLines(machines, terminalPage(settings.language))) output.line(line);
  return EXIT.passed;
}

/** Throws LabError `pool-failed` with everything that is wrong, on every machine. */
function requireFit({ head, machines }: CheckedPool): void {
  const lines = [
    ...head.problems.map((problem) => `this machine: ${problem}`),
    ...machines.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`)),
  ];
  if (lines.length === 0) return;
  throw new LabError('pool-failed', `nothing was changed:\n  ${lines.join('\n  ')}`, {
    hint: 'docs/pool.md says what each machine needs; halab pool init --check checks again',
    data: { problems: lines },
  });
}
