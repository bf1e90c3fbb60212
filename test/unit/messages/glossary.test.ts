import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CHINESE_GLOSSARY, straysFrom } from '../../support/chinese-glossary.js';

/** Every place with Chinese for users. */
const PLACES = ['src', 'scenarios', 'labs', 'docs', 'README.md'];

function filesIn(place: string): readonly string[] {
  if (place.endsWith('.md')) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|ya?ml|md)$/.test(name))
    .map((name) => `${place}/${name}`);
}

describe('the Chinese glossary', () => {
  it('holds for every text there is', () => {
    const strays = PLACES.flatMap(filesIn).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          straysFrom(line).map(({ wrong, right }) => `${file}:${index + 1}: ${wrong} should be ${right}`),
        ),
    );
    expect(strays).to.deep.equal([]);
  });

  it('notices a planted word', () => {
    expect(straysFrom('本分区没有法定人数。')).to.deep.equal([{ wrong: '法定人数', right: '法定票数' }]);
  });

  it('refuses no term of its own', () => {
    for (const { chinese } of CHINESE_GLOSSARY) expect(straysFrom(chinese), chinese).to.deep.equal([]);
  });
});
