import type { Language } from '../model/text.js';

/** Of `halab run --random`: what was drawn, and what became of it where it failed. */
export interface WalkJson {
  readonly seed: number;
  readonly faults: number;
  readonly given: readonly string[];
  /** The walk as a scenario file, in the run's folder. */
  readonly file: string;
  /** Only where it failed and was run again. */
  readonly shortened?: ShortenedJson;
}

export interface ShortenedJson {
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
  readonly outcome: 'alike' | 'otherwise' | 'passed' | 'not-told';
  /** What stopped it, or why it could not be told. */
  readonly seen?: string;
  readonly durationMs: number;
  readonly folder?: string;
}

interface WalkWords {
  readonly outcome: { readonly [O in TryJson['outcome']]: string };
  stopped(stopped: ShortenedJson['stopped']): string;
  faults(numbers: string): string;
  notAgain(tries: number): string;
  shortest(faults: number): string;
  readonly cutShort: { readonly [C in NonNullable<ShortenedJson['cutShort']>]: string };
}

const WORDS: { readonly [L in Language]: WalkWords } = {
  en: {
    outcome: {
      alike: 'failed alike',
      otherwise: 'failed otherwise',
      passed: 'passed',
      'not-told': 'could not be told',
    },
    stopped: ({ step, what, faults }) => `the walk stopped after ${faults} of its faults, at ${step}: ${what}`,
    faults: (numbers) => `again, on a lab of its own, faults ${numbers}`,
    notAgain: (tries) => `it did not fail alike again in ${tries} ${tries === 1 ? 'try' : 'tries'}`,
    shortest: (faults) => `the shortest that still fails (${faults} ${faults === 1 ? 'fault' : 'faults'}):`,
    cutShort: {
      runs: 'no more was tried: --shorten allows no more runs',
      time: 'no more was tried: the time for it is over',
      interrupted: 'no more was tried: interrupted',
    },
  },
  zh: {
    outcome: { alike: '同样失败', otherwise: '以另一种方式失败', passed: '通过', 'not-told': '无法判断' },
    stopped: ({ step, what, faults }) => `随机序列在第 ${faults} 个故障后停在 ${step}：${what}`,
    faults: (numbers) => `在全新的实验环境中重跑故障 ${numbers}`,
    notAgain: (tries) => `重跑 ${tries} 次，均未再次出现同样的失败`,
    shortest: (faults) => `仍会失败的最短序列（${faults} 个故障）：`,
    cutShort: {
      runs: '不再继续尝试：已达到 --shorten 允许的运行次数',
      time: '不再继续尝试：时间已用完',
      interrupted: '不再继续尝试：已中断',
    },
  },
};

/** What was run again after a walk had failed, and the shortest that still fails. */
export function shortenedLines(
  { stopped, tries, cutShort, shortest }: ShortenedJson,
  language: Language,
): readonly string[] {
  const words = WORDS[language];
  return [
    words.stopped(stopped),
    ...tries.map(
      ({ faults, outcome, seen }) =>
        `  ${words.faults(rangesOf(faults))}: ${words.outcome[outcome]}${seen === undefined ? '' : ` (${seen})`}`,
    ),
    ...(cutShort === undefined ? [] : [`  ${words.cutShort[cutShort]}`]),
    ...(shortest === undefined
      ? [words.notAgain(tries.length)]
      : [words.shortest(shortest.faults.length), `  ${shortest.command}`]),
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
