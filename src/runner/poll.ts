import type { Expectation } from '../model/expectation.js';
import { stretched } from '../model/slowness.js';
import type { Judgement } from '../model/verdict.js';
import { type CheckTable, checkOf, type StepCommand, withNested } from '../ports/check.js';
import { untilAborted } from '../ports/clock.js';
import {
  confirmByText,
  createRound,
  disagreeingNodes,
  expectedInWords,
  type Judged,
  judgeOnce,
  type Round,
} from './round.js';
import type { RunSession } from './session.js';

interface PollRequest {
  readonly expectations: readonly Expectation[];
  readonly commands?: readonly StepCommand[];
  /** On the session's clock. */
  readonly deadlineMs: number;
  /** Called after each round that did not pass, with what it saw. */
  readonly onWaiting: (seen: string) => void;
  /**
   * Called once the quick checks of a round hold and only slow ones, such as the text of `pcs status`, remain: in the first
   * round before every slow check, later before the texts only.
   */
  readonly onPassing?: () => void;
  /** While true, rounds are rare: a probe is timing an outage, and each round takes the nodes' CPU time. */
  readonly isMeasuring?: () => boolean;
}

const INTERVAL_MS = 100;
const MEASURING_INTERVAL_MS = 1_000;
const LONGEST_REST_MS = 1_000;
const WAKE_EVERY_MS = 25;
/** Between two rounds over all nodes, one node's "not yet" is enough: each round takes the nodes' CPU time. */
const EVERYONE_EVERY_MS = 1_000;

/**
 * Repeats rounds until all expectations hold in one round, and the text of `pcs status` agrees with crm_mon wherever they
 * require it; or until the deadline, when each is judged once more for the report.
 */
export async function poll(session: RunSession, request: PollRequest): Promise<readonly Judged[]> {
  const { checks, clock, signal, slowness } = session.deps;
  const isLasting = (each: Expectation) => checkOf(checks, each).lasting !== undefined;
  const ordered = cheapFirst(checks, request.expectations).filter((each) => !isLasting(each));
  const vigil = await keepVigil(session, request.expectations, request.commands);
  const endMs = Math.max(request.deadlineMs, vigil.untilMs);
  let hasPassed = false;
  let everyoneMs = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  for (;;) {
    const begunMs = clock.monotonicMs();
    const isBroken = await vigil.look();
    // Only what has come true in time may be held against the rest of a longer time.
    const deadlineMs = hasPassed ? endMs : request.deadlineMs;
    const isLast = isBroken || begunMs >= deadlineMs;
    if (
      !isLast &&
      begunMs < everyoneMs + stretched(EVERYONE_EVERY_MS, slowness()) &&
      (await isSurelyPending(session, request, ordered))
    ) {
      await pause(session, { ...request, deadlineMs }, begunMs);
      continue;
    }
    everyoneMs = begunMs;
    const round = createRound(session, {
      commands: request.commands,
      ...(isFirst ? { texts: session.texts.recent() } : {}),
    });
    const judged = await untilAborted(
      isLast ? judgeAll(session, ordered, round) : judgeWhilePassing(session, { ...request, isFirst }, ordered, round),
      signal,
    );
    isFirst = false;
    const pending = judged.find(({ judgement }) => judgement.verdict !== 'passed');
    if (pending === undefined) session.texts.keep(judged.flatMap(({ texts }) => texts));
    const isOver = begunMs >= vigil.untilMs;
    if (isLast || (pending === undefined && isOver)) return [...judged, ...vigil.judged()];
    if (pending === undefined) {
      hasPassed = true;
      request.onWaiting(`holds so far; ${Math.ceil((vigil.untilMs - begunMs) / 1000)} s are left`);
      await pause(session, { ...request, isMeasuring: () => true, deadlineMs: endMs }, begunMs);
      continue;
    }
    request.onWaiting(waitingFor(session, pending, round));
    if (pending.judgement.verdict === 'failed' && isOfCommand(checks, pending.expectation))
      return [...(await untilAborted(judgeAll(session, ordered, round), signal)), ...vigil.judged()];
    await pause(session, { ...request, deadlineMs }, begunMs);
  }
}

/** Whether one node's reports already fail an expectation. */
async function isSurelyPending(
  session: RunSession,
  request: PollRequest,
  ordered: readonly Expectation[],
): Promise<boolean> {
  const quickPoll = createRound(session, { commands: request.commands, asked: session.haNodes.slice(0, 1) });
  const { checks, signal } = session.deps;
  const quick = ordered.filter((each) => !isSlow(checks, each));
  const { pending } = await untilAborted(judgeInOrder(session, quick, quickPoll), signal);
  if (pending?.judgement.verdict !== 'failed') return false;
  request.onWaiting(waitingFor(session, pending, quickPoll));
  return true;
}

function waitingFor(
  { deps: { checks } }: RunSession,
  { expectation, judgement }: Pick<Judged, 'expectation' | 'judgement'>,
  { resolved }: Round,
): string {
  return `waiting for “${expectedInWords(checks, expectation, resolved)}”: ${judgement.seen}`;
}

