import { answerWithKnown } from '../known-names.js';
import { IS_NODE } from '../node-condition.js';
import { anyLike, daemonSays } from '../sayings.js';
import { describeDaemons, describeLines, describeNodes, describeQuorum, listed } from '../state-wording.js';
import { quoted } from '../wording.js';
import type { Said } from './said.js';

export function sayDc(said: Said, name: string): void {
  const state = said.as('state');
  const claim = { is: `the DC to be ${name}`, isNot: `the DC not to be ${name}` };
  said.knownNode(name, claim);
  said.claim(state.dc?.name === name, { ...claim, seen: describeQuorum(state) });
}

/** Members alone, for a bundle brings guest nodes of its own; online as the word has it, standby or not. */
export function sayNodesOnline(said: Said, ...names: readonly string[]): void {
  const { nodes } = said.as('state');
  const exactly = `exactly ${names.join(', ') || 'no node'}`;
  const claim = { is: `${exactly} to be online`, isNot: `not ${exactly} to be online` };
  for (const name of names) said.knownNode(name, claim);
  const members = nodes.filter(({ type }) => type === 'member');
  const online = members.filter(IS_NODE.online).map(({ name }) => name);
  const holds = online.length === new Set(names).size && names.every((name) => online.includes(name));
  said.claim(holds, { ...claim, seen: describeNodes(members) });
}

/** `says` as pcs prints it: `active/enabled`. */
export function sayDaemon(said: Said, name: string, says?: string): void {
  const state = said.as('state');
  const seen = daemonSays(state, name);
  const to = says === undefined ? 'listed' : says;
  const known = state.daemons.map((daemon) => daemon.name);
  said.claim(seen !== undefined && (says === undefined || seen === says), {
    is: `the daemon ${name} to be ${to}`,
    isNot: `the daemon ${name} not to be ${to}`,
    seen: seen === undefined ? answerWithKnown(name, known) : describeDaemons(state),
  });
}

export function sayWarning(said: Said, wanted: string | RegExp): void {
  sayLine(said, 'warning', said.as('state').warnings, wanted);
}

export function sayError(said: Said, wanted: string | RegExp): void {
  sayLine(said, 'error', said.as('state').errors, wanted);
}

/** Of a node that was found in a state. */
export function sayAttribute(said: Said, name: string, value?: string): void {
  const node = said.as('node');
  const own = said.stateAround().attributes.filter((attribute) => attribute.node === node.name);
  const is = value === undefined ? '' : ` = ${value}`;
  said.claim(
    own.some((attribute) => attribute.name === name && (value === undefined || attribute.value === value)),
    {
      is: `${node.name} to have the attribute ${name}${is}`,
      isNot: `${node.name} not to have the attribute ${name}${is}`,
      seen: listed(
        own.map((attribute) => `${attribute.name} = ${attribute.value}`),
        'it has none',
      ),
    },
  );
}

function sayLine(said: Said, what: string, lines: readonly string[], wanted: string | RegExp): void {
  const like = typeof wanted === 'string' ? `with ${quoted(wanted)}` : `like ${wanted}`;
  said.claim(anyLike(lines, wanted), {
    is: `${what === 'error' ? 'an' : 'a'} ${what} ${like}`,
    isNot: `no ${what} ${like}`,
    seen: describeLines(lines, what),
  });
}
