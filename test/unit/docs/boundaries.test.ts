import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { rulesFrom, violationsIn, violationsOf } from '../../../tools/boundaries.js';
import { circlesOf, importsOf, readSources } from '../../../tools/imports.js';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = readFileSync(join(TOP, 'docs/architecture.md'), 'utf8');

/** The folder of a file, what it imports, and whether that is allowed. */
const CASES: readonly (readonly [folder: string, specifier: string, allowed: boolean])[] = [
  ['model', '../ports/backend.js', false],
  ['model', 'zod', false],
  ['messages', '../model/lab.js', true],
  ['messages', '../ports/backend.js', false],
  ['ports', '../model/lab.js', true],
  ['ports', '../config/lab.js', false],
  ['fields', 'zod', true],
  ['fields', '../ports/backend.js', false],
  ['config', 'yaml', true],
  ['config', 'zod', true],
  ['config', '../faults/index.js', true],
  ['config', '../faults/standing.js', false],
  ['config', '../cluster/status-text.js', false],
  ['cluster', 'saxes', true],
  ['cluster', '../transports/connection.js', false],
  ['cluster/text', '../words.js', true],
  ['runner', 'mocha', true],
  ['runner', '../checks/index.js', false],
  ['runner', '../store/journal.js', false],
  ['faults', '../ports/fault.js', true],
  ['faults', '../cluster/cib/read-cib.js', true],
  ['faults', '../cluster/formation.js', false],
  ['faults', '../backends/embedded/backend.js', false],
  ['checks', '../cluster/status-text.js', true],
  ['checks', '../cluster/agent-metadata.js', true],
  ['checks', '../cluster/cib/read-cib.js', true],
  ['checks', '../fields/value-problem.js', true],
  ['checks', '../cluster/formation.js', false],
  ['audits', '../checks/index.js', false],
  ['probes', '../runner/poll.js', false],
  ['diagnosis', '../model/cluster-state.js', true],
  ['diagnosis', '../report/format.js', false],
  ['walk', '../faults/index.js', true],
  ['walk/rows', '../../config/scenario-schema.js', true],
  ['walk', '../config/scenario-files.js', false],
  ['walk', '../runner/plan.js', false],
  ['runner', '../walk/draw.js', false],
  ['diagnosis/topics', '../../cluster/status-text.js', false],
  ['report', '../diagnosis/diagnosis-of.js', false],
  ['report', 'listr2', true],
  ['report', 'eta/core', true],
  ['report', '../store/run-folder.js', false],
  ['report', 'node:child_process', false],
  ['store', '../report/state.js', false],
  ['history', '../report/summary.js', true],
  ['history', '../ports/sql.js', true],
  ['history', '../databases/sqlite.js', false],
  ['history', 'pg', false],
  ['databases', 'pg', true],
  ['databases', '../history/run-index.js', false],
  ['report', 'node:fs', true],
  ['backends/embedded', '../../ports/backend.js', true],
  ['backends/embedded', '../../system/process-runner.js', false],
  ['backends/embedded', 'ssh2', false],
  ['backends/embedded', 'execa', false],
  ['backends/vagrant/render', 'eta/core', true],
  ['transports', 'ssh2', true],
  ['transports', 'zx/core', true],
  ['system', 'execa', true],
  ['system', 'node:child_process', true],
  ['system', '../transports/connection.js', false],
  ['cli', '../runner/execute.js', true],
  ['cli', 'commander', true],
  ['cli', 'ssh2', false],
  ['cli', 'node:child_process', false],
  ['cli', 'leftpad', false],
];

/** Every form an import takes in formatted code. */
const FORMS: readonly ((specifier: string) => string)[] = [
  (specifier) => `import { thing } from '${specifier}';\n`,
  (specifier) => `import type { Thing } from '${specifier}';\n`,
  (specifier) => `import {\n  type Thing,\n  thing,\n} from '${specifier}';\n`,
  (specifier) => `import * as things from '${specifier}';\n`,
  (specifier) => `import '${specifier}';\n`,
  (specifier) => `export type { Thing } from '${specifier}';\n`,
  (specifier) => `export * from '${specifier}';\n`,
  (specifier) => `export const load = () => import('${specifier}');\n`,
  (specifier) => `export type Thing = import('${specifier}').Thing;\n`,
];

/** Part of dist/web, so that nobody who installs halab needs them. */
const BUNDLED = ['htm', 'preact', '@preact/signals'];

