import { LANGUAGES, type Language, type Text, textIn } from '../model/text.js';
import { CATALOGUES } from './catalogues.js';
import type { EN } from './en/index.js';

/** Names a message; `src/messages/en` has them all. */
export type MessageCode = keyof typeof EN;

/** A message in every language. */
export type Message = { readonly [L in Language]: string };

type ParamsOf<C extends MessageCode> = (typeof EN)[C] extends (params: infer P) => string ? P : undefined;

/** What a parameter may be given as: where the message takes a string, another message will do. */
type Given<V> =
  | V
  | (string extends V ? Text : never)
  | (readonly string[] extends V ? readonly (string | Text)[] : never);

/** The parameters of a message, after its code: none, or one object. */
export type Params<C extends MessageCode> =
  ParamsOf<C> extends undefined ? [] : [{ readonly [K in keyof ParamsOf<C>]: Given<ParamsOf<C>[K]> }];

/** Whether there is a message `Code`, and `Values` has every parameter that it takes. */
export type Suffices<Values, Code> = Code extends MessageCode
  ? [ParamsOf<Code>] extends [undefined]
    ? true
    : Lacking<Values, ParamsOf<Code>> extends never
      ? true
      : false
  : false;

type Lacking<Values, P> = {
  [K in keyof P]: K extends keyof Values ? (Values[K] extends Given<P[K]> ? never : K) : K;
}[keyof P];

/** Pure. The message with its parameters, in every language. */
export function message<C extends MessageCode>(code: C, ...params: Params<C>): Message {
  const texts = LANGUAGES.map((language) => [language, messageIn(language, code, ...params)]);
  return Object.fromEntries(texts) as Message;
}

/** Pure. The same in one language. */
export function messageIn<C extends MessageCode>(language: Language, code: C, ...params: Params<C>): string {
  const entry: unknown = CATALOGUES[language][code];
  return typeof entry === 'function' ? entry(spokenIn(language, params[0] ?? {})) : String(entry);
}

/** Reads messages in one language. */
export type Speaker = <C extends MessageCode>(code: C, ...params: Params<C>) => string;

export function speakerOf(language: Language): Speaker {
  return (code, ...params) => messageIn(language, code, ...params);
}

/** Pure. Sentences one after the other; what is absent is left out. */
export function sentences(...texts: readonly (Text | false | undefined)[]): Message {
  return message('sentences', { texts: texts.flatMap((text) => text || []) });
}

/** Messages among the parameters are read in that language. */
function spokenIn(language: Language, params: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, readIn(language, value)]));
}

function readIn(language: Language, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => readIn(language, each));
  return isText(value) ? textIn(value, language) : value;
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'en' in value && typeof value.en === 'string';
}
