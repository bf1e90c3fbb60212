import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import type { ValueProblem } from '../fields/value-problem.js';
import { LabError } from '../model/errors.js';

export type Path = readonly (string | number)[];

/** A YAML file as plain values, with the way back from a path to its place in the text. */
export interface Source {
  readonly file: string;
  /** Objects, arrays and scalars only; aliases are not followed. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** False where the syntax is so broken that `data` says nothing about what was meant. */
  readonly readable: boolean;
  /** Notes a problem at the value of `path`, or as near to it as the file goes. */
  report(path: Path, wrong: ValueProblem): void;
  /** Notes a problem at the key that ends `path`. */
  reportKey(path: Path, wrong: ValueProblem): void;
  /** A problem at the value of `path`, for those who keep their own list. */
  problemAt(path: Path, wrong: ValueProblem): Problem;
  /**
   * The same file without what was noted meanwhile: what is wrong for one lab may be right for another. With a replacement, every
   * text in it is replaced, and places are still those of the file.
   */
  again(replaced?: Replacement): Source;
}

/** What stands in for the texts of a file. */
export interface Replacement {
  value(text: string): unknown;
  /** Where in the written text the character at this place of its replacement comes from. */
  writtenOffset(text: string, offset: number): number;
}

const AS_WRITTEN: Replacement = { value: (text) => text, writtenOffset: (_text, offset) => offset };

export function readSource(file: string, text: string): Source {
  // The byte order mark is no part of any line.
  const plain = text.replace(/^\uFEFF/, '');
  const document = parseDocument(plain, { prettyErrors: false, uniqueKeys: false, version: '1.2' });
  return sourceOf(file, document, placesIn(plain));
}

function sourceOf(
  file: string,
  document: Document.Parsed,
  place: (offset: number) => Place,
  replaced: Replacement = AS_WRITTEN,
): Source {
  const problems: Problem[] = [];
  const refused = new Set<number>();

  const problem = (offset: number, { message, hint }: ValueProblem): Problem => ({
    file,
    ...place(offset),
    message,
    hint,
  });
  const note = (offset: number, wrong: ValueProblem): void => {
    if (!refused.has(offset)) problems.push(problem(offset, wrong));
  };
  const refuse = (offset: number, wrong: ValueProblem): void => {
    note(offset, wrong);
    refused.add(offset);
  };

  for (const { pos, code, message } of syntaxErrors(document)) note(pos[0], syntaxProblem(code, message));
  const readable = document.errors.length === 0;
  const valueAt = (path: Path, within?: number) => valueOffset(document, path, replaced, within);
  return {
    file,
    data: readable ? toPlain(document.contents, { note, refuse, place, replaced }) : undefined,
    problems,
    readable,
    report: (path, wrong) => note(valueAt(path, wrong.offset), wrong),
    reportKey: (path, wrong) => note(keyOffset(document, path), wrong),
    problemAt: (path, wrong) => problem(valueAt(path, wrong.offset), wrong),
    again: (other) => sourceOf(file, document, place, other),
  };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placesIn(text: string): (offset: number) => Place {
  return (offset) => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
}

/** Once the parser has lost its way every further token is unexpected; those say nothing new. */
function syntaxErrors(document: Document.Parsed) {
  const found = [...document.errors, ...document.warnings];
  return found.filter(({ code }, index) => index === 0 || code !== 'UNEXPECTED_TOKEN');
}

interface Notes {
  note(offset: number, wrong: ValueProblem): void;
  /** Notes a problem and keeps silent about whatever else is wrong at that place. */
  refuse(offset: number, wrong: ValueProblem): void;
  place(offset: number): Place;
  readonly replaced: Replacement;
}

function toPlain(node: unknown, notes: Notes): unknown {
  if (isScalar(node)) return typeof node.value === 'string' ? notes.replaced.value(node.value) : (node.value ?? null);
  if (isSeq(node)) return node.items.map((item) => toPlain(item, notes));
  if (isMap(node)) return mapToPlain(node.items, notes);
  if (isAlias(node)) {
    notes.refuse(offsetOf(node), {
      message: `alias '*${node.source}' is not followed in these files`,
      hint: 'write the value out, so that each line can be read by itself',
    });
  }
  return null;
}

function mapToPlain(pairs: readonly Pair[], notes: Notes): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  const first = new Map<string, number>();
  for (const pair of pairs) {
    const offset = offsetOf(pair.key);
    const key = keyText(pair);
    if (key === undefined || key === '__proto__') {
      notes.refuse(offset, {
        message: 'this cannot be a key',
        hint: 'keys are plain words; put braces and brackets in quotes',
      });
      continue;
    }
    const earlier = first.get(key);
    if (earlier !== undefined) {
      const { line, column } = notes.place(earlier);
      notes.note(offset, {
        message: `duplicate key '${key}', first at ${line}:${column}`,
        hint: 'keep one of the two',
      });
      continue;
    }
    first.set(key, offset);
    plain[key] = toPlain(pair.value, notes);
  }
  return plain;
}

