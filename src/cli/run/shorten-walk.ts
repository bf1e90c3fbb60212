import type { ShortenedJson, TryJson } from '../../report/walk-lines.js';
import type { DrawnFault } from '../../walk/draw.js';
import { isAlike, prefixUntil, shrinking, type Trouble } from '../../walk/shrink.js';

/** What running some faults of a walk again, on a fresh lab, came to. */
export interface RunAgain {
  readonly trouble?: Trouble;
  /** Why it says nothing, e.g. that the lab did not come up. */
  readonly problem?: string;
  readonly folder?: string;
}

interface ShortenDeps {
  runAgain(drawn: readonly DrawnFault[]): Promise<RunAgain>;
  nowMs(): number;
  readonly isInterrupted: () => boolean;
}

export interface ShortenLimits {
  readonly runs: number;
  readonly ms: number;
}

/** Without its file and command, which are for whoever writes it. */
interface Shortened extends Omit<ShortenedJson, 'shortest'> {
  readonly shortest?: readonly DrawnFault[];
}

/** Runs the prefix that failed again, and ever fewer of its faults, until nothing can be left out or a limit is reached. */
export async function shortenWalk(
  walk: { readonly drawn: readonly DrawnFault[]; readonly steps: readonly string[] },
  trouble: Trouble,
  limits: ShortenLimits,
  deps: ShortenDeps,
): Promise<Shortened> {
  const begunMs = deps.nowMs();
  const prefix = prefixUntil(walk.drawn, walk.steps, trouble.step);
  const stopped = { step: trouble.step, what: trouble.reason ?? trouble.what, faults: prefix.length };
  const search = shrinking(prefix);
  const tries: TryJson[] = [];
  let shortest: readonly DrawnFault[] | undefined;
  for (let next = search.next(); !next.done; ) {
    const cutShort = whyStop(tries.length, deps.nowMs() - begunMs, limits, deps);
    if (cutShort !== undefined) return { stopped, tries, cutShort, ...(shortest ? { shortest } : {}) };
    const candidate = next.value;
    const tried = await tryAgain(candidate, trouble, deps);
    tries.push(tried);
    if (tried.outcome === 'alike') shortest = candidate;
    next = search.next(tried.outcome === 'alike');
  }
  return { stopped, tries, ...(shortest ? { shortest } : {}) };
}

async function tryAgain(drawn: readonly DrawnFault[], trouble: Trouble, deps: ShortenDeps): Promise<TryJson> {
  const begunMs = deps.nowMs();
  const again = await deps.runAgain(drawn);
  const seen = again.problem ?? again.trouble?.reason ?? again.trouble?.what;
  return {
    faults: drawn.map(({ number }) => number),
    outcome: outcomeOf(again, trouble),
    ...(seen === undefined ? {} : { seen }),
    durationMs: deps.nowMs() - begunMs,
    ...(again.folder === undefined ? {} : { folder: again.folder }),
  };
}

function outcomeOf({ trouble, problem }: RunAgain, first: Trouble): TryJson['outcome'] {
  if (isAlike(first, trouble)) return 'alike';
  if (trouble !== undefined) return 'otherwise';
  return problem === undefined ? 'passed' : 'inconclusive';
}

function whyStop(
  runs: number,
  ms: number,
  limits: ShortenLimits,
  { isInterrupted }: ShortenDeps,
): ShortenedJson['cutShort'] {
  if (isInterrupted()) return 'interrupted';
  if (runs >= limits.runs) return 'runs';
  return ms >= limits.ms ? 'time' : undefined;
}
