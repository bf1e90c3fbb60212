import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { openStoredRun, parseEvents } from '../../../src/store/stored-run.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a stored run', () => {
  const path = temporaryFolder();

  beforeEach(() => {
    mkdirSync(path('run-1/evidence'), { recursive: true });
    writeFileSync(path('run-1/events.jsonl'), '{"kind":"warning","text":"one"}\n');
    writeFileSync(path('run-1/evidence/log'), 'line');
    writeFileSync(path('secret'), 'outside');
  });

  it('is found by its name, its folder, and as the latest, and is one and the same', () => {
    symlinkSync('run-1', path('latest'));
    const found = ['run-1', path('run-1'), 'latest'].map((asked) => openStoredRun(path(), asked, '/'));
    for (const run of found) {
      expect(run.path).to.equal(found[0]?.path);
      expect(run.events.map(({ kind }) => kind)).to.deep.equal(['warning']);
    }
  });

  it('is found as the latest where links cannot be made', () => {
    writeFileSync(path('latest.txt'), 'run-1\n');
    expect(openStoredRun(path(), 'latest', '/').events).to.have.length(1);
  });

  it('reads and writes inside of its folder only', () => {
    const run = openStoredRun(path(), 'run-1', '/');
    expect(run.read('evidence/log')?.toString()).to.equal('line');
    expect(run.read('evidence/gone')).to.equal(undefined);
    expect(run.read('../secret')).to.equal(undefined);
    expect(run.write('a/b.txt', 'x')).to.equal('a/b.txt');
    expect(readFileSync(path('run-1/a/b.txt'), 'utf8')).to.equal('x');
    expect(() => run.write('../secret', 'x')).to.throw('not inside the run folder');
  });

  it('that there is not: the name that was meant', () => {
    expect(() => openStoredRun(path(), 'run-2', '/'))
      .to.throw('there is no run run-2')
      .with.property('hint', 'do you mean run-1?');
    expect(() => openStoredRun(path('nowhere'), 'x', '/')).to.throw('there is no run x');
  });

  it('of a killed run has all but the part of its last event', () => {
    expect(parseEvents('{"kind":"warning"}\n{"ki')).to.have.length(1);
    expect(() => parseEvents('{"ki\n{"kind":"warning"}\n')).to.throw('line 1 of events.jsonl is not JSON');
    expect(parseEvents('')).to.deep.equal([]);
  });
});
