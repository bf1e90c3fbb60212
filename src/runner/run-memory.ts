import type { LabObservation } from '../model/observation.js';
import type { Clock } from '../ports/clock.js';
import type { LastObservation, ScenarioTimes } from './session.js';

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
