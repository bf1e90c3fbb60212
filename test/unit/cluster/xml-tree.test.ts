import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { parseXml, readXml, type XmlElement } from '../../../src/cluster/xml-tree.js';
import { fixture } from './fixture.js';

const FIXTURES = [
  'ipaddr2-metadata.xml',
  ...readdirSync(new URL('../../fixtures/cluster/crm_mon', import.meta.url))
    .filter((name) => name.endsWith('.xml'))
    .map((name) => `crm_mon/${name}`),
];

/** The tree as fast-xml-parser gives it. */
const library = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  preserveOrder: true,
});

type Raw = Readonly<Record<string, unknown>>;

function flat(nodes: readonly Raw[]): unknown {
  return nodes
    .filter((node) => !('#text' in node))
    .map((node) => {
      const name = Object.keys(node).find((key) => key !== ':@') ?? '';
      const content = node[name] as readonly Raw[];
      const text = content.map((part) => String(part['#text'] ?? '')).join('');
      return { name, attributes: node[':@'] ?? {}, text, children: flat(content) };
    });
}

function ours({ name, attributes, text, children }: XmlElement): unknown {
  return { name, attributes, text, children: children.map(ours) };
}

describe('the XML reader', () => {
  for (const path of FIXTURES) {
    it(`reads ${path} as fast-xml-parser does`, () => {
      const source = fixture(path);
      expect([ours(parseXml(source))]).to.deep.equal(flat(library.parse(source)));
    });
  }

  it('reads entities, CDATA, comments, instructions and either quote', () => {
    const root = parseXml(
      `<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><!-- <b> --><a x='1 "2"' y="&lt;&#65;&#x42;&amp;lt;&none;">` +
        `one<![CDATA[<two>]]><?pi <c>?><b-c.d:e/> three </a>\n<!-- end -->\n`,
    );
    expect(root.attributes).to.deep.equal({ x: '1 "2"', y: '<AB&lt;&none;' });
    expect(root.text).to.equal('one<two> three');
    expect(root.children.map(({ name }) => name)).to.deep.equal(['b-c.d:e']);
  });

  const BROKEN: readonly string[] = [
    '',
    'Cluster name: linuxha',
    '<a><b></a>',
    '<a></a></a>',
    '<a/><b/>',
    '<a x=1/>',
    '<a x/>',
    '<a x="1" x="2"/>',
    '<a x="<"/>',
    '<a>< b/></a>',
    '<1/>',
  ];
  for (const source of BROKEN) {
    it(`refuses ${source || 'an empty document'}`, () => {
      expect(() => parseXml(source)).to.throw(/^not well-formed XML: /);
    });
  }

  it('says in which line', () => {
    expect(() => parseXml('<a>\n  <b>\n</a>')).to.throw('unexpected close tag (line 3)');
    expect(() => parseXml('<a>\n  <b>\n')).to.throw('it is cut off (line 2)');
    expect(() => parseXml('<a>\n</a>\n\n<b/>')).to.throw('something follows </a> (line 4)');
  });

  it('reads a document that is cut off as far as it goes, and says what was not whole', () => {
    const whole = '<a><b><c/></b><d x="1"><e/></d></a>';
    for (let kept = 0; kept < whole.length; kept += 1) {
      const { root, cutInLine, broken, after } = readXml(whole.slice(0, kept));
      expect({ broken, after }, `${kept} characters`).to.deep.equal({ broken: undefined, after: '' });
      expect(cutInLine).to.equal(kept === 0 ? undefined : 1);
      expect(root?.whole ?? false).to.equal(false);
    }
    const { root } = readXml(whole.slice(0, whole.indexOf('</d>')));
    expect(root?.children.map((child) => child.whole)).to.deep.equal([true, false]);
  });

  it('stops where the root ends', () => {
    expect(readXml('# crm_mon\n<a/>\n# ', 10)).to.deep.include({ after: '\n# ' });
  });
});
