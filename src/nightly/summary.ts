import { defined } from '../model/defined.js';
import { groupBy } from '../model/group-by.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';
import type { Cell } from './cell.js';
import { type CellState, countsOf } from './cell-states.js';
import type { CellResult } from './events.js';
import type { CellJson, NightJson } from './night-answer.js';
import { type AttemptState, type NightState, ownCells } from './state.js';

/** A night, or a part of one, as its folder has it. */
export interface NightPart {
  readonly folder: string;
  /** Of the whole plan. */
  readonly cells: readonly Cell[];
  readonly state: NightState;
}

/**
 * Pure. What the parts come to together: every cell once, however many parts have it, and whatever is missing by name. `own`: only
 * what these parts had to run; `whole`: all of their plans.
 */
export function summarize(parts: readonly NightPart[], scope: 'own' | 'whole'): NightJson {
  const nights = withoutCopies(parts);
  const ids = new Map<string, Cell>();
  for (const { cells, state } of nights) {
    // A night that repeated what had failed is no plan of its own.
    const expected = scope === 'own' || state.started?.only !== undefined ? ownCells(cells, state) : cells;
    for (const cell of expected) if (!ids.has(cell.id)) ids.set(cell.id, cell);
  }
  const cells = [...ids.values()].map((cell) => cellJson(cell, nights));
  const verdict = worstVerdict(cells.map((cell) => cell.verdict));
  const worst = cells.find((cell) => cell.verdict === verdict);
  const begun = nights.flatMap(({ state }) => state.started?.at ?? []).toSorted();
  const last = nights
    .map(({ state }) => state.lastAt)
    .toSorted()
    .at(-1);
  const stack = [...new Set(nights.flatMap((night) => night.cells.flatMap((cell) => cell.stack ?? [])))];
  const ended = nights.every(({ state }) => state.ended !== undefined);
  return {
    schema: 'halab.night/1',
    verdict,
    ...(worst === undefined || verdict === 'passed' ? {} : { reason: `${worst.id}: ${worst.reason ?? worst.state}` }),
    ...(begun[0] === undefined ? {} : { started: begun[0] }),
    ...(ended && last ? { ended: last } : {}),
    durationMs: begun[0] === undefined ? 0 : Math.max(0, Date.parse(last ?? '') - Date.parse(begun[0])),
    workMs: cells.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0),
    ...(stack.length === 0 ? {} : { stack }),
    machines: [
      ...new Set(
        nights.flatMap(({ state }) => [
          ...(state.started?.pool === 'local' ? [state.machine] : []),
          ...state.attempts.map(({ machine }) => machine),
        ]),
      ),
    ]
      .filter(Boolean)
      .toSorted(),
    nights: nights.map(({ folder, state }) => ({
      night: state.started?.night ?? '',
      folder,
      machine: state.machine,
      ended: state.ended !== undefined,
    })),
    counts: countsOf(cells),
    cells,
  };
}

/** The same night may be given twice, or as an earlier copy. */
function withoutCopies(parts: readonly NightPart[]): readonly NightPart[] {
  const groups = groupBy(parts, ({ folder, state: { started } }) =>
    started === undefined ? folder : [started.night, started.machine, started.at].join(' '),
  );
  return [...groups.values()].map((copies) =>
    copies.reduce((one, other) => (other.state.lastAt > one.state.lastAt ? other : one)),
  );
}

interface Made {
  readonly attempt: AttemptState;
  readonly folder: string;
  readonly result: CellResult | undefined;
}

