import { expect } from 'chai';
import type { Reporter } from '../../../src/ports/reporter.js';
import type { ReporterFailure } from '../../../src/report/multiplexer.js';
import { createMultiplexer } from '../../../src/report/multiplexer.js';
import { CUT, eventsOf, stamped } from './sample-run.js';

const EVENTS = stamped(eventsOf([CUT], 'passed'));

function listener(name: string, overrides: Partial<Reporter> = {}) {
  const heard: string[] = [];
  const reporter: Reporter = {
    name,
    on: (event) => void heard.push(event.kind),
    close: async () => void heard.push('closed'),
    ...overrides,
  };
  return { heard, reporter };
}

describe('createMultiplexer', () => {
  const fail = (message: string) => () => {
    throw new Error(message);
  };

  it('tells every reporter everything and closes it', async () => {
    const [a, b] = [listener('a'), listener('b')];
    const multiplexer = createMultiplexer([a.reporter, b.reporter], () => expect.fail('nothing failed'));
    for (const event of EVENTS) multiplexer.on(event);
    await multiplexer.close();
    expect(a.heard).to.deep.equal([...EVENTS.map((event) => event.kind), 'closed']);
    expect(b.heard).to.deep.equal(a.heard);
    expect(multiplexer.failures()).to.deep.equal([]);
  });

  it('goes on when a reporter throws, tells of it once, and remembers', async () => {
    const told: ReporterFailure[] = [];
    const good = listener('good');
    const bad = listener('bad', { on: fail('disk full') });
    const multiplexer = createMultiplexer([bad.reporter, good.reporter], (failure) => told.push(failure));
    for (const event of EVENTS) multiplexer.on(event);
    await multiplexer.close();
    expect(good.heard).to.have.length(EVENTS.length + 1);
    expect(bad.heard).to.deep.equal(['closed']);
    expect(told).to.deep.equal([{ reporter: 'bad', message: 'disk full' }]);
    expect(multiplexer.failures()).to.deep.equal(told);
  });

  it('counts a reporter that cannot close, whether it throws or rejects', async () => {
    const reporters = [
      listener('throws', { close: fail('now') }),
      listener('rejects', { close: async () => fail('later')() }),
    ];
    const multiplexer = createMultiplexer(
      reporters.map((each) => each.reporter),
      () => undefined,
    );
    await multiplexer.close();
    expect(multiplexer.failures().map((failure) => failure.message)).to.deep.equal(['now', 'later']);
  });
});
