import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { exitCodeOfError } from '../../../src/cli/exit-code.js';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import { ERROR_CODES, LabError } from '../../../src/model/errors.js';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(join(TOP, path), 'utf8');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'reports/README.md',
  ...readdirSync(join(TOP, 'docs'))
    .filter(isPage)
    .map((page) => `docs/${page}`),
];

function isPage(path: string): boolean {
  return path.endsWith('.md');
}

/** The text of the one fenced block that carries this word behind its language. */
function example(page: string, word: string): string {
  const found = new RegExp(`^\`\`\`yaml ${word}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(read(page))?.[1];
  return found ?? expect.fail(`${page} has no ${word} example`);
}

describe('docs/errors.md', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| `([\w-]+)` \| (\d+) \| (.+) \| (.+) \|$/gm)];

  it('explains every code, in the order of the list, and no other', () => {
    expect(rows.map(([, code]) => code)).to.deep.equal([...ERROR_CODES]);
  });

  it('tells the exit code that the command line ends with', () => {
    const told = rows.map(([, code, exit]) => `${code} ${exit}`);
    expect(told).to.deep.equal(ERROR_CODES.map((code) => `${code} ${exitCodeOfError(new LabError(code, ''))}`));
  });
});

describe('the examples in README.md', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are a valid lab and a valid scenario for it', () => {
    const dirs = { root: TOP, cwd: folder };
    writeFileSync(join(folder, 'lab.yaml'), example('README.md', 'lab'));
    writeFileSync(join(folder, 'scenario.yaml'), example('README.md', 'scenario'));
    const { lab } = loadLab('./lab.yaml', dirs);
    expect(lab.nodes).to.have.length(4);
    const { selected } = loadScenarios(['./scenario.yaml'], lab, dirs);
    expect(selected.map((scenario) => scenario.steps.map((step) => step.id))).to.deep.equal([['cut', 'mend']]);
  });
});

describe('the pages', () => {
  for (const page of PAGES) {
    it(`${page} links to files that are there`, () => {
      const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) =>
        resolve(TOP, dirname(page), link ?? ''),
      );
      expect(links.filter((link) => !existsSync(link))).to.deep.equal([]);
    });
  }

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const named = PAGES.flatMap((page) =>
      [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script ?? ''),
    );
    expect([...new Set(named)].filter((script) => !(script in scripts))).to.deep.equal([]);
  });
});

describe('docs/architecture.md', () => {
  const page = read('docs/architecture.md');

  it('gives every dependency a line', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Readonly<Record<string, string>> };
    const lines = [...page.matchAll(/^\| ([\w-]+) \| .+ \| .+ \|$/gm)].map(([, library]) => library);
    expect(lines).to.include.members(Object.keys(dependencies));
  });

  it('gives every room a line', () => {
    const rooms = readdirSync(join(TOP, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.filter(({ name }) => !page.includes(`\n| \`${name}\` |`)).map(({ name }) => name)).to.deep.equal([]);
  });
});
