import type { NodeClock } from '../model/breakdown.js';
import { isLabError } from '../model/errors.js';
import type { ProbeResult } from '../model/event.js';
import type { FaultEffect } from '../model/fault-effect.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import { longestOf } from '../model/outage.js';
import type { ProbeSpec, ResolvedFault, Step } from '../model/scenario.js';
import { driverOf } from '../ports/fault.js';
import { breakdownOf, type History, type Outage } from './breakdown-of.js';
import { combineClocks, hasOwnClocks, readClocks, wallMsOf } from './node-clocks.js';
import type { RunSession } from './session.js';

/** What a measured step is explained by. */
interface Measured {
  readonly scope: { readonly session: RunSession; readonly step: Step; readonly fault?: ResolvedFault };
  readonly times: { readonly actedMs: number };
  readonly clocks: readonly NodeClock[];
}

/** A journal may be a little behind, and an agent may still be at work when the first answer comes. */
const REPORT_WITHIN_MS = 2_000;
const ASK_EVERY_MS = 250;
/** Journals are asked for whole seconds. */
const MARGIN_MS = 1_000;

/**
 * Breaks the longest outage of each probe down by the journals of the nodes. A step that does nothing, and an outage that
 * has not ended, are left as they are; so is what no node can be asked about.
 */
export async function explainOutages(
  results: readonly ProbeResult[],
  measured: Measured,
): Promise<readonly ProbeResult[]> {
  const { session, step } = measured.scope;
  const isOver = ({ windows }: ProbeResult) => longestOf(windows)?.ended === true;
  if (step.action.kind === 'none' || !results.some(isOver)) return results;
  const after = await readClocks(session);
  const clocks = combineClocks(measured.clocks, after);
  return Promise.all(
    results.map(async (result) => {
      const spec = step.probes.find(({ id }) => id === result.probe);
      if (spec === undefined || !isOver(result)) return result;
      return { ...result, breakdown: breakdownOf(await gather(result, spec, measured, clocks)) };
    }),
  );
}

/** Asks until the start of the resource is in a journal, or no node is likely to report it any more. */
async function gather(
  result: ProbeResult,
  spec: ProbeSpec,
  { scope: { session, fault }, times }: Measured,
  clocks: readonly NodeClock[],
): Promise<Outage> {
  const { clock, signal } = session.deps;
  const window = longestOf(result.windows);
  if (window === undefined) throw new Error(`the probe ${result.probe} has no window to break down`);
  const broken = fault === undefined ? [] : nodesOfFault(fault);
  // A node that has no power or is frozen cannot be asked for its journal.
  const isSilenced = fault !== undefined && effectOf(fault, session).node === 'halted';
  const silent = isSilenced ? broken : [];
  const resource = spec.resource ?? (await resourceAt(spec.target, broken, session));
  const untilMs = clock.monotonicMs() + REPORT_WITHIN_MS;
  for (;;) {
    const { histories, unread } = await readHistories(session, silent, Math.min(window.fromMs, times.actedMs), clocks);
    const outage: Outage = {
      window,
      actedMs: times.actedMs,
      ...(resource === undefined ? {} : { resource }),
      ...{ broken, histories, unread, clocks },
    };
    const isTold = breakdownOf(outage).phases.some(({ phase }) => phase === 'start');
    if (isTold || resource === undefined || clock.monotonicMs() >= untilMs) return outage;
    await clock.sleep(ASK_EVERY_MS, signal);
  }
}

function effectOf(fault: ResolvedFault, { deps: { faults, instance } }: RunSession): FaultEffect {
  return driverOf(faults, fault).effect(fault, instance.lab);
}

/** By the first node that knows; the nodes that the fault is on are asked last. */
async function resourceAt(
  address: string,
  broken: readonly string[],
  { haNodes, read, deps }: RunSession,
): Promise<string | undefined> {
  for (const node of [...haNodes.filter((each) => !broken.includes(each)), ...broken]) {
    try {
      return await read.observe(node, (transport, signal) => deps.cluster.resourceWith(address, transport, signal));
    } catch (error) {
      if (!isLabError(error)) throw error;
    }
  }
  return undefined;
}

async function readHistories(
  session: RunSession,
  silent: readonly string[],
  beganMs: number,
  clocks: readonly NodeClock[],
): Promise<{ readonly histories: readonly History[]; readonly unread: readonly string[] }> {
  const { haNodes, deps, read } = session;
  // The run's wall clock at the zero of its monotonic one.
  const zeroMs = wallMsOf(deps.clock) - deps.clock.monotonicMs();
  const unread: string[] = [];
  const readings = await Promise.all(
    haNodes.map(async (node): Promise<History | undefined> => {
      const own = clocks.find((each) => each.node === node);
      if (silent.includes(node) || (own === undefined && hasOwnClocks(session))) {
        unread.push(node);
        return undefined;
      }
      const shiftMs = zeroMs + (own?.offsetMs ?? 0);
      try {
        const moments = await read.observe(node, (transport, signal) =>
          deps.cluster.readHistory(transport, beganMs + shiftMs - MARGIN_MS, signal),
        );
        const onRunClock = moments.map((moment) => ({ ...moment, atMs: moment.atMs - shiftMs }));
        return { node, uncertainMs: own?.uncertainMs ?? 0, moments: onRunClock };
      } catch (error) {
        if (!isLabError(error)) throw error;
        unread.push(node);
        return undefined;
      }
    }),
  );
  return { histories: readings.flatMap((history) => history ?? []), unread: unread.sort() };
}
