import { speakerOf } from '../messages/message.js';
import type { Language } from '../model/text.js';

/** Of `halab run --random`: what was drawn, and what became of it where it failed. */
export interface WalkJson {
  readonly seed: number;
  readonly faults: number;
  readonly given: readonly string[];
  /** The walk as a scenario file, in the run's folder. */
  readonly file: string;
  /** Only where it failed and was run again. */
  readonly shrunk?: ShrunkJson;
}

export interface ShrunkJson {
  /** What stopped the walk, and after how many faults. */
  readonly stopped: { readonly step: string; readonly what: string; readonly faults: number };
  readonly tries: readonly TryJson[];
  /** Why no more was tried, where more could have been. */
  readonly cutShort?: 'runs' | 'time' | 'interrupted';
  /** Absent where nothing that was run again failed alike. */
  readonly shortest?: { readonly faults: readonly number[]; readonly file: string; readonly command: string };
}

export interface TryJson {
  /** Numbers of the faults in the walk. */
  readonly faults: readonly number[];
  readonly outcome: 'alike' | 'otherwise' | 'passed' | 'inconclusive';
  /** What stopped it, or why the result is inconclusive. */
  readonly seen?: string;
  readonly durationMs: number;
  readonly folder?: string;
}

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
