import type { Speaker } from '../../messages/message.js';
import { type Page, pageOf } from '../../report/closing-page.js';
import { formatDuration, oneLine, VERDICT_MARKS, wrapDisplay } from '../../report/format.js';
import type { AnswerOf } from '../answers/index.js';

type BisectJson = Omit<AnswerOf<'bisect'>, 'schema'>;

/** Pure. What came of a bisection: its result first, then a line for each state. */
export function bisectLines(told: BisectJson, options: Parameters<typeof pageOf>[0]): readonly string[] {
  const page = pageOf(options);
  const { say, paint, width } = page;
  const result = wrapDisplay(resultText(told, say), width - 2);
  return [
    '',
    ...result.map((line) => `  ${paint.bold(line)}`),
    ...(told.found === undefined || told.found.packages.length < 2
      ? []
      : [`  ${paint.dim(say('bisect.built', { packages: told.found.packages.join(', ') }))}`]),
    '',
    ...told.states.flatMap((state) => stateLines(state, told.result === 'planned', page)),
    ...(told.result === 'planned' ? [] : ['', `  ${paint.dim(say('bisect.runs', { folder: told.folder }))}`]),
    '',
  ];
}

function resultText(told: BisectJson, say: Speaker): string {
  const { result, scenario, found, suspects = [], states } = told;
  if (found !== undefined) return say('bisect.found', { scenario, ...found });
  if (result === 'between')
    return say('bisect.between', { scenario, changes: suspects.map(({ name, version }) => `${name} ${version}`) });
  if (result === 'planned') return say('bisect.planned', { scenario, count: states.length });
  if (result === 'unclear') return say('bisect.unclear', { scenario });
  const first = states.find(({ outcome }) => outcome !== undefined && outcome !== 'unknown');
  return first?.outcome === 'failed'
    ? say('bisect.always-failed', { scenario })
    : say('bisect.never-failed', { scenario });
}

function stateLines(
  { change, outcome, durationMs, reason }: BisectJson['states'][number],
  isPlanned: boolean,
  { say, paint, width }: Page,
): readonly string[] {
  const what = change === undefined ? say('bisect.start') : `${change.name} ${change.version}`;
  if (outcome === undefined) return [`  ${paint.dim(`· ${what}${isPlanned ? '' : `  ${say('bisect.not-run')}`}`)}`];
  const mark = paint.verdict(outcome, VERDICT_MARKS[outcome]);
  const why = reason === undefined ? [] : wrapDisplay(oneLine(reason), width - 6);
  return [
    `  ${mark} ${what}  ${paint.dim(formatDuration(durationMs ?? 0))}`,
    ...why.map((line) => `      ${paint.dim(line)}`),
  ];
}
