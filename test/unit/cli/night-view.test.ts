import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createNightView } from '../../../src/cli/nightly/night-view.js';
import { foldNight } from '../../../src/nightly/state.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { cell, SECOND } from '../nightly/cells.js';
import { begun, STARTED, stamped } from '../nightly/night-events.js';

const MINUTE = 60 * SECOND;

const folder = temporaryFolder();

describe('what a log of a night shows', () => {
  it('is each event, and what runs once nothing has happened for five minutes', () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(...String(chunk).trimEnd().split('\n'));
        done();
      },
    }) as NodeJS.WriteStream;
    const events = stamped([STARTED, begun('a', 1, ['a', 'b'])]);
    const state = foldNight(events);
    const beginsMs = Date.parse(events[0]?.at ?? '');
    let nowMs = beginsMs;
    const view = createNightView({ language: 'en' }, { path: folder() }, [cell('a'), cell('b')], {
      stream,
      now: () => nowMs,
    });
    for (const event of events) view.onEvent(event, state);
    const began = ['10:00:01  ▶ linuxha debian-12  a, b  (n-1)'];
    expect(lines).to.deep.equal(began);

    for (; nowMs < beginsMs + 11 * MINUTE; nowMs += SECOND) view.onTick(state, 3, 'another lab boots');
    const running = (time: string, forTime: string) => [
      `${time}    ${forTime}  n-1          linuxha debian-12`,
      `${time}  0 of 2 done · 3 units to go (another lab boots)`,
    ];
    expect(lines.map((line) => line.trimEnd())).to.deep.equal([
      ...began,
      ...running('10:05:00', '4m59s'),
      ...running('10:10:00', '9m59s'),
    ]);
  });
});
