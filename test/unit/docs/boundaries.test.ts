import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

/** A file of each room, what it imports, and whether that is allowed. */
const CASES: readonly (readonly [room: string, module: string, allowed: boolean])[] = [
  ['model', '../ports/backend.js', false],
  ['model', 'zod', false],
  ['ports', '../model/lab.js', true],
  ['ports', '../config/lab.js', false],
  ['config', 'yaml', true],
  ['config', 'zod', true],
  ['config', '../cluster/status-text.js', false],
  ['cluster', 'saxes', true],
  ['cluster', '../transports/connection.js', false],
  ['cluster/text', '../words.js', true],
  ['runner', 'mocha', true],
  ['runner', '../checks/index.js', false],
  ['runner', '../store/journal.js', false],
  ['faults', '../ports/fault.js', true],
  ['faults', '../backends/embedded/backend.js', false],
  ['checks', '../cluster/status-text.js', true],
  ['checks', '../cluster/agent-metadata.js', true],
  ['checks', '../cluster/cib/read-cib.js', true],
  ['checks', '../fields/nearest.js', true],
  ['checks', '../cluster/formation.js', false],
  ['checks', 'chai', true],
  ['audits', '../checks/index.js', false],
  ['probes', '../runner/poll.js', false],
  ['diagnosis', '../model/cluster-state.js', true],
  ['diagnosis', '../report/format.js', false],
  ['walk', '../config/fault-schema.js', true],
  ['walk/rows', '../../config/scenario-schema.js', true],
  ['walk', '../config/scenario-files.js', false],
  ['walk', '../runner/plan.js', false],
  ['runner', '../walk/draw.js', false],
  ['diagnosis/decide', '../../cluster/status-text.js', false],
  ['report', '../diagnosis/diagnosis-of.js', false],
  ['report', 'listr2', true],
  ['report', 'eta/core', true],
  ['report', '../store/run-folder.js', false],
  ['report', 'node:child_process', false],
  ['store', '../report/state.js', false],
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
];

describe('import boundaries', () => {
  let folder = '';
  let refused: ReadonlySet<string>;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-boundaries-'));
    copyFileSync(join(TOP, 'biome.json'), join(folder, 'biome.json'));
    for (const [index, [room, module]] of CASES.entries()) {
      write(fileOf(index, room), `import { thing } from '${module}';\n\nthing();\n`);
    }
    write('src/report/environment.ts', 'export const home = process.env.HOME;\n');
    write('src/report/console.ts', 'console.log(1);\n');
    refused = new Set(lint(folder));
  });

  after(() => rmSync(folder, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  for (const [index, [room, module, allowed]] of CASES.entries()) {
    it(`src/${room} ${allowed ? 'may' : 'may not'} import ${module}`, () => {
      expect(refused.has(`${fileOf(index, room)} lint/style/noRestrictedImports`)).to.equal(!allowed);
    });
  }

  it('below cli there is neither process.env nor the console', () => {
    expect(refused).to.include('src/report/environment.ts lint/style/noProcessEnv');
    expect(refused).to.include('src/report/console.ts lint/suspicious/noConsole');
  });
});

function fileOf(index: number, room: string): string {
  return `src/${room}/case-${index}.ts`;
}

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
