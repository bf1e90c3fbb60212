import { createCluster } from '../../cluster/create-cluster.js';
import { messageIn } from '../../messages/message.js';
import type { LabInstance } from '../../model/lab.js';
import { FULL_SPEED } from '../../model/slowness.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { type Clock, untilAborted } from '../../ports/clock.js';
import { type Connections, createConnections } from '../../runner/connections.js';
import { createNodeReader } from '../../runner/reader.js';
import type { NodeReader } from '../../runner/session.js';
import { systemClock } from '../../system/clock.js';
import { watchInterrupt } from '../interrupt.js';
import type { LabFlags } from '../lab-session.js';
import { output, wantsColor } from '../output.js';
import { slownessNow } from '../preflight.js';
import type { Settings } from '../settings.js';
import { type AskNode, observeLabs } from './status-labs.js';
import { type LabView, labsJson, labsLines } from './status-page.js';

const EVERY_S = 2;

/** Repeats `halab status` until Ctrl-C, which ends it with LabError `interrupted`, or until the reader of its output exits. */
export async function watchStatus(settings: Settings, flags: LabFlags, everyS = EVERY_S): Promise<number> {
  const nodes = createNodes(systemClock);
  const interrupt = watchInterrupt({
    nowMs: () => systemClock.monotonicMs(),
    onFirst: () => undefined,
    onSecond: () => process.exit(EXIT.interrupted),
  });
  const view = createView(settings, process.stdout, process.env);
  try {
    await watch(() => observeLabs(settings, flags, nodes.ask), view, everyS * 1_000, systemClock, interrupt.signal);
    return EXIT.passed;
  } finally {
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
  while (!view.isGone()) {
    view.show(await untilAborted(observe(), signal));
    await clock.sleep(everyMs, signal);
  }
}

interface Session {
  readonly connections: Connections;
  readonly reader: Promise<NodeReader>;
}

/** Keeps a connection to each node, so that a node that hangs delays the first refresh only. */
function createNodes(clock: Clock): { readonly ask: AskNode; close(): Promise<void> } {
  const cluster = createCluster({ clock });
  const sessions = new Map<string, Session>();

  function sessionOf(backend: Backend, instance: LabInstance): Session {
    const known = sessions.get(instance.name);
    if (known !== undefined) return known;
    let slowness = FULL_SPEED;
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
    ask: async (backend, instance, node) => (await sessionOf(backend, instance).reader).state(node),
    close: async () => {
      await Promise.allSettled([...sessions.values()].map(({ connections }) => connections.close()));
    },
  };
}

/** Stdout, as far as a view uses it. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  once(event: 'error', listener: () => void): unknown;
}

export interface WatchView {
  show(labs: readonly LabView[]): void;
  /** Whether the reader has exited, as `head` does. */
  isGone(): boolean;
}

/** Redrawn in place on a terminal; otherwise, and as JSON, written again only when something has changed. */
export function createView(settings: Settings, screen: Screen, env: NodeJS.ProcessEnv): WatchView {
  let gone = false;
  screen.once('error', () => {
    gone = true;
  });
  const { language } = settings;
  const lines = (labs: readonly LabView[]) =>
    labsLines(labs, [], { language, color: wantsColor(env), width: screen.columns ?? 100 });
  const show = settings.json
    ? whenChanged((labs) => JSON.stringify(labsJson(labs, [], language)), withoutTimes, output.line)
    : screen.isTTY === true && env.TERM !== 'dumb'
      ? (labs: readonly LabView[]) => screen.write(frame(lines(labs), screen.rows ?? 24, language))
      : whenChanged(
          (labs) => `${lines(labs).join('\n')}\n`,
          (text) => text,
          output.line,
        );
  return { show, isGone: () => gone };
}

function whenChanged(
  textOf: (labs: readonly LabView[]) => string,
  essence: (text: string) => string,
  write: (text: string) => void,
): (labs: readonly LabView[]) => void {
  let last: string | undefined;
  return (labs) => {
    const text = textOf(labs);
    if (essence(text) === last) return;
    last = essence(text);
    write(text);
  };
}

/** Times differ in every refresh. */
function withoutTimes(json: string): string {
  return json.replace(/"(?:at|updatedAt)":"[^"]*"/g, '""');
}

const HOME = '\u001b[H';
const TO_LINE_END = '\u001b[K';
const TO_END = '\u001b[J';

/** Overwrites the screen line by line, so that nothing flickers; lines that do not fit are counted. */
export function frame(lines: readonly string[], rows: number, language: Settings['language']): string {
  const room = Math.max(rows - 1, 1);
  const over = lines.length - room;
  const more = messageIn(language, 'status.more-lines', { lines: over + 1 });
  const shown = over > 0 ? [...lines.slice(0, room - 1), more] : lines;
  return `${HOME}${shown.map((line) => `${line}${TO_LINE_END}\n`).join('')}${TO_END}`;
}
