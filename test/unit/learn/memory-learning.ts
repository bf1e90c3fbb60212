import { CHECKS } from '../../../src/checks/index.js';
import type { LearnEvent, StampedLearnEvent } from '../../../src/learn/events.js';
import { type Baseline, createLearnSession, type LearnSession } from '../../../src/learn/session.js';
import { AUDITS, type AuditKind, type Finding } from '../../../src/model/audit.js';
import type { Scenario } from '../../../src/model/scenario.js';
import type { Auditor, AuditTable, PendingActivity } from '../../../src/ports/audit.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import { createMemoryIsolating } from '../../support/memory-isolating.js';
import { createMemoryRun, type MemoryRun } from '../../support/memory-run.js';

export interface MemoryLearning {
  readonly memory: MemoryRun;
  readonly session: LearnSession;
  readonly events: StampedLearnEvent[];
  /** What the audits find, by kind. */
  readonly findings: Map<AuditKind, readonly Finding[]>;
  /** What the cluster does at the moment. */
  readonly cluster: { pending?: PendingActivity };
  readonly restored: string[];
  /** What was done with the lab locked. */
  readonly locked: string[];
  /** Another process on the same session: it has the log and the journal, and remembers nothing else. */
  again(): LearnSession;
}

/** A learning session in a simulated lab. */
export async function createMemoryLearning(scenario: Scenario, baseline?: Baseline): Promise<MemoryLearning> {
  const memory = await createMemoryRun();
  const { isolating } = createMemoryIsolating(memory.lab, memory.deps.journal);
  const findings = new Map<AuditKind, readonly Finding[]>();
  const cluster: { pending?: PendingActivity } = {};
  const auditor: Auditor = {
    ...isolating.auditor,
    table: tableOf((kind) => findings.get(kind) ?? []),
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
  const open = () =>
    createLearnSession({
      run: createRunSession({ ...memory.deps, checks: CHECKS, auditor }),
      // As read from a file, so that nothing is shared that a file would not hold.
      log: { append, read: () => JSON.parse(JSON.stringify(events)) as StampedLearnEvent[] },
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
  const session = open();
  await session.begin();
  return {
    memory,
    session,
    events,
    findings,
    cluster,
    restored,
    locked,
    again: open,
  };
}

function tableOf(find: (kind: AuditKind) => readonly Finding[]): AuditTable {
  const rows = AUDITS.map((kind) => [
    kind,
    { kind, holds: { en: `${kind} holds` }, reads: { en: kind }, judge: () => find(kind) },
  ]);
  return Object.fromEntries(rows) as AuditTable;
}
