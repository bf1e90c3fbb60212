import type { StatusReading } from '../model/cluster-state.js';
import type { ProbeResult } from '../model/event.js';
import { haNodesOf } from '../model/lab.js';
import type { LabObservation } from '../model/observation.js';
import type { StepCommand } from '../ports/check.js';
import type { Clock } from '../ports/clock.js';
import type { JournalEntry } from '../ports/store.js';
import { createConnections } from './connections.js';
import { createNodeReader } from './reader.js';
import type { LastObservation, RecentTexts, RunDeps, RunSession, ScenarioTimes } from './session.js';
import { createSightings } from './sightings.js';
import { createTimeKeeper } from './time-constants.js';

export function createRunSession(deps: RunDeps): RunSession {
  const { instance, backend, cluster, clock, folder } = deps;
  const haNodes = haNodesOf(instance.lab).map((node) => node.name);
  const connections = createConnections(instance, backend, deps.slowness);
  const transport = (node: string) => connections.to(node);
  const recorded = new Map<string, string>();
  const probes = new Map<string, ProbeResult>();
  const injected = new Map<string, readonly JournalEntry[]>();
  const saved = new Map<string, string>();
  const touchedBefore = new Set<string>();
  const printed = new Map<string, readonly StepCommand[]>();
  const times = createScenarioTimes(clock);
  const sightings = createSightings(deps.emit);
  const observed = sightings.watchingKept(createLastObservation());
  const texts = createRecentTexts(clock, observed);
  const time = createTimeKeeper(haNodes, transport, cluster, clock, deps.slowness);
  let faultCount = 0;

  const session: RunSession = {
    deps,
    haNodes,
    transport,
    read: sightings.watching(createNodeReader(connections, cluster, clock, deps.slowness)),
    time,
    faultContext: { instance, backend, clock, transport },
    recorded,
    probes,
    times,
    injected,
    printed,
    saved,
    touchedBefore,
    observed,
    texts,
    nextFaultId(scenario, step) {
      faultCount += 1;
      return `${folder.id}/${scenario}/${step}/${faultCount}`;
    },
    beginScenario() {
      times.beginScenario();
      recorded.clear();
      probes.clear();
      injected.clear();
      printed.clear();
      saved.clear();
      touchedBefore.clear();
    },
    beginLab() {
      observed.forget();
      sightings.forget();
      session.beginScenario();
      time.forget();
      for (const { name } of instance.lab.nodes) connections.forget(name);
    },
    close: () => connections.close(),
  };
  return session;
}

function createLastObservation(): LastObservation {
  let latest: LabObservation | undefined;
  let isCurrent = false;
  let changes = 0;
  return {
    latest: () => latest,
    current: () => (isCurrent ? latest : undefined),
    changes: () => changes,
    keep(observation) {
      latest = observation;
      isCurrent = true;
    },
    outdate() {
      isCurrent = false;
      changes += 1;
    },
    forget() {
      latest = undefined;
      isCurrent = false;
      changes += 1;
    },
  };
}

const RECENT_MS = 2_000;

function createRecentTexts(clock: Clock, observed: LastObservation): RecentTexts {
  let texts: ReadonlyMap<string, StatusReading> = new Map();
  let keptMs = 0;
  let changes = observed.changes();
  return {
    keep(confirming) {
      texts = new Map(confirming.map((each) => [each.node, each]));
      keptMs = clock.monotonicMs();
      changes = observed.changes();
    },
    recent: () => (changes === observed.changes() && clock.monotonicMs() - keptMs <= RECENT_MS ? texts : new Map()),
  };
}

function createScenarioTimes(clock: Clock): ScenarioTimes {
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
