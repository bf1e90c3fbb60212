import { type ClusterState, STATUS_PARTS, type StatusOutput } from '../model/cluster-state.js';
import { pastedLines } from './paste/pasted-lines.js';
import { causeLogged, printedLines } from './paste/printed-lines.js';
import { askedHost, asksForStatus, outputsIn, promptIn, type Segment, segmentsOf } from './paste/segments.js';
import { parseStatusLines } from './status-text.js';
import type { PrintedLine } from './text/lines.js';

/**
 * The state that a text with one output holds; a second one, and what other commands print, is in `unparsed`. Never throws.
 */
export function parseStatusText(source: string): ClusterState {
  const [first = [], ...others] = outputsIn(pastedLines(source).filter(({ text }) => promptIn(text) === undefined));
  const state = parseStatusLines(printedLines(first), others.length > 0 || endsWhole(source));
  const later = printedLines(others.flat()).flatMap(({ raw }) => (raw.trim() === '' ? [] : raw));
  return { ...state, unparsed: [...state.unparsed, ...later] };
}

function endsWhole(source: string): boolean {
  return /[\r\n]$/.test(source);
}

/**
 * Takes the text of a terminal session apart into the outputs of `pcs status`, `crm_mon` and `crm status` that it holds, in their
 * order. What other commands printed, with their errors, belongs to none of them; a log line of pacemaker that names a cause
 * becomes a warning of the last. A text without any such output is returned as the only one.
 */
export function readSession(source: string): readonly [StatusOutput, ...StatusOutput[]] {
  const lines = pastedLines(source);
  const segments = segmentsOf(lines);
  const states = segments.map((segment, at) =>
    parseStatusLines(printedLines(segment.lines), at < segments.length - 1 || endsWhole(source)),
  );
  const known = states.flatMap(({ nodes }) => nodes.map(({ name }) => name));
  const isStatusAsked = segments.some(
    ({ isAnswer, command = '' }, at) => isAnswer && (states[at]?.printed.includes('nodes') || asksForStatus(command)),
  );
  const outputs: StatusOutput[] = [];
  let after: string[] = [];
  segments.forEach((segment, at) => {
    const state = states[at] as ClusterState;
    if (isOutput(segment, state) || (isStatusAsked && segment.isAnswer && state.errors.length > 0)) {
      outputs.push(outputOf(segment, state, known, after));
      after = [];
    } else if (segment.command) after.push(segment.command);
  });
  const wholes = outputs.filter(({ state }) => isWhole(state));
  const counted = wholes.length > 0 ? wholes : outputs;
  const last = counted.at(-1) ?? { state: stateOfAll(segments, states, endsWhole(source)), after: [] };
  const [first, ...others] = [...counted.slice(0, -1), { ...last, state: withCauses(last.state, lines) }];
  return [first ?? last, ...others];
}

/** The state of a text without an output, which may hold an error or warnings. */
function stateOfAll(segments: readonly Segment[], states: readonly ClusterState[], isWholeText: boolean): ClusterState {
  const [only, ...others] = states;
  if (only !== undefined && others.length === 0) return only;
  return parseStatusLines(printedLines(segments.flatMap(({ lines }) => lines)), isWholeText);
}

/** `pcs status resources` below a `pcs status` tells less than that one, and not the state of the cluster. */
function isWhole({ printed, errors }: ClusterState): boolean {
  return errors.length > 0 || printed.includes('summary') || printed.includes('nodes');
}

/** What a command printed that asks for a status, be it an error; of any other text only what certainly is one. */
function isOutput({ command, isAnswer, lines }: Segment, { printed, errors, daemons }: ClusterState): boolean {
  if (command !== undefined && asksForStatus(command) && !isAnswer)
    return errors.length > 0 || lines.some(({ text }) => text.trim() !== '');
  if (command) return printed.includes('summary') || printed.includes('nodes');
  return printed.some((part) => part !== 'warnings') || daemons.length > 0;
}

function outputOf(
  { host, command, lines }: Segment,
  state: ClusterState,
  known: readonly string[],
  after: readonly string[],
): StatusOutput {
  const asked = command === undefined ? undefined : askedHost(command);
  const node = [reporterIn(lines), asked, host]
    .map((name) => nodeNamed(name, known))
    .find((name) => name !== undefined);
  const isTelling = command !== undefined && TELLING.test(command);
  const seen = isTelling ? { ...state, request: command } : state;
  return { state: seen, after, ...(node === undefined ? {} : { node }), ...(command ? { command } : {}) };
}

/** Options of crm_mon select and shorten what it prints, and `crm status` shows that crmsh is there. */
const TELLING = /\bcrm_mon\s+-|\bcrm\s+status\b/;

/** Since 2.1.6: `Last updated: Mon Jan 10 10:00:00 2022 on alpha`. */
const REPORTER = /^\s*(?:\* )?Last updated: [^:]*:\d\d:\d\d \d{4} on (\S+)$/;

function reporterIn(lines: readonly PrintedLine[]): string | undefined {
  return lines.map(({ text }) => REPORTER.exec(text)?.[1]).find((name) => name !== undefined);
}

/** The node with this name or host name, among those of any output; a session may be typed on a host that is no node. */
function nodeNamed(host: string | undefined, known: readonly string[]): string | undefined {
  if (host === undefined) return undefined;
  const label = (name: string) => name.split('.')[0];
  return known.find((name) => name === host) ?? known.find((name) => label(name) === label(host));
}

/** Causes that a log names, as warnings: pacemaker prints them as such itself. */
function withCauses(state: ClusterState, lines: readonly PrintedLine[]): ClusterState {
  const causes = new Set(lines.flatMap(({ text }) => causeLogged(text) ?? []));
  const added = [...causes].filter((cause) => !state.warnings.includes(cause));
  if (added.length === 0) return state;
  const printed = STATUS_PARTS.filter((part) => part === 'warnings' || state.printed.includes(part));
  return { ...state, warnings: [...state.warnings, ...added], printed };
}
