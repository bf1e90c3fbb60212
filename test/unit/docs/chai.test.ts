import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, use } from 'chai';
import { clusterPlugin } from '../../../src/chai/plugin.js';
import { readAny } from '../../../src/cluster/read-any.js';
import { wordsOf } from '../chai/words-of.js';

use(clusterPlugin);

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(TOP, 'docs/chai.md'), 'utf8');
const status = blocksOf('text status').join('');

/** What stands for the imports of a suite: the sources, and a mocha that calls what it is given at once. */
const IMPORTS: readonly (readonly [name: string, source: string])[] = [
  ['halab/chai', pathToFileURL(join(TOP, 'src/chai/plugin.ts')).href],
  ['halab/state', pathToFileURL(join(TOP, 'src/state.ts')).href],
  ['chai', pathToFileURL(createRequire(import.meta.url).resolve('chai')).href],
];
const MOCHA = 'const describe = (_name, body) => body();\nconst it = describe;\n';

function blocksOf(language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...page.matchAll(fence)].map(([, text]) => text ?? '');
}

interface Sentence {
  readonly code: string;
  /** `name: message` of the error that stands below it. */
  readonly error: string | undefined;
}

/** One on each line; the error below it may go on on further lines that begin with `//   `. */
function sentencesOf(block: string): readonly Sentence[] {
  return [...block.matchAll(/^(expect.+;)\n((?:\/\/.*\n)*)/gm)].map(([, code = '', comment = '']) => ({
    code,
    error:
      comment === ''
        ? undefined
        : comment
            .trim()
            .slice(3)
            .replace(/\n\/\/ +/g, ' '),
  }));
}

function errorOf(code: string): string | undefined {
  try {
    new Function('expect', 'state', code)(expect, readAny(status));
    return undefined;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

describe('docs/chai.md', () => {
  it('explains every word of the plugin, each once, and no other', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| .+ \|$/gm)].map(([, word]) => word);
    expect([...rows].sort()).to.deep.equal([...wordsOf(clusterPlugin)].sort());
  });

  it('says every word in an example', () => {
    const examples = blocksOf('ts example').join('');
    expect(wordsOf(clusterPlugin).filter((word) => !new RegExp(`\\.${word}\\b`).test(examples))).to.deep.equal([]);
  });

  it('has a status that is read to its last line', () => {
    expect(readAny(status)).to.be.fullyRead;
  });

  for (const block of blocksOf('ts example')) {
    for (const { code, error } of sentencesOf(block)) {
      it(error === undefined ? `${code} holds` : `${code} fails as shown`, () => {
        expect(errorOf(code)).to.equal(error);
      });
    }
  }

  it('has nothing in its examples that is not run', () => {
    const lines = blocksOf('ts example').flatMap((block) => block.trim().split('\n'));
    const sentences = blocksOf('ts example').flatMap(sentencesOf);
    expect(lines.filter((line) => !line.startsWith('//'))).to.deep.equal(sentences.map(({ code }) => code));
  });

  describe('its suite', () => {
    let folder = '';
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'halab-chai-'));
    });
    after(() => rmSync(folder, { recursive: true }));

    it('passes', async () => {
      const [suite = ''] = blocksOf('ts suite');
      const mapped = IMPORTS.reduce(
        (text, [name, source]) => text.replace(`from '${name}'`, `from '${source}'`),
        suite,
      );
      writeFileSync(join(folder, 'status.txt'), status);
      const run = async (name: string, text: string): Promise<void> => {
        writeFileSync(join(folder, name), MOCHA + text);
        await import(pathToFileURL(join(folder, name)).href);
      };
      await run('suite.ts', mapped);
      const failing = await run('failing.ts', mapped.replace("startedOn('ha-host2')", "startedOn('ha-host3')")).then(
        () => 'passed',
        (error: Error) => error.message,
      );
      expect(failing).to.equal('expected vip to be started on ha-host3: vip Started on ha-host2');
    });
  });
});
