import { join } from 'node:path';
import { z } from 'zod';
import { idSchema as id, strict, textSchema } from '../fields/schema.js';
import { unknownWord } from '../fields/value-problem.js';
import type { Course } from '../model/exercise.js';
import { type Dirs, readText, shownPath, yamlFilesBelow } from './files.js';
import { type Entry, pickScenarios } from './scenario-files.js';
import { readShape } from './shape.js';
import { fieldOf, type Problem, readSource, refuseIfAny, type Source } from './source.js';

export const courseSchema = strict({
  id,
  title: textSchema,
  summary: textSchema.optional(),
  chapters: z
    .array(
      strict({ title: textSchema, exercises: z.array(id).min(1).describe('Ids of exercises, in teaching order.') }),
    )
    .min(1),
}).meta({ title: 'halab course', description: 'Exercises in the order in which they are taught.' });

/** The courses in courses/ where the user stands, then those of the project. Throws LabError `config-invalid` with every problem. */
export function loadCourses(dirs: Dirs): readonly Course[] {
  const folders = new Set([join(dirs.cwd, 'courses'), join(dirs.root, 'courses')]);
  const files = [...folders].flatMap(yamlFilesBelow);
  const { all } = pickScenarios([], dirs);
  const problems: Problem[] = [];
  const courses = new Map<string, Course>();
  for (const path of files) {
    const source = readSource(shownPath(path, dirs.cwd), readText(path, 'scenario-not-found'));
    const course = readCourse(source, all);
    problems.push(...source.problems);
    if (course !== undefined && !courses.has(course.id)) courses.set(course.id, course);
  }
  refuseIfAny(problems);
  return [...courses.values()];
}

/** Undefined where the source has a problem. `library` has the exercises there are. */
function readCourse(source: Source, library: readonly Entry[]): Course | undefined {
  const read = readShape(source, courseSchema);
  if (read === undefined) return undefined;
  const first = new Set<string>();
  for (const [chapter, { exercises }] of read.chapters.entries())
    for (const [index, each] of exercises.entries()) {
      const at = ['chapters', chapter, 'exercises', index];
      const entry = library.find((one) => one.id === each);
      if (entry === undefined)
        source.report(at, unknownWord('exercise', each, library.filter(isExercise).flatMap(idOf)));
      else if (!isExercise(entry))
        source.report(at, {
          message: `'${each}' is a scenario and no exercise`,
          hint: 'add exercise: to it, or remove it',
        });
      else if (first.has(each))
        source.report(at, { message: `'${each}' is in this course already`, hint: 'keep one of the two' });
      first.add(each);
    }
  return source.problems.length === 0 ? read : undefined;
}

function isExercise({ source }: Entry): boolean {
  // One that is not valid YAML is reported where it is read.
  return !source.readable || fieldOf(source.data, 'exercise') !== undefined;
}

function idOf({ id: known }: Entry): readonly string[] {
  return known === undefined ? [] : [known];
}
