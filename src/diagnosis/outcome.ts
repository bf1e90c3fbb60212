import type { FailedAction } from '../model/cluster-state.js';

/** How an action ended, according to pacemaker: the agent's exit code, or that there was none in time or at all. */
export const OUTCOMES = [
  'error',
  'arguments',
  'unimplemented',
  'privileges',
  'not-installed',
  'not-configured',
  'not-running',
  'promoted',
  'failed-promoted',
  'connection-died',
  'degraded',
  'timed-out',
  'not-executed',
  'cancelled',
  'unknown',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** OCF's codes, and what pacemaker adds to them: `enum ocf_exitcode` in include/crm/services.h, 1.1 to 3.0. */
const BY_CODE: Readonly<Record<number, Outcome>> = {
  1: 'error',
  2: 'arguments',
  3: 'unimplemented',
  4: 'privileges',
  5: 'not-installed',
  6: 'not-configured',
  7: 'not-running',
  8: 'promoted',
  9: 'failed-promoted',
  189: 'connection-died',
  190: 'degraded',
  191: 'degraded',
  192: 'not-executed',
  194: 'error',
  195: 'unimplemented',
  197: 'cancelled',
  198: 'timed-out',
  199: 'error',
};

/** `services_ocf_exitcode_str`, 1.1 ("unknown error", "master") and 2.1 ("error", "promoted"), upper or lower case. */
const BY_STATUS: readonly (readonly [RegExp, Outcome])[] = [
  [/^(?:unknown error|error|other error)/i, 'error'],
  [/^invalid parameter/i, 'arguments'],
  [/^(?:unimplemented|not supported)/i, 'unimplemented'],
  [/^insufficient privileges/i, 'privileges'],
  [/^not installed/i, 'not-installed'],
  [/^not configured/i, 'not-configured'],
  [/^not running/i, 'not-running'],
  [/^(?:master|promoted) \(failed\)/i, 'failed-promoted'],
  [/degraded/i, 'degraded'],
  [/^(?:master|promoted)/i, 'promoted'],
  [/time(?:d )?out/i, 'timed-out'],
];

/** `pcmk_exec_status_str`: whether the agent could be run; `complete` or `Done` means that it ran to its end. */
const BY_EXECUTION: readonly (readonly [RegExp, Outcome])[] = [
  [/timed out/i, 'timed-out'],
  [/cancelled/i, 'cancelled'],
  [/not installed/i, 'not-installed'],
  [/not (?:supported|implemented)/i, 'unimplemented'],
  [/not connected|no fence device|no fencing device|could not be executed|invalid|no secrets/i, 'not-executed'],
];

/** The execution status takes precedence over the code: an action that timed out has code 1 as well. */
export function outcomeOf({ execution = '', exitCode, exitStatus = '' }: FailedAction): Outcome {
  const byExecution = BY_EXECUTION.find(([pattern]) => pattern.test(execution))?.[1];
  if (byExecution !== undefined) return byExecution;
  const byCode = exitCode === undefined ? undefined : BY_CODE[exitCode];
  if (byCode !== undefined) return byCode;
  const byStatus = BY_STATUS.find(([pattern]) => pattern.test(exitStatus))?.[1];
  if (byStatus !== undefined) return byStatus;
  // 2.1 prints "could not be executed (Error)" and no status where the agent gave none.
  return /^error$/i.test(execution) ? 'not-executed' : 'unknown';
}

/**
 * How pacemaker takes an outcome ("Pacemaker Explained", OCF return codes). `hard`: it does not try again on this node.
 * `fatal`: not on any node. `soft`: it may try again here.
 */
type Retry = 'soft' | 'hard' | 'fatal';

const HARD: readonly Outcome[] = ['arguments', 'unimplemented', 'privileges', 'not-installed'];

export function retryAfter(outcome: Outcome): Retry {
  if (outcome === 'not-configured') return 'fatal';
  return HARD.includes(outcome) ? 'hard' : 'soft';
}
