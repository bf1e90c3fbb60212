import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Command } from 'commander';
import { SETTINGS } from '../../src/cli/flags.js';
import { createProgram } from '../../src/cli/program.js';
import { createHalab, createHalabInProcess, type Finished, type Halab, inTurns, TOP } from '../support/halab.js';

/** Every command that --help shows, `snapshot take` of a group; with none missing when one is added. */
const COMMANDS = namesBelow(createProgram(() => undefined));

function namesBelow(command: Command): readonly string[] {
  const shown = command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');
  return shown.flatMap((each) => {
    const below = namesBelow(each);
    return below.length === 0 ? [each.name()] : below.map((name) => `${each.name()} ${name}`);
  });
}

const LIBRARIES = ['zod', 'yaml', 'ssh2', 'execa', 'listr2', 'mocha', 'chai', 'eta', 'zx', 'fast-xml-parser'];

describe('help', function () {
  this.timeout(30_000);
  let halab: Halab;
  const helps = new Map<string, Finished>();

  before(async () => {
    halab = createHalabInProcess();
    await inTurns(COMMANDS, async (command) => {
      helps.set(command, await halab.run([...command.split(' '), '--help']));
    });
  });
  after(() => halab.remove());

  it('of the program names every command, the exit codes and the folders', async () => {
    const { exitCode, stdout } = await halab.run(['--help']);
    expect(exitCode).to.equal(0);
    for (const command of COMMANDS) expect(stdout).to.match(new RegExp(`^  ${command.split(' ')[0]}\\b`, 'm'));
    expect(stdout).to.include('Exit codes: 0 passed').and.include('HALAB_STATE_DIR').and.include('halab up');
  });

  for (const command of COMMANDS) {
    it(`of ${command} says what it is for, names the variables of settings and of nothing else, and shows how it is used`, () => {
      const { exitCode, stdout, stderr } = helps.get(command) ?? expect.fail('no help');
      expect(exitCode, stderr).to.equal(0);
      expect(stdout)
        .to.match(new RegExp(`^Usage: halab ${command} `))
        .and.match(new RegExp(`  halab ${command}\\b`));
      const flags = stdout.split(/\n {2}(?=-)/).slice(1);
      expect(flags).to.have.length.above(3);
      for (const text of flags) {
        const name = /^(?:-\w, )?--(?:no-)?([\w-]+)/.exec(text)?.[1] ?? '';
        const variable = /env:\s+(\w+)/.exec(text)?.[1];
        expect(variable, text).to.equal(SETTINGS.includes(name) ? `HALAB_${name.toUpperCase()}` : undefined);
      }
    });
  }

  it('shows runs that there really are', async () => {
    const examples = [...(helps.get('run')?.stdout ?? '').matchAll(/^ {2}halab (run .+)$/gm)].map(
      ([, line]) => line ?? '',
    );
    expect(examples).to.have.length.above(1);
    const answers = await inTurns(examples, (line) => halab.run([...line.split(' '), '--dry-run'], { cwd: TOP }));
    expect(answers.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`)).to.deep.equal(examples.map(() => '0 '));
  });

  it('of nothing at all is a mistake, and helps', async () => {
    const { exitCode, stderr } = await halab.run([]);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('Usage: halab');
  });

  it('--version prints the version and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as { version: string };
    expect(await halab.run(['--version'])).to.deep.equal({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  describe('is quick', () => {
    let halab: Halab;
    before(() => {
      halab = createHalab();
    });
    after(() => halab.remove());

    async function loadedBy(argv: readonly string[]): Promise<readonly string[]> {
      const file = join(halab.folder, `${argv.join('')}.imports`);
      const recorder = pathToFileURL(join(TOP, 'test/support/record-imports.mjs')).href;
      await halab.run(argv, { node: ['--import', recorder], env: { RECORD_IMPORTS: file } });
      const urls = readFileSync(file, 'utf8').trim().split('\n');
      return [...new Set(urls.flatMap(librariesIn))].sort();
    }

    /** Of a module, or of a part of the bundled program, where the path of each module stands above it. */
    function librariesIn(url: string): readonly string[] {
      const isBundled = url.includes('/dist/program/');
      const paths = isBundled ? (readFileSync(fileURLToPath(url), 'utf8').match(/^\/\/ \S+$/gm) ?? []) : [url];
      return paths.map((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? 'own');
    }

    for (const argv of [['--help'], ['--version'], ['run', '--help'], ['heal', '--help']]) {
      it(`${argv.join(' ')} loads no library but commander`, async () => {
        expect(await loadedBy(argv)).to.deep.equal(['commander', 'own']);
      });
    }

    it('a run loads mocha only with the module that drives it', () => {
      const mochaIn = (modules: readonly string[]) => {
        const file = join(halab.folder, `${modules.length}.imports`);
        const imports = modules.map((each) => `await import(${JSON.stringify(pathToFileURL(join(TOP, each)).href)});`);
        const recorder = pathToFileURL(join(TOP, 'test/support/record-imports.mjs')).href;
        execFileSync(process.execPath, ['--import', recorder, '--input-type=module', '--eval', imports.join('')], {
          env: { ...process.env, RECORD_IMPORTS: file },
        });
        return readFileSync(file, 'utf8').includes('node_modules/mocha/');
      };
      const engine = ['dist/cli/commands/run.js', 'dist/cli/run/run-once.js'];
      expect(mochaIn(engine)).to.equal(false);
      expect(mochaIn([...engine, 'dist/runner/mocha-adapter.js'])).to.equal(true);
    });

    it('and the recorder would notice', async () => {
      const loaded = await loadedBy(['fault', 'list']);
      expect(loaded.filter((library) => LIBRARIES.includes(library))).to.include('ssh2');
    });
  });
});
