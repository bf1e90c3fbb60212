import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BAD_FILES, type BadFile } from '../support/bad-files.js';
import { createHalabInProcess, type Finished, type Halab, jsonOf } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

/** Were a bad file taken for a good one, the machine would still be found wanting before anything is made. */
const NO_PROGRAMS = { PATH: '/nonexistent' };

/** What is wrong with all the others is tested on the reader itself (test/unit/config); here, how the program answers. */
const SHOWN = ['lab-empty', 'lab-several', 'scenario-colon', 'scenario-several'].map(
  (name) => BAD_FILES.find((bad) => bad.name === name) ?? expect.fail(`no bad file ${name}`),
);

describe('bad files on the command line', function () {
  this.timeout(60_000);
  let halab: Halab;

  before(() => {
    halab = createHalabInProcess();
  });
  after(() => halab.remove());

  function refuse({ kind, name, yaml }: BadFile, ...flags: readonly string[]): Promise<Finished> {
    const folder = join(halab.folder, 'files', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.yaml`), yaml);
    const command = kind === 'lab' ? ['up', `./${name}.yaml`] : ['run', `./${name}.yaml`, '--lab', 'linuxha'];
    return halab.run([...command, ...flags], { env: NO_PROGRAMS, cwd: folder });
  }

  for (const bad of SHOWN) {
    it(`${bad.name} is refused with its place, exit code 2 and a JSON answer`, async () => {
      const answer = await refuse(bad, '--json');
      expect(answer.exitCode, answer.stderr).to.equal(2);
      expect(answer.stderr).to.include(`${bad.name}.yaml:${bad.at}: `);
      const json = jsonOf(answer);
      expect(problemsBy('error', json)).to.deep.equal([]);
      const { code, data } = json.error as { code: string; data: { problems: { line: number; column: number }[] } };
      expect(code).to.equal('config-invalid');
      expect(data.problems.map(({ line, column }) => `${line}:${column}`)).to.include(bad.at);
    });
  }

  it('are refused on stderr alone without --json, all problems at once and without colour', async () => {
    const bad = SHOWN.find(({ name }) => name === 'lab-several') ?? expect.fail();
    const { exitCode, stdout, stderr } = await refuse(bad);
    expect(exitCode).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.match(bad.says.source.startsWith('^') ? new RegExp(bad.says.source.slice(1)) : bad.says);
    expect(stderr).to.not.include('\u001b');
  });

  it('leave no trace', () => {
    expect(halab.touched()).to.deep.equal([]);
  });
});
