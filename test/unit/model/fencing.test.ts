import { expect } from 'chai';
import { controllersOf, levelsOf } from '../../../src/model/fencing.js';
import type { Lab } from '../../../src/model/lab.js';
import { testLab } from '../cluster/test-lab.js';

function labWith(lasts: readonly number[], prefix = 24): Lab {
  const [, first] = testLab.nodes;
  if (first === undefined) throw new Error('no node');
  const nodes = lasts.map((last, index) => ({ ...first, name: `n${index}`, management: `10.77.0.${last}` }));
  return { ...testLab, management: { cidr: `10.77.0.0/${prefix}`, prefix }, nodes };
}

describe('the levels of fence devices', () => {
  it('hold those of one node and level together, in their order', () => {
    const device = (id: string, node: string, level: number) => ({ id, node, level });
    expect(
      levelsOf([device('a', 'n1', 1), device('b', 'n1', 1), device('c', 'n2', 1), device('d', 'n1', 2)]),
    ).to.deep.equal([
      { node: 'n1', level: 1, ids: ['a', 'b'] },
      { node: 'n2', level: 1, ids: ['c'] },
      { node: 'n1', level: 2, ids: ['d'] },
    ]);
  });
});

describe('the controllers of a lab', () => {
  it('are two for each HA node and none for others, at its address and 100 or 200 more', () => {
    expect(controllersOf(testLab).map(({ node, level, address }) => `${node} ${level} ${address}`)).to.deep.equal([
      'ha-host1 1 10.200.0.131',
      'ha-host1 2 10.200.0.231',
      'ha-host2 1 10.200.0.132',
      'ha-host2 2 10.200.0.232',
      'ha-host3 1 10.200.0.133',
      'ha-host3 2 10.200.0.233',
    ]);
  });

  it('are the outlets of both supplies, in one level, where a node has two', () => {
    const two = controllersOf({ ...testLab, powerSupplies: 2 }).filter(({ node }) => node === 'ha-host1');
    expect(two).to.deep.equal([
      { node: 'ha-host1', number: 1, level: 1, address: '10.200.0.131', device: 'supply1', user: 'outlets1' },
      { node: 'ha-host1', number: 2, level: 1, address: '10.200.0.231', device: 'supply2', user: 'outlets2' },
    ]);
  });

  it('are none where the management network has no room for all', () => {
    expect(controllersOf(labWith([11, 54]))).to.have.length(4);
    expect(controllersOf(labWith([11, 55]))).to.deep.equal([]);
    expect(controllersOf(labWith([11, 12], 26))).to.deep.equal([]);
    expect(controllersOf(labWith([11, 111]))).to.deep.equal([]);
  });
});
