import { createCluster } from '../../cluster/create-cluster.js';
import { formationByHand } from '../../cluster/formation/by-hand.js';
import { lookAt } from '../../cluster/look.js';
import { besideOf } from '../../diagnosis/beside.js';
import { viewsOf } from '../../diagnosis/views.js';
import { messageIn } from '../../messages/message.js';
import { isLabError } from '../../model/errors.js';
import { haNodesOf, type Lab, type LabInstance } from '../../model/lab.js';
import type { NodeLook, NodeReport } from '../../model/node-look.js';
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

/** Asks one node of a lab for its status and for what it says of itself; does not throw if the node fails. */
export type AskNode = (backend: Backend, instance: LabInstance, node: string) => Promise<NodeReport>;

/** Prints the labs: nodes, what keeps them alive, the cluster as they see it and what that means, active faults. */
export async function printStatus(settings: Settings, flags: LabFlags): Promise<number> {
  const labs = await observeLabs(settings, flags, askOnce());
  const known = labs.map(({ instance }) => instance);
  const areAll = flags.name === undefined && flags.lab === undefined;
  const remains = areAll ? await unrecordedLabs(settings, known) : [];
  if (settings.json) output.json(labsJson(labs, remains, settings.language));
  else
    output.line([...labsLines(labs, remains, terminalPage(settings.language)), ...lookedAt(labs, settings)].join('\n'));
  return EXIT.passed;
}

/** When the nodes were asked; nothing without a lab. */
function lookedAt([lab]: readonly LabView[], { language }: Settings): readonly string[] {
  return lab === undefined ? [] : ['', messageIn(language, 'status.looked', { time: localTime(lab.at) })];
}

/** `2026-11-23 08:31:55`, by the clock of this machine. */
export function localTime(at: string): string {
  return new Date(at).toLocaleString('sv-SE');
}

/** One lab as it is now, for a terminal. */
export async function statusLines(settings: Settings, flags: LabFlags): Promise<readonly string[]> {
  return labsLines(await observeLabs(settings, flags, askOnce()), [], terminalPage(settings.language));
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
export function askOnce(): AskNode {
  const cluster = createCluster({ clock: systemClock });
  return async (backend, instance, node) => {
    try {
      const transport = await backend.connect(instance, node, { timeoutMs: CONNECT_MS });
      try {
        const [reading, look] = await Promise.all([cluster.readState(transport), lookIfItAnswers(lookAt(transport))]);
        return look === undefined ? { reading } : { reading, look };
      } finally {
        await transport.close();
      }
    } catch (error) {
      if (!isLabError(error)) throw error;
      return {
        reading: { node, at: systemClock.now(), problem: { kind: 'unreachable', message: error.message } },
      };
    }
  };
}

/** Beside the reading, which says what kept the node from answering. */
export async function lookIfItAnswers(look: Promise<NodeLook>): Promise<NodeLook | undefined> {
  try {
    return await look;
  } catch (error) {
    if (isLabError(error)) return undefined;
    throw error;
  }
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
  const at = systemClock.now();
  const reports = await Promise.all(running.map(({ name: node }) => ask(backend, instance, node)));
  const cluster = reports.map(({ reading }) => reading);
  const beside = besideIn(instance.lab, reports);
  return { ...lab, at, faults, cluster, reports, beside, ...viewsOf(cluster, beside) };
}

function besideIn(lab: Lab, reports: readonly NodeReport[]) {
  const prepared = reports.flatMap(({ reading: { node }, look }) =>
    look?.prepared === undefined ? [] : [[node, look.prepared] as const],
  );
  return besideOf(lab, reports, formationByHand(lab, new Map(prepared)));
}
