import { LabError } from '../model/errors.js';
import type { RunEvent, StepResult } from '../model/event.js';
import { faultText } from '../model/fault-nodes.js';
import type { Step } from '../model/scenario.js';
import type { JournalEntry } from '../ports/store.js';
import { healAll, healDepsOf } from '../runner/act.js';
import { executeStep } from '../runner/execute-step.js';
import type { RunSession } from '../runner/session.js';
import type { TypedResult } from './events.js';
import type { LearnState } from './state.js';

/** Runs one step whole, as `halab run` would; also lists what was typed in it. */
export async function actStep(
  run: RunSession,
  { scenario }: LearnState,
  step: Step,
): Promise<{ readonly result: StepResult; readonly typed: readonly TypedResult[] }> {
  const typed: TypedResult[] = [];
  const emit = (event: RunEvent) => {
    if (event.kind === 'command-finished') typed.push(typedResultOf(event));
    run.deps.emit(event);
  };
  const result = await executeStep({ ...run, deps: { ...run.deps, emit } }, scenario, step);
  return { result, typed };
}

const LINES_KEPT = 12;

function typedResultOf(event: Extract<RunEvent, { kind: 'command-finished' }>): TypedResult {
  const printed = [event.stdout, event.stderr].join('\n').trim().split('\n');
  return {
    on: event.node,
    line: event.argv.at(-1) ?? '',
    exitCode: event.exitCode,
    printed: printed.slice(-LINES_KEPT).join('\n'),
  };
}

/** Undoes the faults of this session that are in force, or those of one step. Throws LabError `heal-failed`. */
export async function healOwn(run: RunSession, { session }: LearnState, step?: string): Promise<void> {
  const { journal } = run.deps;
  const isOwn = ({ run: by, id }: JournalEntry) =>
    step === undefined || (by === session && id.split('/').at(-2) === step);
  if (!journal.pending().some(isOwn)) return;
  run.observed.outdate();
  const { failed } = await healAll(healDepsOf(run), isOwn);
  if (failed.length > 0)
    throw new LabError('heal-failed', `not undone: ${failed.map(({ entry }) => faultText(entry.fault)).join(', ')}`, {
      hint: 'halab heal tries again; halab down removes the lab with what is in force',
    });
}
