import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import type { Scenario } from '../../../src/model/scenario.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const dirs = { cwd: ROOT, root: ROOT };
const FILES = readdirSync(join(ROOT, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => join('scenarios', file));
const LABS = [...new Set(FILES.map(labOf))];

/** The lab that a file names, and else the seed lab. */
function labOf(file: string): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return /^(?:# lab:|needs: \{.*\blab:) *([a-z0-9-]+)/m.exec(text)?.[1] ?? 'linuxha';
}

function textsOf({ title, summary, steps }: Scenario) {
  const ofSteps = steps.flatMap(({ title, say, hint, expectedViolations }) => [
    title,
    say,
    hint,
    ...expectedViolations.map(({ because }) => because),
  ]);
  return [title, summary, ...ofSteps].flatMap((text) => text ?? []);
}

describe('the library of scenarios', () => {
  for (const name of LABS) {
    it(`can be read for ${name}, in both languages`, () => {
      const files = FILES.filter((file) => labOf(file) === name);
      const { selected } = loadScenarios(files, loadLab(name, dirs).lab, dirs);
      expect(selected.map(({ id }) => id)).to.deep.equal(
        files.map((file) => basename(file, '.yaml').replace(/^\d+-/, '')),
      );
      for (const scenario of selected) {
        if (!scenario.file.includes('set-ups'))
          expect(scenario.sets, scenario.id).to.include(scenario.exercise === undefined ? 'nightly' : 'exercises');
        for (const { en, zh } of textsOf(scenario)) expect(zh, `${scenario.id}: ${en}`).to.match(/\p{Script=Han}/u);
      }
    });
  }
});
