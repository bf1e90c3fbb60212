import { expect } from 'chai';
import { parseClusterTime } from '../../../src/model/cluster-time.js';

const S = Date.parse('2023-12-24T13:59:15Z') / 1000;

describe('a time as the cluster prints it', () => {
  for (const text of [
    '2023-12-24T13:59:15Z',
    '2023-12-24 13:59:15Z',
    '2023-12-24 13:59:15.123456 +00:00',
    '2023-12-24 15:59:15.5 +02:00',
    '2023-12-24T08:29:15-0530',
  ]) {
    it(`is read with its time zone: ${text}`, () => {
      expect(parseClusterTime(text)).to.include({ s: S, isZoned: true });
    });
  }

  for (const text of ['Sun Dec 24 13:59:15 2023', '2023-12-24 13:59:15']) {
    it(`is taken for UTC where no zone is printed: ${text}`, () => {
      expect(parseClusterTime(text)).to.deep.equal({ s: S, ms: S * 1000, isZoned: false });
    });
  }

  it('keeps what it tells of a second', () => {
    expect(parseClusterTime('2023-12-24 13:59:15.123456 +00:00')?.ms).to.equal(S * 1000 + 123);
  });

  it('may have a day of one digit', () => {
    expect(parseClusterTime('Wed Sep  4 13:59:15 2019')?.s).to.equal(Date.parse('2019-09-04T13:59:15Z') / 1000);
  });

  for (const text of ['', 'yesterday', 'Sun Foo 24 13:59:15 2023', '2023-99-24 13:59:15Z']) {
    it(`is nothing else: '${text}'`, () => expect(parseClusterTime(text)).to.equal(undefined));
  }
});
