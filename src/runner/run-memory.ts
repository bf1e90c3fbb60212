import type { LabObservation } from '../model/observation.js';
import type { Clock } from '../ports/clock.js';

/** The whole lab as it was last observed in this run. */
export interface LastObservation {
  latest(): LabObservation | undefined;
  /** The latest one where nothing was done to the lab since. */
  current(): LabObservation | undefined;
  keep(observation: LabObservation): void;
  /** Something is about to be done to the lab. */
  outdate(): void;
  /** The lab is another one. */
  forget(): void;
}

export function createLastObservation(): LastObservation {
  let latest: LabObservation | undefined;
  let isCurrent = false;
  return {
    latest: () => latest,
    current: () => (isCurrent ? latest : undefined),
    keep(observation) {
      latest = observation;
      isCurrent = true;
    },
    outdate() {
      isCurrent = false;
    },
    forget() {
      latest = undefined;
      isCurrent = false;
    },
  };
}

/** When the running scenario and its steps began. */
export interface ScenarioTimes {
  /** In ms since 1970. */
  scenarioBeganMs(): number;
  /** Of a step of the running scenario, of the latest where none is named; `undefined`: it has not begun. */
  sinceStepMs(step?: string): number | undefined;
  beginScenario(): void;
  beginStep(step: string): void;
}

export function createScenarioTimes(clock: Clock): ScenarioTimes {
  const steps = new Map<string, number>();
  let scenarioBeganMs = Date.parse(clock.now());
  let running = '';
  return {
    scenarioBeganMs: () => scenarioBeganMs,
    sinceStepMs(step = running) {
      const begunMs = steps.get(step);
      return begunMs === undefined ? undefined : clock.monotonicMs() - begunMs;
    },
    beginScenario() {
      scenarioBeganMs = Date.parse(clock.now());
      steps.clear();
    },
    beginStep(step) {
      running = step;
      steps.set(step, clock.monotonicMs());
    },
  };
}
