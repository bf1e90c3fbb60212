import { expect } from 'chai';
import { largestGapOf, outagesFrom } from '../../../src/probes/outage-windows.js';
import { type PingEvent, parsePingLine } from '../../../src/probes/ping-lines.js';

const EVERY = 20;
const answer = (sequence: number, atMs: number, rttMs = 1): PingEvent => ({ kind: 'answer', sequence, atMs, rttMs });
const loss = (sequence: number, atMs: number): PingEvent => ({ kind: 'loss', sequence, atMs });

describe('outagesFrom', () => {
  it('sees no outage where every request is answered', () => {
    expect(outagesFrom([answer(1, 1001), answer(2, 1021)], EVERY, 1030)).to.deep.equal({
      sent: 2,
      answered: 2,
      windows: [],
    });
  });

  it('reaches from the sending of the first lost to the first answer after it', () => {
    const events = [answer(1, 1001), answer(2, 1021), loss(3, 1060), loss(4, 1080), loss(5, 1100), answer(6, 1105, 5)];
    const { sent, answered, windows } = outagesFrom(events, EVERY, 1200);
    expect({ sent, answered }).to.deep.equal({ sent: 6, answered: 3 });
    expect(windows).to.deep.equal([{ fromMs: 1040, toMs: 1105, durationMs: 65, ended: true }]);
  });

  it('takes one lost request for noise', () => {
    expect(outagesFrom([answer(1, 1001), loss(2, 1040), answer(3, 1041)], EVERY, 1050).windows).to.deep.equal([]);
  });

  it('leaves a window open that no answer has ended', () => {
    const { windows } = outagesFrom([answer(1, 1001), loss(2, 1040), loss(3, 1060)], EVERY, 1075);
    expect(windows).to.deep.equal([{ fromMs: 1020, toMs: 1075, durationMs: 55, ended: false }]);
  });

  it('takes a late answer for an answer', () => {
    const events = [
      answer(1, 1001),
      loss(2, 1040),
      loss(3, 1060),
      answer(2, 1070, 50),
      answer(3, 1071, 31),
      answer(4, 1072, 2),
    ];
    expect(outagesFrom(events, EVERY, 1080)).to.deep.equal({ sent: 4, answered: 4, windows: [] });
  });

  it('ends a window when the first answer after it came, however long that was under way', () => {
    const events = [
      answer(1, 1001),
      loss(2, 1040),
      loss(3, 1060),
      loss(4, 1080),
      answer(4, 2060, 1000),
      answer(5, 2061, 981),
    ];
    expect(outagesFrom(events, EVERY, 2100).windows).to.deep.equal([
      { fromMs: 1020, toMs: 2060, durationMs: 1040, ended: true },
    ]);
  });

  it('keeps two windows apart', () => {
    const events = [
      answer(1, 1001),
      loss(2, 1040),
      loss(3, 1060),
      answer(4, 1061),
      loss(5, 1100),
      loss(6, 1120),
      answer(7, 1121),
    ];
    expect(outagesFrom(events, EVERY, 1130).windows.map(({ fromMs, toMs }) => [fromMs, toMs])).to.deep.equal([
      [1020, 1061],
      [1080, 1121],
    ]);
  });

  it('begins with the first request where nothing was ever answered', () => {
    const { windows, answered } = outagesFrom([loss(1, 1020), loss(2, 1040), loss(3, 1060)], EVERY, 1065);
    expect(answered).to.equal(0);
    expect(windows).to.deep.equal([{ fromMs: 1000, toMs: 1065, durationMs: 65, ended: false }]);
  });

  it('counts on where the sequence wraps, in the middle of a window too', () => {
    const events = [answer(65_534, 1001), loss(65_535, 1040), loss(0, 1060), loss(1, 1080), answer(2, 1081)];
    const { sent, windows } = outagesFrom(events, EVERY, 1090);
    expect(sent).to.equal(5);
    expect(windows).to.deep.equal([{ fromMs: 1020, toMs: 1081, durationMs: 61, ended: true }]);
  });

  it('says nothing of nothing', () => {
    expect(outagesFrom([], EVERY, 5)).to.deep.equal({ sent: 0, answered: 0, windows: [] });
  });
});

describe('largestGapOf', () => {
  it('is the longest silence beyond the interval', () => {
    expect(largestGapOf([0, 21, 40, 140, 160], EVERY)).to.equal(80);
  });

  it('is nothing for one line', () => {
    expect(largestGapOf([7], EVERY)).to.equal(0);
  });
});

describe('parsePingLine', () => {
  it('reads an answer', () => {
    const line = '[1790000000.123456] 64 bytes from 192.168.56.24: icmp_seq=7 ttl=64 time=0.034 ms';
    expect(parsePingLine(line)?.event).to.deep.equal({
      kind: 'answer',
      sequence: 7,
      atMs: 1790000000123.456,
      rttMs: 0.034,
    });
  });

  it('reads an answer that came twice, and a whole number of milliseconds', () => {
    const line = '[1790000000.123456] 64 bytes from 192.168.56.24: icmp_seq=8 ttl=64 time=1024 ms (DUP!)';
    expect(parsePingLine(line)?.event).to.include({ kind: 'answer', sequence: 8, rttMs: 1024 });
  });

  it('reads both kinds of loss', () => {
    expect(parsePingLine('[1790000000.5] no answer yet for icmp_seq=9')?.event).to.include({
      kind: 'loss',
      sequence: 9,
    });
    const unreachable = '[1790000000.5] From 192.168.56.20 icmp_seq=10 Destination Host Unreachable';
    expect(parsePingLine(unreachable)?.event).to.include({ kind: 'loss', sequence: 10 });
  });

  it('takes a stamped line without a sequence for a sign of life', () => {
    expect(parsePingLine('[1790000000.5] Warning: time of day goes back')).to.deep.equal({ atMs: 1790000000500 });
  });

  it('passes over the headline', () => {
    expect(parsePingLine('PING 192.168.56.24 (192.168.56.24) 56(84) bytes of data.')).to.equal(undefined);
  });
});
