import { CHECKS, type KnownExpectation } from '../../src/checks/index.js';
import { FAULTS } from '../../src/faults/index.js';
import type { RunEvent } from '../../src/model/event.js';
import type { SeenFrom } from '../../src/model/expectation.js';
import type { Action, Scenario, Step, TimeExpression } from '../../src/model/scenario.js';
import { FULL_SPEED } from '../../src/model/slowness.js';
import type { Target } from '../../src/model/target.js';
import type { FaultJournal, JournalEntry, RunFolder } from '../../src/ports/store.js';
import { INSTALLERS } from '../../src/probes/installers.js';
import { probeDriver } from '../../src/probes/probe.js';
import { createRunSession } from '../../src/runner/create-session.js';
import type { RunDeps, RunSession } from '../../src/runner/session.js';
import { createMemoryBackend, type MemoryLab } from './memory-lab.js';

export const VIP = '192.168.56.24';
export const MAJORITY: SeenFrom = { kind: 'majority' };
export const HOLDER: Target = { kind: 'holder', resource: 'vip', was: false };
export const WAS_HOLDER: Target = { kind: 'holder', resource: 'vip', was: true };

export interface MemoryRun {
  readonly lab: MemoryLab;
  readonly session: RunSession;
  readonly deps: RunDeps;
  readonly events: RunEvent[];
  /** Events by kind, journal calls and what was done to links and power, in the order they came. */
  readonly log: string[];
  readonly files: Map<string, string>;
  readonly abort: AbortController;
  kinds(): readonly string[];
}

/** A session on a simulated lab whose cluster is formed and holds a VIP, unless asked for a bare one. */
export async function createMemoryRun(
  options: { readonly bare?: boolean; readonly deps?: Partial<RunDeps> } = {},
): Promise<MemoryRun> {
  const lab = createMemoryBackend();
  const instance = lab.instance();
  await lab.backend.up(instance, { onProgress: () => undefined });
  if (!options.bare) formWithVip(lab);
  const events: RunEvent[] = [];
  const log: string[] = [];
  const files = new Map<string, string>();
  const abort = new AbortController();
  const deps: RunDeps = {
    instance,
    backend: logged(lab, log),
    cluster: lab.cluster,
    checks: CHECKS,
    faults: FAULTS,
    probe: probeDriver,
    install: (what, transport) => INSTALLERS[what](transport),
    journal: createMemoryJournal(log),
    folder: memoryFolder(files, lab),
    clock: lab.clock,
    haclusterPassword: 'secret',
    slowness: () => FULL_SPEED,
    isNewLab: false,
    random: () => 0,
    emit(event) {
      events.push(event);
      log.push(event.kind);
    },
    signal: abort.signal,
    ...options.deps,
  };
  return {
    lab,
    deps,
    session: createRunSession(deps),
    events,
    log,
    files,
    abort,
    kinds: () => events.map((event) => event.kind),
  };
}

/** All HA nodes in the cluster for long enough to be members, the VIP on the first. */
export function formWithVip(lab: MemoryLab): void {
  const world = lab.world();
  for (const node of world.nodes.values()) {
    if (node.name.startsWith('ha-')) Object.assign(node, { clusterRuns: true, clusterEnabled: true });
  }
  world.resources.set('vip', { id: 'vip', agent: 'ocf:heartbeat:IPaddr2', address: VIP, banned: new Set() });
  world.settle();
}

export function createMemoryJournal(log: string[] = []): FaultJournal {
  const entries: JournalEntry[] = [];
  return {
    open(entry) {
      log.push(`journal open ${entry.fault.kind}`);
      entries.push(entry);
    },
    close(id) {
      log.push(`journal close ${id}`);
      const index = entries.findIndex((entry) => entry.id === id);
      if (index >= 0) entries.splice(index, 1);
    },
    pending: () => [...entries],
  };
}

export function within(ms: number): TimeExpression {
  return { source: `${ms}ms`, terms: [{ kind: 'ms', ms }] };
}

export function step(id: string, parts: Partial<Step> = {}): Step {
  return {
    id,
    title: { en: `Step ${id}` },
    action: { kind: 'none' },
    unless: [],
    probes: [],
    expect: [],
    within: within(1_000),
    expectedViolations: [],
    settle: within(1_000),
    ...parts,
  };
}

export function scenario(id: string, steps: readonly Step[], parts: Partial<Scenario> = {}): Scenario {
  return {
    id,
    file: `scenarios/${id}.yaml`,
    title: { en: `Scenario ${id}` },
    sets: [],
    needs: { abilities: [], haNodes: 0 },
    given: [],
    steps,
    ...parts,
  };
}

export function run(argv: readonly string[], on: Target = { kind: 'node', name: 'ha-host1' }): Action {
  return { kind: 'run', on, argv };
}

export const cutHolder: Action = {
  kind: 'fault',
  fault: { kind: 'link-down', node: HOLDER, link: 'eth1', by: 'admin' },
};

export function vipStarted(parts: Partial<Extract<KnownExpectation, { kind: 'resource' }>> = {}): KnownExpectation {
  return { kind: 'resource', resource: 'vip', is: 'started', seenFrom: MAJORITY, ...parts };
}

function memoryFolder(files: Map<string, string>, { clock }: MemoryLab): RunFolder {
  return {
    id: 'run-1',
    path: '/run-1',
    startedMs: clock.monotonicMs(),
    append: (event) => ({ ...event, seq: 0, at: clock.now(), ms: 0 }),
    write(path, content) {
      files.set(path, content.toString());
      return path;
    },
    close: () => undefined,
  };
}

function logged({ backend }: MemoryLab, log: string[]): RunDeps['backend'] {
  const { links } = backend;
  if (links === undefined) return backend;
  return {
    ...backend,
    links: {
      get: (...at) => links.get(...at),
      set(instance, node, link, state, by) {
        log.push(`link ${node} ${state}`);
        return links.set(instance, node, link, state, by);
      },
    },
  };
}
