import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element; text is what stands directly in it, children keep the document's order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';
type RawNode = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  preserveOrder: true,
});

/** Throws Error with the line where the document is broken: the parser alone takes a truncated one for whole. */
export function parseXml(source: string): XmlElement {
  const valid = XMLValidator.validate(source);
  if (valid !== true) throw new Error(`not well-formed XML: ${valid.err.msg} (line ${valid.err.line})`);
  const root = elementsOf(parser.parse(source)).at(0);
  if (root === undefined) throw new Error('not well-formed XML: it holds no element');
  return root;
}

export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

function elementsOf(nodes: unknown): readonly XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: RawNode) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
    return name === undefined ? [] : [elementOf(name, node)];
  });
}

function elementOf(name: string, node: RawNode): XmlElement {
  const content = (node[name] ?? []) as readonly RawNode[];
  return {
    name,
    attributes: (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>,
    children: elementsOf(content),
    text: content.flatMap((part) => (TEXT in part ? [String(part[TEXT])] : [])).join(''),
  };
}
