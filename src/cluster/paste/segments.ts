import { isFence } from './frames.js';
import { beginsLine } from './one-line.js';
import type { PastedLine } from './pasted-line.js';
import { asksForStatus, bareCommandIn, type Prompt, promptIn } from './prompt.js';

/** The lines that one command printed, or those before the first prompt. */
export interface Segment {
  /** The host in the prompt. */
  readonly host?: string;
  readonly command?: string;
  readonly lines: readonly PastedLine[];
}

/** Splits a text at its prompts, and where a second output begins without one. Pure. */
export function segmentsOf(lines: readonly PastedLine[]): readonly Segment[] {
  const typedIn = hasBarePrompts(lines) ? (text: string) => promptIn(text) ?? bareCommandIn(text) : promptIn;
  const segments: { prompt?: Prompt; lines: PastedLine[] }[] = [{ lines: [] }];
  for (const line of lines) {
    const prompt = typedIn(line.text);
    if (prompt === undefined) segments.at(-1)?.lines.push(line);
    else segments.push({ prompt, lines: [] });
  }
  return segments.flatMap(({ prompt, lines: printed }) =>
    apartFromProse(printed)
      .flatMap(atHeaders)
      .map((part) => ({ ...prompt, lines: part })),
  );
}

/** Splits off what stands outside of code fences and has no line of a status; a status may be spread over several fences. */
function apartFromProse(lines: readonly PastedLine[]): readonly (readonly PastedLine[])[] {
  if (!lines.some(({ text }) => isFence(text))) return [lines];
  const parts: PastedLine[][] = [[]];
  for (const line of lines) {
    if (isFence(line.text)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  const status = parts.filter((part) => part.some(({ text }) => beginsLine(text)));
  return status.length === 0 ? [lines] : [status.flat(), ...parts.filter((part) => !status.includes(part))];
}

/** `# pcs status`: below such a line, `# pcs resource move web` is a command too, and no remark. */
function hasBarePrompts(lines: readonly PastedLine[]): boolean {
  return lines.some(({ text }) => {
    const command = bareCommandIn(text)?.command;
    return command !== undefined && asksForStatus(command);
  });
}

/** The lines that an output begins with. */
const HEADER =
  /^\s*(?:\* +)?(?:Cluster name:|Cluster (?:Summary|Status):$|Status of pacemakerd:|Stack: |Current DC: |Last updated: )/;
const NODES = /^\s*(?:\* +)?(?:Node List:$|Online: ?\[)/;
const RESOURCES = /^\s*(?:Full [Ll]ist of [Rr]esources|Active [Rr]esources|Inactive [Rr]esources):$/;
const RESOURCE =
  /^\s*(?:\* +)?(?:[\w.:-]{1,100}\s{1,60}\((?:ocf|lsb|systemd|service|stonith|upstart|heartbeat):[^()]{1,120}\):|(?:Clone|Master\/Slave) Set: |Resource Group: |Container bundle)/;

/** A header below nodes or resources, nodes below resources, and a list that was there already begin another output. */
function atHeaders(lines: readonly PastedLine[]): readonly (readonly PastedLine[])[] {
  const parts: PastedLine[][] = [[]];
  let seen = { nodes: false, resources: false, titles: new Set<string>() };
  for (const line of lines) {
    const title = RESOURCES.test(line.text) ? line.text.trim().toLowerCase() : undefined;
    const isHeader = HEADER.test(line.text);
    const isNodes = NODES.test(line.text);
    const begins =
      (isHeader && (seen.nodes || seen.resources)) ||
      (isNodes && seen.resources) ||
      (title !== undefined && seen.titles.has(title));
    if (begins) {
      parts.push([]);
      seen = { nodes: false, resources: false, titles: new Set() };
    }
    if (isNodes) seen.nodes = true;
    if (title !== undefined) seen.titles.add(title);
    if (!seen.resources && (title !== undefined || RESOURCE.test(line.text))) seen.resources = true;
    parts.at(-1)?.push(line);
  }
  return parts;
}
