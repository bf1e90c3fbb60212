import { LabError, messageOf } from '../model/errors.js';
import type { RunEvent } from '../model/event.js';
import { faultText } from '../model/fault-nodes.js';
import type { Clock } from '../ports/clock.js';
import { driverOf, type FaultContext, type FaultTable } from '../ports/fault.js';
import type { FaultJournal, JournalEntry } from '../ports/store.js';
import { askUntil } from './deadline.js';

/** What undoing takes; there is no signal among it, for an undo is never cut short. */
export interface HealDeps {
  readonly journal: FaultJournal;
  readonly faults: FaultTable;
  readonly context: FaultContext;
  readonly clock: Clock;
  readonly emit: (event: RunEvent) => void;
}

interface HealOutcome {
  readonly healed: readonly JournalEntry[];
  readonly failed: readonly { readonly entry: JournalEntry; readonly error: unknown }[];
}

const TAKES_EFFECT_MS = 10_000;

/**
 * Undoes every fault that the journal holds (or those that `only` picks), the newest first. One that cannot be undone
 * stays in the journal and does not stop the rest. Throws only where the journal itself cannot be read.
 */
export async function healAll(
  deps: HealDeps,
  only: (entry: JournalEntry) => boolean = () => true,
): Promise<HealOutcome> {
  const healed: JournalEntry[] = [];
  const failed: { readonly entry: JournalEntry; readonly error: unknown }[] = [];
  for (const entry of deps.journal.pending().filter(only).toReversed()) {
    try {
      await healFault(entry, deps);
      healed.push(entry);
    } catch (error) {
      failed.push({ entry, error });
    }
  }
  return { healed, failed };
}

/** Undoes one fault, looks whether it is gone, and only then takes it off the journal; may run twice. Throws LabError `heal-failed`. */
export async function healFault(
  { id, fault }: JournalEntry,
  { journal, faults, context, clock, emit }: HealDeps,
): Promise<void> {
  const driver = driverOf(faults, fault);
  try {
    await driver.undo(fault, context);
    const isGone = await askUntil(async () => !(await driver.isActive(fault, context)), TAKES_EFFECT_MS, clock);
    if (!isGone) throw new LabError('heal-failed', `it is still in force ${TAKES_EFFECT_MS} ms after it was undone`);
    journal.close(id);
  } catch (error) {
    emit({ kind: 'fault-not-healed', id, fault, error: messageOf(error) });
    throw new LabError('heal-failed', `${faultText(fault)} could not be undone: ${messageOf(error)}`, {
      hint: 'Run `halab heal` to try again; `halab down` removes the lab with the fault.',
      data: { id, fault },
      cause: error,
    });
  }
  emit({ kind: 'fault-healed', id, fault });
}

/** Breaks the lab; the journal has it on disk before anything is touched. Throws LabError `fault-failed`, the entry then stays open. */
export async function injectFault(
  entry: JournalEntry,
  { journal, faults, context, clock, emit }: HealDeps,
): Promise<void> {
  const { id, fault } = entry;
  const driver = driverOf(faults, fault);
  journal.open(entry);
  emit({ kind: 'fault-journalled', id, fault });
  await driver.inject(fault, context);
  const isInForce = await askUntil(() => driver.isActive(fault, context), TAKES_EFFECT_MS, clock);
  if (!isInForce)
    throw new LabError('fault-failed', `${faultText(fault)} was injected, but the lab does not show it`, {
      data: { id, fault },
    });
  emit({ kind: 'fault-injected', id, fault });
}
