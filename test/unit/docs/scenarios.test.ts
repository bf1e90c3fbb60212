import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { markdownTable, scenarioRows } from '../../../src/cli/commands/scenarios.js';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';

const TOP = resolve(import.meta.dirname, '../../..');

describe('docs/scenarios.md', () => {
  const page = readFileSync(join(TOP, 'docs/scenarios.md'), 'utf8');

  it('has the table of the library (npx tsx tools/scenarios.ts writes it)', () => {
    const [, told] = /<!-- table -->\n([\s\S]*)\n<!-- end of table -->/.exec(page) ?? [];
    expect(told).to.equal(markdownTable(scenarioRows({ cwd: TOP, root: TOP }, [], undefined)));
  });

  it('has examples that can be run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    const dirs = { root: TOP, cwd: folder };
    const { lab } = loadLab('linuxha', dirs);
    const selected = [...page.matchAll(/^```yaml checks\n([\s\S]*?)^```/gm)].flatMap(([, text = ''], index) => {
      writeFileSync(join(folder, `${index}.yaml`), text);
      return loadScenarios([`./${index}.yaml`], lab, dirs).selected;
    });
    const kindsOf = (id: string) =>
      selected
        .flatMap((each) => (each.id === id ? each.steps.flatMap(({ expect }) => expect) : []))
        .map(({ kind }) => kind);
    expect(selected.map(({ id }) => id)).to.deep.equal(['commands', 'kept', 'state', 'counted']);
    expect(kindsOf('counted')).to.deep.equal([
      'failcount',
      'failcount',
      'constraint',
      'untouched',
      'untouched',
      'untouched',
    ]);
    rmSync(folder, { recursive: true });
  });
});
