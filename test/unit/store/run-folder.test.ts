import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createRunFolder, runIdOf } from '../../../src/store/run-folder.js';
import { createMemoryClock } from '../../support/memory-clock.js';

describe('createRunFolder', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'halab-runs-'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('appends events as they happen, stamped and numbered', async () => {
    const clock = createMemoryClock();
    await clock.sleep(250);
    const folder = createRunFolder({ root, id: 'run', clock });
    folder.append({ kind: 'warning', text: 'one' });
    await clock.sleep(40);
    const stamped = folder.append({ kind: 'warning', text: 'two' });
    expect(stamped).to.deep.equal({ kind: 'warning', text: 'two', seq: 1, at: '2026-11-23T08:31:55.290Z', ms: 40 });
    const lines = readFileSync(join(folder.path, 'events.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).to.deep.equal([0, 1]);
    expect(folder.startedMs).to.equal(250);
    folder.close();
  });

  it('gives a taken id a number, and points latest at the newest', () => {
    const clock = createMemoryClock();
    const ids = [1, 2, 3].map(() => {
      const folder = createRunFolder({ root, id: 'run', clock });
      folder.close();
      return folder.id;
    });
    expect(ids).to.deep.equal(['run', 'run-2', 'run-3']);
    expect(readlinkSync(join(root, 'latest'))).to.equal('run-3');
    expect(readdirSync(root).toSorted()).to.deep.equal(['latest', 'run', 'run-2', 'run-3']);
  });

  it('writes files below itself and nowhere else', () => {
    const folder = createRunFolder({ root, id: 'run', clock: createMemoryClock() });
    expect(folder.write('evidence/ha-host1/cib.xml', '<cib/>')).to.equal('evidence/ha-host1/cib.xml');
    expect(readFileSync(join(root, 'run/evidence/ha-host1/cib.xml'), 'utf8')).to.equal('<cib/>');
    expect(() => folder.write('../outside', '')).to.throw('not inside the run folder');
    folder.close();
  });

  it('may be closed twice, and takes no event after that', () => {
    const folder = createRunFolder({ root, id: 'run', clock: createMemoryClock() });
    folder.close();
    folder.close();
    expect(() => folder.append({ kind: 'warning', text: 'late' })).to.throw('after the run folder');
  });

  it('leaves nothing where it cannot be made whole', () => {
    const link = () => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const make = () => createRunFolder({ root, id: 'run', clock: createMemoryClock(), link });
    expect(make).to.throw('cannot make a run folder').with.property('code', 'disk-full');
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it('says where it cannot be made', () => {
    writeFileSync(join(root, 'file'), '');
    const make = () => createRunFolder({ root: join(root, 'file'), id: 'run', clock: createMemoryClock() });
    expect(make).to.throw('cannot make a run folder').with.property('code', 'usage');
  });
});

describe('runIdOf', () => {
  it('is the time and what is run', () => {
    expect(runIdOf('2026-11-23T08:31:55.123Z', 'Failover/interface_down')).to.equal(
      '20261123-083155-failover-interface-down',
    );
  });
});
