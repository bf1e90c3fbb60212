import { changeText } from '../diagnosis/change-text.js';
import type { Change } from '../diagnosis/looks.js';
import { type Message, message } from '../messages/message.js';
import type { Text } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { VERDICT_MARKS } from '../report/format.js';
import { type Paragraph, told } from './paragraphs.js';
import type { NodeStanding, Picture, ResourcePicture } from './picture.js';
import { type LearnState, msBetween } from './state.js';

const VERDICT_OF: { readonly [S in NodeStanding]: Verdict } = {
  online: 'passed',
  standby: 'unknown',
  maintenance: 'unknown',
  pending: 'unknown',
  unclean: 'failed',
  offline: 'failed',
  stopped: 'failed',
  silent: 'failed',
  off: 'failed',
};

/** Pure. The lab in small: who is DC and whether there is quorum, each node with what runs there, and what changed of late. */
export function pictureText(state: LearnState, now: string, changes: number): readonly Paragraph[] {
  const { picture } = state;
  if (picture === undefined) return [{ text: message('coach.no-picture'), tone: 'dim' }];
  const stopped = picture.resources.filter(({ nodes }) => nodes.length === 0).map(nameOf);
  return [
    ...picture.nodes.map((each) => nodeLine(each, picture)),
    ...(stopped.length === 0
      ? []
      : [line(VERDICT_MARKS.skipped, message('coach.not-running', { resources: stopped }), 'unknown')]),
    ...picture.faults.map((fault) => line('!', message('coach.fault', { fault: told(fault) }), 'failed')),
    ...recentChanges(state, now, changes),
  ];
}

/** Pure. `DC ha-host2 · with quorum`. */
export function clusterText({ dc, quorate }: Picture): readonly Message[] {
  const quorum = quorate === undefined ? 'unknown' : quorate ? 'yes' : 'no';
  return [
    dc === undefined ? message('coach.no-dc') : message('coach.dc', { node: dc }),
    message(`coach.quorum-${quorum}`),
  ];
}

/** Pure. The changes seen last, the newest first. */
export function recentChanges({ timeline, picture }: LearnState, now: string, count: number): readonly Paragraph[] {
  const nodes = picture?.nodes.map(({ node }) => node) ?? [];
  return timeline
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, count)
    .map(({ at, change }) =>
      line('↻', message('coach.ago', { what: spokenChange(change, nodes), ms: Math.max(0, msBetween(at, now)) })),
    );
}

/** What a change is between is kept in pacemaker's words, and shown in those of the picture. */
function spokenChange(change: Change, nodes: readonly string[]): Message {
  if (change.kind !== 'other') return changeText(change);
  const say = (value: string): string | Message => {
    if (change.name === 'quorum') return message(value === 'with quorum' ? 'coach.quorum-yes' : 'coach.quorum-no');
    if (change.name === 'DC' && value === 'NONE') return message('coach.none');
    if (nodes.includes(change.name) && value in VERDICT_OF) return message(`coach.${value as NodeStanding}`);
    return value === 'up' || value === 'down' ? message(`coach.link-is-${value}`) : value;
  };
  const name = change.name === 'quorum' ? message('coach.quorum') : change.name;
  return message('change.other', { name, from: say(change.from), to: say(change.to) });
}

function nodeLine({ node, standing }: Picture['nodes'][number], picture: Picture): Paragraph {
  const { dc, resources, links } = picture;
  const parts: readonly (string | Text)[] = [
    node,
    message(`coach.${standing}`),
    ...(dc === node ? [message('coach.is-dc')] : []),
    ...resources.filter(({ nodes }) => nodes.includes(node)).map(resourceText),
    ...links.filter((each) => each.node === node && !each.up).map(({ link }) => message('coach.link-down', { link })),
  ];
  const verdict = VERDICT_OF[standing];
  return line(VERDICT_MARKS[verdict], message('coach.parts', { parts }), verdict);
}

/** In pacemaker's words, as `pcs status` has them. */
function resourceText({ id, role, failed, managed }: ResourcePicture): string {
  const state = [failed ? 'FAILED' : '', role === 'Started' ? '' : role, managed ? '' : '(unmanaged)'];
  return [`▪${id}`, ...state].filter(Boolean).join(' ');
}

function nameOf(resource: ResourcePicture): string {
  return resourceText(resource)
    .replace('▪', '')
    .replace(/ Stopped/, '');
}

function line(mark: string, text: Text, tone?: Verdict): Paragraph {
  return { text, mark, indent: 3, ...(tone === undefined ? {} : { tone }) };
}
