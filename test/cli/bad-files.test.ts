import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BAD_FILES, type BadFile } from '../support/bad-files.js';
import { createHalab, type Finished, type Halab, inTurns, jsonOf } from '../support/halab.js';
import { problemsBy } from '../support/json-schemas.js';

/** Were a bad file taken for a good one, the machine would still be found wanting before anything is made. */
const NO_PROGRAMS = { PATH: '/nonexistent' };

describe('bad files on the command line', function () {
  this.timeout(120_000);
  let halab: Halab;
  const answers = new Map<string, Finished>();

  before(async () => {
    halab = createHalab();
    await inTurns(BAD_FILES, async (bad) => {
      answers.set(bad.name, await halab.run(argvFor(bad), { env: NO_PROGRAMS, cwd: writeBad(bad) }));
    });
  });
  after(() => halab.remove());

  function writeBad({ name, yaml }: BadFile): string {
    const folder = join(halab.folder, 'files', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.yaml`), yaml);
    return folder;
  }

  function argvFor({ kind, name }: BadFile): readonly string[] {
    return kind === 'lab'
      ? ['up', `./${name}.yaml`, '--json']
      : ['run', `./${name}.yaml`, '--lab', 'linuxha', '--json'];
  }

  for (const bad of BAD_FILES) {
    it(`${bad.name} is refused with its place, exit code 2 and a JSON answer`, () => {
      const answer = answers.get(bad.name) ?? expect.fail('it was not run');
      expect(answer.exitCode, answer.stderr).to.equal(2);
      expect(answer.stderr).to.include(`${bad.name}.yaml:${bad.at}: `);
      const json = jsonOf(answer);
      expect(problemsBy('error', json)).to.deep.equal([]);
      const { code, data } = json.error as { code: string; data: { problems: { line: number; column: number }[] } };
      expect(code).to.equal('config-invalid');
      expect(data.problems.map(({ line, column }) => `${line}:${column}`)).to.include(bad.at);
    });
  }

  it('leave no trace', () => {
    expect(halab.touched()).to.deep.equal([]);
  });
});
