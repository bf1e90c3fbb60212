import type { NodeClock } from '../model/breakdown.js';
import { isLabError, LabError } from '../model/errors.js';
import type { ProbeResult } from '../model/event.js';
import type { FaultEffect } from '../model/fault-effect.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import { breakdownOf, type History, longestOf, type Outage, shiftedBy } from '../model/outage.js';
import type { ProbeSpec, ResolvedFault, Step } from '../model/scenario.js';
import { type Clock, untilAborted } from '../ports/clock.js';
import { driverOf } from '../ports/fault.js';
import type { RunningProbe } from '../ports/probe.js';
import type { Transport } from '../ports/transport.js';
import type { RunSession } from './session.js';

/** A running probe of the step. */
export interface Probing {
  readonly spec: ProbeSpec;
  readonly running: RunningProbe;
}

/** Starts the step's probes on their nodes; resolves once each has seen its first answer or loss. */
export async function startProbes(
  specs: readonly ProbeSpec[],
  nodes: readonly string[],
  session: RunSession,
): Promise<readonly Probing[]> {
  const { signal } = session.deps;
  const starting = specs.map((spec, index) => startProbe(spec, nodes[index] ?? '', session));
  try {
    return await untilAborted(Promise.all(starting), signal);
  } catch (error) {
    // After an abort or the failure of one probe, the others are stopped as soon as they have started.
    for (const each of starting)
      each.then(
        ({ running }) => running.stop(),
        () => undefined,
      );
    throw error;
  }
}

async function startProbe(spec: ProbeSpec, node: string, { deps, transport }: RunSession): Promise<Probing> {
  return { spec, running: await deps.probe.start(spec, await transport(node), deps.clock) };
}

/** On the run's clock: when the action began and ended, and by when the step must end. */
export interface StepTimes {
  readonly actingMs: number;
  readonly actedMs: number;
  readonly deadlineMs: number;
}

const CHECK_EVERY_MS = 50;
/** An action's effect on the target shows within this; without it a step with no other wait would see no outage. */
const SHOWS_WITHIN_MS = 500;

/**
 * Waits until every target answers or the deadline has passed, then ends the probes and reads back what they wrote. Times in
 * the results are on the run's clock.
 */
export async function finishProbes(
  probing: readonly Probing[],
  { actedMs, deadlineMs }: StepTimes,
  { deps }: RunSession,
): Promise<readonly ProbeResult[]> {
  const { clock, signal } = deps;
  const showsMs = actedMs + Math.max(SHOWS_WITHIN_MS, ...probing.map(({ spec }) => 5 * spec.everyMs));
  const mayEnd = () => !isTimingAnOutage(probing) && clock.monotonicMs() >= showsMs;
  while (!mayEnd() && clock.monotonicMs() < deadlineMs) await clock.sleep(CHECK_EVERY_MS, signal);
  return Promise.all(
    probing.map(async ({ running }) => {
      const result = await running.stop();
      return running.account === undefined ? result : { ...result, writes: await running.account(signal) };
    }),
  );
}

export function isTimingAnOutage(probing: readonly Probing[]): boolean {
  return probing.some(({ running }) => !running.answersNow());
}

/** The same result with its times counted from the start of the run. */
export function sinceRunBegan(result: ProbeResult, startedMs: number): ProbeResult {
  const shifted = shiftedBy(-startedMs);
  return {
    ...result,
    windows: result.windows.map(shifted),
    ...(result.ran === undefined ? {} : { ran: shifted(result.ran) }),
    ...(result.answeredBy === undefined ? {} : { answeredBy: result.answeredBy.map(shifted) }),
    ...(result.breakdown === undefined
      ? {}
      : {
          breakdown: {
            ...result.breakdown,
            beganMs: result.breakdown.beganMs - startedMs,
            phases: result.breakdown.phases.map((phase) => ({ ...phase, atMs: phase.atMs - startedMs })),
          },
        }),
  };
}

/** A measured step, with what explains its outages. */
interface Measured {
  readonly scope: { readonly session: RunSession; readonly step: Step; readonly faults: readonly ResolvedFault[] };
  readonly times: { readonly actedMs: number };
  readonly clocks: readonly NodeClock[];
}

