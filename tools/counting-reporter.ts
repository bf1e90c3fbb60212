import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { END_OF_BLOCK } from './blocks.js';

const { EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_RUN_END } = Mocha.Runner.constants;

/**
 * Mocha's spec output, with an END_OF_BLOCK after each outermost suite, and the counts as JSON in the file that
 * HALAB_TEST_COUNTS names.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.HALAB_TEST_COUNTS;
    if (!file) return;
    let depth = 0;
    runner.on(EVENT_SUITE_BEGIN, ({ root }) => {
      if (!root) depth += 1;
    });
    runner.on(EVENT_SUITE_END, ({ root }) => {
      if (!root) depth -= 1;
      if (!root && depth === 0) process.stdout.write(END_OF_BLOCK);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
