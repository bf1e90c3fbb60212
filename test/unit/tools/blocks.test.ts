import { expect } from 'chai';
import { createBlocks, END_OF_BLOCK } from '../../../tools/blocks.js';

describe('the output of a job', () => {
  let seen: string[];
  const blocks = () => {
    seen = [];
    return createBlocks((text) => seen.push(text));
  };

  it('is handed on block by block, wherever the pieces were cut', () => {
    const { add } = blocks();
    add('first ');
    expect(seen).to.deep.equal([]);
    add(`block\n${END_OF_BLOCK}second`);
    expect(seen).to.deep.equal(['first block\n']);
    add(`${END_OF_BLOCK}third${END_OF_BLOCK}`);
    expect(seen).to.deep.equal(['first block\n', 'second', 'third']);
  });

  it('is handed on to its end, and blocks with nothing in them are not', () => {
    const { add, end } = blocks();
    add(`${END_OF_BLOCK}\n\n${END_OF_BLOCK}the rest`);
    end();
    end();
    expect(seen).to.deep.equal(['the rest']);
  });
});