function cellJson(cell: Cell, nights: readonly NightPart[]): CellJson {
  const made = nights
    .flatMap(({ folder, state }) =>
      state.attempts
        .filter(({ cells }) => cells.includes(cell.id))
        .map(
          (attempt): Made => ({
            attempt,
            folder,
            result: attempt.ended?.results.find((each) => each.cell === cell.id),
          }),
        ),
    )
    .toSorted((one, other) => (one.attempt.startedAt < other.attempt.startedAt ? -1 : 1));
  const results = made.flatMap(({ result }) => result ?? []);
  const decided = outcomeOf(cell, made, results, nights);
  const counted = results.findLast(({ verdict }) => verdict === decided.verdict);
  const { id, scenario, lab, image, repeat, expected } = cell;
  return {
    ...{ id, scenario, lab, image, repeat },
    ...decided,
    expectedMs: expected.ms,
    ...defined({ durationMs: counted?.durationMs, outageMs: counted?.outageMs }),
    attempts: made.map(attemptJson),
  };
}

type Outcome = Pick<CellJson, 'state' | 'verdict' | 'reason' | 'lastSign'>;

function outcomeOf(
  cell: Cell,
  made: readonly Made[],
  results: readonly CellResult[],
  nights: readonly NightPart[],
): Outcome {
  if (cell.skipped !== undefined) return { state: 'skipped', verdict: 'skipped', reason: cell.skipped };
  if (results.length === 0) return { verdict: 'unknown', ...withoutResult(cell, made, nights) };
  const worst = worstVerdict(results.map(({ verdict }) => verdict));
  const isFlaky = (worst === 'failed' || worst === 'unknown') && results.some(({ verdict }) => verdict === 'passed');
  const bad = results.find(({ verdict, reason }) => verdict === worst && reason !== undefined);
  return {
    state: isFlaky ? 'flaky' : worst,
    verdict: isFlaky ? 'passed' : worst,
    ...(bad?.reason === undefined ? {} : { reason: bad.reason }),
  };
}

function withoutResult(
  cell: Cell,
  made: readonly Made[],
  nights: readonly NightPart[],
): { readonly state: CellState; readonly reason: string; readonly lastSign?: string } {
  const lost = made.findLast(({ attempt }) => attempt.ended?.outcome === 'lost')?.attempt;
  if (lost?.ended !== undefined) {
    const { reason = 'it ended without a result', lastSign = `began at ${lost.startedAt}` } = lost.ended;
    return { state: 'lost', reason, lastSign: `${lost.machine}: ${lastSign}` };
  }
  const open = made.findLast(({ attempt }) => attempt.ended === undefined)?.attempt;
  if (open !== undefined)
    return {
      state: 'missing',
      reason: 'its end is not known',
      lastSign: open.machine === '' ? `waits since ${open.startedAt}` : `${open.machine}: began at ${open.startedAt}`,
    };
  const reasons = nights.flatMap(({ state }) => state.leftOut.get(cell.id) ?? []);
  if (reasons[0] !== undefined) return { state: 'left-out', reason: reasons[0] };
  const owner = nights.find(({ cells, state }) => ownCells(cells, state).some(({ id }) => id === cell.id));
  if (owner === undefined) return { state: 'missing', reason: `part ${cell.shard ?? '?'} of the plan is not here` };
  const { machine, lastAt } = owner.state;
  return {
    state: 'missing',
    reason: 'it was not begun',
    ...(lastAt === '' ? {} : { lastSign: `${machine}: the night was last seen at ${lastAt}` }),
  };
}

function attemptJson({ attempt, folder, result }: Made): CellJson['attempts'][number] {
  const { ended } = attempt;
  const outcome = result?.verdict ?? (ended === undefined ? 'open' : ended.outcome === 'stopped' ? 'stopped' : 'lost');
  const reason = result?.reason ?? ended?.reason;
  return {
    attempt: attempt.attempt,
    machine: attempt.machine,
    at: attempt.startedAt,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...defined({ durationMs: result?.durationMs, outageMs: result?.outageMs }),
    ...(result?.run === undefined ? {} : { run: `${folder}/${result.run}` }),
  };
}

/** What a CI job needs to know: a night in which nothing was run has not passed. */
export function nightVerdict({ verdict }: Pick<NightJson, 'verdict'>): Verdict {
  return verdict === 'skipped' ? 'unknown' : verdict;
}
