import { LabError } from '../model/errors.js';
import { haNodesOf, type Lab } from '../model/lab.js';
import type { LabObservation, NodeObservation } from '../model/observation.js';
import { isClean, type Residue, residueText } from '../model/residue.js';
import { stretched } from '../model/slowness.js';
import { untilAborted } from '../ports/clock.js';
import type { CibPart, CibSnapshot, CibSnapshots, Isolating } from '../ports/isolation.js';
import { remediesFor } from './node-remedies.js';
import { observeLab, settle } from './observe-lab.js';
import { activeIn, type RunSession } from './session.js';

/** What was restored. */
interface Restoration {
  readonly residue: Residue;
  /** Nodes that were out of the cluster, in the order found. */
  readonly broughtBack: readonly string[];
}

const BACK_WITHIN_MS = 60_000;
const SETTLED_WITHIN_MS = 60_000;
const OBSERVE_EVERY_MS = 500;
const COMMAND_MS = 60_000;
const SHORT_MS = 10_000;
const TRIES = 2;

/** The lab now, by the observation of the last audit where nothing was done since. Throws LabError where no cluster runs. */
export async function takeSnapshot(session: RunSession, { snapshots, auditor }: Isolating): Promise<LabSnapshot> {
  const seen = session.observed.current() ?? observeLab(session, { auditor, firstSince: 'now' });
  const [observed, confs] = await Promise.all([seen, confsOf(session)]);
  return { observed, confs, cib: await takeCib(session, snapshots, observed) };
}

/**
 * Brings the lab back to its snapshot: nodes first, with their links and addresses, then the CIB's configuration, failures and attributes. `onProgress` is
 * called with what is about to be restored. Throws LabError that names what could not be restored.
 */
export async function restoreLab(
  session: RunSession,
  isolating: Isolating,
  snapshot: LabSnapshot,
  onProgress: (what: string) => void,
): Promise<Restoration> {
  const { signal, instance } = session.deps;
  const broughtBack = new Set<string>();
  await untilAborted(putNodesRight(session, isolating, snapshot, onProgress), signal);
  let first: Residue | undefined;
  let settled: LabObservation | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const isWhole = settled !== undefined && absencesIn(settled, instance.lab).length === 0;
    const observed =
      isWhole && settled
        ? settled
        : await untilAborted(bringBack(session, isolating, snapshot, broughtBack, onProgress), signal);
    const cib = await untilAborted(takeCib(session, isolating.snapshots, observed), signal);
    const residue = residueOf(snapshot, cib, observed);
    first ??= residue;
    if (isClean(residue)) return { residue: first, broughtBack: [...broughtBack] };
    if (attempt > TRIES)
      throw new LabError('heal-failed', `${residueText(residue)} could not be restored: ${namesIn(residue)}`);
    onProgress(residueText(residue));
    session.observed.outdate();
    await isolating.snapshots.restore(await session.transport(reportingNodeOf(observed)), snapshot.cib, residue);
    settled = await untilSettled(session, isolating);
  }
}

async function putNodesRight(
  session: RunSession,
  { auditor }: Isolating,
  { observed: before }: LabSnapshot,
  onProgress: (what: string) => void,
): Promise<void> {
  const now = session.observed.current() ?? (await observeLab(session, { auditor, firstSince: 'now' }));
  session.observed.keep(now);
  for (const { node, argv } of remediesFor(session.deps.instance.lab, before, now)) {
    onProgress(`${node}: ${argv.join(' ')}`);
    session.observed.outdate();
    await session.read.exec(node, argv, SHORT_MS);
  }
}

/** Starts what is stopped until every node is a member. A corosync.conf that differs cannot be restored. */
async function bringBack(
  session: RunSession,
  isolating: Isolating,
  snapshot: LabSnapshot,
  broughtBack: Set<string>,
  onProgress: (what: string) => void,
): Promise<LabObservation> {
  const { clock, cluster, slowness, instance, signal } = session.deps;
  const deadlineMs = clock.monotonicMs() + stretched(BACK_WITHIN_MS, slowness());
  const done = new Set<string>();
  const confs = refuseOtherConfs(session, snapshot);
  let looks = 0;
  let known = session.observed.current();
  for (;;) {
    const seen = known ?? observeLab(session, { auditor: isolating.auditor, firstSince: 'now' });
    const [observed] = await Promise.all([seen, confs]);
    known = undefined;
    const absent = absencesIn(observed, instance.lab);
    if (absent.length === 0) {
      const changes = enablingsIn(snapshot.observed, observed);
      if (changes.length > 0) session.observed.outdate();
      for (const { node, unit, enabled } of changes)
        await session.read.exec(node, cluster.commands.setStartAtBoot(unit, enabled), SHORT_MS);
      return observed;
    }
    const fresh = foundOut(absent, looks).filter((node) => !broughtBack.has(node));
    looks += 1;
    if (fresh.length > 0) onProgress(`${fresh.join(', ')} out of the cluster`);
    for (const node of fresh) broughtBack.add(node);
    if (clock.monotonicMs() >= deadlineMs) throw stillAbsent(absent);
    session.observed.outdate();
    await startAbsent(session, absent, done);
    await clock.sleep(stretched(OBSERVE_EVERY_MS, slowness()), signal);
  }
}

