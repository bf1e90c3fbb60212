import type { Breakdown, ClusterMoment, NodeClock, PhaseEnd, WhyMissing } from './breakdown.js';
import { defined } from './defined.js';
import type { OutageWindow } from './event.js';
import { PHASES, type Phase } from './scenario.js';

/** The accuracy of a measured outage where the probe was not held up. */
const ACCURACY_MS = 25;
/** A long outage is also known if it is off by no more than this part of its duration. */
const ACCURATE_PART = 0.005;

/** How far off a duration may be, since nothing was observed between two requests. */
export function uncertaintyOf({ durationMs, atLeastMs = durationMs, atMostMs = durationMs }: OutageWindow): number {
  return Math.max(durationMs - atLeastMs, atMostMs - durationMs);
}

/** False where the probe was held up so long at an edge of the window that its duration is not reliable. */
export function isKnown(window: OutageWindow, everyMs: number): boolean {
  return uncertaintyOf(window) <= Math.max(ordinaryMs(everyMs), window.durationMs * ACCURATE_PART);
}

/** How far off a known duration may be, if that is more than of an outage whose probe was not held up; else 0. */
export function doubtMsOf(window: OutageWindow, everyMs: number): number {
  const uncertainMs = uncertaintyOf(window);
  return uncertainMs > ordinaryMs(everyMs) ? uncertainMs : 0;
}

function ordinaryMs(everyMs: number): number {
  return Math.max(ACCURACY_MS, everyMs + 5);
}

/** The same stretch of time on another clock. */
export function shiftedBy(byMs: number) {
  return <T extends { readonly fromMs: number; readonly toMs: number }>(stretch: T): T => ({
    ...stretch,
    fromMs: stretch.fromMs + byMs,
    toMs: stretch.toMs + byMs,
  });
}

export function longestOf(windows: readonly OutageWindow[]): OutageWindow | undefined {
  return windows.toSorted((a, b) => b.durationMs - a.durationMs)[0];
}

/** A node's journal, with its times on the run's clock. */
export interface History {
  readonly node: string;
  readonly uncertainMs: number;
  readonly moments: readonly ClusterMoment[];
}

export interface Outage {
  readonly window: OutageWindow;
  /** When the step's action was done, on the run's clock. */
  readonly actedMs: number;
  readonly resource?: string;
  /** The nodes that the fault is on: the journals of the others are preferred. */
  readonly broken: readonly string[];
  readonly histories: readonly History[];
  readonly unread: readonly string[];
  readonly clocks: readonly NodeClock[];
}

interface Found {
  readonly atMs: number;
  readonly uncertainMs: number;
  readonly node?: string;
  readonly source: string;
}

/** A start may be reported after the first answer, because an agent has more to do once the address is up. */
const REPORTED_WITHIN_MS = 5_000;

/** Pure. A phase that no journal shows is listed as missing, with the reason; its time counts towards the next one. */
export function breakdownOf(outage: Outage): Breakdown {
  const { window, actedMs, resource, unread, clocks } = outage;
  const beganMs = Math.min(window.fromMs, actedMs);
  const found = endsOf(outage, beganMs);
  const phases: PhaseEnd[] = [];
  const missing: { phase: Phase; why: WhyMissing }[] = [];
  let before = { atMs: beganMs, uncertainMs: beganMs === window.fromMs ? uncertaintyOf(window) : 0 };
  for (const phase of PHASES) {
    const end = found[phase];
    if (typeof end === 'string') {
      missing.push({ phase, why: end });
      continue;
    }
    const atMs = Math.max(before.atMs, Math.min(end.atMs, window.toMs));
    const durationMs = atMs - before.atMs;
    const uncertainMs = end.uncertainMs + before.uncertainMs;
    phases.push({ phase, atMs, durationMs, uncertainMs, ...defined({ node: end.node }), source: end.source });
    before = { atMs, uncertainMs: end.uncertainMs };
  }
  const { start } = found;
  const lateMs = typeof start === 'string' ? 0 : start.atMs - window.toMs;
  const startReportedAfterMs = lateMs > 0 ? lateMs : undefined;
  return { ...defined({ resource, startReportedAfterMs }), beganMs, phases, missing, unread, clocks };
}

