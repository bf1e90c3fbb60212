import { answerWithKnown, knownNodes, knownResources } from '../known-names.js';
import { type Container, containersOf, isKnown, viewOf } from '../resource-view.js';
import { describeNode, describeView } from '../state-wording.js';
import type { Said } from './said.js';

/** Finders assert that there is one, and go on with what they found; denied, they go on with the state. */
export function sayNode(said: Said, name: string): Chai.Assertion | undefined {
  const state = said.as('state');
  const node = state.nodes.find((candidate) => candidate.name === name);
  said.claim(node !== undefined, {
    is: `the node ${name} to be known`,
    isNot: `no node ${name}`,
    seen: node === undefined ? answerWithKnown(name, knownNodes(state)) : `it is ${describeNode(node)}`,
  });
  return node && said.goOn(node);
}

export function sayResource(said: Said, id: string): Chai.Assertion | undefined {
  const state = said.as('state');
  const view = viewOf(state, id);
  const found = isKnown(view);
  said.claim(found, {
    is: `a resource ${id}`,
    isNot: `no resource ${id}`,
    seen: found ? describeView(view) : answerWithKnown(id, knownResources(state)),
  });
  return found ? said.goOn(view) : undefined;
}

/** The word is the kind. */
export function sayContainer(said: Said, id: string): Chai.Assertion | undefined {
  const state = said.as('state');
  const kind = said.word as Container['kind'];
  const view = viewOf(state, id);
  const found = view.containers.some((container) => container.kind === kind);
  const others = containersOf(state).filter((container) => container.kind === kind);
  said.claim(found, {
    is: `a ${kind} ${id}`,
    isNot: `no ${kind} ${id}`,
    seen: found
      ? describeView(view)
      : `${otherKind(view.containers, isKnown(view), id)}${answerWithKnown(id, [...new Set(others.map((each) => each.id))])}`,
  });
  return found ? said.goOn(view) : undefined;
}

export function sayTicket(said: Said, id: string): Chai.Assertion | undefined {
  const { tickets } = said.as('state');
  const ticket = tickets.find((candidate) => candidate.id === id);
  const known = tickets.map((candidate) => candidate.id);
  said.claim(ticket !== undefined, {
    is: `a ticket ${id}`,
    isNot: `no ticket ${id}`,
    seen: ticket ? `it is ${ticket.granted ? 'granted' : 'revoked'}` : answerWithKnown(id, known),
  });
  return ticket && said.goOn(ticket);
}

function otherKind([container]: readonly Container[], isThere: boolean, id: string): string {
  return isThere ? `${id} is a ${container?.kind ?? 'primitive'}; ` : '';
}
