import { FAULTS } from '../../faults/index.js';
import { isLabError, LabError } from '../../model/errors.js';
import type { ProbeResult } from '../../model/event.js';
import { faultText } from '../../model/fault-nodes.js';
import { clientOf, type LabInstance } from '../../model/lab.js';
import { type Fault, NO_TIME, type ProbeSpec, type ResolvedFault, type Step } from '../../model/scenario.js';
import { FULL_SPEED } from '../../model/slowness.js';
import { textIn } from '../../model/text.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { driverOf } from '../../ports/fault.js';
import type { JournalEntry, RunFolder } from '../../ports/store.js';
import { pageOf } from '../../report/closing-page.js';
import { createRunSession } from '../../runner/create-session.js';
import { injectMeasured } from '../../runner/measured-fault.js';
import type { RunSession } from '../../runner/session.js';
import { resolveStepTargets } from '../../runner/targets.js';
import { systemClock } from '../../system/clock.js';
import type { AnswerOf } from '../answers/index.js';
import { withInterrupt } from '../interrupt.js';
import { instanceFromFlags, withLock } from '../lab-session.js';
import { output, terminalPage } from '../output.js';
import { sessionParts } from '../session-parts.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';
import { faultFromFlags, type InjectFlags } from './fault-from-flags.js';
import { measuredLines } from './inject-lines.js';

/** What is measured; beside the flags of the fault itself. */
export interface MeasureFlags {
  /** Addresses, or names of the lab's; false with `--no-probe`; absent: those that the cluster manages. */
  readonly probe?: readonly string[] | false;
  /** Seconds by which an outage must be over. */
  readonly within?: number;
}

const WITHIN_S = 60;
const EVERY_MS = 20;

/** Injects one fault, on one node or several. It is written to the journal first, so that `halab heal` finds it even after a crash. */
export async function inject(
  settings: Settings,
  kind: string,
  nodes: readonly string[],
  flags: InjectFlags,
  { probe, within = WITHIN_S }: MeasureFlags,
): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const fault = faultFromFlags(kind, nodes, flags, instance);
  const asked = probe === undefined || probe === false ? probe : probe.map((text) => addressMeant(text, instance));
  const backend = await backendOf(instance, settings);
  return withInterrupt((signal) =>
    withLock(settings, instance.name, `fault inject ${kind}`, async () => {
      const session = openSession(settings, instance, backend, signal);
      try {
        return await injectIn(session, settings, fault, { asked, withinMs: within * 1_000 });
      } finally {
        await session.close();
      }
    }),
  );
}

interface Measure {
  readonly asked: readonly string[] | false | undefined;
  readonly withinMs: number;
}

async function injectIn(
  session: RunSession,
  settings: Settings,
  fault: Fault,
  { asked, withinMs }: Measure,
): Promise<number> {
  const { language, json } = settings;
  const say = (line: string) => {
    if (!json) output.line(line);
  };
  const step = stepOf(fault, await probesOf(session, asked));
  const { named, faults, probeNodes } = await resolveStepTargets(session, 'manual', step);
  const mayDo = textIn(driverOf(FAULTS, fault).expectedBehaviour, language);
  for (const [role, meant] of Object.entries(rolesOf(named))) say(`{${role}} → ${meant}`);
  say(`the cluster may: ${mayDo}`);
  const entries = manualEntries(faults);
  const { probes, unanswered } = await injectMeasured(session, {
    ...{ entries, step, probeNodes, withinMs },
    onInjected: () => {
      for (const each of faults) say(`${faultText(each)} is in force; halab heal undoes it`);
    },
  });
  const [first, ...others] = entries;
  if (first === undefined) throw new LabError('bug', `the fault ${fault.kind} was not resolved`);
  if (json) output.json(faultJson(first, { others, mayDo, targets: rolesOf(named), probes, unanswered }));
  else {
    const page = pageOf(terminalPage(language));
    const constants = session.time.known();
    for (const line of measuredLines({ probes, unanswered, withinMs, constants }, page)) output.line(line);
  }
  return session.deps.signal.aborted ? EXIT.interrupted : EXIT.passed;
}

function manualEntries(faults: readonly ResolvedFault[]): readonly JournalEntry[] {
  const id = `manual/${Date.now().toString(36)}`;
  const at = systemClock.now();
  return faults.map((fault, index) => ({ id: index === 0 ? id : `${id}-${index + 1}`, at, run: 'manual', fault }));
}