/** A journal may lag, and an agent may still be working when the first answer comes. */
const REPORT_WITHIN_MS = 2_000;
const ASK_EVERY_MS = 250;
/** Journals are asked for whole seconds. */
const MARGIN_MS = 1_000;

/**
 * Breaks the longest outage of each probe down into phases by the journals of the nodes. A step without an action and an
 * outage that has not ended get no breakdown.
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

/** Reads the journals until one holds the start of the resource, or until none is likely to any more. */
async function gather(
  result: ProbeResult,
  spec: ProbeSpec,
  { scope: { session, faults }, times }: Measured,
  clocks: readonly NodeClock[],
): Promise<Outage> {
  const { clock, signal } = session.deps;
  const window = longestOf(result.windows);
  if (window === undefined) throw new Error(`the probe ${result.probe} has no window to break down`);
  const broken = faults.flatMap(nodesOfFault);
  // The journal of a node without power, or of a frozen one, cannot be read.
  const silent = faults.filter((fault) => effectOf(fault, session).node === 'halted').flatMap(nodesOfFault);
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
    const hasStart = breakdownOf(outage).phases.some(({ phase }) => phase === 'start');
    if (hasStart || resource === undefined || clock.monotonicMs() >= untilMs) return outage;
    await clock.sleep(ASK_EVERY_MS, signal);
  }
}

function effectOf(fault: ResolvedFault, { deps: { faults, instance } }: RunSession): FaultEffect {
  return driverOf(faults, fault).effect(fault, instance.lab);
}

/** As the first node that answers reports it; the nodes that the fault is on are asked last. */
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

const ROUND_TRIPS = 3;
const TIMEOUT_MS = 3_000;

/**
 * The offset of each HA node's clock from the run's. Empty where the nodes share the clock of this machine; a node that does
 * not answer is left out.
 */
export async function readClocks(session: RunSession): Promise<readonly NodeClock[]> {
  const { haNodes, deps, read } = session;
  if (!hasOwnClocks(session)) return [];
  const readings = await Promise.allSettled(
    haNodes.map((node) => read.observe(node, (transport) => readClock(transport, deps.clock))),
  );
  return readings.flatMap((reading) => {
    if (reading.status === 'fulfilled') return [reading.value];
    if (!isLabError(reading.reason)) throw reading.reason;
    return [];
  });
}

function hasOwnClocks({ deps: { backend } }: RunSession): boolean {
  return backend.kernel?.includes('clock') ?? false;
}

/** From the quickest of a few round trips: the node's time is taken to be that of the middle of the trip. */
async function readClock(transport: Transport, clock: Clock): Promise<NodeClock> {
  let best: NodeClock | undefined;
  for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
    const askedMs = clock.monotonicMs();
    const { stdout } = await transport.exec(['date', '+%s.%N'], { timeoutMs: TIMEOUT_MS });
    const answeredMs = clock.monotonicMs();
    const wallMs = wallMsOf(clock) - (answeredMs - askedMs) / 2;
    const uncertainMs = (answeredMs - askedMs) / 2;
    const offsetMs = Number(stdout.trim()) * 1000 - wallMs;
    if (!Number.isFinite(offsetMs))
      throw new LabError('status-unreadable', `date on ${transport.node} returned '${stdout.trim()}', not a time`);
    if (best === undefined || uncertainMs < best.uncertainMs) best = { node: transport.node, offsetMs, uncertainMs };
  }
  if (best === undefined) throw new LabError('bug', 'no round trip was made');
  return best;
}

/** The run's own wall clock, in ms since 1970. */
function wallMsOf(clock: Clock): number {
  return Date.parse(clock.now());
}

/** The mean of the readings before and after, with half their difference added to the uncertainty. */
export function combineClocks(before: readonly NodeClock[], after: readonly NodeClock[]): readonly NodeClock[] {
  return after.map((late) => {
    const early = before.find(({ node }) => node === late.node) ?? late;
    const driftMs = Math.abs(late.offsetMs - early.offsetMs);
    return {
      node: late.node,
      offsetMs: (late.offsetMs + early.offsetMs) / 2,
      uncertainMs: Math.max(late.uncertainMs, early.uncertainMs) + driftMs / 2,
    };
  });
}
