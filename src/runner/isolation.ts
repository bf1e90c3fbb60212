import { isLabError, LabError, messageOf } from '../model/errors.js';
import type { RestoredLab } from '../model/event.js';
import { isClean, NO_RESIDUE } from '../model/residue.js';
import type { Scenario } from '../model/scenario.js';
import type { Isolating } from '../ports/isolation.js';
import type { PlanEntry } from './plan.js';
import { type LabSnapshot, restoreLab, takeSnapshot, untilSettled } from './restore.js';
import type { RunSession } from './session.js';
import { playSetUp } from './set-up.js';

/** Lets each scenario find the lab as its set-up leaves it, whatever was run in between. */
export interface Isolation {
  /** The lab begins in the state after these set-ups, which are not run. */
  begin(setUps: readonly PlanEntry[]): Promise<void>;
  /** Brings the lab to that state. Resolves to why it could not be done. Throws LabError `interrupted` and bugs in halab. */
  before(entry: PlanEntry): Promise<string | undefined>;
  /** Whether `before` can bring the lab back while the scenario runs: it knows the state in which the set-ups leave the lab. */
  knows(entry: PlanEntry): boolean;
  /** Called after every scenario that was run, once its faults are undone. */
  after(entry: PlanEntry, hasPassed: boolean): Promise<void>;
  /** No scenario may use the lab until it is recreated. */
  spoil(why: string): void;
}

export function createIsolation(session: RunSession, isolating: Isolating): Isolation {
  const { emit, isNewLab, signal } = session.deps;
  const setUps = new Map<string, Scenario>();
  const snapshots = new Map<string, LabSnapshot>();
  /** The set-up whose state the lab is still in if nothing was done since. */
  let at: { readonly setUp: string; readonly changes: number } | undefined;
  let last = '';
  let spoilt: string | undefined;

  async function keep(id: string): Promise<void> {
    try {
      snapshots.set(id, await takeSnapshot(session, isolating));
    } catch (error) {
      if (!isLabError(error)) throw error;
      snapshots.delete(id);
    }
  }

  async function restore(entry: PlanEntry, to: string): Promise<string | undefined> {
    const { id } = entry.scenario;
    const snapshot = snapshots.get(to);
    if (snapshot === undefined) {
      emit({ kind: 'warning', text: `${id} takes the lab as ${last} left it: after ${to} no cluster ran` });
      return undefined;
    }
    const stage = createLateStage(session, 'restore');
    try {
      const done = await restoreLab(session, isolating, snapshot, (what) =>
        stage.report(`undo what ${last} changed: ${what}`),
      );
      if (!isClean(done.residue) || done.broughtBack.length > 0) stage.end({ ...done, after: last, before: id, to });
      return undefined;
    } catch (error) {
      stage.fail(error);
      if (!isLabError(error) || signal.aborted) throw error;
      return recreate(entry, `the state after ${to} could not be restored after ${last}: ${error.message}`);
    }
  }

  async function recreate({ scenario, requires }: PlanEntry, why: string): Promise<string | undefined> {
    if (!isNewLab) return `${why}; the lab was up before this run, so the run does not recreate it`;
    const stage = createLateStage(session, 'recreate');
    stage.report(`recreate the lab: ${why}`);
    try {
      // With the lab goes what it knows of the scenarios that were run in it.
      stage.report('fetch the evidence of the lab as it is');
      await isolating.keepEvidence(`before-${scenario.id}`, (node) => session.transport(node));
      session.beginLab();
      await isolating.remake(stage.report);
      for (const id of requires) {
        await setUpAgain(session, setUps.get(id), stage.report);
        await untilSettled(session, isolating);
        await keep(id);
      }
      session.beginLab();
      spoilt = undefined;
      emit({ kind: 'warning', text: `the lab was recreated before ${scenario.id}: ${why}` });
      stage.end({
        residue: NO_RESIDUE,
        broughtBack: [],
        recreated: why,
        after: last,
        before: scenario.id,
        to: requires.at(-1) ?? '',
      });
      return undefined;
    } catch (error) {
      stage.fail(error);
      if (!isLabError(error) || signal.aborted) throw error;
      spoilt = `${why}; and the lab could not be recreated: ${error.message}`;
      return spoilt;
    }
  }

  return {
    async begin(entries) {
      for (const { scenario } of entries) setUps.set(scenario.id, scenario);
      const id = entries.at(-1)?.scenario.id;
      if (id === undefined) return;
      last = id;
      await keep(id);
      at = { setUp: id, changes: session.observed.changes() };
    },
    async before(entry) {
      const setUp = entry.requires.at(-1);
      const isThere = at !== undefined && at.setUp === setUp && at.changes === session.observed.changes();
      if (spoilt !== undefined) return recreate(entry, spoilt);
      return setUp === undefined || isThere ? undefined : restore(entry, setUp);
    },
    knows: ({ requires }) => snapshots.has(requires.at(-1) ?? ''),
    async after({ scenario, isSetUp }, hasPassed) {
      last = scenario.id;
      if (!isSetUp || !hasPassed || signal.aborted) return;
      setUps.set(scenario.id, scenario);
      await keep(scenario.id);
      at = { setUp: scenario.id, changes: session.observed.changes() };
    },
    spoil(why) {
      spoilt ??= why;
    },
  };
}

/** Without events, because the reports have them already. Throws LabError where it does not pass this time. */
async function setUpAgain(
  session: RunSession,
  scenario: Scenario | undefined,
  onProgress: (text: string) => void,
): Promise<void> {
  if (scenario === undefined) throw new LabError('bug', 'a set-up that is to be repeated was never run');
  const failed = await playSetUp(session, scenario, ({ id }) => onProgress(`${scenario.id} / ${id}`));
  if (failed === undefined) return;
  const { step, verdict, reason } = failed;
  throw new LabError('heal-failed', `${scenario.id} / ${step} is ${verdict} this time: ${reason ?? ''}`);
}

/** A stage of a run that begins with its first report, so that one with nothing to do is never shown. */
interface LateStage {
  /** The first text is the stage's title, each further one its progress. */
  report(text: string): void;
  end(restored: Omit<RestoredLab, 'durationMs'>): void;
  fail(error: unknown): void;
}

function createLateStage({ deps: { clock, emit } }: RunSession, stage: string): LateStage {
  const begunMs = clock.monotonicMs();
  let isOpen = false;
  const finish = (error?: string) => {
    const durationMs = clock.monotonicMs() - begunMs;
    if (isOpen) emit({ kind: 'stage-finished', stage, durationMs, ...(error === undefined ? {} : { error }) });
  };
  return {
    report(text) {
      emit(isOpen ? { kind: 'stage-progress', stage, text } : { kind: 'stage-started', stage, title: text });
      isOpen = true;
    },
    end(restored) {
      emit({ kind: 'lab-restored', restored: { ...restored, durationMs: clock.monotonicMs() - begunMs } });
      finish();
    },
    fail: (error) => finish(messageOf(error)),
  };
}
