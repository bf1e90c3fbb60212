import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const SOURCES = new URL('../../../src/', import.meta.url).pathname;

describe('the bundled program', () => {
  it('finds the files of the package two folders up, where it is and where its sources are', () => {
    const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const finding = sources.filter((path) => /new URL\(|dirname\(/.test(readFileSync(join(SOURCES, path), 'utf8')));
    expect(finding).to.include.members(['cli/settings.ts', 'backends/program-files.ts']);
    const relative = finding.filter((path) => readFileSync(join(SOURCES, path), 'utf8').includes('import.meta.'));
    expect(relative.filter((path) => path.split('/').length !== 2)).to.deep.equal([]);
  });
});
