import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { audits } from '../../../src/audits/index.js';
import { CHECKS } from '../../../src/checks/index.js';
import { exitCodeOfError } from '../../../src/cli/errors.js';
import { SETTINGS } from '../../../src/cli/flags.js';
import { loadCourses } from '../../../src/config/course.js';
import { exerciseSchema, TASK_WORDS } from '../../../src/config/exercise-schema.js';
import { loadLab } from '../../../src/config/files.js';
import { nightlySchema, readMatrix } from '../../../src/config/nightly.js';
import { loadScenarios, pickScenarios } from '../../../src/config/scenario-files.js';
import { readByLab } from '../../../src/config/scenario-labs.js';
import { stepSchema } from '../../../src/config/scenario-schema.js';
import { FAULTS } from '../../../src/faults/index.js';
import { LINK_DOWN_MEANS } from '../../../src/faults/link-down.js';
import { scenarioFields } from '../../../src/fields/scenario-fields.js';
import { ERROR_CODES, LabError } from '../../../src/model/errors.js';
import { PHASES, PROBE_KINDS, STACK_DAEMONS } from '../../../src/model/scenario.js';
import { withFaultTable } from '../../../tools/faults.js';

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

describe('the examples of a first lab and a first scenario', () => {
  const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
  after(() => rmSync(folder, { recursive: true }));
  const dirs = { root: TOP, cwd: folder };

  function stepsOf(page: string, word: string): readonly string[] {
    writeFileSync(join(folder, `${word}.yaml`), example(page, word));
    const { selected } = loadScenarios([`./${word}.yaml`], loadLab('linuxha', dirs).lab, dirs);
    return selected.flatMap(({ steps }) => steps.map(({ id }) => id));
  }

  it('are a valid lab', () => {
    writeFileSync(join(folder, 'lab.yaml'), example('docs/labs.md', 'lab'));
    expect(loadLab('./lab.yaml', dirs).lab.nodes).to.have.length(4);
  });

  it('are valid scenarios', () => {
    expect(stepsOf('docs/first-scenario.md', 'first')).to.deep.equal(['cut']);
    expect(stepsOf('docs/first-scenario.md', 'second')).to.deep.equal(['cut', 'power']);
    expect(stepsOf('docs/first-scenario.md', 'command')).to.deep.equal(['standby', 'back']);
  });

  it('are ten lines in the README, the same as on the page that explains them', () => {
    const text = example('README.md', 'first');
    expect(text).to.equal(example('docs/first-scenario.md', 'first'));
    expect(text.trimEnd().split('\n')).to.have.length(10);
  });

  it('name every key of a step', () => {
    const keys = Object.keys(stepSchema(scenarioFields()).shape);
    const rows = [...read('docs/first-scenario.md').matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)];
    const named = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, key]) => key));
    expect(named).to.include.members(keys);
  });
});

describe('docs/write-an-exercise.md', () => {
  const page = read('docs/write-an-exercise.md');

  it('has an exercise that can be read, and a course', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    try {
      const dirs = { root: TOP, cwd: folder };
      writeFileSync(join(folder, 'exercise.yaml'), example('docs/write-an-exercise.md', 'exercise'));
      const [exercise] = loadScenarios(['./exercise.yaml'], loadLab('linuxha', dirs).lab, dirs).selected;
      expect(exercise?.steps.map(({ task }) => task?.by)).to.deep.equal(['student', 'halab']);
      mkdirSync(join(folder, 'courses'));
      writeFileSync(join(folder, 'courses', 'course.yaml'), example('docs/write-an-exercise.md', 'course'));
      expect(loadCourses(dirs)[0]?.id).to.equal('my-course');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names every key of an exercise', () => {
    const named = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, key]) => key);
    const { shape } = exerciseSchema(scenarioFields());
    expect(named).to.include.members([...Object.keys(shape), ...TASK_WORDS]);
  });
});

describe('the figures in README.md', () => {
  it('are those of the code and the library', () => {
    const files = pickScenarios([], { root: TOP, cwd: TOP }).wanted;
    const exercises = files.filter(({ source }) => Object.hasOwn(source.data as object, 'exercise')).length;
    const scenarios = files.length - exercises;
    const labs = readdirSync(join(TOP, 'labs')).filter((file) => file.endsWith('.yaml')).length;
    expect(read('README.md')).to.include(
      `${Object.keys(FAULTS).length} faults · ${Object.keys(CHECKS).length} expectations · ${Object.keys(audits).length} audits · ${scenarios} scenarios · ${exercises} exercises · ${labs} labs`,
    );
  });
});

describe('docs/README.md', () => {
  it('links every page of the documentation', () => {
    const pages = readdirSync(join(TOP, 'docs')).filter((page) => isPage(page) && page !== 'README.md');
    expect(pages.filter((page) => !read('docs/README.md').includes(`](${page})`))).to.deep.equal([]);
  });
});

