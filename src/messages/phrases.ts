import { defined } from '../model/defined.js';
import type { Language } from '../model/text.js';
import { ZH_PHRASES, ZH_PUNCTUATION } from './zh/phrases/index.js';

/**
 * What halab says in English, with `{}` for each part that varies, and the same in another language. Errors, events and what
 * checks and audits see are English wherever they are kept, so that a stored run reads the same for programs; a view
 * puts them into the reader's language. `{2}` stands for the second part where the order differs.
 */
type Phrases = Readonly<Record<string, string>>;

/** What a language writes between texts that were put together, in place of `; `, `: ` and the blank between two sentences. */
interface Punctuation {
  readonly semicolon: string;
  readonly colon: string;
  readonly sentences: string;
}

/** A line for each language that has phrases; a language without them has these texts in English. */
const PHRASEBOOKS: { readonly [L in Language]?: { readonly phrases: Phrases; readonly punctuation?: Punctuation } } = {
  zh: { phrases: ZH_PHRASES, punctuation: ZH_PUNCTUATION },
};

interface Pattern {
  readonly begins: string;
  readonly ends: string;
  readonly pattern: RegExp;
  readonly translation: string;
  /** It has so few words of its own that it would fit any sentence: what it begins with must be a name. */
  readonly isWeak: boolean;
}

interface Book {
  readonly whole: Phrases;
  /** Those of several clauses first, and of the others the one with most words of its own. */
  readonly patterns: readonly Pattern[];
  readonly punctuation?: Punctuation;
  readonly known: Map<string, string>;
}

const books = new Map<Language, Book>();

/** Pure. The text in that language, as far as the phrases for it are known; what varies is put in unchanged. */
export function inLanguage(text: string, language: Language): string {
  if (language === 'en' || NAME.test(text) || text.length > LONGEST) return text;
  return translate(text, bookOf(language));
}

/** The same for every text in plain data, except what nodes printed. */
export function dataInLanguage<T>(value: T, language: Language): T {
  if (language === 'en') return value;
  if (typeof value === 'string') return inLanguage(value, language) as T;
  if (Array.isArray(value)) return value.map((each) => dataInLanguage(each, language)) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    VERBATIM.has(key) ? each : dataInLanguage(each, language),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Output of nodes, identifiers, and what names files. */
const VERBATIM: ReadonlySet<string> = new Set([
  'stdout',
  'stderr',
  'argv',
  'kind',
  'verdict',
  'id',
  'evidence',
  'files',
]);
/** A line that a status page quotes. */
const QUOTED = /^\s*\|/;
/** Nothing that halab says is longer. */
const LONGEST = 8_000;

function bookOf(language: Language): Book {
  const made = books.get(language);
  if (made) return made;
  const { phrases, punctuation } = PHRASEBOOKS[language] ?? { phrases: {} };
  const patterns = Object.entries(phrases)
    .filter(([english]) => english.includes('{}'))
    .sort(([one], [other]) => rankOf(other) - rankOf(one))
    .map(([english, translation]) => patternOf(english.split('{}'), translation));
  const book: Book = { whole: phrases, patterns, known: new Map(), ...defined({ punctuation }) };
  books.set(language, book);
  return book;
}

function rankOf(english: string): number {
  return (english.includes('; ') ? 1_000 : 0) + english.replaceAll('{}', '').length;
}

/** What is put in is one clause, unless it is all that follows a colon. */
function patternOf(parts: readonly string[], translation: string): Pattern {
  const isOneClause = !parts.some((part) => part.includes('; '));
  const source = parts.map((part, index) => {
    const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (index === parts.length - 1) return escaped;
    const isRest = index === parts.length - 2 && parts.at(-1) === '' && /:\s$/.test(part);
    return escaped + (isOneClause && !isRest ? '((?:(?!; | {2}|\\n)[\\s\\S])+?)' : '([\\s\\S]+?)');
  });
  return {
    begins: parts[0] ?? '',
    ends: parts.at(-1) ?? '',
    pattern: new RegExp(`^${source.join('')}$`),
    translation,
    isWeak: parts[0] === '' && /^(?: ?\w+){1,2} ?$/.test(parts.join('')),
  };
}

/** Does not begin or end inside of quotation marks. */
function isWhole(text: string): boolean {
  return text.split('"').length % 2 === 1;
}

/** More than a name, a role in braces, or a list of a few names. */
function isLong(text = ''): boolean {
  return text.replace(/\{[^}]*\}/g, 'role').split(' ').length > 4;
}

function translate(text: string, book: Book): string {
  if (QUOTED.test(text)) return text;
  const known = book.known.get(text);
  if (known !== undefined) return known;
  const translated = wholeIn(text, book) ?? inParts(text, book);
  book.known.set(text, translated);
  return translated;
}

function wholeIn(text: string, book: Book): string | undefined {
  if (Object.hasOwn(book.whole, text)) return book.whole[text];
  for (const { begins, ends, pattern, translation, isWeak } of book.patterns) {
    if (!text.startsWith(begins) || !text.endsWith(ends)) continue;
    const found = pattern.exec(text);
    if (found && !(isWeak && isLong(found[1])) && found.every(isWhole))
      return filled(translation, found.slice(1), book);
  }
  return undefined;
}

function filled(translation: string, parts: readonly string[], book: Book): string {
  let next = 0;
  return translation.replace(/\{(\d?)\}/g, (_, number: string) => {
    const index = number === '' ? next++ : Number(number) - 1;
    return translate(parts[index] ?? '', book);
  });
}

/** What separates texts that were put together, the widest first. */
const SEPARATORS: readonly { readonly at: RegExp; readonly as?: keyof Punctuation }[] = [
  { at: /(\n)/ },
  { at: /(^[\s✔✖!·→▶~–|⇒]+)/ },
  { at: /( {2,})/ },
  { at: /( → )/ },
  { at: /(; )/, as: 'semicolon' },
  { at: /((?<=[.?!])\s)/, as: 'sentences' },
  { at: /(: )/, as: 'colon' },
];

/** One word by itself names something, such as a step or a column. */
const NAME = /^[\w-]*$/;

function inParts(text: string, book: Book): string {
  for (const { at, as } of SEPARATORS) {
    const written = as && book.punctuation?.[as];
    const parts = text.split(at);
    if (parts.length < 2) continue;
    const translated = parts.map((part, index) => (index % 2 === 1 || NAME.test(part) ? part : translate(part, book)));
    if (translated.every((part, index) => part === parts[index])) continue;
    return translated.map((part, index) => (index % 2 === 1 ? (written ?? part) : part)).join('');
  }
  return text;
}
