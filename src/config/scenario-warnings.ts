import type { ValueProblem } from '../fields/value-problem.js';
import { shellWordIn } from '../fields/words.js';
import { fieldOf, listOf, type Problem, type Source, textOf } from './source.js';

/** What can be run, and is probably not meant. */
export function scenarioWarnings(source: Source): readonly Problem[] {
  return listOf(fieldOf(source.data, 'steps')).flatMap((step, index) => {
    const command = textOf(fieldOf(fieldOf(step, 'run'), 'command'));
    const wrong = command === undefined ? undefined : shellWarning(command);
    return wrong === undefined ? [] : source.problemAt(['steps', index, 'run', 'command'], wrong);
  });
}

function shellWarning(command: string): ValueProblem | undefined {
  const found = shellWordIn(command);
  if (found === undefined) return undefined;
  const [program = ''] = command.trim().split(/\s+/);
  return {
    message: `command runs without a shell, so ${program} gets '${found.word}' as it stands`,
    hint: 'write shell instead of command if a shell is to read it, or put the word in quotes',
    offset: found.offset,
  };
}
