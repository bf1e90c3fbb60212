import { type ClusterState, EMPTY_STATE, type StatusOutput } from '../model/cluster-state.js';
import { messageOf } from '../model/errors.js';
import { pastedLines } from './paste/pasted-lines.js';
import { printedLines } from './paste/printed-lines.js';
import { asksForStatus, segmentsOf } from './paste/segments.js';
import { readSession } from './read-session.js';
import { parseStatusLines } from './status-text.js';
import { type CrmMonReading, readingOf } from './status-xml.js';
import type { PrintedLine } from './text/lines.js';
import { readXml, type XmlDocument, type XmlElement } from './xml-tree.js';

/** The start of crm_mon's XML, on a line of its own. */
const CRM_MON_XML = /^[ \t\uFEFF]*(?=<(?:\?xml\b|pacemaker-result\b|crm_mon\b))/m;
const ANY_XML = /^[\s\uFEFF]*(?=<(?:[?!A-Za-z_]|$))/;

/**
 * Reads `pcs status`, `crm_mon` or `crm status` text, or crm_mon's XML, with any prompt and messages around it; of several
 * outputs the last. Never throws: for unreadable input it returns an empty state with the reason in `errors`.
 */
export function readAny(source: string): ClusterState {
  const [first, ...others] = readOutputs(source);
  return (others.at(-1) ?? first).state;
}

/** The same for every output in a text of several, in their order. */
export function readOutputs(source: string): readonly [StatusOutput, ...StatusOutput[]] {
  const xml = startOf(CRM_MON_XML, source);
  if (xml !== undefined && !readSession(source.slice(0, xml)).some(isStatus)) return xmlOutputs(source, xml);
  const outputs = readSession(source);
  const other = startOf(ANY_XML, source);
  return other === undefined || outputs.some(isStatus) ? outputs : xmlOutputs(source, other);
}

/** XML, and the outputs that follow it. */
function xmlOutputs(source: string, start: number): readonly [StatusOutput, ...StatusOutput[]] {
  const document = readXml(source, start);
  const later = document.after.trim() === '' ? [] : readOutputs(document.after).filter(isStatus);
  const beside = later.length > 0 ? [] : pastedLines(document.after);
  const state = stateFromXml(document, [...pastedLines(source.slice(0, start)), ...beside]);
  return [{ state, after: [], isXml: true }, ...later];
}

/** Warnings alone are not a status, because any command may print them. */
function isStatus({ state: { printed } }: StatusOutput): boolean {
  return printed.some((part) => part !== 'warnings');
}

function startOf(pattern: RegExp, source: string): number | undefined {
  const match = pattern.exec(source);
  return match === null ? undefined : match.index + match[0].length;
}

function stateFromXml(document: XmlDocument, lines: readonly PrintedLine[]): ClusterState {
  const around = statusBeside(lines);
  const { state = EMPTY_STATE, errors } = readingAndErrors(document);
  return {
    ...state,
    warnings: around.warnings,
    errors: [...around.errors, ...errors, ...state.errors],
    unparsed: around.unparsed,
    truncated: cutsIn(document),
  };
}

/** What the same command printed beside the XML, not what others did. */
function statusBeside(lines: readonly PrintedLine[]): ClusterState {
  const own = segmentsOf(lines).filter(({ command = '' }) => command === '' || asksForStatus(command));
  return parseStatusLines(printedLines(own.flatMap((segment) => segment.lines)), true);
}

function readingAndErrors({ root, broken }: XmlDocument): Pick<CrmMonReading, 'state'> & Pick<ClusterState, 'errors'> {
  if (broken !== undefined) return { errors: [`not well-formed XML: ${broken}`] };
  if (root === undefined) return { errors: [] };
  try {
    const { status, state } = readingOf(root);
    const problem = status.code === 0 ? [] : [`crm_mon: ${status.message} (code ${status.code})`];
    return { errors: problem, ...(state === undefined ? {} : { state }) };
  } catch (error) {
    return { errors: [messageOf(error)] };
  }
}

function cutsIn({ root, cutInLine }: XmlDocument): readonly string[] {
  if (cutInLine === undefined) return [];
  const open = openIn(root);
  return [`the XML is cut off in line ${cutInLine}${open === undefined ? '' : `, inside of <${open.name}>`}`];
}

/** The innermost element that is not closed. */
function openIn(element: XmlElement | undefined): XmlElement | undefined {
  if (element === undefined || element.whole) return undefined;
  let innermost = element;
  for (let last = element.children.at(-1); last !== undefined && !last.whole; last = last.children.at(-1))
    innermost = last;
  return innermost;
}
