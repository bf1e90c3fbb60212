import { foldAgent, roleFromWord } from '../words.js';
import type { OpenContainer, Section, StatusDraft, StatusLine } from './draft.js';
import { conditionsIn, flagsOf, parseInstanceState } from './instance-state.js';

const CLONE = /^(?:Clone Set|Master\/Slave Set): (\S+) \[(\S+)\]((?: \([^)]*\))*):?$/;
const GROUP = /^Resource Group: (\S+?)((?: \([^)]*\))*):?$/;
const BUNDLE = /^(?:Container bundle(?: set)?|\S+ container(?: set)?): (\S+) \[\S+\]((?: \([^)]*\))*):?$/i;
const REPLICA = /^Replica\[\d+\]$/;
const SUMMARY = /^(\w+)((?: \([^)]*\))*): \[(.*)\]$/;
const INSTANCE = /^(\S+)(?: \([^)]*\))?\s+\(([^()\s]+:[^()\s]+)\):\s*(.+)$/;

/** Members are known by their indentation alone, as pacemaker prints it in every generation. */
export const resourceList: Section = {
  title: /^(?:Full list of|Active|Inactive) resources:$/i,
  read(line, draft) {
    draft.containers = draft.containers.filter((open) => open.indent < line.indent);
    return readContainer(line, draft) || readSummary(line, draft) || readInstance(line, draft) || isEmptyNote(line);
  },
};

function isEmptyNote({ text }: StatusLine): boolean {
  return /^No (?:active |inactive )?resources$/i.test(text);
}

function readContainer(line: StatusLine, draft: StatusDraft): boolean {
  const container = containerOf(line);
  if (container === undefined) return false;
  draft.containers.push(container);
  if (container.child !== undefined) draft.lastClone = container;
  return true;
}

function containerOf({ text, indent }: StatusLine): OpenContainer | undefined {
  const clone = CLONE.exec(text);
  if (clone !== null) {
    const [, id = '', child = '', flags = ''] = clone;
    return { indent, id, child, flags: flagsOf(flags) };
  }
  const other = GROUP.exec(text) ?? BUNDLE.exec(text);
  if (other !== null) return { indent, id: other[1] ?? '', flags: flagsOf(other[2] ?? '') };
  return REPLICA.test(text) ? { indent, flags: [] } : undefined;
}

/** `Started: [ a b ]` below a clone stands for one instance a node; the agent is not printed then. */
function readSummary({ text }: StatusLine, draft: StatusDraft): boolean {
  const [, word = '', flags = '', names = ''] = SUMMARY.exec(text) ?? [];
  const role = roleFromWord(word);
  const clone = draft.containers.findLast((open) => open.child !== undefined) ?? draft.lastClone;
  if (role === undefined || clone?.child === undefined) return false;
  const within = draft.containers.length > 0 ? withinOf(draft) : [clone.id ?? ''];
  for (const node of names.split(/\s+/).filter(Boolean)) {
    draft.resources.push({
      id: clone.child,
      agent: '',
      role,
      nodes: role === 'Stopped' ? [] : [node],
      within,
      failed: false,
      ...conditionsIn([...clone.flags, ...flagsOf(flags)]),
    });
  }
  return true;
}

function readInstance({ text }: StatusLine, draft: StatusDraft): boolean {
  const [, id, agent, rest = ''] = INSTANCE.exec(text) ?? [];
  const state = parseInstanceState(rest);
  if (id === undefined || agent === undefined || state === undefined) return false;
  draft.resources.push({ id, agent: foldAgent(agent), within: withinOf(draft), ...state });
  return true;
}

function withinOf(draft: StatusDraft): readonly string[] {
  return draft.containers.flatMap((open) => open.id ?? []);
}
