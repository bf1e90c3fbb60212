import { resolve } from 'node:path';
import { expect } from 'chai';
import {
  markdownTable,
  needsText,
  scenarioRows,
  scenariosJson,
  tableLines,
} from '../../../src/cli/commands/scenarios.js';
import { problemsBy } from '../../support/json-schemas.js';

const TOP = resolve(import.meta.dirname, '../../..');
const DIRS = { cwd: TOP, root: TOP };

describe('the list of scenarios', () => {
  let rows: Awaited<ReturnType<typeof scenarioRows>>;

  before(async () => {
    rows = await scenarioRows(DIRS, ['scenarios/walkthrough'], undefined);
  });

  it('has each in the order asked for, with what its faults need', () => {
    expect(rows.map(({ id }) => id)).to.deep.equal([
      'form-cluster',
      'cluster-status',
      'virtual-ip',
      'interface-down',
      'resource-agents',
    ]);
    expect(rows[3]).to.deep.include({ haNodes: 3, abilities: ['links'], sets: ['ci', 'nightly'] });
    expect(needsText({ haNodes: 3, abilities: ['links', 'power'] })).to.equal('3 nodes, links, power');
  });

  it('is as its schema has it', async () => {
    const json = JSON.parse(JSON.stringify(scenariosJson(await scenarioRows(DIRS, [], undefined))));
    expect(problemsBy('scenarios', json)).to.deep.equal([]);
  });

  it('stands in columns, the title cut to the terminal', () => {
    const [head = '', first = ''] = tableLines(rows, 'en', 80);
    expect(head.indexOf('lab')).to.equal(first.indexOf('any'));
    for (const line of tableLines(rows, 'en', 80)) expect(line.length).to.be.at.most(80);
    expect(tableLines(rows, 'zh', undefined)[1]).to.match(/任意 .*\p{Script=Han}/u);
  });

  it('keeps a bar in a title from ending a cell of the table in the docs', () => {
    const [row] = rows;
    if (row === undefined) throw new Error('no row');
    expect(markdownTable([{ ...row, title: { en: 'this | that' } }])).to.include('| this \\| that |');
  });
});
