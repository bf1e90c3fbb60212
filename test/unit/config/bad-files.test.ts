import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { readLabFile } from '../../../src/config/lab.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import type { Problem } from '../../../src/config/source.js';
import { isLabError, type LabError } from '../../../src/model/errors.js';
import { BAD_FILES, type BadFile, GOOD_LAB, GOOD_SCENARIO } from '../../support/bad-files.js';

const root = resolve(import.meta.dirname, '../../..');

describe('bad files', () => {
  let folder: string;
  const linuxha = loadLab('linuxha', { cwd: root, root }).lab;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-config-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function read(kind: BadFile['kind'], name: string, yaml: string): void {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, yaml);
    const dirs = { cwd: folder, root };
    if (kind === 'lab') loadLab(path, dirs);
    else loadScenarios([path], linuxha, dirs, {});
  }

  function refusal(bad: BadFile): LabError {
    try {
      read(bad.kind, bad.name, bad.yaml);
    } catch (error) {
      if (isLabError(error)) return error;
      throw error;
    }
    throw new Error(`${bad.name} was accepted`);
  }

  it('are made from good ones', () => {
    read('lab', 'good-lab', GOOD_LAB);
    read('scenario', 'good-scenario', GOOD_SCENARIO);
  });

  it('have names of their own', () => {
    expect(new Set(BAD_FILES.map(({ name }) => name)).size).to.equal(BAD_FILES.length);
  });

  for (const bad of BAD_FILES) {
    it(`${bad.name} is refused at ${bad.at}`, () => {
      const error = refusal(bad);
      expect(error.code).to.equal('config-invalid');
      expect(error.message).to.match(bad.says);
      expect(error.message).to.include(`${bad.name}.yaml:${bad.at}: `);
      const problems = error.data.problems as readonly Problem[];
      for (const problem of problems) expect(problem.hint, problem.message).to.not.equal('');
    });
  }

  it('say one thing where one thing is wrong (broken syntax may be reported in several places)', () => {
    const noisy = BAD_FILES.filter(({ name, says }) => !name.endsWith('-several') && !says.test('not valid YAML'))
      .map((bad) => ({ bad, problems: refusal(bad).data.problems as readonly Problem[] }))
      .filter(({ problems }) => problems.length > 1)
      .map(({ bad, problems }) => `${bad.name}: ${problems.map((problem) => problem.message).join(' | ')}`);
    expect(noisy).to.deep.equal([]);
  });

  it('never repeat a password', () => {
    const yaml = GOOD_LAB.replace('addresses:', 'users: { root: "secret:word", me: 4711 }\naddresses:');
    expect(() => readLabFile('x.yaml', yaml))
      .to.throw(/2 problems/)
      .with.property('message')
      .that.does.not.match(/secret|4711/);
  });
});
