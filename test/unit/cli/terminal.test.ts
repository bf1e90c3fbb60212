import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { outliveReaders } from '../../../src/cli/output.js';
import { openTerminal } from '../../../src/cli/terminal.js';

function openOne() {
  const written: string[] = [];
  const display = Object.assign(new EventEmitter(), {
    columns: 40,
    rows: 3,
    write: (text: string) => written.push(text),
  });
  const keyboard = Object.assign(new PassThrough(), { raw: [] as boolean[] });
  const keys: string[] = [];
  const terminal = openTerminal(
    Object.assign(keyboard, { setRawMode: (is: boolean) => keyboard.raw.push(is) }),
    display,
    { onKey: (key) => keys.push(key), onInterrupt: () => keys.push('interrupt'), onResize: () => keys.push('resize') },
  );
  /** What was written since the call before. */
  const since = () => written.splice(0).join('');
  return { terminal, display, keyboard, keys, since };
}

describe('a terminal that is drawn on', () => {
  it('is written to only where lines have changed', () => {
    const { terminal, since } = openOne();
    since();
    terminal.draw(['one', 'two', 'three']);
    expect(since()).to.equal('\u001b[1;1H\u001b[2Kone\u001b[2;1H\u001b[2Ktwo\u001b[3;1H\u001b[2Kthree');
    terminal.draw(['one', 'TWO', 'three']);
    expect(since()).to.equal('\u001b[2;1H\u001b[2KTWO');
    terminal.draw(['one', 'TWO', 'three']);
    expect(since()).to.equal('');
  });

  it('is drawn as a whole after it was resized', () => {
    const { terminal, display, keys, since } = openOne();
    terminal.draw(['one']);
    since();
    display.columns = 50;
    display.emit('resize');
    expect(keys).to.deep.equal(['resize']);
    expect(terminal.size()).to.deep.equal({ columns: 50, rows: 3 });
    terminal.draw(['one']);
    expect(since()).to.equal('\u001b[2J\u001b[1;1H\u001b[2Kone');
  });

  it('hands on keys, and is given back as it was', () => {
    const { terminal, display, keyboard, keys, since } = openOne();
    keyboard.emit('data', 'n\u0003');
    expect(keys).to.deep.equal(['n', 'interrupt']);
    since();
    terminal.close();
    expect(since()).to.equal('\u001b[?25h\u001b[?1049l');
    expect(keyboard.raw).to.deep.equal([true, false]);
    keyboard.emit('data', 'n');
    display.emit('resize');
    expect(keys).to.have.length(2);
  });

  it('may be closed, or piped to a reader that exits, without an end to the command', () => {
    const stream = new EventEmitter();
    outliveReaders([stream]);
    for (const code of ['EPIPE', 'EIO']) stream.emit('error', Object.assign(new Error(code), { code }));
    expect(() => stream.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))).to.throw('full');
  });
});