describe('import boundaries', () => {
  const rules = rulesFrom(PAGE);

  /** What is said about one file in this folder that imports this, where the file it names exists. */
  function violationsFor(folder: string, text: string, specifier: string): readonly string[] {
    const file = `src/${folder}/case.ts`;
    const target = importsOf(file, `import '${specifier}';`)[0]?.target;
    return violationsIn(new Map([...(target ? [[target, ''] as const] : []), [file, text]]), rules, []);
  }

  for (const [folder, specifier, allowed] of CASES) {
    it(`src/${folder} ${allowed ? 'may' : 'may not'} import ${specifier}`, () => {
      for (const form of FORMS) {
        const violations = violationsFor(folder, `\n${form(specifier)}`, specifier);
        expect(violations, form(specifier)).to.have.length(allowed ? 0 : 1);
        if (!allowed) expect(violations[0]).to.match(/^src\/\S+case\.ts:2 imports /);
      }
    });
  }

  it('says where the import is and what is allowed', () => {
    const text = "import { a } from 'zod';\nimport type { B } from '../runner/poll.js';\n";
    expect(violationsFor('audits', text, '../runner/poll.js')).to.deep.equal([
      'src/audits/case.ts:1 imports zod, which belongs to fields, config, faults, checks, walk, report, nightly, history, pools, cli',
      'src/audits/case.ts:2 imports runner/poll; audits may import model, ports, messages',
    ]);
  });

  it('refuses a module that has no row, a file that does not exist, and one outside of src', () => {
    expect(violationsIn(new Map([['src/helpers/a.ts', '']]), rules, [])).to.deep.equal([
      'src/helpers has no row in the module table',
    ]);
    const file = new Map([['src/cli/a.ts', "import './gone.js';\nimport '../../tools/imports.js';\n"]]);
    expect(violationsIn(file, rules, [])).to.deep.equal([
      'src/cli/a.ts:1 imports src/cli/gone.ts, which does not exist',
      'src/cli/a.ts:2 imports tools/imports.ts, which lies outside of src',
    ]);
  });

  it('does not take a comment for an import', () => {
    const text = "// import { a } from 'zod';\n/**\n * import('zod') is not for us\n */\nexport const a = 1;\n";
    expect(violationsFor('model', text, './b.js')).to.deep.equal([]);
  });

  describe('of circles', () => {
    const circle = new Map([
      ['src/model/a.ts', "import type { B } from './b.js';\n"],
      ['src/model/b.ts', "import type { C } from './deep/c.js';\n"],
      ['src/model/deep/c.ts', "import type { A } from '../a.js';\n"],
      ['src/model/d.ts', "import { a } from './a.js';\n"],
    ]);

    it('refuse those made of types alone, inside a module as well', () => {
      expect(violationsIn(circle, rules, [])).to.deep.equal([
        'src/model/a.ts, src/model/b.ts, src/model/deep/c.ts import each other in a circle; move what they share below them',
      ]);
    });

    it('let a known one pass, until it is cut', () => {
      expect(violationsIn(circle, rules, ['model'])).to.deep.equal([]);
      expect(violationsIn(circle, rules, ['model/deep'])).to.have.length(2);
      expect(violationsIn(new Map([['src/model/a.ts', '']]), rules, ['model'])).to.deep.equal([
        'src/model has no import circle any more: remove it from KNOWN_CIRCLES',
      ]);
    });

    it('find each circle by itself, and a file that imports itself', () => {
      const edges = ['a>b', 'b>a', 'b>c', 'c>d', 'd>c', 'e>e', 'f>a'].map((edge) => edge.split('>'));
      const imports = edges.map(([file = '', target]) => ({ file, line: 1, specifier: '', target, names: [] }));
      expect(circlesOf(imports)).to.deep.equal([['a', 'b'], ['c', 'd'], ['e']]);
    });
  });

  it('hold in the source as it stands', () => {
    expect(violationsOf(TOP)).to.deep.equal([]);
  });

  it('have a row for every library that the package depends on, and no other', () => {
    const { dependencies } = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as { dependencies: object };
    const libraries = [...rules.libraries.keys()].filter((name) => !name.startsWith('node:'));
    expect(libraries).to.have.members([...Object.keys(dependencies), ...BUNDLED]);
  });

  it('have rows for modules that exist, and nothing allowed that does not', () => {
    const sources = [...readSources(TOP, ['src']).keys()];
    const entries = [...rules.modules.values(), ...rules.libraries.values()].flat();
    const names = [...rules.modules.keys(), ...entries].filter((name) => name !== 'all' && name !== 'messages');
    const missing = names.filter(
      (name) =>
        !sources.some((file) => file === `src/${name}` || file === `src/${name}.ts` || file.startsWith(`src/${name}/`)),
    );
    expect(missing).to.deep.equal([]);
  });
});

describe('the linter', () => {
  it('refuses process.env and the console below cli', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-lint-'));
    after(() => rmSync(folder, { recursive: true }));
    copyFileSync(join(TOP, 'biome.json'), join(folder, 'biome.json'));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const module of ['report', 'runner', 'system', 'cli']) {
      write(`src/${module}/environment.ts`, 'export const home = process.env.HOME;\n');
      write(`src/${module}/console.ts`, 'console.log(1);\n');
    }
    expect(lint(folder)).to.have.members([
      'src/report/environment.ts lint/style/noProcessEnv',
      'src/report/console.ts lint/suspicious/noConsole',
      'src/runner/environment.ts lint/style/noProcessEnv',
      'src/runner/console.ts lint/suspicious/noConsole',
      'src/system/console.ts lint/suspicious/noConsole',
    ]);
  });
});

interface Report {
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}

/** `path rule` of every finding. Biome ends with 1 where it found errors, which is what is wanted here. */
function lint(folder: string): readonly string[] {
  const biome = join(TOP, 'node_modules', '.bin', 'biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', `--config-path=${folder}`, 'src'];
  const { diagnostics } = JSON.parse(outputOf(biome, args, folder)) as Report;
  return diagnostics.map(({ category, location }) => `${location.path} ${category}`);
}

function outputOf(program: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (!stdout) throw error;
    return stdout;
  }
}
