import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { listenToKeys, readKeys } from '../../../src/cli/keys.js';

function keyboard(columns = 40) {
  const stdin = Object.assign(new PassThrough(), { raw: [] as boolean[] });
  const written: string[] = [];
  const abort = new AbortController();
  let interrupts = 0;
  const keys = readKeys(Object.assign(stdin, { setRawMode: (isRaw: boolean) => stdin.raw.push(isRaw) }), {
    write: (text) => written.push(text),
    columns: () => columns,
    onInterrupt: () => {
      interrupts += 1;
    },
    signal: abort.signal,
  });
  const press = async (text: string | Buffer) => {
    stdin.write(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { stdin, keys, press, written, abort, interrupts: () => interrupts };
}

describe('the keys of a terminal', () => {
  it('come one by one, Enter by its name, and arrows not at all', async () => {
    const { keys, press } = keyboard();
    for (const [pressed, key] of [
      ['n', 'n'],
      ['\r', 'enter'],
      ['\u001b[A ', ' '],
    ] as const) {
      const next = keys.next();
      await press(pressed);
      expect(await next).to.equal(key);
    }
  });

  it('are dropped while nobody waits', async () => {
    const { keys, press } = keyboard();
    await press('nnn');
    const next = keys.next();
    await press('q');
    expect(await next).to.equal('q');
  });

  it('make a line, Chinese and corrections included, that stays within the terminal', async () => {
    const { keys, press, written } = keyboard(12);
    const line = keys.line('> ');
    const chinese = Buffer.from('切换');
    await press(chinese.subarray(0, 2));
    await press(chinese.subarray(2));
    await press('x\u007f after 8s\r');
    expect(await line).to.equal('切换 after 8s');
    expect(written.at(-2)).to.equal('\r\u001b[2K> \u0020after 8s');
    expect(written.at(-1)).to.equal('\n');
  });

  it('hand Ctrl-C on, also while nobody waits and where the terminal is gone', async () => {
    const { press, stdin, interrupts } = keyboard();
    await press('\u0003');
    expect(interrupts()).to.equal(1);
    stdin.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(interrupts()).to.equal(2);
  });

  it('end every wait with the signal, and give the terminal back', async () => {
    const { keys, abort, stdin } = keyboard();
    const next = keys.next();
    abort.abort();
    expect(await next).to.equal(undefined);
    expect(await keys.next()).to.equal(undefined);
    expect(await keys.line('> ')).to.equal(undefined);
    keys.close();
    expect(stdin.raw).to.deep.equal([true, false]);
  });

  it('reach who listens by their names, all that the terminal sent at once', () => {
    const stdin = new PassThrough();
    const keys: string[] = [];
    const stop = listenToKeys(stdin, { onKey: (key) => keys.push(key), onInterrupt: () => keys.push('interrupt') });
    stdin.emit('data', 'j\u001b[A\u001bOB\u001b[6~\u001b[1;5C\r\u007f切\u0003');
    expect(keys).to.deep.equal(['j', 'up', 'down', 'page-down', 'enter', 'backspace', '切', 'interrupt']);
    stop();
    stdin.emit('data', 'x');
    expect(keys).to.have.length(8);
  });
});
