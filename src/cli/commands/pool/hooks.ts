import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../model/errors.js';
import { EXIT } from '../../../model/verdict.js';
import { missingIn } from '../../../pools/slurm/machine-facts.js';
import { JOBS_FOLDER, RUNS_FOLDER } from '../../../pools/slurm/script.js';
import { loadInstance } from '../../../store/instances.js';
import { createProcessRunner } from '../../../system/process-runner.js';
import { labFromFlags, wantedInstance } from '../../lab-session.js';
import { output } from '../../output.js';
import type { Settings } from '../../settings.js';
import { backendOf } from '../../wire.js';
import { heal } from '../fault.js';
import { down } from '../up-down.js';

/** Before a job: what a dead job has left is taken down, then the machine has to pass the doctor. */
export async function prolog(settings: Settings): Promise<number> {
  const { job, machine } = ourPlace();
  const living = await jobsOn(machine);
  const dead = jobsNoted().filter((each) => each === job || (living !== undefined && !living.includes(each)));
  const left = await clearAll(settings, dead);
  removeOldRuns();
  const missing = [...left, ...(await whatIsMissing(settings))];
  if (missing.length === 0) return EXIT.passed;
  await drain(machine, `prolog: ${missing.join('; ')}`);
  output.note(missing.join('\n'));
  return EXIT.unknown;
}

/** After a job, however it ended. A machine on which something is left takes no more jobs. */
export async function epilog(settings: Settings): Promise<number> {
  const { job, machine } = ourPlace();
  const left = await clearAll(settings, [job]);
  if (left.length === 0) return EXIT.passed;
  await drain(machine, `epilog: ${left.join('; ')}`);
  return EXIT.unknown;
}

/** What slurmd tells its programs (slurm.conf(5), PROLOG AND EPILOG SCRIPTS). */
function ourPlace() {
  return { job: process.env.SLURM_JOB_ID ?? '', machine: process.env.SLURMD_NODENAME ?? '' };
}

function jobsNoted(): readonly string[] {
  return existsSync(JOBS_FOLDER) ? readdirSync(JOBS_FOLDER) : [];
}

const COMMAND_MS = 60_000;

/** Ids of the jobs that Slurm has on this machine now; undefined where it does not answer. */
async function jobsOn(machine: string): Promise<readonly string[] | undefined> {
  const argv = ['squeue', '--noheader', `--nodelist=${machine}`, '--format=%A'];
  const { exitCode, stdout } = await createProcessRunner().run(argv, { timeoutMs: COMMAND_MS });
  return exitCode === 0 ? stdout.trim().split('\n') : undefined;
}

/** Takes down the labs of these jobs; what of them is left, as texts. */
async function clearAll(settings: Settings, jobs: readonly string[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const job of jobs) {
    const file = join(JOBS_FOLDER, job);
    if (job === '' || !existsSync(file)) continue;
    const labs = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    const problems = await Promise.all(labs.map((lab) => clear(settings, lab)));
    const own = problems.filter((problem) => problem !== undefined);
    if (own.length === 0) rmSync(file, { force: true });
    left.push(...own);
  }
  return left;
}

async function clear(settings: Settings, lab: string): Promise<string | undefined> {
  try {
    // A fault that cannot be undone any more goes with the lab.
    if (loadInstance(settings.stateDir, lab) !== undefined) await heal(settings, { name: lab }).catch(() => undefined);
    const code = await down(settings, { name: lab });
    return code === EXIT.passed ? undefined : `the lab ${lab} could not be taken down`;
  } catch (error) {
    return `the lab ${lab} could not be taken down: ${messageOf(error)}`;
  }
}

async function whatIsMissing(settings: Settings): Promise<readonly string[]> {
  const instance = wantedInstance(settings, {}, labFromFlags(settings, {}));
  const backend = await backendOf(instance, settings);
  return missingIn({ findings: await backend.preflight(instance) }) ?? [];
}

async function drain(machine: string, reason: string): Promise<void> {
  const argv = ['scontrol', 'update', `NodeName=${machine}`, 'State=DRAIN', `Reason=${reason.slice(0, 180)}`];
  await createProcessRunner().run(argv, { timeoutMs: COMMAND_MS });
}

const OLD_MS = 7 * 24 * 60 * 60 * 1_000;

/** What nobody has fetched by now nobody wants. */
function removeOldRuns(): void {
  mkdirSync(RUNS_FOLDER, { recursive: true });
  for (const name of readdirSync(RUNS_FOLDER)) {
    const path = join(RUNS_FOLDER, name);
    if (Date.now() - statSync(path).mtimeMs > OLD_MS) rmSync(path, { recursive: true, force: true });
  }
}
