import Mocha from 'mocha';
import type { StepResult } from '../model/event.js';
import type { Step } from '../model/scenario.js';
import { type Language, textIn } from '../model/text.js';
import type { PlanEntry } from './plan.js';
import type { Drive, RunExecutor } from './run.js';

export interface MochaOptions {
  /** A reporter of mocha, by name or module. */
  readonly reporter: string;
  readonly reporterOptions?: Readonly<Record<string, unknown>>;
  readonly language: Language;
}

/**
 * Runs the plan in mocha, so that one of its reporters can be used: a scenario is a suite, a step is a test. The executor
 * keeps the deadlines, so mocha has none. Sets no exit code. This module is the only one that loads mocha.
 */
export function driveWithMocha({ reporter, reporterOptions, language }: MochaOptions): Drive {
  return async (plan, executor) => {
    const mocha = new Mocha({
      timeout: 0,
      bail: false,
      reporter,
      ...(reporterOptions ? { reporterOptions: { ...reporterOptions } } : {}),
    });
    for (const entry of plan) addSuite(mocha, entry, executor, language);
    const bugs: unknown[] = [];
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('fail', (_test, error: unknown) => {
        if (!(error instanceof StepNotPassed)) bugs.push(error);
      });
    });
    if (bugs.length > 0) throw bugs[0];
    return executor.outcome();
  };
}

function addSuite(mocha: Mocha, entry: PlanEntry, executor: RunExecutor, language: Language): void {
  const { scenario } = entry;
  const suite = Mocha.Suite.create(mocha.suite, `${scenario.id}: ${textIn(scenario.title, language)}`);
  suite.beforeAll('begin', async () => {
    await executor.begin(entry);
  });
  suite.afterAll('end', async () => {
    await executor.end();
  });
  if (scenario.script === undefined) for (const step of scenario.steps) suite.addTest(testOf(step, executor, language));
  else suite.addTest(testOfScript(scenario.file, executor));
  // Mocha skips a suite without tests, including its hooks.
  if (suite.tests.length === 0) suite.addTest(new Mocha.Test('its set-ups', () => undefined));
}

function testOf(step: Step, executor: RunExecutor, language: Language): Mocha.Test {
  return new Mocha.Test(`${step.id}: ${textIn(step.title, language)}`, async function (this: Mocha.Context) {
    const result = await executor.step(step);
    if (result.verdict === 'skipped') this.skip();
    if (result.verdict !== 'passed') throw new StepNotPassed(result);
  });
}

/** mocha must know its tests beforehand, so the steps of a script are one of them. */
function testOfScript(file: string, executor: RunExecutor): Mocha.Test {
  return new Mocha.Test(file, async function (this: Mocha.Context) {
    const results = await executor.script();
    const wrong = results.find(({ verdict }) => verdict !== 'passed');
    if (wrong?.verdict === 'skipped') this.skip();
    if (wrong !== undefined) throw new StepNotPassed(wrong);
  });
}

/** What mocha's reporters show of a step; `failed` looks like any failed assertion to them. */
class StepNotPassed extends Error {
  override readonly name: string;
  readonly showDiff = false;

  constructor({ verdict, reason }: StepResult) {
    super(reason ?? verdict);
    this.name = verdict === 'unknown' ? 'Unknown' : 'AssertionError';
    // The place in halab where it was thrown says nothing about the cluster.
    this.stack = `${this.name}: ${this.message}`;
  }
}
