import type { Question, Task } from '../model/exercise.js';
import type { Judgement } from '../model/verdict.js';
import type { Look } from './events.js';

/**
 * Pure. What one look makes of a task: passed where every expectation holds, nothing else is broken, the cluster is idle, and the
 * question of the task, if it has one, is answered rightly. Unknown is no pass.
 */
export function verdictOfLook(
  look: Look,
  { answer }: Pick<Task, 'answer'>,
  answered: string | undefined,
): Judgement['verdict'] {
  const disorders = look.disorders ?? [];
  const verdicts = [...look.checks, ...disorders].map(({ verdict }) => verdict);
  if (verdicts.includes('failed') || !isAnswered(answer, answered)) return 'failed';
  if (verdicts.includes('unknown') || look.busy !== undefined || look.disorders === undefined) return 'unknown';
  if (answer === undefined) return 'passed';
  if (look.right.answer === undefined) return 'unknown';
  return look.right.answer === answered ? 'passed' : 'failed';
}

function isAnswered(question: Question | undefined, answered: string | undefined): boolean {
  return question === undefined || answered !== undefined;
}
