import { createCluster } from '../../cluster/create-cluster.js';
import { viewsOf } from '../../diagnosis/views.js';
import type { StatusReading } from '../../model/cluster-state.js';
import { isLabError } from '../../model/errors.js';
import { haNodesOf, type LabInstance } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { listInstances, loadInstance, requireInstance } from '../../store/instances.js';
import { systemClock } from '../../system/clock.js';
import { checkName, journalOf, type LabFlags } from '../lab-session.js';
import { output, terminalPage } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf, backendsHere } from '../wire.js';
import { type LabView, labsJson, labsLines } from './status-page.js';

const CONNECT_MS = 5_000;

/** Reads the status from one node of a lab; does not throw if the node fails. */
export type AskNode = (backend: Backend, instance: LabInstance, node: string) => Promise<StatusReading>;

/** Prints the labs: nodes, what keeps them alive, the cluster as they see it and what that means, active faults. */
export async function printStatus(settings: Settings, flags: LabFlags): Promise<number> {
  const labs = await observeLabs(settings, flags, askOnce());
  const known = labs.map(({ instance }) => instance);
  const areAll = flags.name === undefined && flags.lab === undefined;
  const remains = areAll ? await unrecordedLabs(settings, known) : [];
  if (settings.json) output.json(labsJson(labs, remains, settings.language));
  else output.line(labsLines(labs, remains, terminalPage(settings.language)).join('\n'));
  return EXIT.passed;
}

/** One lab, or all there are, as they are now. */
export function observeLabs(settings: Settings, flags: LabFlags, ask: AskNode): Promise<readonly LabView[]> {
  return Promise.all(labsAsked(settings, flags.name ?? flags.lab).map((name) => observeLab(settings, name, ask)));
}

function labsAsked(settings: Settings, asked: string | undefined): readonly string[] {
  if (asked === undefined) return listInstances(settings.stateDir);
  return [requireInstance(settings.stateDir, checkName(asked)).name];
}

/** Opens a connection for each reading. */
function askOnce(): AskNode {
  const cluster = createCluster({ clock: systemClock });
  return async (backend, instance, node) => {
    try {
      const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
      try {
        return await cluster.readState(transport);
      } finally {
        await transport.close();
      }
    } catch (error) {
      if (!isLabError(error)) throw error;
      return { node, at: systemClock.now(), problem: { kind: 'unreachable', message: error.message } };
    }
  };
}

/** Labs that halab has no record of although something of them is left, as after a crash. */
async function unrecordedLabs(settings: Settings, known: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all((await backendsHere(settings)).map(listOf));
  return [...new Set(found.flat())]
    .sort()
    .filter((name) => !known.includes(name) && loadInstance(settings.stateDir, name) === undefined);
}

/** A backend that cannot list its labs is named, and does not stop the others. */
async function listOf(backend: Backend): Promise<readonly string[]> {
  try {
    return await backend.list();
  } catch (error) {
    if (!isLabError(error)) throw error;
    output.note(`the ${backend.name} backend cannot list its labs: ${error.message}`);
    return [];
  }
}

async function observeLab(settings: Settings, name: string, ask: AskNode): Promise<LabView> {
  const instance = requireInstance(settings.stateDir, name);
  const backend = await backendOf(instance, settings);
  const lab = await backend.status(instance);
  const faults = journalOf(settings, name).pending();
  const running = haNodesOf(instance.lab).filter(({ name: node }) =>
    lab.nodes.some((each) => each.node === node && each.state === 'running'),
  );
  const cluster = await Promise.all(running.map(({ name: node }) => ask(backend, instance, node)));
  return { ...lab, faults, cluster, ...viewsOf(cluster) };
}
