import { LabError } from '../model/errors.js';
import type { LabObservation } from '../model/observation.js';
import { isClean, type Residue, residueText } from '../model/residue.js';
import type { CibSnapshot, CibSnapshots, Isolating } from '../ports/isolation.js';
import { untilAborted } from './deadline.js';
import { lookAtLab, settle } from './look.js';
import { type Absence, absencesIn, enablingsIn, type LabSnapshot, residueOf } from './residue.js';
import { activeIn, type RunSession } from './session.js';

/** What was restored. */
interface Restoration {
  readonly left: Residue;
  /** Nodes that were not in the cluster. */
  readonly broughtBack: readonly string[];
}

const BACK_WITHIN_MS = 60_000;
const SETTLED_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 500;
const COMMAND_MS = 60_000;
const SHORT_MS = 10_000;
const TRIES = 2;

/** The lab as it stands, by the look of its last audit where nothing was done since. Throws LabError where it cannot be asked, as where no cluster runs. */
export async function takeSnapshot(session: RunSession, { snapshots, auditor }: Isolating): Promise<LabSnapshot> {
  const seen = session.observed.current() ?? lookAtLab(session, { auditor, firstSince: 'now' });
  const [look, confs] = await Promise.all([seen, confsOf(session)]);
  return { look, confs, cib: await takeCib(session, snapshots, look) };
}

/**
 * Makes the lab what it was when the snapshot was taken: nodes first, then the CIB's configuration, failures, and what else there is.
 * `onProgress` is called with what is to be restored, before it is. Throws LabError where the lab did not become that, saying in what.
 */
export async function restoreLab(
  session: RunSession,
  isolating: Isolating,
  snapshot: LabSnapshot,
  onProgress: (what: string) => void,
): Promise<Restoration> {
  const { signal, instance } = session.deps;
  const broughtBack = new Set<string>();
  let first: Residue | undefined;
  let settled: LabObservation | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const isWhole = settled !== undefined && absencesIn(settled, instance.lab).length === 0;
    const look =
      isWhole && settled
        ? settled
        : await untilAborted(bringBack(session, isolating, snapshot, broughtBack, onProgress), signal);
    const cib = await untilAborted(takeCib(session, isolating.snapshots, look), signal);
    const left = residueOf(snapshot, cib, look);
    first ??= left;
    if (isClean(left)) return { left: first, broughtBack: [...broughtBack] };
    if (attempt > TRIES)
      throw new LabError('heal-failed', `${residueText(left)} could not be restored: ${named(left)}`);
    onProgress(residueText(left));
    session.observed.outdate();
    await isolating.snapshots.restore(await session.transport(reportingNodeOf(look)), snapshot.cib, left);
    settled = await untilSettled(session, isolating);
  }
}

/** Until every node is a member, by what it takes for each; a corosync.conf that is another cannot be restored. */
async function bringBack(
  session: RunSession,
  isolating: Isolating,
  snapshot: LabSnapshot,
  broughtBack: Set<string>,
  onProgress: (what: string) => void,
): Promise<LabObservation> {
  const { clock, cluster, pace, instance, signal } = session.deps;
  const deadlineMs = clock.monotonicMs() + BACK_WITHIN_MS * pace().factor;
  const done = new Set<string>();
  const confs = refuseOtherConfs(session, snapshot);
  let known = session.observed.current();
  for (;;) {
    const seen = known ?? lookAtLab(session, { auditor: isolating.auditor, firstSince: 'now' });
    const [look] = await Promise.all([seen, confs]);
    known = undefined;
    const absent = absencesIn(look, instance.lab);
    if (absent.length === 0) {
      const changes = enablingsIn(snapshot.look, look);
      if (changes.length > 0) session.observed.outdate();
      for (const { node, unit, enabled } of changes)
        await session.read.exec(node, cluster.commands.setStartAtBoot(unit, enabled), SHORT_MS);
      return look;
    }
    const fresh = absent.filter(({ node }) => !broughtBack.has(node));
    if (fresh.length > 0) onProgress(`${absent.map(({ node }) => node).join(', ')} out of the cluster`);
    for (const { node } of fresh) broughtBack.add(node);
    if (clock.monotonicMs() >= deadlineMs) throw stillAbsent(absent);
    session.observed.outdate();
    await helpBack(session, absent, done);
    await clock.sleep(LOOK_AGAIN_MS * pace().factor, signal);
  }
}

