import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const TSC = resolve('node_modules/typescript/bin/tsc');

/** The messages and the model in a folder of their own, where Japanese (a copy of the Chinese) is the third language. */
function withJapanese(): string {
  const folder = mkdtempSync(join(tmpdir(), 'halab-messages-'));
  for (const part of ['src/messages', 'src/model']) cpSync(part, join(folder, part), { recursive: true });
  cpSync('src/messages/zh', join(folder, 'src/messages/ja'), { recursive: true });
  for (const config of ['tsconfig.json', 'package.json']) cpSync(config, join(folder, config));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  change(join(folder, 'src/messages/ja/index.ts'), 'export const ZH', 'export const JA');
  change(join(folder, 'src/messages/ja/grammar.ts'), "'zh'", "'ja'");
  change(join(folder, 'src/model/text.ts'), "['en', 'zh']", "['en', 'zh', 'ja']");
  return folder;
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text, file).to.include(from);
  writeFileSync(file, text.replace(from, to));
}

function addToTable(folder: string): void {
  const table = join(folder, 'src/messages/catalogues.ts');
  change(table, '  zh: ZH,\n', '  zh: ZH,\n  ja: JA,\n');
  change(table, 'import type { Language }', "import { JA } from './ja/index.js';\nimport type { Language }");
}

/** What the compiler says; '' where it is content. */
function compile(folder: string): string {
  const { stdout, error } = spawnSync(process.execPath, [TSC, '--noEmit', '-p', folder], { encoding: 'utf8' });
  if (error) throw error;
  return stdout;
}

describe('a third language', function () {
  this.timeout(60_000);
  let folder = '';
  beforeEach(() => {
    folder = withJapanese();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is a folder, an entry in LANGUAGES and a line in the table', () => {
    addToTable(folder);
    expect(compile(folder)).to.equal('');
  });

  it('is asked for by the compiler where the line in the table is missing', () => {
    expect(compile(folder)).to.match(/catalogues\.ts.*Property 'ja' is missing/);
  });

  it('that lacks a message does not compile, and the compiler names the message', () => {
    addToTable(folder);
    const file = readdirSync(join(folder, 'src/messages/ja')).find((name) => name === 'report.ts') ?? expect.fail();
    const report = join(folder, 'src/messages/ja', file);
    writeFileSync(report, readFileSync(report, 'utf8').replace(/ {2}'report\.lab': .*\n/, ''));
    expect(compile(folder)).to.match(/ja\/report\.ts.*'report\.lab'+ is missing/);
  });
});
