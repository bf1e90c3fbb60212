import { plural } from './grammar.js';

/** What `halab nightly` and `halab merge` say. */
export const NIGHTLY = {
  'nightly.cells': ({ count }: { count: number }) => `${count} ${plural(count, { one: 'cell', other: 'cells' })}`,
  'nightly.units': ({ count }: { count: number }) => `${count} ${plural(count, { one: 'unit', other: 'units' })}`,
  'nightly.work': ({ time }: { time: string }) => `${time} of work`,
  'nightly.ends': ({ time, labs }: { time: string; labs: number }) =>
    `about ${time} with ${labs} ${plural(labs, { one: 'lab', other: 'labs side by side' })}`,
  'nightly.shard': ({ shard, time }: { shard: string; time: string }) => `part ${shard}: ${time}`,
  'nightly.from-runs': 'by earlier runs',
  'nightly.from-estimate': 'estimated',
  'nightly.from-both': 'by earlier runs, in part estimated',
  'nightly.title': 'NIGHT',
  'nightly.took': ({ time, work }: { time: string; work: string }) => `${time} for ${work} of work`,
  'nightly.state.passed': 'passed',
  'nightly.state.flaky': 'flaky',
  'nightly.state.failed': 'failed',
  'nightly.state.unknown': 'unknown',
  'nightly.state.lost': 'lost',
  'nightly.state.left-out': 'left out',
  'nightly.state.missing': 'missing',
  'nightly.state.skipped': 'skipped',
  'nightly.state.stopped': 'stopped',
  'nightly.state.open': 'no end known',
  'nightly.count': ({ count, state }: { count: number; state: string }) => `${count} ${state}`,
  'nightly.count-again': ({ count }: { count: number }) => `${count} lost and done again`,
  'nightly.again': 'the pool has begun it again',
  'nightly.last-sign': ({ sign }: { sign: string }) => `last seen: ${sign}`,
  'nightly.grid': 'Scenarios by image',
  'nightly.attempts': ({ count }: { count: number }) => `${count} attempts`,
  'nightly.done': ({ done, all }: { done: number; all: number }) => `${done} of ${all} done`,
  'nightly.waiting': ({ count }: { count: number }) =>
    `${count} ${plural(count, { one: 'unit', other: 'units' })} to go`,
};
