import { LabError } from '../model/errors.js';

/** One thing wrong in a file; `line` and `column` count from 1, columns in UTF-16 units as editors count. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** It concerns only labs in virtual machines, or only those of VirtualBox. */
  readonly only?: 'machines' | 'virtualbox';
}

/** `file:line:column: what is wrong; what to do` */
export function problemText(problem: Problem): string {
  const { file, line, column, message, hint } = problem;
  return `${file}:${line}:${column}: ${message}${message.endsWith('?') ? ' ' : '; '}${hint}`;
}

/** In reading order, without exact repeats. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const once = new Map(problems.map((problem) => [problemText(problem), problem]));
  return [...once.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}

/** Throws LabError `config-invalid` with every problem, or returns when there is none. */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const sorted = sortProblems(problems);
  const files = [...new Set(sorted.map((problem) => problem.file))];
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  throw new LabError('config-invalid', [`${count} in ${where}`, ...sorted.map(problemText)].join('\n'), {
    hint: 'Nothing was changed; fix what is listed and run the same command again.',
    data: { problems: sorted },
  });
}
