import { duration } from './grammar.js';

/** What `halab run --step` says around each step, and `halab fault inject` about what a client saw. */
export const STEPWISE = {
  'stepwise.place': ({ scenario, number, count }: { scenario: string; number: number; count: number }) =>
    `${scenario} · step ${number} of ${count}`,
  'stepwise.place-open': ({ scenario, number }: { scenario: string; number: number }) => `${scenario} · step ${number}`,
  'stepwise.acts': 'Now:',
  'stepwise.looks-only': 'nothing is done; the cluster is looked at',
  'stepwise.predict': 'Before the fault: what will the cluster do, and how long will a client get no answer?',
  'stepwise.your-prediction': 'Prediction (Enter without a word: none): ',
  'stepwise.option': ({ letter, text }: { letter: string; text: string }) => `${letter}) ${text}`,
  'stepwise.predicted': 'predicted',
  'stepwise.expected': 'to expect',
  'stepwise.no-outage': ({ probe }: { probe: string }) => `${probe}: the client got every answer`,
  'stepwise.not-measured': 'this step measures no outage',
  'stepwise.unanswered': 'no prediction was made',
  'stepwise.key-act': 'n act',
  'stepwise.key-next': 'n next',
  'stepwise.key-expect': 'e what it may do',
  'stepwise.key-look': 'r look at the cluster now',
  'stepwise.key-back': 'b step before',
  'stepwise.key-again': 'b this step again',
  'stepwise.key-quit': 'q quit, undoing the faults',
  'stepwise.looking': 'looking …',
  'stepwise.rewound': 'back to where the scenario began; the steps before are done once more',
  'stepwise.more-output': ({ lines }: { lines: number }) => `… ${lines} more in the report`,

  'inject.no-outage': ({ probe, ms }: { probe: string; ms: number }) =>
    `${probe}: the client got every answer in the ${duration(ms)} that were watched`,
  'inject.not-again': ({ probe, withinMs }: { probe: string; withinMs: number }) =>
    `${probe} does not answer yet; the fault stays in force (waited for at most ${duration(withinMs)})`,
  'inject.unanswered': ({ probe }: { probe: string }) =>
    `${probe} did not answer before the fault either, so nothing was measured`,
};
