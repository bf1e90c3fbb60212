import type { StepResult } from '../model/event.js';
import { longestOf } from '../model/outage.js';
import type { Language } from '../model/text.js';
import { renderBreakdown } from './breakdown-picture.js';
import { answeredByText, breakdownNotes, outageText, writesText } from './probe-words.js';
import { renderTimeline } from './timeline.js';

/** What the page shows of each of a step's probes. */
export function probesViewOf({ probes = [], constants }: StepResult, language: Language) {
  return probes.map((probe) => {
    const longest = longestOf(probe.windows);
    const { breakdown, writes } = probe;
    const sources =
      breakdown?.phases.flatMap(({ phase, node, source }) => (node ? [{ phase, node, source }] : [])) ?? [];
    return {
      id: probe.probe,
      about: `${probe.kind} ${probe.target}`,
      outage: longest && outageText(longest, probe.everyMs, language),
      timeline: renderTimeline(probe, constants, language),
      picture: breakdown ? renderBreakdown(breakdown, language) : '',
      notes: breakdown ? breakdownNotes(breakdown, language) : [],
      sources,
      writes: writes && writesText(writes, language),
      answeredBy: probe.answeredBy && answeredByText(probe, language),
    };
  });
}
