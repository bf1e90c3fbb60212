import { isLabError, LabError } from '../model/errors.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { LabObservation } from '../model/observation.js';
import type { Isolating } from '../ports/isolation.js';
import { isOfResource } from '../runner/node-remedies.js';
import { observeLab } from '../runner/observe-lab.js';
import { type LabSnapshot, restoreLab } from '../runner/restore.js';
import type { RunSession } from '../runner/session.js';
import { type Contents, changesIn, contentsOf } from './contents.js';

/** A lab as it was at some moment. */
export interface LabAsItWas {
  /** As `snapshotText` writes it; absent where no cluster ran, or not on all nodes. */
  readonly snapshot?: string;
  readonly contents: Contents;
}

/**
 * The state after the set-ups as the cluster's own configuration has it: stopped nodes are started, links and addresses of the
 * nodes put right, and the CIB restored. Where that does not do because something else is otherwise on a node, a file or a unit, and
 * where no cluster ran, `remake` recreates the lab.
 */
export function createCibBaseline(
  run: RunSession,
  isolating: Isolating,
  known: () => LabAsItWas | undefined,
  remake: (onProgress: (text: string) => void) => Promise<void>,
): { restore(onProgress: (text: string) => void): Promise<void> } {
  return {
    async restore(onProgress) {
      const { snapshot: text, contents } = known() ?? {};
      if (text === undefined || contents === undefined) return remake(onProgress);
      try {
        await restoreConfiguration(run, isolating, text, onProgress);
        const left = changesIn(contents, await contentsOf(run));
        if (left.length > 0) throw new LabError('heal-failed', `otherwise than before: ${left.join(', ')}`);
      } catch (error) {
        if (!isLabError(error) || run.deps.signal.aborted) throw error;
        onProgress(`recreate the lab: ${error.message}`);
        run.beginLab();
        await remake(onProgress);
      }
    },
  };
}

/** `text` is what `snapshotText` wrote. Throws LabError `heal-failed` with what is not as it was then. */
export async function restoreConfiguration(
  run: RunSession,
  isolating: Isolating,
  text: string,
  onProgress: (text: string) => void,
): Promise<void> {
  const snapshot = snapshotFrom(text);
  await restoreLab(run, isolating, snapshot, onProgress);
  const left = differencesFrom(snapshot.observed, await observeNow(run, isolating));
  if (left.length > 0) throw new LabError('heal-failed', left.join('; '));
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
