import { FAULTS } from '../../faults/index.js';
import { type Slowness, stretched } from '../../model/slowness.js';
import type { Verdict } from '../../model/verdict.js';
import type { Transport } from '../../ports/transport.js';
import { healAll } from '../../runner/act.js';
import type { RunSession } from '../../runner/session.js';
import { fetchEvidence, NODE_DEADLINE_MS } from '../../store/evidence.js';
import { systemClock } from '../../system/clock.js';
import { attempt, type Log, stage } from './log.js';
import { needsLab, type RunRequest } from './request.js';

/** Fetches the evidence, undoes the faults that are still active, and removes the lab unless it is kept. */
export async function tearDown(request: RunRequest, session: RunSession, log: Log, verdict: Verdict): Promise<void> {
  const { backend, instance } = request;
  if (!needsLab(request.plan)) return session.close();
  const problems: unknown[] = [];
  const step = async (name: string, title: string, work: () => Promise<unknown>) => {
    const problem = await attempt(() => stage(log, name, title, work));
    if (problem !== undefined) problems.push(problem);
  };
  await step('evidence', 'fetch the evidence', async () => {
    keepOrders(request, log);
    await keepEvidence(request, log, session.deps.slowness(), (node) => session.transport(node));
  });
  if (session.deps.journal.pending().length > 0)
    await step('heal', 'undo every fault', () => healEverything(session, log));
  await session.close();
  const keeps = request.keep === 'always' || (request.keep === 'on-failure' && verdict !== 'passed');
  if (!keeps) await step('down', `take the lab ${instance.name} down`, () => backend.down(instance.name));
  if (problems.length > 0) throw problems[0];
}

/** Logs and state of all nodes; of a lab that is not the run's last, in a folder of this name. */
export function keepEvidence(
  { instance }: Pick<RunRequest, 'instance'>,
  { folder, redact, emit }: Log,
  slowness: Slowness,
  transport: (node: string) => Promise<Transport>,
  place?: string,
): Promise<void> {
  const nodeDeadlineMs = stretched(NODE_DEADLINE_MS, slowness);
  const { nodes } = instance.lab;
  return fetchEvidence({ nodes, transport, folder, place, redact, emit, clock: systemClock, nodeDeadlineMs });
}

/** Stores when power was switched during the run, by the clock of this machine. */
function keepOrders({ backend, instance }: RunRequest, { folder, events }: Log): void {
  const since = Date.parse(events[0]?.at ?? '');
  const orders = (backend.fencing?.orders?.(instance) ?? []).filter(({ at }) => Date.parse(at) >= since);
  const lines = orders.map(({ at, text }) => `${at} ${text}\n`);
  if (lines.length > 0) folder.write('evidence/power-controllers.log', lines.join(''));
}

async function healEverything(session: RunSession, log: Log): Promise<void> {
  const { journal, clock } = session.deps;
  const { failed } = await healAll({ journal, faults: FAULTS, context: session.faultContext, clock, emit: log.emit });
  if (failed[0]) throw failed[0].error;
}

/** Undoes the faults of a run that was killed, so that this one starts from a working lab. */
export async function healEarlier(session: RunSession, log: Log): Promise<void> {
  if (session.deps.journal.pending().length === 0) return;
  await stage(log, 'heal', 'undo the faults of an earlier run', () => healEverything(session, log));
}