/** Sleeps until the next round is due: soon, or, while an outage is timed, when it ends or a second has passed. */
async function pause(
  { deps: { clock, signal, slowness } }: RunSession,
  { isMeasuring, deadlineMs }: PollRequest,
  begunMs: number,
): Promise<void> {
  // Slow nodes are asked less often, and left alone for as long as they took to answer: answering takes their CPU time.
  const endedMs = clock.monotonicMs();
  const restMs = Math.min(endedMs - begunMs, LONGEST_REST_MS);
  const untilMs = (intervalMs: number) =>
    Math.min(Math.max(begunMs + stretched(intervalMs, slowness()), endedMs + restMs), deadlineMs) - clock.monotonicMs();
  while (isMeasuring?.() && untilMs(MEASURING_INTERVAL_MS) > 0) {
    await clock.sleep(Math.min(WAKE_EVERY_MS, untilMs(MEASURING_INTERVAL_MS)), signal);
  }
  await clock.sleep(Math.max(0, untilMs(INTERVAL_MS)), signal);
}

/** One round: judges by crm_mon until one does not pass; if all pass, by the text, which takes much longer to get. */
async function judgeWhilePassing(
  session: RunSession,
  { onPassing, isFirst }: PollRequest & { readonly isFirst: boolean },
  ordered: readonly Expectation[],
  round: Round,
): Promise<readonly Judged[]> {
  const { checks } = session.deps;
  const slowFrom = ordered.findIndex((each) => isSlow(checks, each));
  const quick = isFirst && slowFrom !== -1 ? ordered.slice(0, slowFrom) : ordered;
  const first = await judgeInOrder(session, quick, round);
  if (first.pending) return [{ ...first.pending, texts: [], resolved: round.resolved }];
  onPassing?.();
  const rest = await judgeInOrder(session, ordered.slice(quick.length), round);
  if (rest.pending) return [{ ...rest.pending, texts: [], resolved: round.resolved }];
  return withTexts(session, ordered, [...first.passed, ...rest.passed], round);
}

/** Judges in order, and stops at the first that does not pass. */
export async function judgeInOrder(
  session: RunSession,
  ordered: readonly Expectation[],
  round: Round,
): Promise<{
  readonly passed: readonly Judgement[];
  readonly pending?: { readonly expectation: Expectation; readonly judgement: Judgement };
}> {
  const passed: Judgement[] = [];
  for (const expectation of ordered) {
    const judgement = await judgeOnce(session.deps.checks, expectation, round);
    if (judgement.verdict !== 'passed') return { passed, pending: { expectation, judgement } };
    passed.push(judgement);
  }
  return { passed };
}

async function judgeAll(
  session: RunSession,
  ordered: readonly Expectation[],
  round: Round,
): Promise<readonly Judged[]> {
  const first = await Promise.all(ordered.map((expectation) => judgeOnce(session.deps.checks, expectation, round)));
  return withTexts(session, ordered, first, round);
}

async function withTexts(
  session: RunSession,
  ordered: readonly Expectation[],
  judgements: readonly Judgement[],
  round: Round,
): Promise<readonly Judged[]> {
  const { checks } = session.deps;
  const judged = await Promise.all(
    ordered.map(async (expectation, index): Promise<Judged> => {
      const judgement = judgements[index] ?? { verdict: 'unknown', seen: 'not judged' };
      if (!checkOf(checks, expectation).readsStatusText)
        return { expectation, judgement, texts: [], resolved: round.resolved };
      const confirmation = await confirmByText(checks, expectation, round);
      return {
        expectation,
        judgement: agreed(judgement, confirmation.judgement),
        texts: confirmation.texts,
        resolved: round.resolved,
      };
    }),
  );
  return unlessReadingsDisagree(session, judged, round);
}

/**
 * Where everything passes, the two readings of a node must agree in everything else too: otherwise the cluster may have
 * changed between the two commands, and the round is no view of one moment.
 */
async function unlessReadingsDisagree(
  { deps: { cluster } }: RunSession,
  judged: readonly Judged[],
  round: Round,
): Promise<readonly Judged[]> {
  if (judged.some(({ judgement }) => judgement.verdict !== 'passed')) return judged;
  const differing = await disagreeingNodes(
    cluster,
    round,
    judged.flatMap(({ texts }) => texts),
  );
  return judged.map((each): Judged => {
    const seen = each.texts.flatMap(({ node }) => differing.get(node) ?? []);
    return seen.length === 0 ? each : { ...each, judgement: { verdict: 'unknown', seen: seen.join('; ') } };
  });
}

/** An expectation that passes by one reading only is inconclusive. */
function agreed(byXml: Judgement, byText: Judgement): Judgement {
  if (byXml.verdict === byText.verdict) return byXml;
  const seen = `crm_mon: ${byXml.seen}; but pcs status: ${byText.seen}`;
  // A failure stands: the deadline had passed when the slower text was read.
  return { verdict: byXml.verdict === 'failed' ? 'failed' : 'unknown', seen };
}

