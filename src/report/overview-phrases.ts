import type { Language } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';

interface OverviewPhrases {
  readonly overview: string;
  readonly slowest: string;
  readonly skipped: string;
  /** `3 passed` */
  readonly counted: (count: number, verdict: string) => string;
  readonly scenarios: (count: number) => string;
  readonly labs: (count: number) => string;
  /** How often a lab was put back between scenarios, made anew among it, and how long that took in all. */
  readonly putBack: (times: number, anew: number, duration: string) => string;
  readonly order: readonly Verdict[];
}

const ORDER: readonly Verdict[] = ['passed', 'failed', 'unknown', 'skipped'];

const PHRASES: { readonly [L in Language]: OverviewPhrases } = {
  en: {
    overview: 'Overview',
    slowest: 'Slowest',
    skipped: 'Skipped',
    counted: (count, verdict) => `${count} ${verdict}`,
    scenarios: (count) => `${count} ${count === 1 ? 'scenario' : 'scenarios'}`,
    labs: (count) => `${count} ${count === 1 ? 'lab' : 'labs'}`,
    putBack: (times, anew, duration) =>
      `put back between scenarios ${times === 1 ? 'once' : `${times} times`}${anew === 0 ? '' : `, made anew ${anew === 1 ? 'once' : `${anew} times`}`}, ${duration} in all`,
    order: ORDER,
  },
  zh: {
    overview: '总览',
    slowest: '最慢',
    skipped: '已跳过',
    counted: (count, verdict) => `${count} 个${verdict}`,
    scenarios: (count) => `${count} 个场景`,
    labs: (count) => `${count} 个实验环境`,
    putBack: (times, anew, duration) =>
      `场景之间还原 ${times} 次${anew === 0 ? '' : `，重建环境 ${anew} 次`}，共耗时 ${duration}`,
    order: ORDER,
  },
};

export function overviewPhrasesIn(language: Language): OverviewPhrases {
  return PHRASES[language];
}
