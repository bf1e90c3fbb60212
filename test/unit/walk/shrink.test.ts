import { expect } from 'chai';
import fc from 'fast-check';
import type { DrawnFault } from '../../../src/walk/draw.js';
import { prefixUntil, shrinking } from '../../../src/walk/shrink.js';

function fault(number: number, overlaps = false): DrawnFault {
  return { number, overlaps, fault: { kind: 'standby', node: 'ha-host1' } };
}

/** Runs the search against a truth; what it tried, and the last that failed. */
function search(prefix: readonly DrawnFault[], fails: (numbers: readonly number[]) => boolean) {
  const tried: number[][] = [];
  let shortest: readonly DrawnFault[] | undefined;
  const steps = shrinking(prefix);
  for (let next = steps.next(); !next.done; ) {
    const numbers = next.value.map(({ number }) => number);
    tried.push(numbers);
    const failed = fails(numbers);
    if (failed) shortest = next.value;
    next = steps.next(failed);
  }
  return { tried, shortest: shortest?.map(({ number }) => number), whole: shortest };
}

describe('shrinking a walk', () => {
  const five = [1, 2, 3, 4, 5].map((number) => fault(number));

  it('tries the prefix twice, and gives up where it does not fail again', () => {
    expect(search(five, () => false)).to.deep.include({
      tried: [
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 5],
      ],
      shortest: undefined,
    });
  });

  it('tries the last fault alone first', () => {
    const { tried, shortest } = search(five, (numbers) => numbers.includes(5));
    expect(tried).to.deep.equal([[1, 2, 3, 4, 5], [5]]);
    expect(shortest).to.deep.equal([5]);
  });

  it('keeps the earlier one that it takes', () => {
    expect(search(five, (numbers) => numbers.includes(2) && numbers.includes(5)).shortest).to.deep.equal([2, 5]);
  });

  it('takes two that were in force at once apart, if one is enough', () => {
    const pair = [fault(1), fault(2), fault(3, true)];
    expect(search(pair, (numbers) => numbers.includes(3)).shortest).to.deep.equal([3]);
    expect(search(pair, (numbers) => numbers.includes(2)).shortest).to.deep.equal([2]);
    expect(search(pair, (numbers) => numbers.includes(2) && numbers.includes(3)).shortest).to.deep.equal([2, 3]);
  });

  it('tells a node of its own where nobody is left whom it was told by', () => {
    const pair: readonly DrawnFault[] = [
      { number: 1, overlaps: false, fault: { kind: 'freeze', node: '{dc}' } },
      { number: 2, overlaps: true, fault: { kind: 'standby', node: '{any other than was dc}' } },
    ];
    const { whole } = search(pair, (numbers) => numbers.includes(2));
    expect(whole).to.deep.equal([
      { number: 2, overlaps: false, fault: { kind: 'standby', node: '{any other than dc}' } },
    ]);
  });

  it('ends with what fails and of which no round can be left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.infiniteStream(fc.boolean()), (length, stream) => {
        const wanted = [...stream.take(length)].flatMap((isWanted, index) => (isWanted ? [index + 1] : []));
        const prefix = Array.from({ length }, (_each, index) => fault(index + 1));
        const needed = [...new Set([...wanted, length])];
        const { shortest } = search(prefix, (numbers) => needed.every((each) => numbers.includes(each)));
        expect(shortest).to.deep.equal(needed);
      }),
    );
  });

  it('counts as made what was injected up to the step that stopped the walk', () => {
    const drawn = [fault(1), fault(2), fault(3, true), fault(4)];
    const steps = [
      '1-standby',
      '1-heal',
      '2-standby',
      '3-standby',
      '3-heal',
      '2-heal',
      '2-3-sweep',
      '4-standby',
      '4-heal',
    ];
    const until = (step: string) => prefixUntil(drawn, steps, step).map(({ number }) => number);
    expect(until('1-standby')).to.deep.equal([1]);
    expect(until('2-standby')).to.deep.equal([1, 2]);
    expect(until('2-heal')).to.deep.equal([1, 2, 3]);
    expect(until('4-heal')).to.deep.equal([1, 2, 3, 4]);
  });
});
