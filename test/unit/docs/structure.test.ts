import { expect } from 'chai';
import { readSources } from '../../../tools/imports.js';
import { filesToRead, structureOf, THOUGHTS } from '../../../tools/structure.js';
import { TOP } from '../../support/halab.js';

const SOURCES = new Map([
  ['src/walk/draw.ts', "import type { Row } from './row.js';\nimport { lab } from '../model/lab.js';\n"],
  ['src/walk/row.ts', "import { draw } from './draw.js';\nimport { one } from './chance.js';\n"],
  ['src/walk/chance.ts', 'export const one = 1;\n'],
  ['src/walk/steps.ts', "import { draw } from './draw.js';\n"],
  ['src/model/lab.ts', 'export const lab = 1;\n'],
]);

describe('the structure of the source', () => {
  it('counts a file and what it imports from its own module, types included, each once', () => {
    expect([...filesToRead('src/walk/draw.ts', SOURCES)].sort()).to.deep.equal([
      'src/walk/chance.ts',
      'src/walk/draw.ts',
      'src/walk/row.ts',
    ]);
  });

  it('counts circles of types, and the lines of each module', () => {
    const lines = structureOf(SOURCES);
    expect(lines[0]).to.match(/^src +5 files +7 lines$/);
    expect(lines[2]).to.equal('import circles, types counted: 1');
    expect(lines.join('\n')).to.match(/^walk +4 files +6 lines$/m);
  });

  it('lets a reader follow each thought in ten files', () => {
    const sources = readSources(TOP, ['src']);
    const long = THOUGHTS.slice(0, -1).filter(([, file]) => filesToRead(file, sources).length > 10);
    expect(long).to.deep.equal([]);
  });
});
