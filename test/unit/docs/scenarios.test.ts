import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';

const TOP = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(TOP, 'docs/scenarios.md'), 'utf8');

/** `id lab sets`, as a file has them; set-ups are in no set. */
function told(file: string): string {
  const text = readFileSync(join(TOP, 'scenarios', file), 'utf8');
  const { id, sets, needs } = parse(text);
  const lab = needs?.lab ?? /^# lab: (\S+)/m.exec(text)?.[1] ?? 'linuxha';
  return `${id} ${lab} ${sets.join(', ')}`;
}

describe('docs/scenarios.md', () => {
  it('has a row for every scenario, with its lab and its sets', () => {
    const files = readdirSync(join(TOP, 'scenarios'), { recursive: true, encoding: 'utf8' });
    const scenarios = files.filter((file) => file.endsWith('.yaml') && !file.startsWith('set-ups'));
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| (\S+) \| ([\w, -]+) \| .+ \|$/gm)];
    expect(rows.map(([, id, lab, sets]) => `${id} ${lab} ${sets}`)).to.have.members(scenarios.map(told));
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
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { markdownTable, scenarioRows } from '../../../src/cli/scenario-rows.js';

const TOP = resolve(import.meta.dirname, '../../..');

describe('docs/scenarios.md', () => {
  const page = readFileSync(join(TOP, 'docs/scenarios.md'), 'utf8');

  it('has the table of the library (npx tsx tools/scenarios.ts writes it)', () => {
    const [, told] = /<!-- table -->\n([\s\S]*)\n<!-- end of table -->/.exec(page) ?? [];
    expect(told).to.equal(markdownTable(scenarioRows({ cwd: TOP, root: TOP }, [], undefined)));
  });
});
