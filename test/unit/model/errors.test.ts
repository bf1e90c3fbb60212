import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { codeOf, LabError, tolerate } from '../../../src/model/errors.js';

describe('tolerate', () => {
  const read = () => readFileSync('/nowhere/at/all', 'utf8');
  const busy = () => {
    throw new LabError('lab-busy', 'somebody is at work');
  };

  it('returns what the work returns', () => {
    expect(tolerate(['ENOENT'], () => 'text')).to.equal('text');
  });

  it('returns undefined for errors with one of the codes, of the system or of halab', () => {
    expect(tolerate(['EACCES', 'ENOENT'], read)).to.equal(undefined);
    expect(tolerate(['lab-busy'], busy)).to.equal(undefined);
  });

  it('throws every other error', () => {
    expect(() => tolerate(['EACCES'], read)).to.throw('ENOENT');
    expect(() => tolerate([], busy)).to.throw('somebody is at work');
    expect(() => tolerate(['ENOENT'], () => JSON.parse('{'))).to.throw(SyntaxError);
  });
});

it('only errors have codes', () => {
  expect([codeOf(new Error('plain')), codeOf({ code: 'ENOENT' })]).to.deep.equal([undefined, undefined]);
});
