import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { livenessOn, takeLock } from '../../../src/store/lock.js';
import { until } from '../../support/real-lab/until.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('takeLock', () => {
  const at = temporaryFolder();
  const holderIn = (file: string) =>
    JSON.parse(readFileSync(file, 'utf8')) as { pid: number; startTime: string; doing: string };

  it('is held until it is given back', () => {
    const file = at('locks', 'halab-x.lock');
    const release = takeLock(file, 'up');
    expect(holderIn(file)).to.include({ pid: process.pid, doing: 'up' });
    release();
    expect(existsSync(file)).to.equal(false);
    takeLock(file, 'down')();
  });

  it('of a live process is refused, naming who holds it and what for', () => {
    const file = at('halab-x.lock');
    const release = takeLock(file, 'run interface-down');
    expect(() => takeLock(file, 'down'))
      .to.throw(`process ${process.pid} is at work on this lab (run interface-down)`)
      .with.property('code', 'lab-busy');
    expect(holderIn(file).doing).to.equal('run interface-down');
    release();
  });

  it('of a dead process is taken over', () => {
    const file = at('halab-x.lock');
    const { pid } = spawnSync('true');
    writeFileSync(file, JSON.stringify({ pid, startTime: '12345', doing: 'up' }));
    takeLock(file, 'down');
    expect(holderIn(file)).to.include({ pid: process.pid, doing: 'down' });
  });

  it('of a dead process is taken over once, where two find it at the same time', () => {
    const file = at('halab-x.lock');
    const { pid } = spawnSync('true');
    writeFileSync(file, JSON.stringify({ pid, startTime: '12345', doing: 'up' }));
    const { markOf } = livenessOn(process.platform);
    let isFirst = true;
    const slow = {
      markOf(asked: number) {
        const mark = markOf(asked);
        // The other is done between the look at the lock and its removal.
        if (asked === pid && isFirst) {
          isFirst = false;
          takeLock(file, 'first');
        }
        return mark;
      },
    };
    expect(() => takeLock(file, 'second', slow))
      .to.throw()
      .with.property('code', 'lab-busy');
    expect(holderIn(file).doing).to.equal('first');
    expect(readdirSync(at())).to.deep.equal(['halab-x.lock']);
  });

  it('of a process that has ended, of which its parent has taken no note, is taken over', async function () {
    if (process.platform !== 'linux') this.skip();
    // The child ends only once its parent is a sleep: a shell could still take note of it.
    const script = '(until grep -q sleep /proc/$$/comm; do :; done) & echo $!; exec sleep 20';
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8');
      await until('the end of a process', () => / Z /.test(stat()), { withinMs: 5_000, seen: stat });
      const file = at('halab-x.lock');
      const startTime = stat()
        .slice(stat().lastIndexOf(')') + 2)
        .split(' ')[19];
      writeFileSync(file, JSON.stringify({ pid, startTime, doing: 'up' }));
      takeLock(file, 'down');
      expect(holderIn(file).doing).to.equal('down');
    } finally {
      parent.kill();
    }
  });

  it('of a process id that belongs to another process by now is taken over', () => {
    const file = at('halab-x.lock');
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: '1', doing: 'up' }));
    takeLock(file, 'down');
    expect(holderIn(file).doing).to.equal('down');
  });

  for (const torn of ['', '{"pid":', 'nonsense']) {
    it(`that was cut off while it was written (${JSON.stringify(torn)}) is taken over`, () => {
      const file = at('halab-x.lock');
      writeFileSync(file, torn);
      takeLock(file, 'down');
      expect(holderIn(file).pid).to.equal(process.pid);
    });
  }

  it('that cannot be made says so', () => {
    mkdirSync(at('halab-x.lock'));
    expect(() => takeLock(at('halab-x.lock'), 'up')).to.throw();
  });
});
