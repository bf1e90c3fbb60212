import { resultIn } from '../cluster/operations.js';
import { type LogLine, mergeLogs, type RunClock, type StoredLog } from './log-lines.js';

/** What the journals date exactly; times in ms on the run's clock. */
export interface ClusterLog {
  /** In the order of time; of monitors only those that failed. */
  readonly operations: readonly EndedOperation[];
  readonly fencing: readonly Fencing[];
  readonly transitions: readonly Transition[];
  /** Errors and warnings that resource agents logged themselves. */
  readonly agents: readonly AgentLine[];
}

/** The end of an operation, in the journal of the node that executed it. */
export interface EndedOperation {
  readonly atMs: number;
  readonly node: string;
  /** Without the number of an instance. */
  readonly resource: string;
  readonly operation: string;
  readonly failed: boolean;
  /** `ok`, `error`, `Timed Out after 20s` … */
  readonly result: string;
  readonly exitCode?: number;
  /** The agent's reason. */
  readonly reason?: string;
}

/** A node was to be fenced, from the first request to the result. */
export interface Fencing {
  readonly target: string;
  /** `reboot`, `off`, `on`. */
  readonly action: string;
  readonly fromMs: number;
  /** Absent where no journal has the result. */
  readonly toMs?: number;
  readonly ok?: boolean;
  /** The line with the result, or else with the request. */
  readonly text: string;
}

/** The cluster on its way to what the scheduler decided. */
export interface Transition {
  /** The DC. */
  readonly node: string;
  readonly number: number;
  /** The file of the scheduler's input, without its folder. */
  readonly input: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** `Complete`, `Stopped` …; absent where no journal has it. */
  readonly outcome?: string;
}

interface AgentLine extends Pick<LogLine, 'atMs' | 'node' | 'text'> {
  readonly resource: string;
}

export const EMPTY_LOG: ClusterLog = { operations: [], fencing: [], transitions: [], agents: [] };

/** Pure. Only lines that may say something of this are read, so it takes little time. */
export function clusterLogOf(logs: readonly StoredLog[], clock: RunClock): ClusterLog {
  const journals = logs.filter(({ kind }) => kind === 'journal');
  const lines = mergeLogs(journals.map(shortened), clock);
  return {
    operations: lines.flatMap(operationIn),
    fencing: fencingIn(lines),
    transitions: transitionsIn(lines),
    agents: lines.flatMap(agentLineIn),
  };
}

const WORDS = ['Result of ', ' fence ', ' fencing ', "Operation '", 'Operation reboot', 'Operation off', 'ransition '];
/** An agent logs as `IPaddr2(vip)`. */
const AGENT = /^[\w.-]+\(([^()]+)\)$/;

function shortened(log: StoredLog): StoredLog {
  const lines = log.text.split('\n');
  const kept = lines.filter((line) => line.includes(')[') || WORDS.some((word) => line.includes(word)));
  return { ...log, text: kept.join('\n') };
}

function agentLineIn({ atMs, node, program, level, text }: LogLine): readonly AgentLine[] {
  const resource = AGENT.exec(program)?.[1];
  if (resource === undefined || (level !== 'error' && level !== 'warning')) return [];
  return [{ atMs, node, resource, text: text.replace(/^\s*(?:ERROR|WARNING): */, '') }];
}

/** `7 (not running)` up to 2.0, `error (no such file)` and `Timed Out after 20s (…)` since. */
const RESULT = /^(?:(\d+) \(([^()]*)\)|([^(]*?))(?: \((.*)\))?$/;
/** A monitor of what is promoted answers that; what was cancelled did not end. */
const WELL = /^(?:ok|done|promoted|master|degraded)\b/i;
const CANCELLED = /^cancelled\b/i;

function operationIn({ atMs, node: logged, text }: LogLine): readonly EndedOperation[] {
  const found = resultIn(text);
  if (found === undefined || found.operation === 'probe' || CANCELLED.test(found.result)) return [];
  const { operation, resource, node, result } = found;
  const [, code, words = '', newer = words, reason] = RESULT.exec(result) ?? [];
  const failed = !WELL.test(newer);
  if (!failed && operation === 'monitor') return [];
  return [
    {
      ...{ atMs, node: node || logged, resource, operation, failed, result: newer },
      ...(code === undefined ? {} : { exitCode: Number(code) }),
      ...(reason === undefined ? {} : { reason }),
    },
  ];
}

const ASKED = /(?:wants to fence|Requesting (?:peer )?fencing) \((\w+)\) (?:targeting |of (?:node )?)?'?([^\s']+)/;
const RESULTED = /Operation '?(reboot|off|on)'? (?:targeting|of) (\S+) (?:by|on) .*? for [^:]*: (.*)$/;
/** Every node logs the result. */
const SAME_WITHIN_MS = 3_000;

function fencingIn(lines: readonly LogLine[]): readonly Fencing[] {
  const all: Fencing[] = [];
  const latest = (target: string) => all.findLastIndex((each) => each.target === target);
  for (const { atMs, text } of lines) {
    const [, asked, wanted = ''] = ASKED.exec(text) ?? [];
    const [, action, target = '', result = ''] = RESULTED.exec(text) ?? [];
    if (asked !== undefined) {
      const before = all[latest(wanted)];
      const isAnother = before?.toMs !== undefined && atMs > before.toMs;
      if (before === undefined || isAnother) all.push({ target: wanted, action: asked, fromMs: atMs, text });
    } else if (action !== undefined) {
      const at = latest(target);
      const open = all[at];
      if (open?.toMs !== undefined && atMs - open.toMs <= SAME_WITHIN_MS) continue;
      const ended = { target, action, fromMs: atMs, toMs: atMs, ok: /^OK\b/.test(result), text };
      if (open === undefined || open.toMs !== undefined) all.push(ended);
      else all[at] = { ...ended, fromMs: open.fromMs };
    }
  }
  return all;
}

const CALCULATED = /[Cc]alculated [Tt]ransition (\d+).*?, saving inputs in \S*\/(\S+)$/;
const OVER = /Transition (\d+) \(.*Source=[^\s)]*\): (\w+)/;

function transitionsIn(lines: readonly LogLine[]): readonly Transition[] {
  const all: Transition[] = [];
  for (const { atMs, node, text } of lines) {
    const [, number, input = ''] = CALCULATED.exec(text) ?? [];
    const [, ended, outcome] = OVER.exec(text) ?? [];
    if (number !== undefined) all.push({ node, number: Number(number), input, fromMs: atMs, toMs: atMs });
    if (ended === undefined || outcome === undefined) continue;
    const at = all.findLastIndex((each) => each.node === node && each.number === Number(ended));
    const open = all[at];
    if (open !== undefined) all[at] = { ...open, toMs: atMs, outcome };
  }
  return all;
}
