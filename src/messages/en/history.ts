import { duration, plural } from './grammar.js';

/** What `halab history`, the site and the bars in report.html say. */
export const HISTORY = {
  'history.title': 'HISTORY',
  'history.empty': 'there is no run in the history yet',
  'history.nights': ({ count, from, to }: { count: number; from: string; to: string }) =>
    `${count} ${plural(count, { one: 'night', other: 'nights' })}, ${from} to ${to}`,
  'history.runs': ({ count }: { count: number }) => `${count} ${plural(count, { one: 'run', other: 'runs' })}`,
  'history.state.passed': 'passed',
  'history.state.flaky': 'flaky',
  'history.state.failed': 'failed',
  'history.state.unknown': 'inconclusive',
  'history.state.lost': 'lost',
  'history.state.skipped': 'skipped',
  'history.state.unstable': 'unstable',
  'history.state.changed': 'changed',
  'history.failed-since': ({ night }: { night: string }) => `failed since ${night}`,
  'history.last-green': ({ night, run }: { night: string; run: string }) => `last green ${night} (${run})`,
  'history.differs': 'since then',
  'history.change-differs': 'that night',
  'history.nothing-differs':
    'nothing that is recorded differs: packages, image, kernel, halab and machine are the same',
  'history.flaky-nights': ({ nights }: { nights: readonly string[] }) =>
    `failed, then passed with the same versions: ${nights.join(', ')}`,
  'history.unstable': 'the verdict went and came back between nights with the same versions',
  'history.lost': ({ night }: { night: string }) => `no run of ${night} came to a result`,
  'history.disagreement': ({ share, low, high, runs }: { share: number; low: number; high: number; runs: number }) =>
    `${percent(share)} of runs contradict the run before (${percent(low)} to ${percent(high)}, ${runs} compared)`,
  'history.change': ({
    step,
    night,
    beforeMs,
    afterMs,
  }: {
    step: string;
    night: string;
    beforeMs: number;
    afterMs: number;
  }) =>
    `outage of ${step} changed on ${night}: ${duration(beforeMs)} → ${duration(afterMs)}${signed(beforeMs, afterMs)}`,
  'history.phase-change': ({ phase, beforeMs, afterMs }: { phase: string; beforeMs: number; afterMs: number }) =>
    `${phase} ${duration(beforeMs)} → ${duration(afterMs)}`,
  'history.too-few-nights': ({ step, nights }: { step: string; nights: number }) =>
    `outage of ${step}: ${nights} ${plural(nights, { one: 'night', other: 'nights' })}, too few to look for changes (12)`,
  'history.too-few-repeats': ({ step }: { step: string }) =>
    `outage of ${step}: fewer than three repeats a night, so changes are found late (repeat: 3 in nightly.yaml)`,
  'history.elsewhere': ({ step, runs }: { step: string; runs: number }) =>
    `outage of ${step}: ${runs} ${plural(runs, { one: 'run', other: 'runs' })} on machines of another kind are left out`,
  'history.attention': 'What to look at',
  'history.slowest': 'Slowest steps',
  'history.usually': ({ ms }: { ms: number }) => `before: ${duration(ms)}`,
  'history.state': 'state',
  'history.heading': ({ failing, all }: { failing: number; all: number }) =>
    failing === 0
      ? `none of ${all} scenarios fails`
      : `${failing} of ${all} scenarios ${plural(failing, { one: 'fails', other: 'fail' })}`,
  'history.grid': 'Scenarios by night',
  'history.scenario': 'scenario',
  'history.phases': 'phases',
  'history.advice': 'Changes of outages are advice: they make no night fail.',
  'history.last-nights': 'The last nights',
  'history.night': 'night',
  'history.fact.image-hash': 'image hash',
  'history.fact.kernel': 'kernel',
  'history.fact.machine': 'machine',
  'history.fact.processors': 'processors',
  'history.fact.memory': 'memory',
  'history.fact.lab-file': 'lab file',
  'history.fact.scenario-file': 'scenario file',
  'history.fact.slowness': 'speed of the nodes',
};

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function signed(beforeMs: number, afterMs: number): string {
  if (beforeMs <= 0) return '';
  const share = Math.round((100 * (afterMs - beforeMs)) / beforeMs);
  return ` (${share < 0 ? '−' : '+'}${Math.abs(share)} %)`;
}
