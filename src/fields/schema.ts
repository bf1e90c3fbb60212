import { z } from 'zod';
import { LANGUAGES, type Language, type Text } from '../model/text.js';
import type { ValueProblem } from './value-problem.js';

/** A map that takes these keys only. zod's message for an unknown key is the list of known ones, for shape.ts to compare. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

/** The known keys that an issue of `strict` names. */
export function knownKeysIn(issue: Pick<z.core.$ZodIssue, 'code' | 'message'>): readonly string[] {
  return issue.code === 'unrecognized_keys' ? issue.message.split(' ') : [];
}

/** Maps of several forms, each with one key that no other form has. */
export interface KeyedForms {
  /** What the keys name, for messages: an expectation. */
  readonly what: string;
  readonly keys: readonly string[];
  /** The other keys that some form takes. */
  readonly others: readonly string[];
}

const BY_KEY = 'one by its key: ';

/** One of several maps, which are told apart by a key of their own. zod's message carries what shape.ts compares. */
export function oneByKey<const S extends readonly [z.ZodType, ...z.ZodType[]]>(
  { what, keys }: Omit<KeyedForms, 'others'>,
  forms: S,
) {
  // Only when it is asked for, because a form may hold others of the same union.
  const told = (): KeyedForms => ({ what, keys, others: forms.flatMap(keysOf).filter((key) => !keys.includes(key)) });
  const likely = (value: unknown) =>
    isMap(value) ? forms.filter((_, form) => Object.hasOwn(value, keys[form] ?? '')) : [];
  return unionTrying(forms, likely, () => `${BY_KEY}${JSON.stringify(told())}`);
}

interface TryingDef extends z.core.$ZodUnionDef {
  readonly likely: (value: unknown) => readonly z.core.$ZodType[];
}

const Trying = z.core.$constructor('Trying', (schema: z.ZodUnion, def: TryingDef) => {
  z.ZodUnion.init(schema, def);
  const parseAny = schema._zod.parse;
  schema._zod.parse = (payload, context) => {
    for (const form of def.likely(payload.value)) {
      const read = form._zod.run({ value: payload.value, issues: [] }, context);
      if (!(read instanceof Promise) && read.issues.length === 0) return read;
    }
    return parseAny(payload, context);
  };
});

/**
 * `z.union`, which tries the likely forms before the others. No other form may take what a likely one takes. To try
 * all of many forms takes longer than the rest of reading a file.
 */
export function unionTrying<const S extends readonly [z.ZodType, ...z.ZodType[]]>(
  forms: S,
  likely: (value: unknown) => readonly z.ZodType[],
  error?: () => string,
): z.ZodUnion<S> {
  const def: TryingDef = { type: 'union', options: forms, likely, ...(error === undefined ? {} : { error }) };
  return new Trying(def) as z.ZodUnion<S>;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The keys that a map takes, whatever is made of it. */
function keysOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodPipe) return keysOf(schema.in as z.ZodType);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The forms that an issue of `oneByKey` names. */
export function keyedFormsIn({ message }: Pick<z.core.$ZodIssue, 'message'>): KeyedForms | undefined {
  return message.startsWith(BY_KEY) ? JSON.parse(message.slice(BY_KEY.length)) : undefined;
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