/**
 * While a node joins, the reports of the others are from before and after the change of membership, so a member looks
 * apart for a moment: after the first look only what needs a remedy is out of the cluster. Pure.
 */
export function foundOut(absent: readonly Absence[], looksBefore: number): readonly string[] {
  const isOut = ({ why }: Absence) => looksBefore === 0 || why === 'off' || why === 'stopped';
  return absent.filter(isOut).map(({ node }) => node);
}

/** Each remedy is tried once for each node. */
async function startAbsent(session: RunSession, absent: readonly Absence[], done: Set<string>): Promise<void> {
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
  const states: { readonly [W in Absence['why']]: string } = {
    off: 'is switched off',
    silent: 'does not answer',
    stopped: 'does not run the cluster',
    apart: 'is not in the cluster',
  };
  return new LabError('heal-failed', absent.map(({ node, why }) => `${node} ${states[why]}`).join(', '));
}

/** Throws LabError where the cluster does not become idle. */
export async function untilSettled(session: RunSession, { auditor }: Isolating): Promise<LabObservation> {
  const { slowness } = session.deps;
  const { now, unsettled } = await settle(session, {
    auditor,
    firstSince: 'now',
    faults: activeIn(session),
    withinMs: stretched(SETTLED_WITHIN_MS, slowness()),
    onWaiting: () => undefined,
  });
  if (unsettled !== undefined)
    throw new LabError('heal-failed', `the cluster did not become idle after it was restored: ${unsettled}`);
  session.observed.keep(now);
  return now;
}

async function refuseOtherConfs(session: RunSession, snapshot: LabSnapshot): Promise<void> {
  const now = await confsOf(session);
  for (const [node, digest] of snapshot.confs) {
    const current = now.get(node);
    if (current !== undefined && current !== digest)
      throw new LabError('heal-failed', `corosync.conf of ${node} has changed, and halab does not restore it`);
  }
}

/** The digests of the nodes that answer. */
async function confsOf({ deps, haNodes, read }: RunSession): Promise<ReadonlyMap<string, string>> {
  const asked = await Promise.allSettled(
    haNodes.map(async (node) => {
      const { stdout } = await read.exec(node, deps.cluster.commands.digestOfConfiguration, SHORT_MS);
      return [node, stdout.split(' ')[0] ?? ''] as const;
    }),
  );
  return new Map(asked.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])));
}

function takeCib(session: RunSession, snapshots: CibSnapshots, observed: LabObservation): Promise<CibSnapshot> {
  return session.read.observe(reportingNodeOf(observed), (transport, signal) => snapshots.take(transport, signal));
}

/** The DC, whose copy of the CIB is authoritative; where no node reports itself as DC, one that runs the cluster. */
function reportingNodeOf({ nodes }: LabObservation): string {
  const dc = nodes.find(({ node, dc }) => dc === node) ?? nodes.find(({ controller }) => controller !== undefined);
  if (dc !== undefined) return dc.node;
  throw new LabError('status-unreadable', 'no node runs a cluster whose CIB could be read', {
    hint: 'Look at `halab status`.',
  });
}

function namesIn(residue: Residue): string {
  return [
    ...residue.resources,
    ...residue.constraints,
    ...residue.properties,
    ...residue.nodes,
    ...residue.sections,
    ...residue.failures,
    ...residue.attributes.map(({ node, name }) => `${name} on ${node}`),
    ...residue.fencings,
  ].join(', ');
}

/** A lab as a set-up left it, for the scenarios that require that set-up. */
export interface LabSnapshot {
  readonly cib: CibSnapshot;
  /** Node to a digest of its corosync.conf. */
  readonly confs: ReadonlyMap<string, string>;
  readonly observed: LabObservation;
}

