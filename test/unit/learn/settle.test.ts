import { expect } from 'chai';
import { outcomeOf } from '../../../src/learn/settle.js';
import type { Judgement } from '../../../src/model/verdict.js';

const judged = (verdict: Judgement['verdict'], seen: string): Judgement => ({ verdict, seen });

describe('settling a question', () => {
  it('takes the first option whose expectations all hold', () => {
    const outcome = outcomeOf([
      { id: 'short', judgements: [judged('failed', 'away for 8 s')] },
      { id: 'middle', judgements: [judged('passed', 'away for 8 s')] },
      { id: 'long', judgements: [judged('passed', 'away for 8 s')] },
    ]);
    expect(outcome).to.deep.equal({ right: 'middle', seen: ['away for 8 s'] });
  });

  it('takes the option without a condition where none before it holds, and says what was seen of those', () => {
    const outcome = outcomeOf([
      { id: 'stays', judgements: [judged('failed', 'vip on b')] },
      { id: 'else', judgements: [] },
    ]);
    expect(outcome).to.deep.equal({ right: 'else', seen: ['vip on b'] });
  });

  it('leaves it open where an option before could not be told', () => {
    const options = (first: Judgement) => [
      { id: 'stays', judgements: [first] },
      { id: 'else', judgements: [] },
    ];
    expect(outcomeOf(options(judged('unknown', 'no answer')))).to.deep.equal({ seen: ['no answer'] });
    const unknownPlace = { ...judged('failed', 'there is no vip'), isUndecided: true as const };
    expect(outcomeOf(options(unknownPlace))).to.deep.equal({ seen: ['there is no vip'] });
  });

  it('has no right one where none holds', () => {
    expect(outcomeOf([{ id: 'stays', judgements: [judged('failed', 'vip on b')] }])).to.deep.equal({
      seen: ['vip on b'],
    });
  });
});
