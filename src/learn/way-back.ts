import { isLabError } from '../model/errors.js';
import { stretched } from '../model/slowness.js';
import type { SnapshotAbility } from '../ports/backend.js';
import { absencesIn, type LabSnapshot, takeSnapshot, untilSettled } from '../runner/restore.js';
import type { RunSession } from '../runner/session.js';
import { type LabAsItWas, restoreConfiguration, snapshotText } from './baseline.js';
import { changesIn, contentsOf } from './contents.js';
import type { Look } from './events.js';
import type { LearnSession } from './session.js';
import { currentOf } from './state.js';

/** Back to the state in which the step began. */
interface WayBack {
  restore(): Promise<void>;
  /** Forgets what was kept for it. */
  close(): Promise<void>;
}

interface WayBackRequest {
  readonly run: RunSession;
  readonly session: LearnSession;
  /** How often it will be taken. */
  readonly times: number;
  readonly onProgress: (text: string) => void;
  /** Called after the whole exercise up to the step was done once more. */
  readonly again: () => Promise<void>;
}

/** The lab as the step begins, and what was seen of it. */
interface Beginning extends LabAsItWas {
  readonly look: Look | undefined;
  /** Nothing of it would be lost with the memory of the nodes. */
  readonly isOnDisk: boolean;
}

const DISKS = 'learn-verify';
/** To keep the disks of three nodes and to restore them, on two processors. */
const KEEP_MS = 20_000;
const RESTORE_MS = 10_000;
const SETTLED_MS = 60_000;
const LOOK_EVERY_MS = 500;

/**
 * Takes the first of three ways that leads there. The cluster's configuration, failures and attributes are restored, which takes
 * seconds. The disks of all nodes are restored. The lab goes back to its baseline, and the steps before are done once more. Whether
 * one has led there shows in what decides on the task and its hints, and in what the nodes have on their disks and run.
 */
export async function openWayBack({ run, session, times, onProgress, again }: WayBackRequest): Promise<WayBack> {
  const step = session.state().current;
  const { instance, isolating, backend, clock, signal, slowness } = run.deps;
  const { snapshots } = backend;
  let beginning = await beginningNow();
  let disks: 'none' | 'kept' | 'no use' = 'none';
  let timesLeft = times;

  async function beginningNow(): Promise<Beginning> {
    const snapshot = await snapshotNow(run);
    const look = await settledLook();
    return {
      ...(snapshot === undefined ? {} : { snapshot: snapshotText(snapshot) }),
      contents: await contentsOf(run),
      look,
      isOnDisk: isOnDisk(run, snapshot),
    };
  }

  async function settledLook(): Promise<Look | undefined> {
    const untilMs = clock.monotonicMs() + stretched(SETTLED_MS, slowness());
    for (;;) {
      const { look } = currentOf(await session.look()).at;
      if (look?.busy === undefined || clock.monotonicMs() >= untilMs) return look;
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  /** Undefined where the step stands as it began. */
  async function whatDiffers(): Promise<string | undefined> {
    const look = await settledLook();
    const [change] = changesIn(beginning.contents, await contentsOf(run));
    return change ?? changeOf(look, beginning.look);
  }

  /** These two ways resolve to what is still otherwise; undefined where they have led there. */
  function byConfiguration(): Promise<string | undefined> {
    const { snapshot } = beginning;
    return andThere(async () => {
      if (snapshot !== undefined && isolating !== undefined)
        await restoreConfiguration(run, isolating, snapshot, onProgress);
    });
  }

  function byDisks(work: (ability: SnapshotAbility) => Promise<void>): Promise<string | undefined> {
    return andThere(async () => {
      if (snapshots !== undefined) await work(snapshots);
      run.beginLab();
      await session.begin();
    });
  }

  async function andThere(way: () => Promise<void>): Promise<string | undefined> {
    try {
      await way();
      return await whatDiffers();
    } catch (error) {
      if (!isLabError(error) || signal.aborted) throw error;
      return error.message;
    }
  }

  /** The lab goes on from its disks as it is now, or else the steps are done once more. */
  async function keepDisks(): Promise<void> {
    onProgress(`${step}: keep the disks of the nodes`);
    await snapshots?.remove(instance, DISKS);
    const differs = await byDisks((ability) => ability.take(instance, DISKS));
    disks = differs === undefined ? 'kept' : 'no use';
    if (differs !== undefined) await bySteps(differs);
  }

  async function bySteps(differs: string): Promise<void> {
    onProgress(`back to ${step} by the steps before: ${differs}`);
    run.beginLab();
    await session.goTo(step);
    beginning = await beginningNow();
    await again();
  }

  return {
    async restore() {
      timesLeft -= 1;
      let differs = await byConfiguration();
      if (differs !== undefined && disks === 'kept') {
        onProgress(`back to ${step} by the disks: ${differs}`);
        differs = await byDisks((ability) => ability.restore(instance, DISKS));
        if (differs !== undefined) disks = 'no use';
      }
      if (differs === undefined) return;
      const begunMs = clock.monotonicMs();
      await bySteps(differs);
      const tookMs = clock.monotonicMs() - begunMs;
      const pays = (tookMs - stretched(RESTORE_MS, slowness())) * timesLeft > stretched(KEEP_MS, slowness());
      if (pays && disks === 'none' && snapshots !== undefined && beginning.isOnDisk) await keepDisks();
    },
    async close() {
      if (disks !== 'none') await snapshots?.remove(instance, DISKS);
    },
  };
}

/** Undefined where no cluster runs, or not on all nodes: what is restored from it is a whole cluster. */
async function snapshotNow(run: RunSession): Promise<LabSnapshot | undefined> {
  const { isolating, instance } = run.deps;
  if (isolating === undefined) return undefined;
  try {
    const observed = await untilSettled(run, isolating);
    if (absencesIn(observed, instance.lab).length > 0) return undefined;
    return await takeSnapshot(run, isolating);
  } catch (error) {
    if (!isLabError(error) || run.deps.signal.aborted) throw error;
    return undefined;
  }
}

/** Failures and transient attributes go with the memory of the nodes, and so may a fault that is in force. */
function isOnDisk({ deps: { journal } }: RunSession, snapshot: LabSnapshot | undefined): boolean {
  const { failures = [], attributes = [] } = snapshot?.cib ?? {};
  return journal.pending().length === 0 && failures.length === 0 && attributes.length === 0;
}

/** Pure. In what decides; the host of a resource may be another one. Undefined where nothing is otherwise. */
function changeOf(now: Look | undefined, before: Look | undefined): string | undefined {
  const had = before?.checks ?? [];
  const check = now?.checks.find(({ verdict }, index) => verdict !== had[index]?.verdict);
  if (check !== undefined) return `${check.expected}: ${check.verdict}, seen: ${check.seen}`;
  const lists = (look: Look | undefined) => ({
    'hints that fit': look?.fitting ?? [],
    'audits that find something': (look?.disorders ?? []).map(({ audit }) => audit),
  });
  const then = lists(before);
  const other = Object.entries(lists(now)).find(([what, ids]) => ids.join() !== then[what as keyof typeof then].join());
  return other && `${other[0]}: ${other[1].join(', ') || 'none'}`;
}
