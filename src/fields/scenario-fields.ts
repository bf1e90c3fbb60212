import { z } from 'zod';
import { parseIpv4 } from '../model/ipv4.js';
import { ipv6Text } from '../model/ipv6.js';
import { clientOf, type Lab } from '../model/lab.js';
import type { Target } from '../model/target.js';
import { LANGUAGES, type Text } from '../model/text.js';
import { parsed, text, textSchema } from './schema.js';
import { unknownWord, type ValueProblem } from './value-problem.js';
import { addressSchema, target, word } from './values.js';
import { fillWords, splitCommand, wordsWrong } from './words.js';

export type ScenarioFields = ReturnType<typeof scenarioFields>;

/**
 * Fields of a scenario whose values depend on the lab; what they come out as is what the model holds. Names are looked up
 * in the lab, and words in braces filled in from it. Without a lab only their form is checked, as a JSON Schema does.
 */
export function scenarioFields(lab?: Lab) {
  const one = lab ? checked(target, (named) => targetWrong(named, lab, 'one')) : target;
  const any = lab ? checked(target, (named) => targetWrong(named, lab, 'any')) : target;
  const fill = (text: string): string => (lab === undefined ? text : fillWords(text, lab));
  const ofCommand = (text: string) => lab && wordsWrong(text, lab, (role) => role && targetWrong(role, lab, 'one'));
  return {
    lab,
    /** One node, by name or by role. */
    target: one,
    /** One node or several: `all` is accepted too. */
    targets: any,
    /** From which nodes the cluster is observed. */
    seenFrom: z
      .union([
        z.literal('majority').transform((kind) => ({ kind })),
        any.transform((target) => ({ kind: 'target' as const, target })),
      ])
      .prefault('majority')
      .describe(
        'Whose view is judged: majority (default) for any member of the partition with quorum, a target for one node, or all.',
      ),
    address: checked(addressSchema, (text) => lab && addressWrong(text, lab)).transform(fill),
    /** Text that is not empty, with words in braces. */
    filled: checked(word, (text) => lab && wordsWrong(text, lab)).transform(fill),
    /** One argument of a command, with words in braces and roles. */
    argument: checked(text('text (put it in quotes)'), ofCommand).transform(fill),
    /** Sentences for people, with words in braces. Whether every word is known is judged where a file is an exercise. */
    text: textSchema.transform((sentences): Text => filledText(sentences, fill)),
    /** A line that a person types, with words in braces and roles. */
    typed: checked(
      word,
      (line) =>
        lab && wordsWrong(line, lab, (role, whole) => (role ? targetWrong(role, lab, 'one') : savedWrong(whole))),
    ).transform(fill),
    /** A script, with words in braces and roles. */
    script: checked(word, ofCommand).transform(fill),
    /** A command line, as an argv. */
    command: parsed({ what: 'a command line' }, (value): readonly string[] | ValueProblem => {
      const argv = splitCommand(value);
      return 'message' in argv ? argv : (ofCommand(value) ?? argv.map(fill));
    }),
  };
}

function filledText(sentences: Text, fill: (text: string) => string): Text {
  const filled = LANGUAGES.flatMap((language) => {
    const sentence = sentences[language];
    return sentence === undefined ? [] : [[language, fill(sentence)] as const];
  });
  return { ...sentences, ...Object.fromEntries(filled) };
}

function savedWrong(whole: string): ValueProblem {
  return { message: `the value ${whole} is not filled in here`, hint: 'write what a person would type' };
}

/** Refuses the values in which `wrong` finds something: at the place of the value, or of a key in it. */
export function checked<S extends z.ZodType>(
  schema: S,
  wrong: (value: z.output<S>) => ValueProblem | undefined,
  key?: string,
): S {
  return schema.superRefine((value, context) => {
    const found = wrong(value);
    if (found === undefined) return;
    const { message, hint, offset } = found;
    const params = { hint, offset, atKey: key !== undefined };
    context.addIssue({ code: 'custom', message, params, ...(key === undefined ? {} : { path: [key] }) });
  });
}

/** `one`: a single node must be meant; `any`: `all` will do too. */
export function targetWrong(target: Target, lab: Lab, takes: 'one' | 'any'): ValueProblem | undefined {
  const named = target.kind === 'other' ? target.than : target;
  const names = lab.nodes.map(({ name }) => name);
  if (target.kind === 'all' && takes === 'one') {
    const hint = 'name one node, or a role such as "{holder of vip}"';
    return { message: `'all' is more than one node, and one is needed here`, hint };
  }
  if (named.kind === 'node' && !names.includes(named.name))
    return unknownWord(`node of lab ${lab.name}`, named.name, names);
  if (named.kind === 'storage' && lab.nodes.every(({ role }) => role !== 'storage')) {
    const hint = 'use another lab, or add a node with role: storage';
    return { message: `lab ${lab.name} has no storage node`, hint };
  }
  if (named.kind === 'client' && clientOf(lab) === undefined) {
    const hint = 'use another lab, or add a node with role: client';
    return { message: `lab ${lab.name} has no node outside the cluster that could be the client`, hint };
  }
  return undefined;
}

/** Of an address, for what works with IPv4 alone. */
export function ipv6Wrong(text: string, what: string, instead: string): ValueProblem | undefined {
  return ipv6Text(text) === undefined
    ? undefined
    : { message: `'${text}' is an IPv6 address, and ${what}`, hint: instead };
}

/** Of an address with words in braces. */
export function addressWrong(text: string, lab: Lab): ValueProblem | undefined {
  if (!text.includes('{')) return undefined;
  const wrong = wordsWrong(text, lab);
  if (wrong !== undefined) return wrong;
  const filled = fillWords(text, lab);
  if (parseIpv4(filled) !== undefined || ipv6Text(filled) !== undefined) return undefined;
  return { message: `'${text}' does not come out as an IP address`, hint: 'write "{address NAME}" and nothing else' };
}
