import { createCluster } from '../../cluster/create-cluster.js';
import { adviceOn } from '../../diagnosis/audit-advice.js';
import { FAULTS } from '../../faults/index.js';
import type { AuditResult } from '../../model/audit.js';
import { LabError } from '../../model/errors.js';
import type { ActiveFault } from '../../model/fault-effect.js';
import type { LabInstance } from '../../model/lab.js';
import type { LabObservation } from '../../model/observation.js';
import { stretched } from '../../model/slowness.js';
import { textIn } from '../../model/text.js';
import { exitCodeOf, worstVerdict } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { activeFaults } from '../../ports/fault.js';
import { createPaint, VERDICT_MARKS } from '../../report/format.js';
import { hasCluster, judgeAll } from '../../runner/audit-step.js';
import { createConnections } from '../../runner/connections.js';
import { type Settled, settle } from '../../runner/observe-lab.js';
import { createNodeReader } from '../../runner/reader.js';
import { systemClock } from '../../system/clock.js';
import { auditor } from '../auditor.js';
import { withInterrupt } from '../interrupt.js';
import { instanceFromFlags, journalOf, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import { slownessNow } from '../preflight.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

const SETTLE_MS = 30_000;
/** There is no earlier observation, so the logs are read from this far back. */
const SINCE = '-10min';

/** The audits against a live lab, now: exit code 0 all hold, 1 one is violated, 3 one is inconclusive. */
export async function audit(settings: Settings, flags: LabFlags): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const backend = await backendOf(instance, settings);
  const pending = journalOf(settings, instance.name)
    .pending()
    .map(({ fault }) => fault);
  const faults = activeFaults(pending, FAULTS, instance.lab);
  const { now, unsettled } = await withInterrupt((signal) => observeUntilIdle(instance, backend, faults, signal));
  if (!hasCluster(now))
    throw new LabError(
      'status-unreadable',
      `no cluster runs on any node of ${instance.name}: there is nothing to audit`,
      {
        hint: 'halab run form-cluster --keep always forms one',
      },
    );
  const results = judgeAll(auditor, { lab: instance.lab, now, unsettled, faults, touched: [] }, []);
  const verdict = worstVerdict(results.map((each) => each.verdict));
  if (settings.json)
    output.answer('audit', {
      instance: instance.name,
      at: now.at,
      verdict,
      results: results.map((each) => ({ ...each, next: nextOf(each, now, settings) })),
      observation: now,
    });
  else print(results, now, settings);
  return exitCodeOf(verdict);
}

async function observeUntilIdle(
  instance: LabInstance,
  backend: Backend,
  faults: readonly ActiveFault[],
  signal: AbortSignal,
): Promise<Settled> {
  const slowness = await slownessNow(backend, instance);
  const connections = createConnections(instance, backend, () => slowness);
  try {
    const read = createNodeReader(connections, createCluster({ clock: systemClock }), systemClock, () => slowness);
    const session = { deps: { instance, backend, clock: systemClock, slowness: () => slowness, signal }, read };
    return await settle(session, {
      auditor,
      firstSince: SINCE,
      faults,
      withinMs: stretched(SETTLE_MS, slowness),
      onWaiting: output.note,
    });
  } finally {
    await connections.close();
  }
}

function nextOf({ audit: kind, findings }: AuditResult, now: LabObservation, { language }: Settings) {
  return adviceOn(kind, findings, now).map(({ command, why }) => ({ command, why: textIn(why, language) }));
}

function print(results: readonly AuditResult[], now: LabObservation, settings: Settings): void {
  const paint = createPaint(process.stdout.isTTY === true);
  const width = Math.max(...results.map(({ audit: kind }) => kind.length));
  for (const result of results) {
    const { audit: kind, verdict, findings } = result;
    const holds = textIn(auditor.table[kind].holds, settings.language);
    output.line(`${paint.verdict(verdict, VERDICT_MARKS[verdict])} ${kind.padEnd(width)}  ${holds}`);
    for (const { seen } of findings) output.line(`  ${' '.repeat(width)}  ${seen}`);
    for (const { command, why } of nextOf(result, now, settings))
      output.line(`  ${' '.repeat(width)}  → ${command}  # ${why}`);
  }
}
