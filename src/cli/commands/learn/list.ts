import { loadCourses } from '../../../config/course.js';
import { message } from '../../../messages/message.js';
import type { Course } from '../../../model/exercise.js';
import { type Text, textIn } from '../../../model/text.js';
import { EXIT } from '../../../model/verdict.js';
import { padEndDisplay } from '../../../report/format.js';
import { openProgress } from '../../../store/learning.js';
import { systemClock } from '../../../system/clock.js';
import type { AnswerOf } from '../../answers/index.js';
import { unknownOne } from '../../errors.js';
import { output } from '../../output.js';
import type { Settings } from '../../settings.js';
import { type Exercise, libraryOfExercises } from './exercises.js';
import type { Progress } from './progress.js';

export interface ListFlags {
  readonly course?: string;
  readonly student?: string;
}

type Listed = Omit<AnswerOf<'learn-list'>, 'schema'>;

/** The exercises and courses there are, and what this student has done of them. */
export function list(settings: Settings, flags: ListFlags): number {
  const courses = loadCourses(settings);
  const course = flags.course === undefined ? undefined : courseNamed(courses, flags.course);
  const done = openProgress<Progress>(settings.stateDir, flags.student, systemClock).read();
  const exercises = inOrderOf(course, libraryOfExercises(settings)).map((each) => rowOf(each, done));
  const listed: Listed = { exercises, courses: (course === undefined ? courses : [course]).map(courseOf) };
  if (settings.json) output.answer('learn-list', listed);
  else output.line(listLines(listed, course, settings).join('\n'));
  return EXIT.passed;
}

function courseNamed(courses: readonly Course[], id: string): Course {
  const found = courses.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw unknownOne(
    'course',
    id,
    courses.map((each) => each.id),
  );
}

function inOrderOf(course: Course | undefined, all: readonly Exercise[]): readonly Exercise[] {
  if (course === undefined) return all;
  const ids = course.chapters.flatMap(({ exercises }) => exercises);
  return ids.flatMap((id) => all.find((each) => each.id === id) ?? []);
}

function rowOf({ id, title, exercise }: Exercise, done: readonly (Progress & { readonly at: string })[]) {
  const { goal, minutes, level, teaches, after } = exercise;
  const own = done.filter((each) => each.exercise === id);
  const best = own.toSorted((one, other) => other.got - one.got)[0];
  return {
    id,
    title,
    goal,
    minutes,
    level,
    teaches,
    after,
    ...(best === undefined ? {} : { best: { got: best.got, of: best.of, at: best.at }, times: own.length }),
  };
}

function courseOf({ id, title, summary, chapters }: Course) {
  return { id, title, ...(summary === undefined ? {} : { summary }), chapters };
}

function listLines(
  { exercises, courses }: Listed,
  course: Course | undefined,
  { language }: Settings,
): readonly string[] {
  const say = (text: Text) => textIn(text, language);
  const width = Math.max(0, ...exercises.map(({ id }) => id.length));
  const line = ({ id, title, minutes, best }: Listed['exercises'][number]) =>
    [
      `${best === undefined ? ' ' : '✔'} ${padEndDisplay(id, width)}`,
      say(message('learn.minutes', { minutes })),
      say(title),
      ...(best === undefined ? [] : [say(message('learn.points', { got: best.got, of: best.of }))]),
    ].join('  ');
  if (course !== undefined)
    return [
      say(course.title),
      ...course.chapters.flatMap((chapter) => [
        '',
        say(chapter.title),
        ...exercises.filter(({ id }) => chapter.exercises.includes(id)).map(line),
      ]),
    ];
  return [
    ...exercises.map(line),
    '',
    ...courses.map(({ id, title }) => `halab learn list --course ${id}   ${say(title)}`),
    say(message('learn.begin-so')),
  ];
}
