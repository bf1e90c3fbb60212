import type { NodeState } from '../../model/cluster-state.js';
import type { Section, StatusDraft, StatusLine } from './draft.js';

const TYPES: Readonly<Record<string, NodeState['type']>> = { '': 'member', Remote: 'remote', Guest: 'guest' };
const KNOWN_STATE = /\b(?:online|offline|standby|maintenance|pending|unclean)\b/i;

/** `Online: [ a b ]`, `RemoteOFFLINE: [ c ]`, and one `Node d: standby` a node for everything out of the ordinary. */
export const nodeList: Section = {
  title: /^Node List:$/,
  read: (line, draft) => readBracketed(line, draft) || readSingle(line, draft),
};

function readBracketed({ text }: StatusLine, draft: StatusDraft): boolean {
  const match = /^(Remote|Guest)?(Online|OFFLINE|Standby|Pending|Maintenance): \[(.*)\]$/i.exec(text);
  if (match === null) return /^Containers: \[.*\]$/.test(text);
  const [, type = '', state = '', names = ''] = match;
  for (const name of names.split(/\s+/).filter(Boolean)) draft.nodes.push(nodeIn(name, type, state));
  return true;
}

/** The name may carry `@host` (a guest) and the node's id; brief output goes on with that node's resources. */
function readSingle({ text }: StatusLine, draft: StatusDraft): boolean {
  const match = /^(Remote|Guest)?Node (\S+?)(?:@\S*)?(?: \([^)]*\))?: ([^:]+):?$/.exec(text);
  if (match === null) return false;
  const [, type = '', name = '', state = ''] = match;
  if (!KNOWN_STATE.test(state)) return false;
  draft.nodes.push(nodeIn(name, type, state));
  return true;
}

/** A pending node has not joined yet and runs nothing, so it does not count as online. */
function nodeIn(name: string, type: string, state: string): NodeState {
  const pending = /\bpending\b/i.test(state);
  return {
    name,
    type: TYPES[type] ?? 'member',
    online: !pending && !/\boffline\b/i.test(state),
    standby: /\bstandby\b/i.test(state),
    maintenance: /\bmaintenance\b/i.test(state),
    pending,
    unclean: /\bunclean\b/i.test(state),
  };
}
