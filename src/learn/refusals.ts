import { LabError } from '../model/errors.js';
import type { QuestionKind } from './events.js';
import { currentOf, type LearnState } from './state.js';

/** Why nothing can be done in a session now. */
export function whyNotReady({ preparing, problem, finishedAt }: LearnState): LabError | undefined {
  if (finishedAt !== undefined)
    return new LabError('no-session', 'this session is finished', {
      hint: 'halab learn list shows the exercises, halab learn start ID begins one',
    });
  if (problem !== undefined)
    return new LabError('heal-failed', `the lab is not ready: ${problem}`, { hint: 'halab learn reset tries again' });
  if (preparing === undefined) return undefined;
  return new LabError('lab-busy', 'halab prepares the lab, or was stopped while it did', {
    hint: 'wait until it is done; if no other halab is at work, halab learn reset does it again',
  });
}

/** Throws LabError `no-session`, `heal-failed` or `lab-busy` where nothing can be done now. */
export function requireReady(state: LearnState): void {
  const error = whyNotReady(state);
  if (error !== undefined) throw error;
}

/** The question that the option is of. Throws LabError `usage` where there is none, or where it is settled. */
export function openQuestion(state: LearnState, option: string): QuestionKind {
  const { step, task, at } = currentOf(state);
  const open = (['answer', 'predict'] as const).filter(
    (kind) => task[kind] !== undefined && (kind === 'answer' || at.outcome === undefined),
  );
  const of = open.find((kind) => task[kind]?.options.some(({ id }) => id === option));
  if (of !== undefined) return of;
  if (open.length > 0) {
    const known = open.flatMap((kind) => task[kind]?.options.map(({ id }) => id) ?? []);
    throw new LabError('usage', `there is no option '${option}'`, { hint: `the options are ${known.join(', ')}` });
  }
  if (task.predict !== undefined)
    throw new LabError('usage', `the prediction of ${step.id} is settled already`, {
      hint: 'halab learn next goes on',
    });
  throw new LabError('usage', `${step.id} asks no question`, { hint: 'halab learn show shows the task' });
}

export function unknownStep(id: string, { scenario }: LearnState): LabError {
  return new LabError('usage', `${scenario.id} has no step '${id}'`, {
    hint: `its steps are ${scenario.steps.map((each) => each.id).join(', ')}`,
  });
}
