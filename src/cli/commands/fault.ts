import { FAULTS } from '../../faults/index.js';
import { messageOf } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { FaultKind, ResolvedFault } from '../../model/scenario.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import { abilitiesOf, type Backend } from '../../ports/backend.js';
import type { JournalEntry } from '../../ports/store.js';
import type { Transport } from '../../ports/transport.js';
import { type HealDeps, healAll, injectFault } from '../../runner/heal.js';
import { journalFile } from '../../store/instances.js';
import { createFaultJournal } from '../../store/journal.js';
import { systemClock } from '../../system/clock.js';
import { backendFromFlags, instanceFromFlags, type LabFlags, withLock } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { unknownOne } from '../unknown-one.js';
import { backendOf, createBackend } from '../wire.js';

const CONNECT_MS = 20_000;

export function listFaults(settings: Settings, flags: LabFlags): number {
  const abilities = abilitiesOf(createBackend(backendFromFlags(settings, flags), settings));
  const faults = Object.values(FAULTS).map(({ kind, summary, legal, needs }) => {
    const possible = needs.every((ability) => abilities.includes(ability));
    return {
      kind,
      needs,
      possible,
      summary: textIn(summary, settings.language),
      legal: textIn(legal, settings.language),
    };
  });
  if (settings.json) output.json({ schema: 'halab.faults/1', faults });
  else {
    for (const { kind, needs, possible, summary, legal } of faults) {
      output.line(`${kind}${possible ? '' : '  (not on this backend)'}`);
      output.line(`  ${summary}`);
      output.line(`  the cluster may: ${legal}`);
      output.line(`  needs: ${needs.join(', ') || 'nothing'}`);
    }
  }
  return EXIT.passed;
}

export interface InjectFlags extends LabFlags {
  readonly link?: string;
  readonly by?: string;
}

/** Breaks the lab by hand; the journal has it first, so that `halab heal` finds it whatever happens. */
export async function injectByHand(
  settings: Settings,
  kind: string,
  node: string,
  flags: InjectFlags,
): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const fault = faultFromFlags(kind, node, flags, instance);
  const backend = backendOf(instance, settings);
  await withLock(settings, instance.name, `fault inject ${kind}`, async () => {
    const entry = { id: `by-hand/${Date.now().toString(36)}`, at: systemClock.now(), run: 'by-hand', fault };
    await withHealDeps(settings, instance, backend, (deps) => injectFault(entry, deps));
    if (settings.json) output.json(faultJson(entry));
    else output.line(`${fault.kind} on ${fault.node} is in force; halab heal undoes it`);
  });
  return EXIT.passed;
}

function faultFromFlags(kind: string, node: string, flags: InjectFlags, instance: LabInstance): ResolvedFault {
  const known = instance.lab.nodes.map(({ name }) => name);
  if (!known.includes(node)) throw unknownOne(`node of ${instance.name}`, node, known, 'node-not-found');
  if (kind === 'power-off' || kind === 'freeze') return { kind, node };
  if (kind !== ('link-down' satisfies FaultKind)) {
    throw unknownOne('fault', kind, Object.keys(FAULTS));
  }
  const by = flags.by ?? 'admin';
  if (by !== 'admin' && by !== 'carrier') throw unknownOne('means of --by', by, ['admin', 'carrier']);
  const links = instance.lab.nodes.find(({ name }) => name === node)?.links.map(({ name }) => name) ?? [];
  const link = flags.link ?? 'eth1';
  // Before the journal has it: what cannot be done cannot be undone either, and would stand there for good.
  if (!links.includes(link)) throw unknownOne(`link of ${node}`, link, links, 'link-not-found');
  return { kind, node, link, by };
}

export function faultJson(entry: JournalEntry) {
  return { schema: 'halab.fault/1', ...entry };
}

/** Undoes everything that the journal holds, from any process. */
export async function heal(settings: Settings, flags: LabFlags): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const backend = backendOf(instance, settings);
  const { healed, failed } = await withLock(settings, instance.name, 'heal', () =>
    withHealDeps(settings, instance, backend, (deps) => healAll(deps)),
  );
  if (settings.json) {
    output.json({
      schema: 'halab.heal/1',
      healed,
      failed: failed.map(({ entry, error }) => ({ ...entry, error: messageOf(error) })),
    });
  } else {
    for (const { fault } of healed) output.line(`undone: ${fault.kind} on ${fault.node}`);
    for (const { entry, error } of failed)
      output.line(`NOT undone: ${entry.fault.kind} on ${entry.fault.node}: ${messageOf(error)}`);
    if (healed.length + failed.length === 0) output.line(`nothing of ${instance.name} is broken`);
  }
  return failed.length > 0 ? EXIT.unknown : EXIT.passed;
}

async function withHealDeps<T>(
  settings: Settings,
  instance: LabInstance,
  backend: Backend,
  work: (deps: HealDeps) => Promise<T>,
): Promise<T> {
  const open: Transport[] = [];
  const transport = async (node: string) => {
    const connected = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
    open.push(connected);
    return connected;
  };
  try {
    return await work({
      journal: createFaultJournal(journalFile(settings.stateDir, instance.name), systemClock),
      faults: FAULTS,
      context: { instance, backend, transport },
      clock: systemClock,
      emit: () => undefined,
    });
  } finally {
    await Promise.all(open.map((each) => each.close()));
  }
}
