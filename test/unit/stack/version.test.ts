import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { compareVersions } from '../../../src/stack/version.js';

describe('versions of packages', () => {
  for (const [older, newer] of [
    ['2.1.5-1', '2.1.5-1+deb12u1'],
    ['2.1.5~rc1-1', '2.1.5-1'],
    ['9.9-9', '1:0.1-1'],
    ['1.9-1', '1.10-1'],
    ['1.0', '1.0-1'],
    ['1.0-1~~', '1.0-1~'],
    ['1.0a', '1.0+1'],
  ] as const)
    it(`have ${older} before ${newer}`, () => {
      expect(compareVersions(older, newer)).to.be.below(0);
      expect(compareVersions(newer, older)).to.be.above(0);
    });

  it('are the same with zeros before a number, and without a revision and with revision 0', () => {
    expect(compareVersions('1.02-3', '1.2-3')).to.equal(0);
    expect(compareVersions('1.2', '1.2-0')).to.equal(0);
  });

  it('have the order that dpkg gives them', () => {
    const lines = readFileSync(new URL('../../fixtures/stack/versions.txt', import.meta.url), 'utf8').split('\n');
    const recorded = lines.filter((line) => /^[^#]/.test(line));
    const own = recorded.map((line) => {
      const [one = '', , other = ''] = line.split(' ');
      return [one, ['lt', 'eq', 'gt'][Math.sign(compareVersions(one, other)) + 1], other].join(' ');
    });
    expect(recorded).to.have.length.above(150);
    expect(own).to.deep.equal(recorded);
  });
});
