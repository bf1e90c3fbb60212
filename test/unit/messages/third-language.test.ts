import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { COPY_TEST_MS, type CopyOfHalab, copyOfHalab } from '../../support/copy-of-halab.js';

/** The messages and the model in a folder of their own, where Japanese (a copy of the Chinese) is the third language. */
function withJapanese(): CopyOfHalab {
  const copy = copyOfHalab(['src/messages', 'src/model']);
  cpSync('src/messages/zh', copy.path('src/messages/ja'), { recursive: true });
  change(copy.path('src/messages/ja/index.ts'), 'export const ZH', 'export const JA');
  change(copy.path('src/messages/ja/grammar.ts'), "'zh'", "'ja'");
  change(copy.path('src/model/text.ts'), "['en', 'zh']", "['en', 'zh', 'ja']");
  return copy;
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text, file).to.include(from);
  writeFileSync(file, text.replace(from, to));
}

function addToTable(copy: CopyOfHalab): void {
  const table = copy.path('src/messages/catalogues.ts');
  change(table, '  zh: ZH,\n', '  zh: ZH,\n  ja: JA,\n');
  change(table, 'import type { Language }', "import { JA } from './ja/index.js';\nimport type { Language }");
  const page = copy.path('src/messages/page-catalogues.ts');
  change(
    page,
    '} satisfies',
    '  ja: { ...GENERAL_ZH, ...HISTORY_ZH, ...NIGHTLY_ZH, ...PAGE_ZH, ...REPORT_ZH },\n} satisfies',
  );
}

describe('a third language', function () {
  this.timeout(COPY_TEST_MS);
  let copy: CopyOfHalab;
  beforeEach(() => {
    copy = withJapanese();
  });
  afterEach(() => copy?.remove());

  it('is a folder, an entry in LANGUAGES and a line in each of two tables', () => {
    addToTable(copy);
    expect(copy.compile('tsconfig.json')).to.equal('');
  });

  it('is asked for by the compiler where the line in the table is missing', () => {
    const errors = copy.compile('tsconfig.json');
    for (const table of ['catalogues', 'page-catalogues'])
      expect(errors).to.match(new RegExp(`/${table}\\.ts.*Property 'ja' is missing`));
  });

  it('that lacks a message does not compile, and the compiler names the message', () => {
    addToTable(copy);
    const file = readdirSync(copy.path('src/messages/ja')).find((name) => name === 'report.ts') ?? expect.fail();
    const report = copy.path('src/messages/ja', file);
    writeFileSync(report, readFileSync(report, 'utf8').replace(/ {2}'report\.lab': .*\n/, ''));
    expect(copy.compile('tsconfig.json')).to.match(/ja\/report\.ts.*'report\.lab'+ is missing/);
  });
});
