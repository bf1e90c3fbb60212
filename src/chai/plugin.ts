import { type AssertionContext, createContext } from './context.js';
import {
  assertContainer,
  assertInContainer,
  assertNode,
  assertPlaceWord,
  assertPlainWord,
  assertResource,
  assertRunningOn,
  assertTicket,
  CONTAINER_WORDS,
  PLACE_WORDS,
  PLAIN_WORDS,
} from './found-words.js';
import {
  assertAttribute,
  assertBan,
  assertDaemon,
  assertDc,
  assertError,
  assertFailCount,
  assertFailedAction,
  assertFenced,
  assertNodesOnline,
  assertOn,
  assertWarning,
  STATE_WORDS,
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

      /** Finders continue with what they found. */
      node(name: string): Assertion;
      resource(id: string): Assertion;
      group(id: string): Assertion;
      clone(id: string): Assertion;
      bundle(id: string): Assertion;
      ticket(id: string): Assertion;
      failedAction(resource: string, operation?: string, node?: string): Assertion;
      ban(resource: string, node?: string): Assertion;
      /** Continues with the number, over all nodes if none is named. */
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

type Property = (context: AssertionContext) => void;
/** Returns the assertion to continue with, if any. */
type Method = (context: AssertionContext, ...args: never[]) => unknown;

const PROPERTIES: Readonly<Record<string, Property>> = {
  ...mapped(STATE_WORDS, (word) => (context) => {
    const state = context.as('state');
    context.claim({ holds: word.holds(state), is: word.is, isNot: word.isNot, seen: word.seen(state) });
  }),
  ...mapped(PLAIN_WORDS, (word) => (context) => assertPlainWord(context, word)),
};

const METHODS: Readonly<Record<string, Method>> = {
  dc: assertDc,
  nodesOnline: assertNodesOnline,
  fenced: assertFenced,
  daemon: assertDaemon,
  warning: assertWarning,
  error: assertError,
  node: assertNode,
  resource: assertResource,
  group: assertContainer,
  clone: assertContainer,
  bundle: assertContainer,
  ticket: assertTicket,
  failedAction: assertFailedAction,
  ban: assertBan,
  failCount: assertFailCount,
  on: assertOn,
  attribute: assertAttribute,
  ...mapped(PLACE_WORDS, (word) => (context: AssertionContext, node: string) => assertPlaceWord(context, word, node)),
  runningOn: assertRunningOn,
  ...mapped(CONTAINER_WORDS, (kind) => (context: AssertionContext, id: string) => assertInContainer(context, kind, id)),
};

/** Adds the assertions about a cluster's state to chai; docs/chai.md lists them. */
export const clusterPlugin: Chai.ChaiPlugin = (chai, utils) => {
  const { prototype } = chai.Assertion;
  for (const [word, check] of Object.entries(PROPERTIES)) {
    utils.addProperty(prototype, word, function (this: Chai.AssertionStatic) {
      check(createContext(chai, utils, this, word));
    });
  }
  for (const [word, check] of Object.entries(METHODS)) {
    utils.addMethod(prototype, word, function (this: Chai.AssertionStatic, ...args: readonly unknown[]) {
      refuseArguments(word, check.length > 1, args);
      return check(createContext(chai, utils, this, word), ...(args as never[]));
    });
  }
};

/** A name that is undefined by mistake would make every negated assertion hold. */
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
