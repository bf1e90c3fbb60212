import { createCluster } from '../../cluster/create-cluster.js';
import { isLabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { listInstances, loadInstance, requireInstance } from '../../store/instances.js';
import { systemClock } from '../../system/clock.js';
import { checkName, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import { wantsColor } from '../run/reporters.js';
import type { Settings } from '../settings.js';
import { backendsHere } from '../wire.js';
import { type AskNode, lookAtLab } from './status-labs.js';
import { labsJson, labsLines } from './status-print.js';

const CONNECT_MS = 5_000;

/** One lab, or all there are: nodes, what keeps them alive, the cluster as the nodes see it and what that means, open faults. */
export async function status(settings: Settings, flags: LabFlags): Promise<number> {
  const asked = flags.name ?? flags.lab;
  const names = labsAsked(settings, asked);
  const ask = askOnce();
  const labs = await Promise.all(names.map((name) => lookAtLab(settings, name, ask)));
  const remains = asked === undefined ? await remainsWithoutMemory(settings, names) : [];
  if (settings.json) output.json(labsJson(labs, remains, settings.language));
  else {
    const options = {
      language: settings.language,
      color: wantsColor(process.env),
      width: process.stdout.columns ?? 100,
    };
    output.line(labsLines(labs, remains, options).join('\n'));
  }
  return EXIT.passed;
}

export function labsAsked(settings: Settings, asked: string | undefined): readonly string[] {
  if (asked === undefined) return listInstances(settings.stateDir);
  return [requireInstance(settings.stateDir, checkName(asked)).name];
}

/** A connection for one question. */
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

/** Labs of which something is left although nothing remembers them, as after a crash. */
async function remainsWithoutMemory(settings: Settings, known: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all((await backendsHere(settings)).map(listOf));
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