/** What may help is done once for each node. */
async function helpBack(session: RunSession, absent: readonly Absence[], done: Set<string>): Promise<void> {
  const { backend, cluster, instance, signal } = session.deps;
  const due = absent.filter(({ node, why }) => !done.has(`${why} ${node}`));
  for (const { node, why } of due) done.add(`${why} ${node}`);
  if (due.some(({ why }) => why === 'off')) await backend.up(instance, { signal, onProgress: () => undefined });
  await Promise.all(
    due
      .filter(({ why }) => why === 'stopped')
      .map(({ node }) => session.read.exec(node, cluster.commands.start, COMMAND_MS)),
  );
}

function stillAbsent(absent: readonly Absence[]): LabError {
  const words: { readonly [W in Absence['why']]: string } = {
    off: 'is switched off',
    silent: 'does not answer',
    stopped: 'does not run the cluster',
    apart: 'is not in the cluster',
  };
  return new LabError('heal-failed', absent.map(({ node, why }) => `${node} ${words[why]}`).join(', '));
}

/** Throws LabError where the cluster does not become idle. */
export async function untilSettled(session: RunSession, { auditor }: Isolating): Promise<LabObservation> {
  const { pace } = session.deps;
  const { now, unsettled } = await settle(session, {
    auditor,
    firstSince: 'now',
    faults: activeIn(session),
    withinMs: SETTLED_WITHIN_MS * pace().factor,
    onWaiting: () => undefined,
  });
  if (unsettled !== undefined)
    throw new LabError('heal-failed', `the cluster does not come to rest after it was restored: ${unsettled}`);
  session.observed.keep(now);
  return now;
}

async function refuseOtherConfs(session: RunSession, snapshot: LabSnapshot): Promise<void> {
  const now = await confsOf(session);
  for (const [node, digest] of snapshot.confs) {
    const current = now.get(node);
    if (current !== undefined && current !== digest)
      throw new LabError('heal-failed', `corosync.conf of ${node} is another`);
  }
}

/** Of the nodes that answer. */
async function confsOf({ deps, haNodes, read }: RunSession): Promise<ReadonlyMap<string, string>> {
  const asked = await Promise.allSettled(
    haNodes.map(async (node) => {
      const { stdout } = await read.exec(node, deps.cluster.commands.digestOfConfiguration, SHORT_MS);
      return [node, stdout.split(' ')[0] ?? ''] as const;
    }),
  );
  return new Map(asked.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])));
}

function takeCib(session: RunSession, snapshots: CibSnapshots, look: LabObservation): Promise<CibSnapshot> {
  return session.read.observe(reportingNodeOf(look), (transport, signal) => snapshots.take(transport, signal));
}

/** The DC, whose copy is the one that counts; where none says so, a node that runs the cluster. */
function reportingNodeOf({ nodes }: LabObservation): string {
  const dc = nodes.find(({ node, dc }) => dc === node) ?? nodes.find(({ controller }) => controller !== undefined);
  if (dc !== undefined) return dc.node;
  throw new LabError('status-unreadable', 'no node runs a cluster whose CIB could be read', {
    hint: 'Look at `halab status`.',
  });
}

function named(left: Residue): string {
  return [
    ...left.resources,
    ...left.constraints,
    ...left.properties,
    ...left.nodes,
    ...left.sections,
    ...left.failures,
    ...left.attributes.map(({ node, name }) => `${name} on ${node}`),
    ...left.fencings,
  ].join(', ');
}
