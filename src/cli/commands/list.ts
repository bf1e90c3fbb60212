import { loadCourses } from '../../config/course.js';
import { labNames } from '../../config/files.js';
import { EXIT } from '../../model/verdict.js';
import { padEndDisplay } from '../../report/format.js';
import { listInstances, requireInstance } from '../../store/instances.js';
import type { AnswerOf } from '../answers/index.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';
import { scenarioRows } from './scenarios.js';

type Listed = Omit<AnswerOf<'list'>, 'schema'>;

/** What is here: the labs on this machine, and the lab files, scenarios and sets that there are to run. */
export async function list(settings: Settings): Promise<number> {
  const listed = await listedIn(settings);
  if (settings.json) output.answer('list', listed);
  else for (const line of listLines(listed)) output.line(line);
  return EXIT.passed;
}

async function listedIn(settings: Settings): Promise<Listed> {
  const rows = await scenarioRows(settings, [], undefined);
  const sets = [...new Set(rows.flatMap((row) => row.sets))].sort();
  return {
    running: await Promise.all(listInstances(settings.stateDir).map((name) => runningOf(settings, name))),
    labs: labNames(settings),
    scenarios: rows.map(({ id }) => id),
    courses: loadCourses(settings).map(({ id, chapters }) => ({
      id,
      exercises: chapters.flatMap(({ exercises }) => exercises),
    })),
    sets: sets.map((name) => ({ name, scenarios: rows.filter((row) => row.sets.includes(name)).length })),
  };
}

/** The cluster is not asked: `halab status` does that, and takes longer. */
async function runningOf(settings: Settings, name: string): Promise<Listed['running'][number]> {
  const instance = requireInstance(settings.stateDir, name);
  const { state, nodes } = await (await backendOf(instance, settings)).status(instance);
  const up = nodes.filter((node) => node.state === 'running').length;
  const { backend, lab } = instance;
  return { instance: name, lab: lab.name, backend, image: lab.image, state, nodes: { up, all: nodes.length } };
}

/** Pure. */
export function listLines({ running, labs, scenarios, sets, courses }: Listed): readonly string[] {
  const width = Math.max(...running.map(({ instance }) => instance.length), 0);
  return [
    running.length === 0 ? 'no lab on this machine; halab up brings one up' : 'Labs on this machine:',
    ...running.map(
      ({ instance, lab, backend, image, state, nodes }) =>
        `  ${padEndDisplay(instance, width)}  ${state}  lab ${lab}, ${backend}, ${image}, ${nodes.up} of ${nodes.all} nodes run`,
    ),
    '',
    `Lab files (halab up LAB): ${labs.join(', ')}`,
    `${scenarios.length} scenarios (halab scenarios lists them)`,
    ...sets.map(({ name, scenarios: count }) => `  halab run --set ${name}  ${count} scenarios`),
    ...courses.map(({ id, exercises }) => `course ${id}: ${exercises.length} exercises`),
  ];
}
