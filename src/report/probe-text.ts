import { messageIn, speakerOf } from '../messages/message.js';
import type { Breakdown, PhaseEnd } from '../model/breakdown.js';
import type { OutageWindow, ProbeResult, StepResult, WritesResult } from '../model/event.js';
import { doubtMsOf, isKnown, longestOf } from '../model/outage.js';
import { PHASES, type Phase } from '../model/scenario.js';
import type { Language } from '../model/text.js';
import { formatDuration } from './format.js';

/** The longest window that any probe of the step saw. */
export function longestOutageOf(
  step: StepResult,
): { readonly probe: ProbeResult; readonly window: OutageWindow } | undefined {
  const all = (step.probes ?? []).flatMap((probe) => {
    const window = longestOf(probe.windows);
    return window === undefined ? [] : [{ probe, window }];
  });
  const longest = longestOf(all.map(({ window }) => window));
  return all.find(({ window }) => window === longest);
}

/** The longest outage of the step and what it consisted of; undefined where there is none, or its length is not certain. */
export function knownOutageOf(
  step: StepResult,
): { readonly outageMs: number; readonly phases: { readonly [P in Phase]?: number } } | undefined {
  const longest = longestOutageOf(step);
  if (longest === undefined || !longest.window.ended || !isKnown(longest.window, longest.probe.everyMs))
    return undefined;
  const ends = longest.probe.breakdown?.phases ?? [];
  const phases = PHASES.flatMap((phase) =>
    ends.filter((end) => end.phase === phase).map((end) => [phase, end.durationMs] as const),
  );
  return { outageMs: longest.window.durationMs, phases: Object.fromEntries(phases) };
}

/** Its length, `13.44s ±28ms` where the probe was held up for a moment; or that it is unknown, and its bounds. */
export function outageText(window: OutageWindow, everyMs: number, language: Language): string {
  if (isKnown(window, everyMs)) return `${formatDuration(window.durationMs)}${doubtText(doubtMsOf(window, everyMs))}`;
  const { durationMs, atLeastMs = durationMs, atMostMs = durationMs } = window;
  return messageIn(language, 'outage.unknown', { atLeastMs, atMostMs });
}

/** A measured outage in two clauses: the floor that no setting of the resource can lower, and what came on top of it. */
export function floorClauses(
  outageMs: number,
  floor: { readonly token: number; readonly consensus: number },
  language: Language,
): readonly [string, string] {
  const say = speakerOf(language);
  const restMs = outageMs - floor.token - floor.consensus;
  return [say('outage.floor', floor), restMs < 0 ? say('outage.below-floor') : say('outage.above-floor', { restMs })];
}

/** `detect 3.65s → membership 4.42s → start 0.15s → answers 20ms`. */
export function phasesText({ phases }: Pick<Breakdown, 'phases'>, language: Language): string {
  return phases.map((end) => `${messageIn(language, `phase.${end.phase}`)} ${phaseDuration(end)}`).join(' → ');
}

/** `4.42s`, or `4.42s ±30ms` where the clocks leave that much doubt. */
export function phaseDuration({ durationMs, uncertainMs }: Pick<PhaseEnd, 'durationMs' | 'uncertainMs'>): string {
  return `${formatDuration(durationMs)}${doubtText(uncertainMs > 25 ? uncertainMs : 0)}`;
}

function doubtText(ms: number): string {
  return ms === 0 ? '' : ` ±${formatDuration(ms)}`;
}

/** What is missing from a breakdown, what could not be read, and how far the nodes' clocks can be trusted. */
export function breakdownNotes(breakdown: Breakdown, language: Language): readonly string[] {
  const { missing, unread, clocks, startReportedAfterMs, resource } = breakdown;
  const say = speakerOf(language);
  return [
    ...missing.map(({ phase, why }) =>
      say('breakdown.missing', { phase: say(`phase.${phase}`), why: say(`breakdown.${why}`) }),
    ),
    ...(unread.length === 0 ? [] : [say('breakdown.unread', { nodes: unread })]),
    ...(startReportedAfterMs === undefined
      ? []
      : [say('breakdown.start-reported', { resource: resource ?? '', afterMs: startReportedAfterMs })]),
    ...clocks.map(({ node, offsetMs, uncertainMs }) =>
      say('breakdown.clock', { node, offset: signed(offsetMs), uncertainMs }),
    ),
  ];
}

function signed(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`;
}

export function writesText(writes: WritesResult, language: Language): string {
  const { acknowledged, lost, doubled, unacknowledged, problem } = writes;
  const say = speakerOf(language);
  return problem === undefined
    ? say('writes.counted', { acknowledged, lost: lost.length, doubled: doubled.length, unacknowledged })
    : say('writes.unknown', { acknowledged, problem });
}

/** `ha-host1 (210), then ha-host2 (98)`. */
export function answeredByText({ answeredBy = [] }: ProbeResult, language: Language): string {
  return messageIn(language, 'outage.holders', {
    holders: answeredBy.map(({ who, answers }) => `${who} (${answers})`),
  });
}