describe('the example in docs/scenarios.md', () => {
  it('is a valid scenario for the lab that it names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    try {
      const dirs = { root: TOP, cwd: folder };
      writeFileSync(join(folder, 'scenario.yaml'), example('docs/scenarios.md', 'scenario'));
      const [selection] = readByLab(pickScenarios(['./scenario.yaml'], dirs), (name = '') => loadLab(name, dirs).lab);
      expect(selection?.lab.name).to.equal('two-node');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('docs/commands.md', () => {
  it('has a row for every setting, and for no other flag', () => {
    const rows = [...read('docs/commands.md').matchAll(/^\| `HALAB_(\w+)` \| `--(\w+)` \|/gm)];
    expect(rows.map(([, variable]) => variable?.toLowerCase())).to.deep.equal(rows.map(([, , flag]) => flag));
    expect(rows.map(([, , flag]) => flag)).to.have.members([...SETTINGS]);
  });
});

describe('docs/fencing.md', () => {
  it('has an example that is a valid scenario', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'fencing.yaml'), example('docs/fencing.md', 'fencing'));
    const dirs = { root: TOP, cwd: folder };
    const { selected } = loadScenarios(['./fencing.yaml'], loadLab('linuxha', dirs).lab, dirs);
    expect(selected[0]?.needs.abilities).to.include.members(['fencing', 'controllers', 'pause']);
  });
});

describe('docs/faults.md', () => {
  const page = read('docs/faults.md');
  const kinds = Object.keys(FAULTS);

  it('has the table of the code (npx tsx tools/faults.ts writes it)', () => {
    expect(withFaultTable(page)).to.equal(page);
  });

  it('has a row and a section for every fault, in the order of the list, and no other', () => {
    const rows = [...page.matchAll(/^\| \[`([\w-]+)`\]\(#([\w-]+)\) \| (.+) \| (.+) \|$/gm)];
    expect(rows.map(([, kind]) => kind)).to.deep.equal(kinds);
    expect(rows.map(([, , anchor]) => anchor)).to.deep.equal(kinds);
    const sections = [...page.matchAll(/^## ([a-z-]+)$/gm)].map(([, kind]) => kind);
    expect(sections).to.deep.equal(kinds);
  });

  it('names every daemon, every means and every other kind that audits know', () => {
    for (const word of [...STACK_DAEMONS, ...LINK_DOWN_MEANS, ...kinds]) expect(page).to.include(`\`${word}\``);
  });

  it('has an example that is a valid scenario', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    try {
      const dirs = { root: TOP, cwd: folder };
      writeFileSync(join(folder, 'scenario.yaml'), example('docs/faults.md', 'faults'));
      const { selected } = loadScenarios(['./scenario.yaml'], loadLab('linuxha', dirs).lab, dirs);
      expect(selected[0]?.needs.abilities).to.deep.equal([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('docs/probes.md', () => {
  it('has a row for every kind of probe and every phase, and an example that is a valid scenario', () => {
    const rows = [...read('docs/probes.md').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(rows.filter((name) => name !== 'kind')).to.deep.equal([...PROBE_KINDS, ...PHASES]);
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    try {
      const dirs = { root: TOP, cwd: folder };
      writeFileSync(join(folder, 'scenario.yaml'), example('docs/probes.md', 'probes'));
      const { selected } = loadScenarios(['./scenario.yaml'], loadLab('linuxha', dirs).lab, dirs);
      expect(selected[0]?.steps.at(-1)?.probes.map(({ kind }) => kind)).to.deep.equal(['ping', 'http', 'writer']);
    } finally {
      rmSync(folder, { recursive: true });
    }
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

  it('has the section on where state is kept, which docs/commands.md links to', () => {
    expect(page).to.match(/^## Where state is kept$/m);
    expect(read('docs/commands.md')).to.include('architecture.md#where-state-is-kept');
  });

  it('names only files and folders that exist', () => {
    const named = [...page.matchAll(/`((?:[\w-]+\/)+(?:[\w.-]+\.(?:ts|sh|py|eta))?)`/g)].map(([, path = '']) => path);
    expect(named).to.include('report/state.ts');
    expect(named.filter((path) => !existsSync(join(TOP, path)) && !existsSync(join(TOP, 'src', path)))).to.deep.equal(
      [],
    );
  });

  it('gives every module a line', () => {
    const modules = readdirSync(join(TOP, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(modules.filter(({ name }) => !page.includes(`\n| \`${name}\` |`)).map(({ name }) => name)).to.deep.equal([]);
  });
});

describe('docs/nightly.md', () => {
  it('has an example that is a valid matrix, and names every key', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'nightly.yaml'), example('docs/nightly.md', 'nightly'));
    const matrix = readMatrix(join(folder, 'nightly.yaml'), { root: TOP, cwd: folder });
    expect(matrix).to.include({ set: 'ci', repeat: 2 });
    const named = [...read('docs/nightly.md').matchAll(/^\| `([a-z]+)` \|/gm)].map(([, key]) => key);
    expect(named).to.have.members(Object.keys(nightlySchema.shape));
  });
});
