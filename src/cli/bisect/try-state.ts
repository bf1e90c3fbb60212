import { join } from 'node:path';
import { lastLines } from '../../model/command-output.js';
import { isLabError, messageOf } from '../../model/errors.js';
import { worstVerdict } from '../../model/verdict.js';
import { runFactsIn } from '../../nightly/run-facts.js';
import type { ProcessRunner } from '../../ports/process.js';
import type { Outcome } from '../../stack/bisect.js';
import type { Wanted } from '../../stack/chosen.js';
import { runsIn } from '../../store/night-folder.js';

interface TryDeps {
  readonly processes: ProcessRunner;
  /** The command that runs halab, and what is common to all runs. */
  readonly argv: readonly string[];
  /** The folder with every package of the stack. */
  readonly stack: string;
  readonly repeat: number;
  readonly signal: AbortSignal;
}

/** What a state of the stack came to. */
export interface StateResult {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly durationMs: number;
  readonly runs: readonly string[];
}

const RUN_MS = 3 * 60 * 60_000;
/** To undo faults, fetch evidence and take the lab down. */
const GRACE_MS = 4 * 60_000;

/** Runs the scenario with these packages, until it fails or has passed as often as wanted. Throws LabError `interrupted`. */
export async function tryState(deps: TryDeps, wanted: readonly Wanted[], folder: string): Promise<StateResult> {
  const only = wanted.flatMap(({ name, version }) => ['--stack-only', `${name}=${version}`]);
  const stack = only.length === 0 ? [] : ['--stack', deps.stack, ...only];
  let result: StateResult = { outcome: 'unknown', durationMs: 0, runs: [] };
  for (let turn = 1; turn <= deps.repeat; turn += 1) {
    const once = await runOnce(deps, [...deps.argv, ...stack], join(folder, String(turn)));
    result = { ...once, durationMs: result.durationMs + once.durationMs, runs: [...result.runs, ...once.runs] };
    if (once.outcome !== 'passed') break;
  }
  return result;
}

async function runOnce({ processes, signal }: TryDeps, argv: readonly string[], folder: string): Promise<StateResult> {
  const env = { HALAB_REPORTS_DIR: folder, HALAB_JSON: '', CI: 'true' };
  const ended = await tolerant(() => processes.run(argv, { timeoutMs: RUN_MS, graceMs: GRACE_MS, env, signal }));
  const runs = runsIn(folder);
  const facts = runs.flatMap(({ summary }) => runFactsIn(summary) ?? []);
  const verdict = facts.length === 0 ? 'unknown' : worstVerdict(facts.map((each) => each.verdict));
  const reason =
    facts.find((each) => each.reason !== undefined)?.reason ?? (facts.length === 0 ? ended.words : undefined);
  return {
    outcome: verdict === 'skipped' ? 'unknown' : verdict,
    ...(reason === undefined ? {} : { reason }),
    durationMs: ended.durationMs,
    runs: runs.map(({ path }) => path),
  };
}

/** The last that it printed, and how long it took in ms. */
async function tolerant(work: () => ReturnType<ProcessRunner['run']>) {
  try {
    const { stderr, durationMs } = await work();
    return { words: lastLines(stderr, 2).join(' · '), durationMs };
  } catch (error) {
    if (!isLabError(error) || error.code === 'interrupted') throw error;
    return { words: messageOf(error), durationMs: RUN_MS };
  }
}
