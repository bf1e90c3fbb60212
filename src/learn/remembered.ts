import { groupBy } from '../model/group-by.js';
import type { RunSession, ScenarioTimes } from '../runner/session.js';
import type { LearnState } from './state.js';

/**
 * The runner's session with what this learning session has done so far, whichever process did it: the nodes of roles, measured
 * probes, saved values, faults in force, and when the steps began.
 */
export function withMemoryOf(run: RunSession, state: LearnState): RunSession {
  for (const { roles, saved, result } of state.steps) {
    for (const [role, node] of Object.entries(roles)) run.recorded.set(role, node);
    for (const [name, value] of Object.entries(saved)) run.saved.set(name, value);
    for (const probe of result?.probes ?? []) run.probes.set(probe.probe, probe);
  }
  const { folder, journal } = run.deps;
  const own = journal.pending().filter((entry) => entry.run === folder.id && stepOfEntry(entry.id) !== undefined);
  // Set and not added: what this process remembers already would be undone twice.
  for (const [step, entries] of groupBy(own, ({ id }) => stepOfEntry(id) ?? '')) run.injected.set(step, entries);
  return { ...run, times: timesOf(run, state) };
}

/** Of `RUN/EXERCISE/STEP/NUMBER`, as the runner names the entries of the journal. */
function stepOfEntry(id: string): string | undefined {
  return id.split('/').at(-2);
}

/** By the clock on the wall, which is the one that processes share. */
function timesOf({ deps: { clock } }: RunSession, state: LearnState): ScenarioTimes {
  const begun = new Map(state.steps.flatMap(({ step, begunAt }) => (begunAt === undefined ? [] : [[step, begunAt]])));
  let running = state.current;
  return {
    scenarioBeganMs: () => Date.parse(state.attemptAt),
    sinceStepMs(step = running) {
      const at = begun.get(step);
      return at === undefined ? undefined : Date.parse(clock.now()) - Date.parse(at);
    },
    beginScenario: () => begun.clear(),
    beginStep(step) {
      running = step;
      begun.set(step, clock.now());
    },
  };
}
