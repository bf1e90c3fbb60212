import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CATALOGUES } from '../../../src/messages/page-catalogues.js';
import { LANGUAGES } from '../../../src/model/text.js';

const SRC = join(import.meta.dirname, '../../../src');
const BUNDLED = ['report/audits.ts', 'report/probe-text.ts', 'report/summary.ts', 'report/format.ts'];

describe('the messages of report.html', () => {
  const client = readdirSync(join(SRC, 'web/client')).filter((file) => file.endsWith('.ts'));
  const sources = [...client.map((file) => `web/client/${file}`), ...BUNDLED];
  const codes = sources.flatMap((file) => {
    const text = readFileSync(join(SRC, file), 'utf8');
    return [...text.matchAll(/(?:say|messageIn)\((?:\w+(?:\.\w+)?, )?'([\w.-]+)'/g)].map(([, code = '']) => code);
  });

  it('have every code that the page says, in each language, though they are but a part of all messages', () => {
    expect(codes).to.have.length.above(80);
    for (const language of LANGUAGES)
      expect(
        codes.filter((code) => !(code in CATALOGUES[language])),
        language,
      ).to.deep.equal([]);
  });
});
