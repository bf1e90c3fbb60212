import type { Lab } from '../../model/lab.js';
import type { Step } from '../../model/scenario.js';
import { reportStray } from '../exercise.js';
import { schemaFor, stepOf } from '../scenario.js';
import { checkSteps, type OWN_CODE } from '../scenario-checks.js';
import type { RawStep, ReadStep } from '../scenario-schema.js';
import { readShape } from '../shape.js';
import { type Path, type Problem, refuseIfAny, type Source } from '../source.js';
import type { Place } from './place.js';

/** Reads the next step of a script as if it stood in a file. Throws LabError `config-invalid` with everything that is wrong with it. */
type StepReader = (raw: RawStep, place: Place, does?: typeof OWN_CODE) => Step;

/** Of one play of a script: each step is held against those before it. */
export function createStepReader(file: string, lab: Lab): StepReader {
  const { element } = schemaFor(lab).shape.steps;
  const written: unknown[] = [];
  const read: ReadStep[] = [];
  return (raw, place, does) => {
    const problems: Problem[] = [];
    const step = readShape(sourceOf(raw, [], { file, ...place }, problems), element);
    const whole = does === undefined ? raw : { ...raw, [does]: true };
    const at: Path = ['steps', written.length];
    reportStray(sourceOf(raw, [], { file, ...place }, problems), [], raw);
    if (step !== undefined)
      checkSteps(sourceOf({ steps: [...written, whole] }, at, { file, ...place }, problems), [...read, step]);
    if (step?.audit !== undefined)
      sourceOf(raw, [], { file, ...place }, problems).reportKey(['audit'], {
        message: 'each step of a script is audited by itself',
        hint: 'remove it',
      });
    refuseIfAny(problems);
    if (step === undefined) throw new Error('a step without problems that cannot be read');
    written.push(whole);
    read.push(step);
    return stepOf(step);
  };
}

/** A call has one place, so the message says which of its values is meant; `at` is where the step itself stands in the data. */
function sourceOf(
  data: unknown,
  at: Path,
  place: Pick<Problem, 'file' | 'line' | 'column'>,
  problems: Problem[],
): Source {
  const problemAt: Source['problemAt'] = (path, { message, hint }) => {
    const within = path.slice(at.length).join('.');
    return { ...place, message: within === '' ? message : `${within}: ${message}`, hint };
  };
  const report: Source['report'] = (path, wrong) => void problems.push(problemAt(path, wrong));
  const again = () => sourceOf(data, at, place, []);
  return { file: place.file, data, problems, readable: true, report, reportKey: report, problemAt, again };
}
