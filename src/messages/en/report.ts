import type { List } from '../grammar.js';
import { duration, list, plural } from './grammar.js';

/** `token 1.00s + consensus 1.20s = 2.20s`. */
const floorSum = (token: number, consensus: number) =>
  `token ${duration(token)} + consensus ${duration(consensus)} = ${duration(token + consensus)}`;

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

const steps = (count: number) => `${count} ${plural(count, { one: 'step', other: 'steps' })}`;

export const REPORT = {
  'report.run': 'run',
  'report.lab': 'lab',
  'report.backend': 'backend',
  'report.image': 'image',
  'report.stack': 'stack',
  'report.duration': 'duration',
  'report.started-at': 'started',
  'report.kernel': 'kernel',
  'report.seed': 'seed',
  'report.slowness': 'speed of the nodes',
  'report.slowness-from': ({ factor, atMs, before }: { factor: number; atMs: number; before?: string }) =>
    `${factor === 1 ? 'that of hardware' : `${factor} times slower than hardware`}, measured ${duration(atMs)} after the start${before === undefined ? '' : `, before ${before}`}`,
  'report.slowness-then': '; then ',
  'report.expected': 'expected',
  'report.seen': 'seen',
  'report.hint': 'hint',
  'report.evidence': 'evidence',
  'report.reason': 'reason',
  'report.stages': 'Stages',
  'report.setup': 'set-up',
  'report.faults': 'Faults',
  'report.warnings': 'Warnings',
  'report.versions': 'Versions',
  'report.package': 'package',
  'report.exit-code': 'exit code',
  'report.targets': 'Targets',
  'report.folder': 'report',
  'report.before': 'before',
  'report.after': 'after',
  'report.not-yet': ({ seen }: { seen: string }) => `not yet: ${seen}`,
  'report.unfinished': 'the run did not finish',

  'verdict.passed': 'passed',
  'verdict.failed': 'failed',
  'verdict.unknown': 'inconclusive',
  'verdict.skipped': 'skipped',

  'fault-state.journalled': 'recorded; may or may not be in force',
  'fault-state.injected': 'in force, not healed',
  'fault-state.healed': 'healed',
  'fault-state.notHealed': 'could not be healed',

  'outage.title': 'outage',
  'outage.none': 'no outage',
  'outage.answered-by': 'answered by',
  'outage.open': 'no answer until the probe ended',
  'outage.unknown': ({ atLeastMs, atMostMs }: { atLeastMs: number; atMostMs: number }) =>
    `unknown (between ${duration(atLeastMs)} and ${duration(atMostMs)}: the probe itself was delayed)`,
  'outage.requests': ({ sent, lost, everyMs }: { sent: number; lost: number; everyMs: number }) =>
    `${lost} of ${sent} requests unanswered, one every ${duration(everyMs)}`,
  'outage.floor': ({ token, consensus }: { token: number; consensus: number }) =>
    `floor: ${floorSum(token, consensus)} until corosync declares a silent node gone`,
  'outage.above-floor': ({ restMs }: { restMs: number }) =>
    `${duration(restMs)} on top: stopped, started elsewhere, answering again`,
  'outage.below-floor': 'this outage was shorter than that',
  'outage.holders': ({ holders }: { holders: List }) => holders.join(', then '),

  'breakdown.title': 'The phases of the outage, according to the nodes’ journals',
  'breakdown.journals': 'lines of the journals',
  'phase.detect': 'detect',
  'phase.membership': 'membership',
  'phase.fence': 'fence',
  'phase.start': 'start',
  'phase.answers': 'answers',
  'breakdown.missing': ({ phase, why }: { phase: string; why: string }) => `${phase}: ${why}`,
  'breakdown.not-found': 'not found in any journal',
  'breakdown.not-fenced': 'no node was fenced',
  'breakdown.no-resource': 'the resource that has the address is unknown',
  'breakdown.unread': ({ nodes }: { nodes: List }) => `journals that could not be read: ${list(nodes)}`,
  'breakdown.start-reported': ({ resource, afterMs }: { resource: string; afterMs: number }) =>
    `the start of ${resource} was reported ${duration(afterMs)} after the first answer`,
  'breakdown.clock': ({ node, offset, uncertainMs }: { node: string; offset: string; uncertainMs: number }) =>
    `the clock of ${node} is off by ${offset} (±${duration(uncertainMs)})`,

  'writes.title': 'writes',
  'writes.counted': (writes: { acknowledged: number; lost: number; doubled: number; unacknowledged: number }) =>
    `${writes.acknowledged} acknowledged: ${writes.lost} lost, ${writes.doubled} duplicated; ${writes.unacknowledged} more stored but never acknowledged`,
  'writes.unknown': ({ acknowledged, problem }: { acknowledged: number; problem: string }) =>
    `${acknowledged} acknowledged, whether any was lost is unknown: ${problem}`,

  'overview.title': 'Overview',
  'overview.slowest': 'Slowest',
  'overview.skipped': 'Skipped',
  'overview.count': ({ count, verdict }: { count: number; verdict: string }) => `${count} ${verdict}`,
  'overview.scenarios': ({ count }: { count: number }) =>
    `${count} ${plural(count, { one: 'scenario', other: 'scenarios' })}`,
  'overview.labs': ({ count }: { count: number }) => `${count} ${plural(count, { one: 'lab', other: 'labs' })}`,
  'overview.restored': ({ count, recreated, totalMs }: { count: number; recreated: number; totalMs: number }) =>
    `restored between scenarios ${times(count)}${recreated === 0 ? '' : `, recreated ${times(recreated)}`}, ${duration(totalMs)} in all`,

  'shrink.stopped': ({ step, what, faults }: { step: string; what: string; faults: number }) =>
    `the walk stopped after ${faults} of its faults, at ${step}: ${what}`,
  'shrink.try': ({ numbers, outcome }: { numbers: string; outcome: string }) =>
    `again, on a lab of its own, faults ${numbers}: ${outcome}`,
  'shrink.alike': 'failed in the same way',
  'shrink.otherwise': 'failed in another way',
  'shrink.passed': 'passed',
  'shrink.inconclusive': 'inconclusive',
  'shrink.not-again': ({ tries }: { tries: number }) =>
    `it did not fail in the same way again in ${tries} ${plural(tries, { one: 'try', other: 'tries' })}`,
  'shrink.shortest': ({ faults }: { faults: number }) =>
    `the shortest that still fails (${faults} ${plural(faults, { one: 'fault', other: 'faults' })}):`,
  'shrink.cut-short.runs': 'stopped trying: the runs that --shrink allows are used up',
  'shrink.cut-short.time': 'stopped trying: the time is used up',
  'shrink.cut-short.interrupted': 'stopped trying: interrupted',

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
    `not made after ${steps(after)} (${reasons.join('; ')})`,
  'audits.share': ({ ms, percent }: { ms: number; percent: string }) => `${duration(ms)}, ${percent} of the run`,
  'audits.time': ({ ms }: { ms: number }) => duration(ms),
  'audits.waited': ({ ms }: { ms: number }) => `${duration(ms)} until the cluster was idle`,
  'audits.time-and-idle': ({ ms, idleAfterMs }: { ms: number; idleAfterMs: number }) =>
    `${duration(ms)}, idle after ${duration(idleAfterMs)}`,
  'audits.clauses': ({ clauses }: { clauses: List }) => clauses.join('; '),
  'audits.about-operation': ({
    audit,
    operation,
    subjects,
    on,
  }: {
    audit: string;
    operation: string;
    subjects: List;
    on?: string | undefined;
  }) => `${audit} of the ${operation} of ${list(subjects)}${on === undefined ? '' : ` on ${on}`}`,
  'audits.about': ({ audit, subjects }: { audit: string; subjects: List }) => `${audit} of ${list(subjects)}`,
  'audits.because': ({ subject, why }: { subject: string; why: string }) => `${subject}, because ${why}`,
  'audits.expected-not-found': ({ subject, why }: { subject: string; why: string }) =>
    `${subject} held although a violation was expected: the declaration is out of date, or the fault had no effect. Expected because ${why}`,
};
