import { CHECKS } from '../../../src/checks/index.js';
import type { LearnEvent, StampedLearnEvent } from '../../../src/learn/events.js';
import type { glance } from '../../../src/learn/glance.js';
import { type Baseline, createLearnSession, type LearnSession } from '../../../src/learn/session.js';
import { AUDITS, type AuditKind, type Finding } from '../../../src/model/audit.js';
import type { LabObservation } from '../../../src/model/observation.js';
import type { Scenario } from '../../../src/model/scenario.js';
import type { AuditInput, Auditor, AuditTable, PendingActivity } from '../../../src/ports/audit.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import type { RunSession } from '../../../src/runner/session.js';
import { createMemoryIsolating } from '../../support/memory-isolating.js';
import { createMemoryRun, type MemoryRun } from '../../support/memory-run.js';

export interface MemoryLearning {
  readonly memory: MemoryRun;
  readonly session: LearnSession;
  /** The runner's session that it is driven on. */
  readonly run: RunSession;
  readonly events: StampedLearnEvent[];
  /** What the audits find, by kind. */
  readonly findings: Map<AuditKind, readonly Finding[]>;
  /** What the audits compared with, look by look. */
  readonly compared: (LabObservation | undefined)[];
  /** What the cluster does at the moment. */
  readonly cluster: { pending?: PendingActivity };
  readonly restored: string[];
  /** What was done with the lab locked. */
  readonly locked: string[];
  /** Another process on the same session: it has the log and the journal, and remembers nothing else. */
  again(): LearnSession;
  /** What looks at the lab beside it. */
  readonly beside: Parameters<typeof glance>[0];
}

/** A learning session in a simulated lab. */
export async function createMemoryLearning(scenario: Scenario, baseline?: Baseline): Promise<MemoryLearning> {
  const memory = await createMemoryRun();
  const { isolating } = createMemoryIsolating(memory.lab, memory.deps.journal);
  const findings = new Map<AuditKind, readonly Finding[]>();
  const compared: (LabObservation | undefined)[] = [];
  const cluster: { pending?: PendingActivity } = {};
  const auditor: Auditor = {
    ...isolating.auditor,
    table: tableOf((kind, { before }) => {
      if (kind === 'as-left') compared.push(before);
      return findings.get(kind) ?? [];
    }),
    pendingActivityIn: () => cluster.pending,
  };
  const events: StampedLearnEvent[] = [];
  const files = new Map<string, string>();
  const restored: string[] = [];
  const locked: string[] = [];
  const append = (event: LearnEvent) => {
    const stamped = { ...event, at: memory.lab.clock.now() };
    events.push(stamped);
    return stamped;
  };
  const openRun = () => createRunSession({ ...memory.deps, checks: CHECKS, auditor, isolating });
  // As read from a file, so that nothing is shared that a file would not hold.
  const log = { append, read: () => JSON.parse(JSON.stringify(events)) as StampedLearnEvent[] };
  const open = (run = openRun()) =>
    createLearnSession({
      run,
      log,
      keep: { write: (name, text) => files.set(name, text), read: (name) => files.get(name) },
      baseline: baseline ?? {
        async restore(onProgress) {
          onProgress('restore');
          restored.push('baseline');
          const lab = memory.lab.world();
          lab.resources.clear();
          lab.settle();
        },
      },
      async exclusively(doing, work) {
        locked.push(doing);
        return work();
      },
    });
  append({ kind: 'session-started', session: memory.deps.folder.id, lab: 'mine', scenario });
  const run = openRun();
  const session = open(run);
  await session.begin();
  return {
    memory,
    session,
    run,
    events,
    findings,
    compared,
    cluster,
    restored,
    locked,
    again: () => open(),
    beside: { run: openRun(), log },
  };
}

function tableOf(find: (kind: AuditKind, input: AuditInput) => readonly Finding[]): AuditTable {
  const rows = AUDITS.map((kind) => [
    kind,
    { kind, holds: { en: `${kind} holds` }, reads: { en: kind }, judge: (input: AuditInput) => find(kind, input) },
  ]);
  return Object.fromEntries(rows) as AuditTable;
}
