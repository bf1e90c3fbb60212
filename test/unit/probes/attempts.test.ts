import { expect } from 'chai';
import { createAttemptLog, parseProbeLine } from '../../../src/probes/attempts.js';
import { unreadWrites, writesOf } from '../../../src/probes/probe.js';
import { attemptsOf } from './support.js';

describe('parseProbeLine', () => {
  it('reads each kind of line', () => {
    expect(parseProbeLine('s 7 33454535493 33454535596')).to.deep.equal({
      ...{ kind: 'sent', sequence: 7, beforeMs: 33454535.493, afterMs: 33454535.596 },
    });
    expect(parseProbeLine('a 7 33454535647 ')).to.deep.equal({ kind: 'answered', sequence: 7, atMs: 33454535.647 });
    expect(parseProbeLine('a 7 2000 ha-host1')).to.include({ who: 'ha-host1', atMs: 2 });
    expect(parseProbeLine('x 8 2000 No route to host')).to.include({ kind: 'refused', reason: 'No route to host' });
  });

  it('passes over what is cut off, and what is none of ours', () => {
    for (const line of ['s 7 33454535493', 's 7', '', 'Traceback (most recent call last):', 's x 1 2'])
      expect(parseProbeLine(line), line).to.equal(undefined);
  });
});

describe('createAttemptLog', () => {
  it('keeps the first answer, and forgets answers to nothing', () => {
    const log = createAttemptLog();
    for (const line of ['s 1 0 0', 'a 1 1000 ', 'a 1 9000 ', 'a 5 100 ', 's 2 20000 20000', 'x 2 21000 refused'])
      log.take(parseProbeLine(line) ?? expect.fail(line));
    expect(log.attempts).to.deep.equal([
      { sequence: 1, beforeMs: 0, afterMs: 0, answeredMs: 1 },
      { sequence: 2, beforeMs: 20, afterMs: 20, refused: 'refused' },
    ]);
  });
});

describe('writesOf', () => {
  const attempts = attemptsOf(['.', '.', 'x', '.', 'x']);

  it('finds what is lost, what is doubled, and what was kept without an answer', () => {
    expect(writesOf(attempts, 'r 1\nr 3\nr 4\nr 4\n')).to.deep.equal({
      acknowledged: 3,
      lost: [2],
      doubled: [4],
      unacknowledged: 1,
    });
  });

  it('finds everything in its place', () => {
    expect(writesOf(attempts, 'r 1\nr 2\nr 4\n')).to.include({ acknowledged: 3, unacknowledged: 0 });
  });

  it('knows nothing where nothing could be read back', () => {
    expect(unreadWrites(attempts, 'refused')).to.deep.equal({
      ...{ acknowledged: 3, lost: [], doubled: [], unacknowledged: 0, problem: 'refused' },
    });
  });
});
