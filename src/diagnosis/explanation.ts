import { type Message, message } from '../messages/message.js';
import { baseId } from '../model/resource-tree.js';
import type { DiagnosisCode, ItemOf } from './item.js';

/** A command to run next, and what it shows or does. */
export interface NextStep {
  readonly command: string;
  readonly why: Message;
}

/** The text of one item. */
export interface Explanation {
  readonly title: Message;
  readonly means: Message;
  /** The likely cause; absent where the state does not show one. */
  readonly cause?: Message;
  /** Lines of the input, unchanged. */
  readonly lines?: readonly string[];
  readonly next: readonly NextStep[];
}

/** An explanation for every code. */
export type ExplanationTable = { readonly [C in DiagnosisCode]: (item: ItemOf<C>) => Explanation };

export function step(command: string, why: Message): NextStep {
  return { command, why };
}

/** Ids and host names only: the input may come from anywhere, and people paste these commands into a shell. */
const ARGUMENT = /^[\p{L}\p{N}_][\p{L}\p{N}_.:@-]*$/u;

/** A name as a command takes it, without an instance number; the placeholder if the name is missing or unsafe. */
export function argument(name: string | undefined, placeholder: string): string {
  return name !== undefined && ARGUMENT.test(name) ? baseId(name) : placeholder;
}

/** The first of several names, as an argument. */
export function firstOf(names: readonly string[], placeholder: string): string {
  return argument(names[0], placeholder);
}

/** All names, for a command that takes several. */
export function allOf(names: readonly string[], placeholder: string): string {
  return names.every((name) => ARGUMENT.test(name)) ? names.map(baseId).join(' ') : placeholder;
}

/** Shows the attempts to fence a node, and their results. */
export function historyStep(node: string | undefined): NextStep {
  return step(`stonith_admin --history ${argument(node, 'NODE')}`, message('step.fencing-history'));
}

/** Since pacemaker 1.1.17. */
export function whyStep(resource: string | undefined): NextStep {
  return step(`crm_resource --why --resource ${argument(resource, 'RESOURCE')}`, message('step.why'));
}