function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value ?? '') : undefined;
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

/** Follows `path` as far as the document goes; the pair or item reached last. */
function follow(document: Document, path: Path): { pair?: Pair; node: unknown; complete: boolean } {
  let node: unknown = document.contents;
  let pair: Pair | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const next = node.items.find((item) => keyText(item) === String(step));
      if (next === undefined) return { pair, node, complete: false };
      pair = next;
      node = next.value;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      pair = undefined;
      node = node.items[step];
    } else {
      return { pair, node, complete: false };
    }
  }
  return { pair, node, complete: true };
}

function valueOffset(document: Document, path: Path, replaced: Replacement, within = 0): number {
  const { pair, node } = follow(document, path);
  const empty = node === null || node === undefined || (isScalar(node) && node.value === null && !node.source);
  if (empty) return offsetOf(pair?.key);
  const text = isScalar(node) && typeof node.value === 'string' ? node.value : '';
  return offsetOf(node) + offsetInScalar(node, replaced.writtenOffset(text, within));
}

/** Only a scalar on one line shows its characters at fixed places. */
function offsetInScalar(node: unknown, within: number): number {
  if (within === 0 || !isScalar(node) || node.type?.startsWith('BLOCK')) return 0;
  return (node.type?.startsWith('QUOTE') ? 1 : 0) + within;
}

function keyOffset(document: Document, path: Path): number {
  const { pair, node, complete } = follow(document, path);
  return complete && pair ? offsetOf(pair.key) : offsetOf(node);
}

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'line it up with its neighbours, or close the bracket above',
  MISSING_CHAR: 'close the quote or bracket, or add the missing character',
  MULTIPLE_DOCS: 'keep one document a file, without a second ---',
  TAG_RESOLVE_FAILED: 'remove the tag',
  BLOCK_AS_IMPLICIT_KEY: 'check the indentation, and quote values that hold a colon',
  MULTILINE_IMPLICIT_KEY: 'check the indentation, and give every key its colon',
};

function syntaxProblem(code: string, message: string): ValueProblem {
  const [line = ''] = message.split('\n');
  return {
    message: `not valid YAML: ${line.trim()}`,
    hint: SYNTAX_HINTS[code] ?? 'check quotes, brackets and indentation here',
  };
}

/** One thing wrong in a file; `line` and `column` count from 1, columns in UTF-16 units as editors count. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** It concerns only labs in virtual machines, or only those of VirtualBox. */
  readonly only?: 'machines' | 'virtualbox';
}

/** `file:line:column: what is wrong; what to do` */
export function problemText(problem: Problem): string {
  const { file, line, column, message, hint } = problem;
  return `${file}:${line}:${column}: ${message}${message.endsWith('?') ? ' ' : '; '}${hint}`;
}

/** In reading order, without exact repeats. */
function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const once = new Map(problems.map((problem) => [problemText(problem), problem]));
  return [...once.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}

/** Throws LabError `config-invalid` with every problem, or returns when there is none. */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const sorted = sortProblems(problems);
  const files = [...new Set(sorted.map((problem) => problem.file))];
  const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  throw new LabError('config-invalid', [`${count} in ${where}`, ...sorted.map(problemText)].join('\n'), {
    hint: 'Nothing was changed; fix what is listed and run the same command again.',
    data: { problems: sorted },
  });
}

/** The field of a value of unknown shape; undefined where there is none. The others below likewise. */
export function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself, frozen through and through. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