export function cheapFirst(checks: CheckTable, expectations: readonly Expectation[]): readonly Expectation[] {
  return expectations.toSorted((a, b) => checkOf(checks, a).cost - checkOf(checks, b).cost);
}

/** The cost from which a check runs a pcs command or a login. */
const SLOW_COST = 5;

function isSlow(checks: CheckTable, expectation: Expectation): boolean {
  return checkOf(checks, expectation).cost >= SLOW_COST;
}

/** Whether it can only be judged after the probe has ended. */
export function isOfProbe(checks: CheckTable, expectation: Expectation): boolean {
  return withNested(checks, expectation).some((each) => checkOf(checks, each).when === 'after-probe');
}

/** Whether it, or all inside it, judges the step's own command, which runs once, so that waiting changes nothing. */
export function isOfCommand(checks: CheckTable, expectation: Expectation): boolean {
  const { when, nested } = checkOf(checks, expectation);
  const inside = nested?.(expectation) ?? [];
  if (inside.length === 0) return when === 'of-command';
  return inside.every((each) => isOfCommand(checks, each.expectation));
}

/** What is looked at again and again for a time, because it must not come true in it. */
interface Vigil {
  /** On the session's clock; in the past where nothing is to be looked at. */
  readonly untilMs: number;
  /** Looks, unless it has just done so. True as soon as one look shows what must not be. */
  look(): Promise<boolean>;
  /** What the looks so far say of each. */
  judged(): readonly Judged[];
}

/** Each takes the nodes' CPU time. */
const LOOK_EVERY_MS = 1_000;
/** Between two looks that say something, so much may pass: a resource that comes and goes within it would not be seen. */
const LONGEST_GAP_MS = 5_000;

interface Watch {
  readonly expectation: Expectation;
  readonly endMs: number;
  readonly source: string;
  /** Target texts to nodes, of the latest look. */
  resolved: ReadonlyMap<string, string>;
  looks: number;
  knownMs: number;
  gapMs: number;
  broken?: string;
  doubt?: string;
}

/** Begins the watch over those of the expectations that are about a time, at the end of the action. */
async function keepVigil(
  session: RunSession,
  expectations: readonly Expectation[],
  commands: readonly StepCommand[] | undefined,
): Promise<Vigil> {
  const { checks, clock, slowness, signal } = session.deps;
  const begunMs = clock.monotonicMs();
  const watches: Watch[] = [];
  for (const expectation of expectations) {
    const lasting = checkOf(checks, expectation).lasting?.(expectation);
    if (lasting === undefined) continue;
    const endMs = begunMs + (await session.time.ms(lasting.during));
    watches.push({
      expectation,
      endMs,
      source: lasting.during.source,
      resolved: new Map(),
      looks: 0,
      knownMs: begunMs,
      gapMs: 0,
    });
  }
  let nextMs = begunMs;

  return {
    untilMs: Math.max(Number.NEGATIVE_INFINITY, ...watches.map(({ endMs }) => endMs)),
    async look() {
      const nowMs = clock.monotonicMs();
      if (watches.length === 0 || nowMs < nextMs) return false;
      nextMs = nowMs + stretched(LOOK_EVERY_MS, slowness());
      const round = createRound(session, { commands });
      for (const watch of watches) {
        // The last look is the one at the end of the time.
        if (watch.knownMs >= watch.endMs) continue;
        note(watch, await untilAborted(judgeOnce(checks, watch.expectation, round), signal), clock.monotonicMs());
        if (round.resolved.size > 0) watch.resolved = round.resolved;
        if (watch.broken !== undefined) return true;
      }
      return false;
    },
    judged: () =>
      watches.map((watch) => ({
        expectation: watch.expectation,
        judgement: judgementOf(watch, (ms) => stretched(ms, slowness())),
        texts: [],
        resolved: watch.resolved,
      })),
  };
}

function note(watch: Watch, { verdict, seen }: Judgement, nowMs: number): void {
  if (verdict === 'failed') watch.broken ??= seen;
  else if (verdict === 'unknown') watch.doubt = seen;
  else {
    watch.looks += 1;
    watch.gapMs = Math.max(watch.gapMs, nowMs - watch.knownMs);
    watch.knownMs = nowMs;
  }
}

function judgementOf(watch: Watch, stretch: (ms: number) => number): Judgement {
  const { broken, doubt, looks, gapMs, knownMs, endMs, source } = watch;
  if (broken !== undefined) return { verdict: 'failed', seen: broken };
  const looked = looks === 1 ? `the only look in ${source}` : `${looks} looks in ${source}`;
  const missedMs = Math.max(gapMs, endMs - knownMs);
  if (missedMs <= stretch(LONGEST_GAP_MS))
    return { verdict: 'passed', seen: `as expected at ${looks === 1 ? '' : 'each of '}${looked}` };
  const why = doubt === undefined ? '' : `: ${doubt}`;
  return { verdict: 'unknown', seen: `${looked}, and not known for ${Math.round(missedMs / 1000)} s${why}` };
}
