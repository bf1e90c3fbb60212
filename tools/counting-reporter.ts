import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { END_OF_BLOCK } from './blocks.js';
import { type Counts, failureText } from './test-counts.js';

const { EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_RUN_END } = Mocha.Runner.constants;

/**
 * Mocha's spec output in blocks: after each outermost suite come its failures in full, which otherwise
 * stood at the end of the lane only, and an END_OF_BLOCK. The counts go as JSON to the file that HALAB_TEST_COUNTS names.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.HALAB_TEST_COUNTS;
    if (!file) return;
    let depth = 0;
    let shown = 0;
    runner.on(EVENT_SUITE_BEGIN, ({ root }) => {
      if (!root) depth += 1;
    });
    runner.on(EVENT_SUITE_END, ({ root }) => {
      if (!root) depth -= 1;
      if (root || depth > 0) return;
      Mocha.reporters.Base.list(this.failures.slice(shown));
      shown = this.failures.length;
      process.stdout.write(END_OF_BLOCK);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const counts: Counts = {
        passed: passes,
        failed: failures,
        skipped: pending,
        failures: this.failures.map((test) => failureText(test.titlePath(), test.err?.message ?? '')),
      };
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