/** The client is no role that the fault has. */
function rolesOf({ client: _, ...named }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return named;
}

interface Measured {
  /** The same fault on the other nodes. */
  readonly others?: readonly JournalEntry[];
  readonly mayDo: string;
  readonly targets: Readonly<Record<string, string>>;
  readonly probes: readonly ProbeResult[];
  readonly unanswered: readonly string[];
}

export function faultJson(entry: JournalEntry, measured?: Measured) {
  if (measured === undefined) return { schema: 'halab.fault/1', ...entry } satisfies AnswerOf<'fault'>;
  const { others = [], mayDo, targets, probes, unanswered } = measured;
  return {
    schema: 'halab.fault/1',
    ...entry,
    ...(others.length === 0 ? {} : { others }),
    expectedBehaviour: mayDo,
    ...(Object.keys(targets).length === 0 ? {} : { targets }),
    ...(probes.length === 0 ? {} : { probes }),
    ...(unanswered.length === 0 ? {} : { unanswered }),
  } satisfies AnswerOf<'fault'>;
}

function stepOf(fault: Fault, probes: readonly ProbeSpec[]): Step {
  return {
    ...{ id: fault.kind, title: { en: fault.kind }, action: { kind: 'fault', fault }, probes },
    ...{ unless: [], expect: [], within: NO_TIME, expectedViolations: [], settle: NO_TIME },
  };
}

/** An address itself, or one of the lab by its name. Throws LabError `usage`. */
function addressMeant(text: string, { lab }: LabInstance): string {
  const named = lab.addresses.find(({ name }) => name === text);
  if (named !== undefined) return named.address;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return text;
  const names = lab.addresses.map(({ name }) => name);
  throw new LabError('usage', `--probe ${text}: neither an IPv4 address nor the name of one of the lab`, {
    hint: names.length === 0 ? 'write an IPv4 address' : `the lab has ${names.join(', ')}`,
  });
}

/** A ping of each address, from a client. Those that nobody asked for are measured only where a cluster manages them. */
async function probesOf(session: RunSession, asked: Measure['asked']): Promise<readonly ProbeSpec[]> {
  const { lab } = session.deps.instance;
  if (asked === false || (asked === undefined && lab.addresses.length === 0)) return [];
  if (clientOf(lab) === undefined) {
    if (asked === undefined) return [];
    throw new LabError('usage', `--probe needs a node outside the cluster, and the lab ${lab.name} has none`, {
      hint: 'leave --probe out',
    });
  }
  const addresses = asked ?? (await managedAddresses(session));
  return addresses.map((target) => ({
    id: lab.addresses.find(({ address }) => address === target)?.name ?? target,
    ...{ kind: 'ping', target, from: { kind: 'client' }, everyMs: EVERY_MS },
  }));
}

/** Those of the lab that a resource of its cluster has, as the first node that answers reports. */
async function managedAddresses({ deps, haNodes, read }: RunSession): Promise<readonly string[]> {
  for (const node of haNodes) {
    try {
      const found = await read.observe(node, async (transport, signal) => {
        const managed: string[] = [];
        for (const { address } of deps.instance.lab.addresses)
          if ((await deps.cluster.resourceWith(address, transport, signal)) !== undefined) managed.push(address);
        return managed;
      });
      return found;
    } catch (error) {
      if (!isLabError(error)) throw error;
    }
  }
  return [];
}

function openSession(settings: Settings, instance: LabInstance, backend: Backend, signal: AbortSignal): RunSession {
  return createRunSession({
    ...sessionParts(settings, instance),
    ...{ instance, backend, isNewLab: false },
    folder: noFolder(),
    haclusterPassword: '',
    slowness: () => FULL_SPEED,
    random: Math.random,
    emit: () => undefined,
    signal,
  });
}

/** Nothing is written about a fault that is injected manually, except in the journal. */
function noFolder(): RunFolder {
  const none = (): never => {
    throw new LabError('bug', 'a manual fault has no folder');
  };
  return {
    id: 'manual',
    path: '',
    startedMs: systemClock.monotonicMs(),
    append: none,
    write: none,
    close: () => undefined,
  };
}