/** How the lab differs from its snapshot. Pure. */
export function residueOf(snapshot: LabSnapshot, cib: CibSnapshot, observed: LabObservation): Residue {
  const changed = (kind: CibPart['kind']) => differing(snapshot.cib.parts, cib.parts, kind);
  const fencedBefore = new Set(fencingsIn(snapshot.observed).map(({ text }) => text));
  const has = new Set(snapshot.cib.attributes.map(({ node, name }) => `${node} ${name}`));
  return {
    resources: changed('resources'),
    constraints: changed('constraints'),
    properties: changed('properties'),
    nodes: changed('nodes'),
    sections: changed('sections'),
    failures: cib.failures.filter((failure) => !snapshot.cib.failures.includes(failure)),
    attributes: cib.attributes.filter(({ node, name }) => !has.has(`${node} ${name}`)),
    fencings: [
      ...new Set(fencingsIn(observed).flatMap(({ text, target }) => (fencedBefore.has(text) ? [] : [target]))),
    ].sort(),
  };
}

function differing(before: readonly CibPart[], now: readonly CibPart[], kind: CibPart['kind']): readonly string[] {
  const of = (parts: readonly CibPart[]) =>
    new Map(parts.filter((part) => part.kind === kind).map(({ id, digest }) => [id, digest]));
  const [old, current] = [of(before), of(now)];
  return [...new Set([...old.keys(), ...current.keys()])].filter((id) => old.get(id) !== current.get(id)).sort();
}

function fencingsIn({ nodes }: LabObservation) {
  return nodes.flatMap(({ fencing }) => fencing ?? []);
}

/** Why a node is not in the cluster; `apart` may pass by itself. */
interface Absence {
  readonly node: string;
  readonly why: 'off' | 'silent' | 'stopped' | 'apart';
}

/** The HA nodes that are not members of the largest partition, by their own reports and those of its members. Pure. */
export function absencesIn(observed: LabObservation, lab: Lab): readonly Absence[] {
  const running = observed.nodes.filter((seen) => whyNotRunning(seen) === undefined);
  const most = largestPartition(running);
  return haNodesOf(lab).flatMap(({ name }): Absence[] => {
    const seen = observed.nodes.find(({ node }) => node === name);
    const why = whyNotRunning(seen) ?? (isAmong(name, most) ? undefined : 'apart');
    return why === undefined ? [] : [{ node: name, why }];
  });
}

function whyNotRunning(seen: NodeObservation | undefined): Absence['why'] | undefined {
  if (seen?.answered !== true) return seen?.machine === 'stopped' || seen?.machine === 'absent' ? 'off' : 'silent';
  if (seen.units === undefined) return 'silent';
  const isActive = (name: string) => seen.units?.some((unit) => unit.name === name && unit.active === 'active');
  return isActive('corosync') && isActive('pacemaker') ? undefined : 'stopped';
}

/** By corosync's ring id, which all members of one membership share. */
function largestPartition(running: readonly NodeObservation[]): readonly NodeObservation[] {
  const rings = [...new Set(running.flatMap(({ quorum }) => quorum?.ringId ?? []))];
  const partitions = rings.map((ring) => running.filter(({ quorum }) => quorum?.ringId === ring));
  return partitions.toSorted((one, other) => other.length - one.length)[0] ?? [];
}

/** Whether it is a member of the partition and every member sees it online. */
function isAmong(name: string, partition: readonly NodeObservation[]): boolean {
  const isOnline = ({ status }: NodeObservation) =>
    status?.nodes.some((node) => node.name === name && node.online && !node.pending && !node.unclean) === true;
  return partition.some(({ node }) => node === name) && partition.every(isOnline);
}

/** Units whose start at boot was switched on or off since the snapshot. Pure. */
export function enablingsIn(
  before: LabObservation,
  now: LabObservation,
): readonly { readonly node: string; readonly unit: string; readonly enabled: boolean }[] {
  return before.nodes.flatMap(({ node, units }) => {
    const current = now.nodes.find((each) => each.node === node)?.units ?? [];
    return (units ?? []).flatMap(({ name, enabled }) => {
      const isOther = current.some((unit) => unit.name === name && unit.enabled !== enabled);
      if (!isOther || !['enabled', 'disabled'].includes(enabled)) return [];
      return [{ node, unit: name, enabled: enabled === 'enabled' }];
    });
  });
}
