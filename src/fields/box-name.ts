import type { ValueProblem } from './value-problem.js';

/** A box as Vagrant's catalogue names it, or one added manually. */
export function boxWrong(text: string): ValueProblem | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(\/[A-Za-z0-9][A-Za-z0-9_.-]{0,63})?$/.test(text)) return undefined;
  return {
    message: `'${text}' cannot be a box's name`,
    hint: 'write it as vagrant box list prints it, such as debian/bookworm64',
  };
}