function endsOf(outage: Outage, beganMs: number): { readonly [P in Phase]: Found | WhyMissing } {
  const { window, resource } = outage;
  const start = startOf(outage, beganMs);
  const moments = (...kinds: readonly ClusterMoment['kind'][]) => momentsOf(outage, beganMs, start?.node, kinds);
  const token = moments('token-lost')[0] ?? moments('shut-down')[0] ?? lostLinkIn(moments('link-lost', 'membership'));
  const monitor = moments('monitor-failed').find(({ moment }) => 'resource' in moment && moment.resource === resource);
  const detect = token ?? monitor;
  const memberships = moments('membership').filter(({ atMs }) => token !== undefined && atMs >= token.atMs);
  const losing = memberships.filter(({ moment }) => moment.kind === 'membership' && moment.left);
  // Several nodes may be lost one after another, and the last loss is what the cluster went on from.
  const lossesBefore = losing.filter(({ atMs }) => start === undefined || atMs <= start.atMs);
  const membership = (outage.broken.length > 1 ? lossesBefore.at(-1) : losing[0]) ?? losing[0] ?? memberships[0];
  const fence = fenceOf(outage, moments('fenced'), start);
  return {
    detect: detect ?? 'not-found',
    membership: membership ?? 'not-found',
    fence: fence ?? 'not-fenced',
    start: start ?? (resource === undefined ? 'no-resource' : 'not-found'),
    answers: { atMs: window.toMs, uncertainMs: uncertaintyOf(window), source: 'first answer' },
  };
}

/** The first link that was lost. A corosync that has just started reports that of everybody it has not met yet, and then who joined. */
function lostLinkIn(moments: readonly TimedMoment[]): TimedMoment | undefined {
  const memberships = moments.flatMap(({ moment }) => (moment.kind === 'membership' ? [moment] : []));
  const isStarting = memberships.length > 0 && memberships.every(({ left }) => !left);
  return isStarting ? undefined : moments.find(({ moment }) => moment.kind === 'link-lost');
}

/** The first fencing; where several nodes are broken, the last of them that was fenced before the start, which waits for all. */
function fenceOf({ broken }: Outage, fenced: readonly TimedMoment[], start: Found | undefined): Found | undefined {
  const inOrder = fenced.toSorted((a, b) => a.atMs - b.atMs);
  if (broken.length < 2) return inOrder[0];
  const ofBroken = inOrder.filter(({ moment }) => moment.kind === 'fenced' && broken.includes(moment.target));
  return ofBroken.findLast(({ atMs }) => start === undefined || atMs <= start.atMs) ?? inOrder[0];
}

/** The start of the resource that was reported nearest to the first answer. */
function startOf({ window, resource, histories }: Outage, beganMs: number): Found | undefined {
  const starts = histories.flatMap(({ node, uncertainMs, moments }) =>
    moments
      .filter((moment) => moment.kind === 'started' && moment.resource === resource && (moment.node ?? node) === node)
      .map(({ atMs, line }): Found => ({ atMs, uncertainMs, node, source: line })),
  );
  return starts
    .filter(({ atMs }) => atMs > beganMs && atMs <= window.toMs + REPORTED_WITHIN_MS)
    .sort((a, b) => Math.abs(a.atMs - window.toMs) - Math.abs(b.atMs - window.toMs))[0];
}

type TimedMoment = Found & { readonly moment: ClusterMoment };

/** Moments of these kinds within the outage, in order: from the node that started the resource, or else from the nodes without the fault. */
function momentsOf(
  { window, broken, histories }: Outage,
  beganMs: number,
  starter: string | undefined,
  kinds: readonly ClusterMoment['kind'][],
): readonly TimedMoment[] {
  const within = ({ node, uncertainMs, moments }: History): readonly TimedMoment[] =>
    moments
      .filter(({ kind, atMs }) => kinds.includes(kind) && atMs >= beganMs - uncertainMs && atMs <= window.toMs)
      .map((moment) => ({ atMs: moment.atMs, uncertainMs, node, source: moment.line, moment }));
  const own = histories.filter(({ node }) => node === starter).flatMap(within);
  if (own.length > 0) return own;
  const others = histories.filter(({ node }) => node !== starter && !broken.includes(node)).flatMap(within);
  return others.sort((a, b) => a.atMs - b.atMs);
}
