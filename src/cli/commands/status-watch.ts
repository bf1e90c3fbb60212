import { createCluster } from '../../cluster/create-cluster.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_PACE } from '../../model/pace.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import type { Clock } from '../../ports/clock.js';
import { type Connections, createConnections } from '../../runner/connections.js';
import { untilAborted } from '../../runner/deadline.js';
import { createNodeReader, type NodeReader } from '../../runner/reader.js';
import { systemClock } from '../../system/clock.js';
import { watchInterrupt } from '../interrupt.js';
import type { LabFlags } from '../lab-session.js';
import { paceNow } from '../pace-now.js';
import type { Settings } from '../settings.js';
import { labsAsked } from './status.js';
import { type AskNode, type LabView, lookAtLab } from './status-labs.js';
import { createView, type WatchView } from './status-screen.js';

export interface WatchFlags extends LabFlags {
  /** Seconds from one look to the next. */
  readonly interval?: number;
}

const EVERY_S = 2;

/** The same again and again, until Ctrl-C ends it. Never returns: it ends with LabError `interrupted`, or whoever reads has gone. */
export async function watchStatus(settings: Settings, flags: WatchFlags): Promise<number> {
  const nodes = createNodes(systemClock);
  const interrupt = watchInterrupt({
    nowMs: () => systemClock.monotonicMs(),
    onFirst: () => undefined,
    onSecond: () => process.exit(EXIT.interrupted),
  });
  const view = createView(settings, process.stdout, process.env);
  const look = () => lookAtAll(settings, flags, nodes.ask);
  try {
    await watch(look, view, (flags.interval ?? EVERY_S) * 1_000, systemClock, interrupt.signal);
    return EXIT.passed;
  } finally {
    interrupt.stop();
    await nodes.close();
  }
}

/** Looks and shows until nobody reads any more; rejects with LabError `interrupted` when the signal aborts. */
export async function watch(
  look: () => Promise<readonly LabView[]>,
  view: WatchView,
  everyMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!view.isGone()) {
    view.show(await untilAborted(look(), signal));
    await clock.sleep(everyMs, signal);
  }
}

async function lookAtAll(settings: Settings, flags: LabFlags, ask: AskNode): Promise<readonly LabView[]> {
  const names = labsAsked(settings, flags.name ?? flags.lab);
  return Promise.all(names.map((name) => lookAtLab(settings, name, ask)));
}

interface Session {
  readonly connections: Connections;
  readonly reader: Promise<NodeReader>;
}

/** Keeps a connection to each node that was asked; a node that hangs costs a look its cap once, not every time. */
function createNodes(clock: Clock): { readonly ask: AskNode; close(): Promise<void> } {
  const cluster = createCluster({ clock });
  const sessions = new Map<string, Session>();

  function sessionOf(backend: Backend, instance: LabInstance): Session {
    const known = sessions.get(instance.name);
    if (known !== undefined) return known;
    let pace = FULL_PACE;
    const connections = createConnections(instance, backend, () => pace);
    const reader = paceNow(backend, instance).then((measured) => {
      pace = measured;
      return createNodeReader(connections, cluster, clock, () => pace);
    });
    const session = { connections, reader };
    sessions.set(instance.name, session);
    return session;
  }

  return {
    ask: async (backend, instance, node) => (await sessionOf(backend, instance).reader).state(node),
    close: async () => {
      await Promise.allSettled([...sessions.values()].map(({ connections }) => connections.close()));
    },
  };
}
