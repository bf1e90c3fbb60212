import { isLabError, LabError } from '../model/errors.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { Lab } from '../model/lab.js';
import type { AddressObservation, LabObservation } from '../model/observation.js';
import type { Isolating } from '../ports/isolation.js';
import { observeLab } from '../runner/observe-lab.js';
import { type LabSnapshot, restoreLab } from '../runner/restore.js';
import type { RunSession } from '../runner/session.js';
import type { Baseline } from './session.js';

/**
 * The state after the set-ups as the cluster's own configuration has it: stopped nodes are started, links and addresses of the
 * nodes put right, and the CIB restored. Where that does not do, and where no cluster ran, `remake` recreates the lab.
 */
export function createCibBaseline(
  run: RunSession,
  isolating: Isolating,
  /** What `snapshotText` made of the lab when its set-ups were done. */
  readSnapshot: () => string | undefined,
  remake: (onProgress: (text: string) => void) => Promise<void>,
): Baseline {
  return {
    async restore(onProgress) {
      const text = readSnapshot();
      if (text === undefined) return remake(onProgress);
      try {
        const snapshot = snapshotFrom(text);
        await putNodesRight(run, isolating, snapshot, onProgress);
        await restoreLab(run, isolating, snapshot, onProgress);
        const left = differencesFrom(snapshot.observed, await observeNow(run, isolating));
        if (left.length > 0) throw new LabError('heal-failed', left.join('; '));
      } catch (error) {
        if (!isLabError(error) || run.deps.signal.aborted) throw error;
        onProgress(`recreate the lab: ${error.message}`);
        run.beginLab();
        await remake(onProgress);
      }
    },
  };
}

export function snapshotText({ confs, ...snapshot }: LabSnapshot): string {
  return JSON.stringify({ ...snapshot, confs: [...confs] });
}

function snapshotFrom(text: string): LabSnapshot {
  const { confs, ...snapshot } = JSON.parse(text) as Omit<LabSnapshot, 'confs'> & {
    readonly confs: readonly (readonly [string, string])[];
  };
  return { ...snapshot, confs: new Map(confs) };
}

const COMMAND_MS = 10_000;

/** What a student set on the nodes themselves, without the cluster: addresses that were added, and links that are down. */
async function putNodesRight(
  run: RunSession,
  isolating: Isolating,
  { observed: before }: LabSnapshot,
  onProgress: (text: string) => void,
): Promise<void> {
  const now = await observeNow(run, isolating);
  const remedies = remediesFor(run.deps.instance.lab, before, now);
  for (const { node, argv } of remedies) {
    onProgress(`${node}: ${argv.join(' ')}`);
    run.observed.outdate();
    await run.read.exec(node, argv, COMMAND_MS);
  }
}

interface Remedy {
  readonly node: string;
  readonly argv: readonly string[];
}

/** Pure. An address that a resource brings goes with the resource, so only those that no resource had are removed. */
export function remediesFor(lab: Lab, before: LabObservation, now: LabObservation): readonly Remedy[] {
  return now.nodes.flatMap(({ node, addresses = [] }): readonly Remedy[] => {
    const had = before.nodes.find((each) => each.node === node)?.addresses ?? [];
    const down = addresses.filter(({ device, up }) => !up && had.some((each) => each.device === device && each.up));
    const added = addresses.filter((each) => isByHand(each, had, lab, now));
    return [
      ...[...new Set(down.map(({ device }) => device))].map((device) => ({
        node,
        argv: ['ip', 'link', 'set', device, 'up'],
      })),
      ...added.map(({ device, address, prefix }) => ({
        node,
        argv: ['ip', 'addr', 'del', `${address}/${prefix}`, 'dev', device],
      })),
    ];
  });
}

/** On a link of the lab, was not there before, and no resource of the cluster brings it. */
function isByHand(
  { device, address }: AddressObservation,
  had: readonly AddressObservation[],
  lab: Lab,
  now: LabObservation,
): boolean {
  const isOfLab = lab.nodes.some(({ links }) => links.some(({ name }) => name === device));
  const isNew = !had.some((each) => each.address === address && each.device === device);
  return isOfLab && isNew && parseIpv4(address) !== undefined && !isOfResource(now, address);
}

function isOfResource({ nodes }: LabObservation, address: string): boolean {
  return nodes.some(({ cib }) => JSON.stringify(cib?.resources ?? []).includes(`"${address}"`));
}

/** Pure. What the lab still has otherwise than before: services that no longer run, and addresses that a node has lost. */
export function differencesFrom(before: LabObservation, now: LabObservation): readonly string[] {
  return before.nodes.flatMap((had) => {
    const has = now.nodes.find(({ node }) => node === had.node);
    if (has?.addresses === undefined || has.units === undefined) return [`${had.node} does not answer`];
    const runs = (name: string) => has.units?.some((unit) => unit.name === name && unit.active === 'active');
    const stopped = (had.units ?? []).filter(({ name, active }) => active === 'active' && !runs(name));
    const lost = (had.addresses ?? []).filter(
      ({ address }) =>
        parseIpv4(address) !== undefined &&
        !isOfResource(before, address) &&
        !has.addresses?.some((each) => each.address === address && each.up),
    );
    return [
      ...stopped.map(({ name }) => `${name} does not run on ${had.node}`),
      ...lost.map(({ address }) => `${had.node} has lost ${address}`),
    ];
  });
}

function observeNow(run: RunSession, { auditor }: Isolating): Promise<LabObservation> {
  return observeLab(run, { auditor, firstSince: 'now' });
}
