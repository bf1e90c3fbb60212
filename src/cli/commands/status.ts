import { createCluster } from '../../cluster/create-cluster.js';
import type { StatusReading } from '../../model/cluster-state.js';
import { isLabError } from '../../model/errors.js';
import { haNodesOf, type LabInstance } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend, LabStatus } from '../../ports/backend.js';
import type { JournalEntry } from '../../ports/store.js';
import { journalFile, listInstances, loadInstance, requireInstance } from '../../store/instances.js';
import { createFaultJournal } from '../../store/journal.js';
import { systemClock } from '../../system/clock.js';
import { checkName, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf, backendsHere } from '../wire.js';

const CONNECT_MS = 5_000;

interface FullStatus extends LabStatus {
  /** Faults that are in force, or may be. */
  readonly faults: readonly JournalEntry[];
  /** What each running HA node says of the cluster. */
  readonly cluster: readonly StatusReading[];
}

/** One lab, or all there are: nodes, what keeps them alive, the cluster as each node sees it, open faults. */
export async function status(settings: Settings, flags: LabFlags): Promise<number> {
  const asked = flags.name ?? flags.lab;
  const names =
    asked === undefined
      ? listInstances(settings.stateDir)
      : [requireInstance(settings.stateDir, checkName(asked)).name];
  const labs = await Promise.all(names.map((name) => fullStatus(settings, name)));
  const remains = asked === undefined ? await remainsWithoutMemory(settings, names) : [];
  if (settings.json) output.json({ schema: 'halab.status/1', labs, remains });
  else printLabs(labs, remains);
  return EXIT.passed;
}

async function fullStatus(settings: Settings, name: string): Promise<FullStatus> {
  const instance = requireInstance(settings.stateDir, name);
  const backend = backendOf(instance, settings);
  const lab = await backend.status(instance);
  const faults = createFaultJournal(journalFile(settings.stateDir, name), systemClock).pending();
  return { ...lab, faults, cluster: await readCluster(backend, instance, lab) };
}

async function readCluster(backend: Backend, instance: LabInstance, lab: LabStatus): Promise<readonly StatusReading[]> {
  const cluster = createCluster({ clock: systemClock });
  const running = haNodesOf(instance.lab).filter(({ name }) =>
    lab.nodes.some((each) => each.node === name && each.state === 'running'),
  );
  return Promise.all(
    running.map(async ({ name }): Promise<StatusReading> => {
      try {
        const transport = await backend.connect(instance, name, { timeoutMs: CONNECT_MS });
        try {
          return await cluster.readState(transport);
        } finally {
          await transport.close();
        }
      } catch (error) {
        if (!isLabError(error)) throw error;
        return { node: name, at: systemClock.now(), problem: { kind: 'unreachable', message: error.message } };
      }
    }),
  );
}

/** Labs of which something is left although nothing remembers them, as after a crash. */
async function remainsWithoutMemory(settings: Settings, known: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(backendsHere(settings).map(listOf));
  return [...new Set(found.flat())]
    .sort()
    .filter((name) => !known.includes(name) && loadInstance(settings.stateDir, name) === undefined);
}

/** A backend that cannot tell is named, and does not stop the others. */
async function listOf(backend: Backend): Promise<readonly string[]> {
  try {
    return await backend.list();
  } catch (error) {
    if (!isLabError(error)) throw error;
    output.note(`the ${backend.name} backend cannot tell what is left of labs: ${error.message}`);
    return [];
  }
}

function printLabs(labs: readonly FullStatus[], remains: readonly string[]): void {
  if (labs.length === 0 && remains.length === 0) output.line('no lab on this machine; halab up brings one up');
  for (const lab of labs) printLab(lab);
  for (const name of remains) output.line(`${name}: remains of a lab; halab down --name ${name} clears them`);
}

function printLab({ instance, lab, backend, image, imageHash, state, nodes, cluster, faults }: FullStatus): void {
  output.line(`${instance}: ${state} (lab ${lab}, ${backend}, ${[image, imageHash].filter(Boolean).join(' ')})`);
  for (const { node, state: nodeState, owner } of nodes) {
    const kept = owner ? [owner.kind, owner.unit ?? '', owner.pid ? `process ${owner.pid}` : ''].join(' ') : '';
    output.line(`  ${node.padEnd(16)} ${nodeState.padEnd(8)} ${kept.replace(/ +/g, ' ')}`);
  }
  for (const reading of cluster) output.line(`  ${reading.node} says: ${sayingOf(reading)}`);
  for (const { fault, at, id } of faults)
    output.line(`  broken since ${at}: ${fault.kind} on ${fault.node} (${id}); halab heal undoes it`);
}

function sayingOf({ state, problem }: StatusReading): string {
  if (!state) return problem?.message.split('\n')[0] ?? 'nothing';
  const online = state.nodes.filter((node) => node.online).map(({ name }) => name);
  const quorum = state.quorate === undefined ? 'no word of quorum' : state.quorate ? 'quorum' : 'NO quorum';
  const resources = state.resources.map(
    ({ id, role, nodes }) => `${id} ${role}${nodes.length > 0 ? ` on ${nodes.join(', ')}` : ''}`,
  );
  return [`DC ${state.dc?.name ?? 'none'}`, quorum, `online ${online.join(', ') || 'nobody'}`, ...resources].join(
    ' · ',
  );
}
