import { z } from 'zod';
import { LANGUAGES, type Language, type Text } from '../model/text.js';
import type { ValueProblem } from './value-problem.js';

/** A map that takes these keys only. zod's message for an unknown key is the list of known ones, for shape.ts to compare. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

/** Text with a form of its own; `expected` completes "expected …" where something else than text stands. */
export function text(expected: string, check?: (value: string) => ValueProblem | undefined) {
  const schema = z.string({ error: `expected ${expected}` });
  if (check === undefined) return schema;
  return schema.superRefine((value, context) => {
    const wrong = check(value);
    if (wrong === undefined) return;
    context.addIssue({ code: 'custom', message: wrong.message, params: { hint: wrong.hint, offset: wrong.offset } });
  });
}

/** As `text`, and what comes out is what the text means; `meta` is about the text as it is written. */
export function parsed<T>(
  { what, example, meta }: { readonly what: string; readonly example?: string; readonly meta?: z.GlobalMeta },
  parse: (value: string) => T,
) {
  const error = `expected ${what}${example === undefined ? '' : ` such as ${example}`}`;
  const written = z.string({ error }).meta({ ...(example === undefined ? {} : { examples: [example] }), ...meta });
  return written.transform((value, context): Exclude<T, ValueProblem> => {
    const found = parse(value);
    if (!isProblem(found)) return found as Exclude<T, ValueProblem>;
    context.addIssue({ code: 'custom', message: found.message, params: { hint: found.hint, offset: found.offset } });
    return z.NEVER;
  });
}

function isProblem(value: unknown): value is ValueProblem {
  return typeof value === 'object' && value !== null && 'message' in value;
}

const sentence = text('a sentence', (value) =>
  value.trim() === '' ? { message: 'an empty text', hint: 'write a sentence, or remove the key' } : undefined,
);

const english = sentence.transform((en): Text => ({ en }));

const nameOfLanguage = new Intl.DisplayNames('en', { type: 'language' });

/** A key for each language that halab speaks. */
const sentences = Object.fromEntries(
  LANGUAGES.map((language) => {
    const described = sentence.describe(nameOfLanguage.of(language) ?? language);
    return [language, language === 'en' ? described : described.optional()];
  }),
) as { readonly [L in Language]: L extends 'en' ? typeof sentence : z.ZodOptional<typeof sentence> };

/** A sentence for people: plain text is English. */
export const textSchema = z.union([english, strict(sentences)]).meta({
  id: 'text',
  description: `A sentence for people; plain text is English, or give ${andOf(LANGUAGES)}.`,
});

function andOf(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

const ID = /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/;
const idText = text('an id', (value) =>
  ID.test(value)
    ? undefined
    : { message: `'${value}' cannot be an id`, hint: 'use lower-case letters, digits and hyphens, at most 50' },
);
export const idSchema = idText.meta({ pattern: ID.source });
