import type { TimeConstants } from '../../model/cluster-state.js';
import type { ProbeResult } from '../../model/event.js';
import { longestOf } from '../../model/outage.js';
import { outageLines } from '../../report/closing.js';
import type { Page } from '../../report/closing-page.js';

interface Measured {
  readonly probes: readonly ProbeResult[];
  /** Ids of probes whose target did not answer before the fault. */
  readonly unanswered: readonly string[];
  readonly withinMs: number;
  readonly constants: TimeConstants | undefined;
}

/** Pure. What a client saw of a fault: the outage of each address with its phases, or that there was none. */
export function measuredLines({ probes, unanswered, withinMs, constants }: Measured, page: Page): readonly string[] {
  return [
    ...probes.flatMap((probe) => {
      const window = longestOf(probe.windows);
      if (window === undefined)
        return [`  ${page.say('inject.no-outage', { probe: probe.probe, ms: watchedMs(probe) })}`];
      return [
        `  ${probe.probe} (${probe.target}):`,
        ...outageLines({ probe, window, step: constants === undefined ? {} : { constants } }, page),
        ...(window.ended ? [] : [`  ${page.say('inject.not-again', { probe: probe.probe, withinMs })}`]),
      ];
    }),
    ...unanswered.map((probe) => `  ${page.say('inject.unanswered', { probe })}`),
  ];
}

function watchedMs({ sent, everyMs }: ProbeResult): number {
  return sent * everyMs;
}
