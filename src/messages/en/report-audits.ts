import type { List } from '../grammar.js';
import { duration, list, plural } from './grammar.js';

const steps = (count: number) => `${count} ${plural(count, { one: 'step', other: 'steps' })}`;

export const REPORT_AUDITS = {
  'audits.audit': 'audit',
  'audits.audits': 'audits',
  'audits.note': 'note',
  'audits.as-expected': ({ what }: { what: string }) => `expected violation: ${what}`,
  'audits.off': 'were off',
  'audits.not-made': 'none made',
  'audits.outcome.held': 'held',
  'audits.outcome.expected': 'expected violation',
  'audits.outcome.unknown': 'inconclusive',
  'audits.outcome.broken': 'violated',
  'audits.outcome.skipped': 'skipped',
  'audits.count.broken': ({ count }: { count: number }) => `${count} violated`,
  'audits.count.unknown': ({ count }: { count: number }) => `${count} inconclusive`,
  'audits.count.expected': ({ count }: { count: number }) => `${count} expected`,
  'audits.count.skipped': ({ count }: { count: number }) => `${count} skipped`,
  'audits.count.not-found': ({ count }: { count: number }) => `${count} expected and not found`,
  'audits.all-held': ({ least, most, after }: { least: number; most: number; after: number }) =>
    `${least === most ? most : `${least} to ${most}`} held after ${after === 1 ? '1 step' : `each of ${after} steps`}`,
  'audits.some-held': ({ held, judged, after }: { held: number; judged: number; after: number }) =>
    `${held} of ${judged} held after ${steps(after)}`,
  'audits.held-of-step': ({ held, judged }: { held: number; judged: number }) =>
    held === judged ? `${held} held` : `${held} of ${judged} held`,
  'audits.with-counts': ({ held, counts }: { held: string; counts: List }) => `${held}: ${list(counts)}`,
  'audits.not-made-after': ({ after, reasons }: { after: number; reasons: List }) =>
    `none after ${steps(after)}: ${reasons.join('; ')}`,
  'audits.share': ({ ms, percent }: { ms: number; percent: string }) => `${duration(ms)}, ${percent} of the run`,
  'audits.time': ({ ms }: { ms: number }) => duration(ms),
  'audits.waited': ({ ms }: { ms: number }) => `${duration(ms)} until the cluster was idle`,
  'audits.time-and-idle': ({ ms, idleAfterMs }: { ms: number; idleAfterMs: number }) =>
    `${duration(ms)}, idle after ${duration(idleAfterMs)}`,
  'audits.clauses': ({ clauses }: { clauses: List }) => clauses.join('; '),
  'audits.about': ({ audit, subjects }: { audit: string; subjects: List }) => `${audit} of ${list(subjects)}`,
  'audits.because': ({ subject, why }: { subject: string; why: string }) => `${subject}, because ${why}`,
  'audits.expected-not-found': ({ subject, why }: { subject: string; why: string }) =>
    `${subject} held although a violation was expected: the declaration is out of date, or the fault had no effect. Expected because ${why}`,
};
