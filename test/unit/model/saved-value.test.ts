import { expect } from 'chai';
import { valueIn, valuesNamedIn, withValues } from '../../../src/model/saved-value.js';

describe('a value in an output', () => {
  const match = (pattern: string) => ({ kind: 'match', pattern }) as const;
  const json = (path: string) => ({ kind: 'json', path }) as const;

  it('is the first group of a pattern, or its whole match', () => {
    expect(valueIn('a\nMainPID=42\n', match('^MainPID=(\\d+)$'))).to.equal('42');
    expect(valueIn('MainPID=42', match('\\d+'))).to.equal('42');
    expect(valueIn('none', match('\\d+'))).to.equal(undefined);
  });

  it('is at a place in JSON', () => {
    const text = JSON.stringify([{ name: 'a', up: [1, null], more: { x: true } }]);
    expect(valueIn(text, json('[0].name'))).to.equal('a');
    expect(valueIn(text, json('[0].up[0]'))).to.equal('1');
    expect(valueIn(text, json('[0].more'))).to.equal('{"x":true}');
    for (const path of ['[0].up[1]', '[1].name', '[0].name.length', '[0].constructor'])
      expect(valueIn(text, json(path)), path).to.equal(undefined);
    expect(valueIn('not JSON', json('a'))).to.equal(undefined);
  });

  it('goes into a command, and a shell keeps what is its own', () => {
    const argv = ['kill', '{value pid}', 'x{value pid}y', '${value pid}', '{value other}'];
    expect(valuesNamedIn(argv)).to.deep.equal(['pid', 'pid', 'other']);
    expect(withValues(argv, new Map([['pid', '42']]))).to.deep.equal([
      'kill',
      '42',
      'x42y',
      '${value pid}',
      '{value other}',
    ]);
  });
});
