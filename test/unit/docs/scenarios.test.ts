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
