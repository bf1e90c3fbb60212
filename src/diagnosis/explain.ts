import { type Message, message } from '../messages/message.js';
import { type Language, textIn } from '../model/text.js';
import { argument, type Explanation, type ExplanationTable } from './explanation.js';
import type { DiagnosisItem } from './item.js';
import { commandIn, reasonIn } from './tools.js';
import { DC_EXPLANATIONS, OPTION_EXPLANATIONS } from './topics/cluster.js';
import { CONSTRAINT_EXPLANATIONS } from './topics/constraints.js';
import { CONTAINER_EXPLANATIONS } from './topics/containers.js';
import { DAEMON_EXPLANATIONS } from './topics/daemons.js';
import { FAILURE_EXPLANATIONS } from './topics/failed-actions.js';
import { FENCING_EXPLANATIONS } from './topics/fencing.js';
import { LINK_EXPLANATIONS } from './topics/links.js';
import { NODE_EXPLANATIONS } from './topics/nodes.js';
import { PLACE_EXPLANATIONS } from './topics/places.js';
import { QUORUM_EXPLANATIONS } from './topics/quorum.js';
import { READING_EXPLANATIONS } from './topics/reading.js';
import { RESOURCE_EXPLANATIONS } from './topics/resources.js';
import { SAP_HANA_EXPLANATIONS } from './topics/sap-hana.js';
import { STOPPED_EXPLANATIONS } from './topics/stopped.js';
import { UNLISTED_NODE_EXPLANATIONS } from './topics/unlisted-nodes.js';
import { WARNING_EXPLANATIONS } from './topics/warnings.js';

/** What the explanation of each code says beyond the standard; a missing code does not compile. */
export const EXPLANATIONS: ExplanationTable = {
  ...READING_EXPLANATIONS,
  ...DC_EXPLANATIONS,
  ...QUORUM_EXPLANATIONS,
  ...OPTION_EXPLANATIONS,
  ...LINK_EXPLANATIONS,
  ...NODE_EXPLANATIONS,
  ...UNLISTED_NODE_EXPLANATIONS,
  ...FENCING_EXPLANATIONS,
  ...WARNING_EXPLANATIONS,
  ...FAILURE_EXPLANATIONS,
  ...RESOURCE_EXPLANATIONS,
  ...PLACE_EXPLANATIONS,
  ...CONTAINER_EXPLANATIONS,
  ...STOPPED_EXPLANATIONS,
  ...SAP_HANA_EXPLANATIONS,
  ...CONSTRAINT_EXPLANATIONS,
  ...DAEMON_EXPLANATIONS,
};

type Say = (code: string, params: object) => Message;

/** Pure. The text of one item, in every language. */
export function explanationOf(item: DiagnosisItem): Explanation {
  const specifics = (EXPLANATIONS[item.code] as (each: DiagnosisItem) => Partial<Explanation>)(item);
  const params = { ...item.payload, names: item.subject.names };
  // The type of the table ensures that a message read here exists and takes these parameters.
  const standard = (part: 'title' | 'means') => (message as Say)(`${item.code}.${part}`, params);
  return {
    lines: 'printed' in item.payload ? item.payload.printed : undefined,
    next: [],
    ...specifics,
    title: specifics.title ?? standard('title'),
    means: specifics.means ?? standard('means'),
  };
}

/** An item with its text in one language, as `--json` prints it. */
export type Explained = Pick<DiagnosisItem, 'code' | 'severity' | 'subject' | 'payload' | 'causedBy'> & {
  readonly lines?: readonly string[];
  readonly title: string;
  readonly means: string;
  readonly cause?: string;
  readonly next: readonly { readonly command: string; readonly why: string }[];
};

/** Pure. */
export function explain(item: DiagnosisItem, language: Language): Explained {
  const { title, means, cause, lines, next } = explanationOf(item);
  const { tools = [], ...told } = item;
  const node = argument(nodeOf(item), 'NODE');
  return {
    ...told,
    title: textIn(title, language),
    means: textIn(means, language),
    cause: cause && textIn(cause, language),
    lines: lines?.map((line) => (typeof line === 'string' ? line : textIn(line, language))),
    next: next.map(({ command, why }) => ({
      command: commandIn(command, tools, node),
      why: reasonIn(textIn(why, language), tools),
    })),
  };
}

/** The first node that a statement is about. */
function nodeOf({ subject, payload }: DiagnosisItem): string | undefined {
  if (subject.kind === 'node') return subject.names[0];
  if ('nodes' in payload) return payload.nodes[0];
  return 'node' in payload ? payload.node : undefined;
}
