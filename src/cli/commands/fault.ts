import { FAULTS } from '../../faults/index.js';
import { messageOf } from '../../model/errors.js';
import { faultText } from '../../model/fault-nodes.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_SPEED } from '../../model/slowness.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { abilitiesOf, type Backend } from '../../ports/backend.js';
import { driverOf } from '../../ports/fault.js';
import type { JournalEntry } from '../../ports/store.js';
import { type HealDeps, healAll, injectFault } from '../../runner/act.js';
import { createConnections } from '../../runner/connections.js';
import { systemClock } from '../../system/clock.js';
import type { AnswerOf } from '../answers/index.js';
import { backendNamed, selectedBackend } from '../backend-flags.js';
import { instanceFromFlags, journalOf, type LabFlags, withLock } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf, createBackend } from '../wire.js';
import { faultFromFlags, type InjectFlags } from './fault-from-flags.js';
import { tellTrouble } from './trouble.js';

export async function listFaults(settings: Settings, flags: LabFlags): Promise<number> {
  const abilities = abilitiesOf(
    await createBackend(selectedBackend(flags) ?? backendNamed(settings.backend), settings),
  );
  const faults = Object.values(FAULTS).map(({ kind, summary, expectedBehaviour, ...driver }) => {
    const needs = driver.needs({});
    const possible = needs.every((ability) => abilities.includes(ability));
    return {
      kind,
      needs,
      possible,
      summary: textIn(summary, settings.language),
      expectedBehaviour: textIn(expectedBehaviour, settings.language),
    };
  });
  if (settings.json) output.answer('faults', { faults });
  else {
    for (const { kind, needs, possible, summary, expectedBehaviour } of faults) {
      output.line(`${kind}${possible ? '' : '  (not on this backend)'}`);
      output.line(`  ${summary}`);
      output.line(`  the cluster may: ${expectedBehaviour}`);
      output.line(`  needs: ${needs.join(', ') || 'nothing'}`);
    }
  }
  return EXIT.passed;
}

/** Injects one fault. It is written to the journal first, so that `halab heal` finds it even after a crash. */
export async function inject(
  settings: Settings,
  kind: string,
  node: string | undefined,
  flags: InjectFlags,
): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const fault = faultFromFlags(kind, node, flags, instance);
  const backend = await backendOf(instance, settings);
  await withLock(settings, instance.name, `fault inject ${kind}`, async () => {
    const entry = { id: `manual/${Date.now().toString(36)}`, at: systemClock.now(), run: 'manual', fault };
    await withHealDeps(settings, instance, backend, (deps) => injectFault(entry, deps));
    if (settings.json) output.json(faultJson(entry));
    else {
      output.line(`${faultText(fault)} is in force; halab heal undoes it`);
      output.line(`the cluster may: ${textIn(driverOf(FAULTS, fault).expectedBehaviour, settings.language)}`);
    }
  });
  return EXIT.passed;
}

export function faultJson(entry: JournalEntry) {
  return { schema: 'halab.fault/1', ...entry } satisfies AnswerOf<'fault'>;
}

/** Undoes every fault in the journal, whichever process injected it. */
export async function heal(settings: Settings, flags: LabFlags): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const backend = await backendOf(instance, settings);
  const { healed, failed } = await withLock(settings, instance.name, 'heal', () =>
    withHealDeps(settings, instance, backend, healAll),
  );
  if (settings.json) {
    output.answer('heal', {
      healed,
      failed: failed.map(({ entry, error }) => ({ ...entry, error: messageOf(error) })),
    });
  } else {
    for (const { fault } of healed) output.line(`undone: ${faultText(fault)}`);
    for (const { entry, error } of failed) output.line(`NOT undone: ${faultText(entry.fault)}: ${messageOf(error)}`);
    if (healed.length + failed.length === 0) {
      output.line(`no active faults in ${instance.name}`);
      await tellTrouble(settings, instance);
    }
  }
  return failed.length > 0 ? EXIT.unknown : EXIT.passed;
}

async function withHealDeps<T>(
  settings: Settings,
  instance: LabInstance,
  backend: Backend,
  work: (deps: HealDeps) => Promise<T>,
): Promise<T> {
  const connections = createConnections(instance, backend, () => FULL_SPEED);
  try {
    return await work({
      journal: journalOf(settings, instance.name),
      faults: FAULTS,
      context: { instance, backend, clock: systemClock, transport: (node) => connections.to(node) },
      clock: systemClock,
      emit: () => undefined,
    });
  } finally {
    await connections.close();
  }
}
