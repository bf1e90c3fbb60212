import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { EXPLANATIONS } from '../../../src/diagnosis/explain.js';
import { CATALOGUES } from '../../../src/messages/catalogues.js';
import { LANGUAGES } from '../../../src/model/text.js';

const CHINESE = /[一-鿿]/;
const HALF_WIDTH = /[一-鿿][,;:?!()]|[,;:?!][一-鿿]/;

function sourcesOf(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') }));
}

/** As the source has it, so that every branch of a template is looked at. */
function textsOf(language: string): readonly { readonly code: string; readonly text: string }[] {
  return Object.entries(CATALOGUES[language as 'en']).map(([code, entry]) => ({ code, text: String(entry) }));
}

describe('the catalogues', () => {
  it('have the same codes in every language', () => {
    for (const language of LANGUAGES)
      expect(Object.keys(CATALOGUES[language]).toSorted(), language).to.deep.equal(
        Object.keys(CATALOGUES.en).toSorted(),
      );
  });

  it('have no code twice, nor a message that is never used', () => {
    const sources = sourcesOf('src').filter(({ file }) => !/^src\/messages\/[^/]+\//.test(file));
    const named = namedIn(sources.map(({ text }) => text).join('\n'));
    for (const folder of LANGUAGES.map((language) => `src/messages/${language}`)) {
      const codes = sourcesOf(folder).flatMap(({ text }) =>
        [...text.matchAll(/^ {2}(?:'([^']+)'|(\w+)):/gm)].map(([, quoted, plain]) => quoted ?? plain),
      );
      expect(
        codes.filter((code, index) => codes.indexOf(code) !== index),
        folder,
      ).to.deep.equal([]);
    }
    const unused = Object.keys(CATALOGUES.en).filter((code) => !isUsed(code, named) && !isStandard(code));
    expect(unused).to.deep.equal([]);
  });

  it('are written in their own language, Chinese with full-width punctuation', () => {
    for (const { code, text } of textsOf('en')) expect(text, code).to.not.match(CHINESE);
    for (const { code, text } of textsOf('zh'))
      expect(text.replace(/\$\{[^}]*\}/g, 'X'), code).to.not.match(HALF_WIDTH);
  });

  it('are the only place with text in one language or another', () => {
    const strays = sourcesOf('src')
      .filter(({ file }) => !file.startsWith('src/messages/') && file !== 'src/model/text.ts')
      .filter(({ text }) => CHINESE.test(text) || /language === 'zh|'zh'|\bzh:|\.zh\b/.test(text));
    expect(strays.map(({ file }) => file)).to.deep.equal([]);
  });
});

/** A code may be built from a kind: then its beginning stands in a template. */
function isUsed(code: string, named: ReadonlySet<string>): boolean {
  const beginnings = code.split('.').map((_part, index, parts) => `\`${parts.slice(0, index + 1).join('.')}.`);
  return [`'${code}`, ...beginnings].some((each) => named.has(each));
}

/** `'report.lab` of a code that stands whole, and of a template its beginning, such as `` `step. ``. */
function namedIn(sources: string): ReadonlySet<string> {
  const whole = [...sources.matchAll(/'[\w.-]+(?=')/g)].map(([text]) => text);
  return new Set([...whole, ...[...sources.matchAll(/`[\w.-]+\.(?=\$\{)/g)].map(([text]) => text)]);
}

/** The title or the meaning of an explanation that names no other: `explain.ts` finds it by the item's code. */
function isStandard(code: string): boolean {
  const [, about = '', part = ''] = /^(.+)\.(title|means)$/.exec(code) ?? [];
  const explanation = Object.entries(EXPLANATIONS).find(([each]) => each === about)?.[1];
  return explanation !== undefined && !String(explanation).includes(`${part}:`);
}
