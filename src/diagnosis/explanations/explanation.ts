import { type Message, message } from '../../messages/message.js';
import { baseId } from '../../model/resource-tree.js';
import type { MeaningCode, MeaningOf } from '../meaning.js';

/** A command to run next, and what it shows or does. */
export interface NextStep {
  readonly command: string;
  readonly why: Message;
}

/** What people read of one item. */
export interface Explanation {
  readonly title: Message;
  readonly means: Message;
  /** Why it is so, as far as the state tells; absent where it does not. */
  readonly cause?: Message;
  /** Lines of the input, as they stood. */
  readonly lines?: readonly string[];
  readonly next: readonly NextStep[];
}

/** An explanation for each of the codes. */
export type ExplanationTable<C extends MeaningCode> = { readonly [K in C]: (meaning: MeaningOf<K>) => Explanation };

export function step(command: string, why: Message): NextStep {
  return { command, why };
}

/** Ids and host names; somebody else's output must not put anything else into a line that people paste into a shell. */
const ARGUMENT = /^[\p{L}\p{N}_][\p{L}\p{N}_.:@-]*$/u;

/** A name as it stands in a command, without an instance's number; the placeholder where it cannot stand there. */
export function argument(name: string | undefined, placeholder: string): string {
  return name !== undefined && ARGUMENT.test(name) ? baseId(name) : placeholder;
}

/** Of several names the first. */
export function oneOf(names: readonly string[], placeholder: string): string {
  return argument(names[0], placeholder);
}

/** All names, for a command that takes several. */
export function allOf(names: readonly string[], placeholder: string): string {
  return names.every((name) => ARGUMENT.test(name)) ? names.map(baseId).join(' ') : placeholder;
}

/** What fencing did about a node, and how it ended. */
export function historyStep(node: string | undefined): NextStep {
  return step(`stonith_admin --history ${argument(node, 'NODE')}`, message('step.fencing-history'));
}

/** Since pacemaker 1.1.17. */
export function whyStep(resource: string | undefined): NextStep {
  return step(`crm_resource --why --resource ${argument(resource, 'RESOURCE')}`, message('step.why'));
}
