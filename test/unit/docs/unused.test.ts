import { expect } from 'chai';
import { exportsOf, type Package, unusedIn } from '../../../tools/unused.js';

const MANIFEST: Package = {
  exports: { './state': './dist/state.js' },
  scripts: { check: 'biome ci . && tsx tools/check.ts' },
  dependencies: {},
  devDependencies: {},
};

/** Sources that are all needed, to plant something in. */
const NEEDED: Readonly<Record<string, string>> = {
  'src/cli/main.ts': "import { a, type B } from '../model/a.js';\n",
  'src/state.ts': "export * from './model/c.js';\n",
  'src/model/a.ts': 'export const a = 1;\nexport interface B {}\n',
  'src/model/c.ts': 'export async function c() {}\nexport type D = number;\n',
};

function unused(planted: Readonly<Record<string, string>>, manifest: Partial<Package> = {}): readonly string[] {
  return unusedIn(new Map(Object.entries({ ...NEEDED, ...planted })), { ...MANIFEST, ...manifest });
}

describe('what nothing needs', () => {
  it('is nothing where all is imported, the entries of the package aside', () => {
    expect(unused({})).to.deep.equal([]);
  });

  it('is a source that nothing imports, or tests alone', () => {
    expect(unused({ 'src/model/e.ts': 'export const e = 1;\n' })).to.deep.equal([
      'src/model/e.ts is imported by nothing',
    ]);
    const tested = {
      'src/model/e.ts': 'export const e = 1;\n',
      'test/e.test.ts': "import { e } from '../src/model/e.js';\n",
    };
    expect(unused(tested)).to.deep.equal(['src/model/e.ts is imported by tests only']);
  });

  it('is an export that no other file imports, whatever it is', () => {
    const kept = 'export const a = 1;\nexport interface B {}\n';
    for (const statement of [
      'export const e = a;',
      'export function e() {}',
      'export async function e() {}',
      'export class e {}',
      'export type e = B;',
      'export interface e {}',
      "export { x as e } from './c.js';",
      "export type { e } from './c.js';",
    ]) {
      expect(unused({ 'src/model/a.ts': `${kept}${statement}\n` }), statement).to.deep.equal([
        'src/model/a.ts exports e, which no other file imports',
      ]);
    }
  });

  it('is an export that tests alone use, unless its own file uses it too', () => {
    const test = { 'test/a.test.ts': "import { e } from '../src/model/a.js';\n" };
    const text = 'export const a = 1;\nexport interface B {}\nexport const e = 1;\n';
    expect(unused({ ...test, 'src/model/a.ts': text })).to.deep.equal([
      'src/model/a.ts exports e, which tests alone use',
    ]);
    expect(unused({ ...test, 'src/model/a.ts': `${text}a(e);\n` })).to.deep.equal([]);
  });

  it('is a dependency that is neither imported nor run', () => {
    const dependencies = { zod: '1', tsx: '1', '@scope/used': '1', yaml: '1' };
    const imports = {
      'src/model/a.ts': "import '@scope/used/deep';\nimport 'yaml/core';\nexport const a = 1;\nexport type B = 1;\n",
    };
    expect(unused(imports, { dependencies })).to.deep.equal([
      'package.json depends on zod, which src does not import and no script runs',
    ]);
    const test = { 'test/a.test.ts': "import 'ajv';\n" };
    expect(
      unused(test, { devDependencies: { ajv: '1', '@biomejs/biome': '1', '@types/x': '1', chalk: '1' } }),
    ).to.deep.equal(['package.json depends on chalk, which nothing imports or runs']);
    expect(unused(test, { dependencies: { ajv: '1' } })).to.have.length(1);
  });

  it('knows an export under the name that others import', () => {
    expect(exportsOf("export { a, type B, c as d } from './x.js';\nexport abstract class E {}\n")).to.deep.equal([
      'E',
      'a',
      'B',
      'd',
    ]);
  });
});
