import { SaxesParser } from 'saxes';
import { isTrue, parseScore } from '../model/pacemaker-values.js';

/** One element; `text` is its own text without that of its children, which keep the document's order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** False for an element that was still open where a document is cut off. */
  readonly whole: boolean;
}

/** The readable part of a document. */
export interface XmlDocument {
  readonly root?: XmlElement;
  /** The text after the root; '' if the root is not closed. */
  readonly after: string;
  /** The line in which the document is cut off; everything up to it is valid. */
  readonly cutInLine?: number;
  /** Why it is not XML, with the line. */
  readonly broken?: string;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
  whole: boolean;
}

/** Tolerated, because agents' texts contain entities of HTML; these stay as they are. */
const TOLERATED = /undefined entity/;

/** Throws Error with the line where the document is broken or cut off. */
export function parseXml(source: string): XmlElement {
  const { root, after, cutInLine, broken } = readXml(source);
  const problem = broken ?? (cutInLine === undefined ? undefined : `it is cut off (line ${cutInLine})`);
  if (problem !== undefined) throw new Error(`not well-formed XML: ${problem}`);
  if (root === undefined) throw new Error('not well-formed XML: it holds no element');
  if (after.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '').trim() !== '') {
    const line = lineAt(source, source.length - after.trimStart().length);
    throw new Error(`not well-formed XML: something follows </${root.name}> (line ${line})`);
  }
  return root;
}

/** Reads a document that begins at `from`, up to the end of its root or of the source. Never throws. */
export function readXml(source: string, from = 0): XmlDocument {
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let end: number | undefined;
  let broken: string | undefined;
  const parser = new SaxesParser();
  const isOver = (): boolean => end !== undefined || broken !== undefined;
  const addText = (text: string): void => {
    const inner = open.at(-1);
    if (inner !== undefined && !isOver()) inner.text += text;
  };
  parser.on('opentag', ({ name, attributes }) => {
    if (isOver()) return;
    const element: OpenElement = { name, attributes, children: [], text: '', whole: false };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    const closed = isOver() ? undefined : open.pop();
    if (closed === undefined) return;
    closed.whole = true;
    closed.text = closed.text.trim();
    if (open.length === 0) end = from + parser.position;
  });
  parser.on('text', (text) => addText(text));
  parser.on('cdata', (text) => addText(text));
  parser.on('error', ({ message }) => {
    if (!isOver() && !TOLERATED.test(message)) broken = problemFrom(message, source, from);
  });
  parser.write(source.slice(from));
  if (broken !== undefined) return { after: '', broken };
  if (end !== undefined && root !== undefined) return { root, after: source.slice(end) };
  if (source.slice(from).trim() === '') return { after: '' };
  return { ...(root ? { root } : {}), after: '', cutInLine: lineAt(source, source.trimEnd().length) };
}

export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** saxes writes `LINE:COLUMN: what is wrong.`, counted from the start of the document. */
function problemFrom(message: string, source: string, from: number): string {
  const [, line = '1', what = message] = /^(\d+):\d+: (.*?)\.?$/s.exec(message) ?? [];
  return `${what} (line ${Number(line) + lineAt(source, from) - 1})`;
}

function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

/** The attributes of one element; crm_mon prints some with an empty value. */
export type Attributes = Readonly<Record<string, string>>;

/** `undefined` where the attribute is not printed or is empty. */
export function textOf(attributes: Attributes | undefined, name: string): string | undefined {
  const value = attributes?.[name];
  return value === '' ? undefined : value;
}

/** `undefined` where the attribute is not printed. */
export function truthOf(attributes: Attributes | undefined, name: string): boolean | undefined {
  const value = attributes?.[name];
  return value === undefined ? undefined : isTrue(value);
}

/** Reads `5`, `5ms` and `INFINITY`, which is 1000000; `undefined` for anything else, such as `unknown`. */
export function numberOf(attributes: Attributes | undefined, name: string): number | undefined {
  const value = attributes?.[name] ?? '';
  if (value === 'INFINITY' || value === '-INFINITY' || value === '+INFINITY') return parseScore(value);
  const [, number] = /^([+-]?\d+)(?:ms)?$/.exec(value) ?? [];
  return number === undefined ? undefined : Number(number);
}
