/** What `npm test` and `npm run check` run, in which order, and how long each tier may take on two cores. */

export interface Job {
  /** The tier's own name, or `tier/lane`. */
  readonly name: string;
  readonly command: readonly string[];
  readonly mocha: boolean;
}

export interface Tier {
  readonly name: string;
  readonly budgetMs: number;
  /** After this time the tier's jobs are ended and count as crashed. */
  readonly limitMs: number;
  readonly jobs: readonly Job[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The tiers of one stage run side by side; the stages run one after another. */
const STAGES: readonly (readonly string[])[] = [
  ['static', 'unit', 'image'],
  ['smoke'],
  ['cli'],
  ['contract', 'browser'],
  ['timing'],
  ['e2e'],
  ['vagrant'],
  ['nightly-alone'],
  ['nightly'],
];

/** `npm test`. What `smoke` runs is part of `contract` and `cli`. */
export const WHOLE = ['static', 'unit', 'image', 'contract', 'cli', 'timing', 'browser', 'e2e'];

/** The part of `contract` and `cli` that is quick and needs neither root nor Vagrant. */
const SMOKE = [
  'test/contract/memory-backend.test.ts',
  'test/contract/ssh2-transport.test.ts',
  'test/cli/bad-files.test.ts',
  'test/cli/smoke.test.ts',
];

const BUILD_IMAGE: Job = { name: 'image', command: ['tsx', 'bin/halab.js', 'image', 'build'], mocha: false };

/** The folders of a tier that hold tests: each is a mocha run of its own, beside the others. */
interface Lanes {
  readonly e2e: readonly string[];
  readonly nightly: readonly string[];
}

/** All tiers. */
export function tiersFor(lanes: Lanes): readonly Tier[] {
  return [
    {
      name: 'static',
      budgetMs: 30 * SECOND,
      limitMs: 4 * MINUTE,
      jobs: [
        { name: 'static/biome', command: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'], mocha: false },
        { name: 'static/tsc', command: ['tsc', '--noEmit', '-p', 'tsconfig.test.json'], mocha: false },
        { name: 'static/tsc-web', command: ['tsc', '-p', 'tsconfig.web.json'], mocha: false },
        { name: 'static/boundaries', command: ['tsx', 'tools/boundaries.ts'], mocha: false },
        { name: 'static/unused', command: ['tsx', 'tools/unused.ts'], mocha: false },
      ],
    },
    // On a machine without it, before anything that waits for a lab; only root can build it, as only root has labs.
    tier('image', 90 * SECOND, 10 * MINUTE, process.getuid?.() === 0 ? [BUILD_IMAGE] : []),
    tier('unit', 40 * SECOND, 5 * MINUTE, [parallel('unit', 'test/unit/**/*.test.ts')]),
    tier('smoke', 30 * SECOND, 4 * MINUTE, [parallel('smoke', ...SMOKE)]),
    tier('contract', 100 * SECOND, 10 * MINUTE, [serial('contract', 'test/contract/**/*.test.ts')]),
    tier('cli', 70 * SECOND, 10 * MINUTE, [parallel('cli', 'test/cli/**/*.test.ts')]),
    tier('timing', 10 * SECOND, 4 * MINUTE, [serial('timing', 'test/timing/**/*.test.ts')]),
    tier('browser', 60 * SECOND, 5 * MINUTE, [serial('browser', 'test/browser/*.test.ts')]),
    tier('e2e', 7.5 * MINUTE, 45 * MINUTE, inLanes('e2e', lanes.e2e)),
    tier('vagrant', 40 * MINUTE, 75 * MINUTE, [serial('vagrant', 'test/vagrant/**/*.test.ts')]),
    tier('nightly-alone', 10 * MINUTE, 25 * MINUTE, [serial('nightly-alone', 'test/nightly/*.test.ts')]),
    tier('nightly', 80 * MINUTE, 180 * MINUTE, inLanes('nightly', lanes.nightly)),
  ];
}

/** The stages that the named tiers make up, in order. */
export function stagesOf(tiers: readonly Tier[], names: readonly string[]): readonly (readonly Tier[])[] {
  return STAGES.map((stage) => tiers.filter(({ name }) => stage.includes(name) && names.includes(name))).filter(
    (stage) => stage.length > 0,
  );
}

/** Of a whole run: tiers of one stage run at the same time, so that only the longest counts. */
export function budgetOf(stages: readonly (readonly Tier[])[]): number {
  return stages.reduce((total, stage) => total + Math.max(...stage.map(({ budgetMs }) => budgetMs)), 0);
}

export interface Timing {
  readonly name: string;
  readonly tookMs: number;
  readonly budgetMs: number;
}

/** A line for each tier and the whole; `isOver` if any took longer than its budget. */
export function timesOf(timings: readonly Timing[]): { readonly lines: readonly string[]; readonly isOver: boolean } {
  const width = Math.max(...timings.map(({ name }) => name.length));
  const lines = timings.map(({ name, tookMs, budgetMs }) => {
    const over = tookMs > budgetMs ? `  over budget by ${seconds(tookMs - budgetMs)}` : '';
    return `${name.padEnd(width)}  ${seconds(tookMs).padStart(6)} of ${seconds(budgetMs)}${over}`;
  });
  return { lines, isOver: timings.some(({ tookMs, budgetMs }) => tookMs > budgetMs) };
}

export function seconds(ms: number): string {
  return `${Math.round(ms / SECOND)} s`;
}

function tier(name: string, budgetMs: number, limitMs: number, jobs: readonly Job[]): Tier {
  return { name, budgetMs, limitMs, jobs };
}

function serial(name: string, ...files: readonly string[]): Job {
  return mochaJob(name, [], files);
}

function inLanes(tier: string, lanes: readonly string[]): readonly Job[] {
  return lanes.map((lane) => serial(`${tier}/${lane}`, `test/${tier}/${lane}/*.test.ts`));
}

/** Two files at a time: for tests that wait for the processor rather than for a cluster. */
function parallel(name: string, ...files: readonly string[]): Job {
  return mochaJob(name, ['--parallel', '--jobs', '2'], files);
}

function mochaJob(name: string, flags: readonly string[], files: readonly string[]): Job {
  return { name, command: ['mocha', '--reporter', './tools/counting-reporter.ts', ...flags, ...files], mocha: true };
}
