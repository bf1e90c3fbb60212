import { type Problem, problemText } from '../config/source.js';
import { output } from './output.js';

/** Each once, on stderr: a file that several labs need is read for each of them. */
export function noteWarnings(warnings: readonly Problem[]): void {
  for (const text of new Set(warnings.map(problemText))) output.note(`warning: ${text}`);
}
