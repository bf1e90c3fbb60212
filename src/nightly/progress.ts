import type { Speaker } from '../messages/message.js';
import { formatDuration, formatElapsed, truncateDisplay, VERDICT_MARKS } from '../report/format.js';
import type { Cell } from './cell.js';
import { countText } from './cell-states.js';
import type { CellResult, NightEvent, StampedNightEvent } from './events.js';
import type { AttemptState, NightState } from './state.js';
import { summarize } from './summary.js';

/** Pure. The lines that a log gets for an event. */
export function eventLines(
  event: StampedNightEvent,
  state: NightState,
  cells: readonly Cell[],
  say: Speaker,
): readonly string[] {
  const lines = textsOf(event, state, cells, say);
  const time = event.at.slice(11, 19);
  return lines.map((line) => `${time}  ${line}`);
}

function textsOf(event: NightEvent, state: NightState, cells: readonly Cell[], say: Speaker): readonly string[] {
  switch (event.kind) {
    case 'attempt-started':
      return [`▶ ${placeOf(event, cells)}  ${scenariosOf(event.cells, cells)}  (${event.lab})`];
    case 'attempt-placed': {
      const attempt = state.attempts.find((each) => each.attempt === event.attempt);
      return attempt === undefined ? [] : [`→ ${event.machine}  ${placeOf(attempt, cells)}  (${attempt.lab})`];
    }
    case 'attempt-ended': {
      const attempt = state.attempts.find((each) => each.attempt === event.attempt);
      const place = attempt === undefined ? event.attempt : placeOf(attempt, cells);
      const why = [event.reason, event.lastSign, event.again && say('nightly.again')].filter(Boolean).join('; ');
      if (event.outcome !== 'finished') {
        const what = say(`nightly.state.${event.outcome}`);
        return [
          `? ${place}  ${what}${why === '' ? '' : `: ${why}`}`,
          ...event.results.map((result) => resultLine(result, cells)),
          `  ${countsText(state, cells, say)}`,
        ];
      }
      return [...event.results.map((result) => resultLine(result, cells)), `  ${countsText(state, cells, say)}`];
    }
    case 'cells-left-out':
      return [`– ${scenariosOf(event.cells, cells)}: ${event.reason}`];
    default:
      return [];
  }
}

function resultLine({ cell, verdict, durationMs, reason }: CellResult, cells: readonly Cell[]): string {
  const own = cells.find(({ id }) => id === cell);
  const why = reason === undefined || verdict === 'passed' ? '' : `  ${reason.split('\n', 1)[0]}`;
  return `${VERDICT_MARKS[verdict]} ${own === undefined ? cell : `${own.scenario}  ${own.lab} ${own.image}`}  ${formatDuration(durationMs)}${why}`;
}

function placeOf({ cells: [id] }: Pick<AttemptState, 'cells'>, cells: readonly Cell[]): string {
  const cell = cells.find((each) => each.id === id);
  return cell === undefined ? String(id) : `${cell.lab} ${cell.image}`;
}

function scenariosOf(ids: readonly string[], cells: readonly Cell[]): string {
  const names = ids.map((id) => cells.find((cell) => cell.id === id)?.scenario ?? id);
  const [first = '', ...others] = names;
  return others.length > 3 ? `${first} +${others.length}` : names.join(', ');
}

/** What has not simply passed, of what has been run. */
const BAD_STATES = ['failed', 'unknown', 'flaky', 'lost'] as const;

/** `12 of 75 · 11 passed · 1 failed · about 14m left` */
function countsText(state: NightState, cells: readonly Cell[], say: Speaker): string {
  const { counts, cells: told } = summarize([{ folder: '', cells, state }], 'own');
  const all = told.length - counts.skipped;
  const done = counts.passed + counts.flaky + counts.failed + counts.unknown;
  return [
    say('nightly.done', { done, all }),
    ...BAD_STATES.flatMap((state) => (counts[state] > 0 ? [countText(state, counts[state], say)] : [])),
  ].join(' · ');
}

/** Where a running lab is. */
export interface Sight {
  readonly attempt: AttemptState;
  readonly forMs: number;
  readonly where: string;
}

/** Pure. The block below the log, on a terminal: a line for each lab that runs, and what waits. */
export function blockLines(
  sights: readonly Sight[],
  {
    state,
    cells,
    waiting,
    why,
  }: {
    readonly state: NightState;
    readonly cells: readonly Cell[];
    readonly waiting: number;
    readonly why: string | undefined;
  },
  say: Speaker,
  width: number,
): readonly string[] {
  const rows = sights.map(
    ({ attempt, forMs, where }) =>
      `  ${formatElapsed(forMs).padStart(7)}  ${attempt.lab.padEnd(12)} ${placeOf(attempt, cells).padEnd(22)} ${where}`,
  );
  const queue =
    waiting === 0 ? '' : ` · ${say('nightly.waiting', { count: waiting })}${why === undefined ? '' : ` (${why})`}`;
  return [...rows, `  ${countsText(state, cells, say)}${queue}`].map((line) => truncateDisplay(line, width - 1));
}
