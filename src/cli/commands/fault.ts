import { FAULTS } from '../../faults/index.js';
import { messageOf } from '../../model/errors.js';
import { faultText } from '../../model/fault-nodes.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_SPEED } from '../../model/slowness.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { abilitiesOf, type Backend } from '../../ports/backend.js';
import { type HealDeps, healAll } from '../../runner/act.js';
import { createConnections } from '../../runner/connections.js';
import { systemClock } from '../../system/clock.js';
import { backendNamed, selectedBackend } from '../backend-flags.js';
import { instanceFromFlags, journalOf, type LabFlags, withLock } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf, createBackend } from '../wire.js';
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
