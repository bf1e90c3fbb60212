import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTER_COMMANDS } from '../src/cluster/create-cluster.js';
import { momentOf } from '../src/cluster/history.js';
import type { StampedEvent } from '../src/model/event.js';
import { eventsOf } from '../src/store/night-folder.js';

/** A fault, or a command that stops nodes, explains a lost token from a little before it until this long after it. */
const BEFORE_MS = 2_000;
const AFTER_MS = 30_000;

export interface LostToken {
  readonly run: string;
  readonly node: string;
  readonly line: string;
  readonly isExplained: boolean;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Every loss of the token that corosync logged on a node of a run. */
export function lostTokensOf(run: string): readonly LostToken[] {
  const events = eventsOf(run) as readonly StampedEvent[];
  const begunAt = events[0]?.at ?? '';
  const evidence = join(run, 'evidence');
  // A lab that was recreated has another folder, with the nodes' folders inside.
  const folders = existsSync(evidence) ? (readdirSync(evidence, { recursive: true }) as string[]) : [];
  const nodes = folders.filter((name) => existsSync(join(evidence, name, 'corosync.log')));
  const logged = (node: string, name: string) => {
    const file = join(evidence, node, name);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    const moments = lines.flatMap((line) => momentOf(line, timeOf(line, begunAt.slice(0, 4))) ?? []);
    // The logs of a lab that was there before the run are longer.
    return moments.filter(({ atMs }) => atMs >= Date.parse(begunAt));
  };
  const fenced = nodes.flatMap((node) => logged(node, 'pacemaker.log')).filter(({ kind }) => kind === 'fenced');
  const reasons = [...faultSpans(events), ...fenced.map(({ atMs }) => ({ fromMs: atMs - AFTER_MS, toMs: atMs }))];
  return nodes.flatMap((node) =>
    logged(node, 'corosync.log')
      .filter(({ kind }) => kind === 'token-lost')
      .map(({ atMs, line }) => ({ run, node, line, isExplained: reasons.some((span) => isIn(span, atMs)) })),
  );
}

/** From the injection of each fault until it was undone, and each command that may start, stop or fence nodes. */
function faultSpans(events: readonly StampedEvent[]): readonly Span[] {
  const endMs = Date.parse(events.at(-1)?.at ?? '');
  return events.flatMap((event) => {
    const atMs = Date.parse(event.at);
    if (event.kind === 'command-finished' && CLUSTER_COMMANDS.mayChangeNodes(event.argv))
      return [{ fromMs: atMs - event.durationMs, toMs: atMs }];
    if (event.kind !== 'fault-injected') return [];
    const healed = events.find((each) => each.kind === 'fault-healed' && each.id === event.id);
    return [{ fromMs: atMs, toMs: healed === undefined ? endMs : Date.parse(healed.at) }];
  });
}

function isIn({ fromMs, toMs }: Span, atMs: number): boolean {
  return atMs >= fromMs - BEFORE_MS && atMs <= toMs + AFTER_MS;
}

/** Of a log line as corosync and pacemaker write it, in the nodes' time zone, which is UTC. */
function timeOf(line: string, year: string): number {
  const [, day, time] = /^(\w{3} +\d+) ([\d:.]+) /.exec(line) ?? [];
  return Date.parse(`${day} ${year} ${time} UTC`);
}
