import { createCluster } from '../../cluster/create-cluster.js';
import { lookAt } from '../../cluster/look.js';
import { changesBetween, type Look, lookOf } from '../../diagnosis/looks.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_SPEED, stretched } from '../../model/slowness.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { type Clock, untilAborted, withDeadline } from '../../ports/clock.js';
import { type Connections, createConnections } from '../../runner/connections.js';
import { createNodeReader } from '../../runner/reader.js';
import type { NodeReader } from '../../runner/session.js';
import { systemClock } from '../../system/clock.js';
import { watchInterrupt } from '../interrupt.js';
import type { LabFlags } from '../lab-session.js';
import { slownessNow } from '../preflight.js';
import type { Settings } from '../settings.js';
import { type AskNode, lookIfItAnswers, observeLabs } from './status-labs.js';
import type { LabView, SeenChange } from './status-page.js';
import { type Changes, createView, EVERY_S, type WatchView } from './status-view.js';

/** Repeats `halab status` until q or Ctrl-C, which ends it with LabError `interrupted`, or until the reader of its output exits. */
export async function watchStatus(settings: Settings, flags: LabFlags, everyS = EVERY_S): Promise<number> {
  const nodes = createNodes(systemClock);
  const interrupt = watchInterrupt({
    nowMs: () => systemClock.monotonicMs(),
    onFirst: () => undefined,
    onSecond: () => process.exit(EXIT.interrupted),
  });
  const everyMs = everyS * 1_000;
  const view = createView(settings, process.stdout, process.env, { everyMs, keyboard: process.stdin });
  try {
    await watch(() => observeLabs(settings, flags, nodes.ask), view, everyMs, systemClock, interrupt.signal);
    return EXIT.passed;
  } finally {
    view.close();
    interrupt.stop();
    await nodes.close();
  }
}

/** Observes and shows until the reader exits; rejects with LabError `interrupted` when the signal aborts. */
export async function watch(
  observe: () => Promise<readonly LabView[]>,
  view: WatchView,
  everyMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const leaving = view.gone.then(() => 'gone' as const);
  const memory = createMemory();
  while (!view.isGone()) {
    const fromMs = clock.monotonicMs();
    const labs = await Promise.race([untilAborted(observe(), signal), leaving]);
    if (labs === 'gone') return;
    view.show(labs, memory.after(labs, fromMs, clock.monotonicMs()));
    const woken = new AbortController();
    const pause = clock.sleep(everyMs, AbortSignal.any([signal, woken.signal]));
    await Promise.race([pause, leaving]);
    if (!view.isGone()) continue;
    woken.abort();
    await pause.catch(() => undefined);
  }
}

const MOST_CHANGES = 6;

function createMemory() {
  const looks = new Map<string, Look>();
  const noted = new Map<string, readonly { readonly change: SeenChange['change']; readonly seenMs: number }[]>();
  return {
    after(labs: readonly LabView[], fromMs: number, toMs: number): Changes {
      for (const { instance, nodes, views, reports, beside } of labs) {
        const off = nodes.filter(({ state }) => state !== 'running').map(({ node }) => node);
        const before = looks.get(instance);
        const look = lookOf({ fromMs, toMs, views, reports, off, beside }, before);
        const changes = before === undefined ? [] : changesBetween(before, look);
        const older = noted.get(instance) ?? [];
        noted.set(instance, [...changes.map((change) => ({ change, seenMs: toMs })), ...older].slice(0, MOST_CHANGES));
        looks.set(instance, look);
      }
      return new Map(
        [...noted].map(([name, list]) => [name, list.map(({ change, seenMs }) => ({ change, agoMs: toMs - seenMs }))]),
      );
    },
  };
}

interface Session {
  readonly connections: Connections;
  readonly reader: Promise<NodeReader>;
}

const LOOK_CAP_MS = 3_000;

/** Keeps a connection to each node, so that a node that hangs delays the first refresh only. */
function createNodes(clock: Clock): { readonly ask: AskNode; close(): Promise<void> } {
  const cluster = createCluster({ clock });
  const sessions = new Map<string, Session>();
  let slowness = FULL_SPEED;

  function sessionOf(backend: Backend, instance: LabInstance): Session {
    const known = sessions.get(instance.name);
    if (known !== undefined) return known;
    const connections = createConnections(instance, backend, () => slowness);
    const reader = slownessNow(backend, instance).then((measured) => {
      slowness = measured;
      return createNodeReader(connections, cluster, clock, () => slowness);
    });
    const session = { connections, reader };
    sessions.set(instance.name, session);
    return session;
  }

  return {
    ask: async (backend, instance, node) => {
      const read = await sessionOf(backend, instance).reader;
      const asked = lookIfItAnswers(read.observe(node, lookAt));
      const [reading, look] = await Promise.all([
        read.state(node),
        withDeadline(asked, stretched(LOOK_CAP_MS, slowness), clock, () => undefined),
      ]);
      return look === undefined ? { reading } : { reading, look };
    },
    close: async () => {
      await Promise.allSettled([...sessions.values()].map(({ connections }) => connections.close()));
    },
  };
}
