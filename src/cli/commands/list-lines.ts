import { type Speaker, speakerOf } from '../../messages/message.js';
import type { Language } from '../../model/text.js';
import { padEndDisplay } from '../../report/format.js';
import type { AnswerOf } from '../answers/index.js';

export type Listed = Omit<AnswerOf<'list'>, 'schema'>;
type ListedLab = Listed['running'][number];

/** Pure. A line for each lab, and below it only what is out of the ordinary. */
export function listLines(
  { running, labs, scenarios, sets, courses, baselines }: Listed,
  nowMs: number,
  language: Language,
): readonly string[] {
  const say = speakerOf(language);
  const width = Math.max(...running.map(({ instance }) => instance.length), 0);
  return [
    running.length === 0 ? 'no lab on this machine; halab up brings one up' : 'Labs on this machine:',
    ...running.flatMap((each) => labLines(each, width, nowMs, say)),
    ...baselines.map(
      ({ key, lab, image, setUps }) => `saved state ${key}: ${lab}, ${image}, after ${setUps.join(', ')}`,
    ),
    '',
    `Lab files (halab up LAB): ${labs.join(', ')}`,
    `${scenarios.length} scenarios (halab scenarios lists them)`,
    ...sets.map(
      ({ name, scenarios: count }) => `  halab run --set ${name}  ${count === 1 ? '1 scenario' : `${count} scenarios`}`,
    ),
    ...courses.map(
      ({ id, exercises }) => `course ${id}: ${exercises.length === 1 ? '1 exercise' : `${exercises.length} exercises`}`,
    ),
  ];
}

function labLines(lab: ListedLab, width: number, nowMs: number, say: Speaker): readonly string[] {
  const { instance, who, since, state, nodes, busy, trouble, faults } = lab;
  const place = `${lab.lab}, ${lab.backend}, ${lab.image}`;
  const facts = [
    ...(who === undefined ? [] : [who]),
    nodes.up === nodes.all ? state : say('list.partly', { state, up: nodes.up, all: nodes.all }),
    ...(since === undefined ? [] : [say('list.for', { age: ageText(nowMs - Date.parse(since), say) })]),
    clusterText(lab.cluster, say),
    place,
  ];
  const below = [
    ...(busy === undefined ? [] : [`… ${say('list.busy', busy)}`]),
    ...faults.map((fault) => `! ${say('list.fault', { fault })}`),
    ...(trouble === undefined ? [] : [`${trouble.severity === 'problem' ? '✖' : '!'} ${trouble.text}`]),
  ];
  return [
    `  ${padEndDisplay(instance, width)}  ${facts.join(' · ')}`,
    ...below.map((line) => `  ${' '.repeat(width)}  ${line}`),
  ];
}

function clusterText(
  { state, dc, quorum, online, nodes, views, clusters }: ListedLab['cluster'],
  say: Speaker,
): string {
  if (state !== 'runs' || online === undefined || nodes === undefined)
    return say(state === 'stopped' ? 'list.no-cluster' : 'list.cluster-unknown');
  return [
    say('list.online', { online, nodes }),
    ...(quorum === undefined ? [] : [say(quorum ? 'summary.quorum' : 'summary.no-quorum')]),
    dc === undefined ? say('summary.no-dc') : say('summary.dc', { node: dc }),
    ...(views === undefined ? [] : [say('list.views', { views })]),
    ...(clusters === undefined ? [] : [say('list.clusters', { clusters })]),
  ].join(', ');
}

const MINUTE_MS = 60_000;

function ageText(ms: number, say: Speaker): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 120) return say('list.minutes', { minutes });
  if (minutes < 48 * 60) return say('list.hours', { hours: Math.floor(minutes / 60) });
  return say('list.days', { days: Math.floor(minutes / 60 / 24) });
}
