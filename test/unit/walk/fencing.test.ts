import { expect } from 'chai';
import type { DrawnFault } from '../../../src/walk/draw.js';
import { labNamed, rawWalk, sceneWithVip } from './support/walks.js';

const FREEZE: DrawnFault = { number: 1, overlaps: false, fault: { kind: 'freeze', node: '{dc}' } };
const HALT: DrawnFault = {
  number: 1,
  overlaps: false,
  fault: { kind: 'daemon-stop', node: 'ha-host1', daemon: 'corosync' },
};

describe('a walk where lost nodes are fenced', () => {
  const open = sceneWithVip(labNamed('linuxha'));
  const fenced = { ...open, isFencing: true };
  const first = (drawn: DrawnFault, isFencing: boolean) =>
    rawWalk([drawn], isFencing ? fenced : open).steps.find(({ fault }) => fault !== undefined);

  it('takes a node for lost that is unclean as well', () => {
    expect(first(FREEZE, false)?.expect).to.deep.equal([{ node: '{was dc}', is: 'offline' }]);
    const [offline, unclean] = ['offline', 'unclean'].map((is) => [{ node: '{was dc}', is }]);
    expect(first(FREEZE, true)?.expect).to.deep.equal([{ 'any-of': [offline, unclean] }]);
  });

  it('expects no resource to run twice', () => {
    const expected = (isFencing: boolean) =>
      first(HALT, isFencing)?.['expected-violations']?.map(({ audit }) => audit) ?? [];
    expect(expected(false)).to.include.members(['single-active', 'one-mac']);
    expect(expected(true)).to.not.include('single-active').and.not.include('one-mac');
  });

  it('looks at a halted corosync from another host, for its own view stands still', () => {
    expect(first(HALT, false)?.expect).to.deep.equal([{ node: 'ha-host1', is: 'offline', 'seen-from': 'ha-host2' }]);
  });
});
