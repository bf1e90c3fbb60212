import { type Message, type MessageCode, message, type Params, type Suffices } from '../messages/message.js';
import { baseId } from '../model/resource-tree.js';
import type { DiagnosisCode, ItemOf, Subject } from './item.js';

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
  /** Lines of the input, unchanged, or the like in words. */
  readonly lines?: readonly (string | Message)[];
  readonly next: readonly NextStep[];
}

/** The parameters that the standard messages may take. */
type ItemParams<C extends DiagnosisCode> = ItemOf<C>['payload'] & Pick<Subject, 'names'>;

type Standard<C extends DiagnosisCode> = {
  [P in 'title' | 'means']: Suffices<ItemParams<C>, `${C}.${P}`> extends true ? P : never;
}['title' | 'means'];

/**
 * What an explanation says beyond the standard: its title is the message `CODE.title`, its meaning `CODE.means`, its lines are
 * those of the payload, and there is nothing to do next. Where there is no such message, or it takes other parameters, the
 * explanation must name its own.
 */
type Specifics<C extends DiagnosisCode> = Partial<Explanation> &
  Omit<Pick<Explanation, 'title' | 'means'>, Standard<C>>;

/** The specifics of every code. */
export type ExplanationTable = { readonly [C in DiagnosisCode]: (item: ItemOf<C>) => Specifics<C> };

/** The message about the command is given by its code. */
export function step<C extends MessageCode>(command: string, code: C, ...params: Params<C>): NextStep {
  return { command, why: message(code, ...params) };
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
  return step(`stonith_admin --history ${argument(node, 'NODE')}`, 'step.fencing-history');
}

/** Since pacemaker 1.1.17. */
export function whyStep(resource: string | undefined): NextStep {
  return step(`crm_resource --why --resource ${argument(resource, 'RESOURCE')}`, 'step.why');
}
