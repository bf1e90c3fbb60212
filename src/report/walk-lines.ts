import { speakerOf } from '../messages/message.js';
import type { Language } from '../model/text.js';
import type { RunJson } from './summary-json.js';

/** Of `halab run --random`: what was drawn, and what became of it where it failed. */
export type WalkJson = NonNullable<RunJson['walk']>;
export type ShrunkJson = NonNullable<WalkJson['shrunk']>;
export type TryJson = ShrunkJson['tries'][number];

/** What was run again after a walk had failed, and the shortest that still fails. */
export function shrunkLines({ stopped, tries, cutShort, shortest }: ShrunkJson, language: Language): readonly string[] {
  const say = speakerOf(language);
  return [
    say('shrink.stopped', stopped),
    ...tries.map(({ faults, outcome, seen }) => {
      const line = say('shrink.try', { numbers: rangesOf(faults), outcome: say(`shrink.${outcome}`) });
      return `  ${line}${seen === undefined ? '' : ` (${seen})`}`;
    }),
    ...(cutShort === undefined ? [] : [`  ${say(`shrink.cut-short.${cutShort}`)}`]),
    ...(shortest === undefined
      ? [say('shrink.not-again', { tries: tries.length })]
      : [say('shrink.shortest', { faults: shortest.faults.length }), `  ${shortest.command}`]),
  ];
}

/** `1-3, 5`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
