import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHalab, type Halab, inTurns, jsonOf, TOP } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

/** Nothing could be started even if a command went too far. */
const NO_PROGRAMS = { PATH: '/nonexistent' };

/** Commands that read, each with the published schema of its answer. */
const ANSWERS: readonly { readonly argv: readonly string[]; readonly schema: string; readonly exitCode: number }[] = [
  { argv: ['scenarios', '--json'], schema: 'scenarios', exitCode: 0 },
  { argv: ['fault', 'list', '--json'], schema: 'faults', exitCode: 0 },
  { argv: ['status', '--json'], schema: 'status', exitCode: 0 },
  { argv: ['doctor', '--json'], schema: 'doctor', exitCode: 3 },
  { argv: ['run', 'interface-down', '--dry-run', '--json'], schema: 'plan', exitCode: 0 },
  { argv: ['run', '--random', '3', '--seed', '1', '--dry-run', '--json'], schema: 'plan', exitCode: 0 },
  { argv: ['vagrantfile', '--provider', 'libvirt', '--json'], schema: 'vagrantfile', exitCode: 0 },
  { argv: ['upp', '--json'], schema: 'error', exitCode: 2 },
  { argv: ['up', 'linuhxa', '--json'], schema: 'error', exitCode: 2 },
  { argv: ['heal', '--name', 'nowhere', '--json'], schema: 'error', exitCode: 3 },
];

/** `npm run check` runs this: every way into the program once, each in a process of its own. */
describe('the program in short', function () {
  this.timeout(60_000);
  let halab: Halab;
  let folder: string;

  before(() => {
    halab = createHalab();
    folder = join(halab.folder, 'files');
    mkdirSync(folder);
  });
  after(() => halab.remove());

  it('helps and says its version', async () => {
    const [help, version] = await inTurns(['--help', '--version'], (flag) => halab.run([flag]));
    expect(help).to.include({ exitCode: 0, stderr: '' });
    expect(help?.stdout).to.match(/^Usage: halab /);
    expect(version).to.include({ exitCode: 0, stderr: '' });
    expect(version?.stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  for (const { argv, schema, exitCode } of ANSWERS) {
    it(`answers halab ${argv.join(' ')} as the schema ${schema} has it`, async () => {
      const finished = await halab.run(argv, { cwd: folder, env: NO_PROGRAMS });
      expect(finished.exitCode, finished.stderr).to.equal(exitCode);
      expect(problemsBy(schema, jsonOf(finished)), finished.stdout).to.deep.equal([]);
    });
  }

  it('speaks Chinese', async () => {
    const { stdout } = await halab.run(['fault', 'list', '--lang', 'zh']);
    expect(stdout).to.match(/[一-鿿]/);
  });

  it('plans the shipped walk-through for people', async () => {
    const { exitCode, stdout, stderr } = await halab.run(['run', join(TOP, 'scenarios/walkthrough'), '--dry-run']);
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.match(/^lab linuxha as linuxha on embedded/);
  });

  it('reads a status text that somebody else’s cluster printed', async () => {
    const text = join(TOP, 'test/fixtures/cluster/status/015-no-resources-line-1.1.18.txt');
    const finished = await halab.run(['status', '--from', text, '--json']);
    expect(finished.exitCode, finished.stderr).to.equal(0);
    expect(problemsBy('status-from', jsonOf(finished))).to.deep.equal([]);
  });

  it('names the place in a scenario that asks for an unknown node', async () => {
    const yaml = 'id: bad\ntitle: Bad\nsteps:\n  - id: look\n    expect: [{ node: ha-host9, is: online }]\n';
    writeFileSync(join(folder, 'bad.yaml'), yaml);
    const { exitCode, stderr } = await halab.run(['run', './bad.yaml', '--dry-run'], { cwd: folder });
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/bad\.yaml:5:\d+: .*'ha-host9'/);
  });
});
