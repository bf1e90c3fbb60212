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

  it('has an example of the checks that can be run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    const text = /^```yaml checks\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '';
    writeFileSync(join(folder, 'counted.yaml'), text);
    const dirs = { root: TOP, cwd: folder };
    const { selected } = loadScenarios(['./counted.yaml'], loadLab('linuxha', dirs).lab, dirs);
    const kinds = selected.flatMap(({ steps }) => steps.flatMap(({ expect }) => expect.map(({ kind }) => kind)));
    expect(kinds).to.deep.equal(['failcount', 'failcount', 'constraint', 'untouched', 'untouched']);
    rmSync(folder, { recursive: true });
  });
});
