import {
  CONTAINER_WORDS,
  PLACE_WORDS,
  PLAIN_WORDS,
  sayContainer,
  sayInContainer,
  sayNode,
  sayPlaceWord,
  sayPlainWord,
  sayResource,
  sayRunningOn,
  sayTicket,
} from './found-words.js';
import { createSaid, type Said } from './said.js';
import {
  STATE_WORDS,
  sayAttribute,
  sayBan,
  sayDaemon,
  sayDc,
  sayError,
  sayFailCount,
  sayFailedAction,
  sayFenced,
  sayNodesOnline,
  sayOn,
  sayWarning,
} from './state-words.js';

declare global {
  namespace Chai {
    interface Assertion {
      /** Of a cluster state: the partition has quorum. */
      readonly quorate: Assertion;
      /** The output says that there is no DC. */
      readonly noDc: Assertion;
      readonly inMaintenanceMode: Assertion;
      readonly mixedVersion: Assertion;
      readonly noFailedActions: Assertion;
      readonly noFailedFencing: Assertion;
      /** Nothing was cut short, and no line was not understood. */
      readonly fullyRead: Assertion;
      dc(name: string): Assertion;
      /** Exactly these members. */
      nodesOnline(...names: string[]): Assertion;
      /** Fencing of it was successful. */
      fenced(node: string): Assertion;
      /** `says` as pcs prints it: `active/enabled`. */
      daemon(name: string, says?: string): Assertion;
      /** Holds a string in whatever case, or matches a pattern. */
      warning(like: string | RegExp): Assertion;
      error(like: string | RegExp): Assertion;

      /** Finders go on with what they found. */
      node(name: string): Assertion;
      resource(id: string): Assertion;
      group(id: string): Assertion;
      clone(id: string): Assertion;
      bundle(id: string): Assertion;
      ticket(id: string): Assertion;
      failedAction(resource: string, operation?: string, node?: string): Assertion;
      ban(resource: string, node?: string): Assertion;
      /** Goes on with the number, over all nodes where none is named. */
      failCount(resource: string, node?: string): Assertion;
      /** Of the failed action or ban that was found. */
      on(node: string): Assertion;

      /** Of a node. Online and offline are the plain ones: a node that is unclean or pending is neither. */
      readonly online: Assertion;
      readonly offline: Assertion;
      /** Of a ticket too. */
      readonly standby: Assertion;
      /** Of a resource too. */
      readonly maintenance: Assertion;
      /** Of a node that has not joined yet; of a resource with an operation under way. */
      readonly pending: Assertion;
      /** Of a node that is to be fenced; of a resource on such a node. */
      readonly unclean: Assertion;
      readonly member: Assertion;
      readonly remote: Assertion;
      readonly guest: Assertion;
      attribute(name: string, value?: string): Assertion;

      /** Of a resource. Started means active and not failed, in whatever role. */
      readonly started: Assertion;
      readonly stopped: Assertion;
      readonly promoted: Assertion;
      readonly unpromoted: Assertion;
      /** All of it. */
      readonly managed: Assertion;
      /** Any part of it, and so with those that follow. */
      readonly unmanaged: Assertion;
      readonly disabled: Assertion;
      readonly blocked: Assertion;
      readonly failed: Assertion;
      readonly orphaned: Assertion;
      readonly locked: Assertion;
      /** A clone whose instances may be promoted. */
      readonly promotable: Assertion;
      startedOn(node: string): Assertion;
      promotedOn(node: string): Assertion;
      unpromotedOn(node: string): Assertion;
      /** Active there in whatever health; used negated. */
      touching(node: string): Assertion;
      /** In good health on exactly these nodes. */
      runningOn(...nodes: string[]): Assertion;
      inGroup(id: string): Assertion;
      inClone(id: string): Assertion;
      inBundle(id: string): Assertion;

      /** Of a ticket. */
      readonly granted: Assertion;
    }
  }
}

type Property = (said: Said) => void;
/** What it returns, if anything, is the assertion to go on with. */
type Method = (said: Said, ...args: never[]) => unknown;

const PROPERTIES: Readonly<Record<string, Property>> = {
  ...mapped(STATE_WORDS, (word) => (said) => {
    const state = said.as('state');
    said.claim({ holds: word.holds(state), is: word.is, isNot: word.isNot, seen: word.seen(state) });
  }),
  ...mapped(PLAIN_WORDS, (word) => (said) => sayPlainWord(said, word)),
};

const METHODS: Readonly<Record<string, Method>> = {
  dc: sayDc,
  nodesOnline: sayNodesOnline,
  fenced: sayFenced,
  daemon: sayDaemon,
  warning: sayWarning,
  error: sayError,
  node: sayNode,
  resource: sayResource,
  group: sayContainer,
  clone: sayContainer,
  bundle: sayContainer,
  ticket: sayTicket,
  failedAction: sayFailedAction,
  ban: sayBan,
  failCount: sayFailCount,
  on: sayOn,
  attribute: sayAttribute,
  ...mapped(PLACE_WORDS, (word) => (said: Said, node: string) => sayPlaceWord(said, word, node)),
  runningOn: sayRunningOn,
  ...mapped(CONTAINER_WORDS, (kind) => (said: Said, id: string) => sayInContainer(said, kind, id)),
};

/** Teaches chai what may be expected of a cluster's state; docs/chai.md has every word. */
export const clusterPlugin: Chai.ChaiPlugin = (chai, utils) => {
  const { prototype } = chai.Assertion;
  for (const [word, say] of Object.entries(PROPERTIES)) {
    utils.addProperty(prototype, word, function (this: Chai.AssertionStatic) {
      say(createSaid(chai, utils, this, word));
    });
  }
  for (const [word, say] of Object.entries(METHODS)) {
    utils.addMethod(prototype, word, function (this: Chai.AssertionStatic, ...args: readonly unknown[]) {
      refuseArguments(word, say.length > 1, args);
      return say(createSaid(chai, utils, this, word), ...(args as never[]));
    });
  }
};

/** A name that is undefined by mistake would make every denial hold. */
function refuseArguments(word: string, wantsOne: boolean, args: readonly unknown[]): void {
  const given = wantsOne && args.length === 0 ? [undefined] : args;
  const fits = (arg: unknown, index: number): boolean =>
    typeof arg === 'string' || arg instanceof RegExp || (arg === undefined && wantsOne && index > 0);
  const wrong = given.findIndex((arg, index) => !fits(arg, index));
  if (wrong >= 0) throw new TypeError(`'${word}' wants text as its arguments, not ${typeof given[wrong]}`);
}

function mapped<V, W>(words: Readonly<Record<string, V>>, make: (value: V) => W): Readonly<Record<string, W>> {
  return Object.fromEntries(Object.entries(words).map(([word, value]) => [word, make(value)]));
}
