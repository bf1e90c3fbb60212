import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JournalEntry } from '../../../src/ports/store.js';
import { createFaultJournal } from '../../../src/store/journal.js';
import { createMemoryClock } from '../../support/memory-clock.js';

const entry = (id: string): JournalEntry => ({
  id,
  at: '2026-11-23T08:31:55.000Z',
  run: 'run',
  fault: { kind: 'freeze', node: 'ha-host1' },
});

describe('createFaultJournal', () => {
  let folder: string;
  let file: string;
  const journal = () => createFaultJournal(file, createMemoryClock());
  const pendingIds = () =>
    journal()
      .pending()
      .map(({ id }) => id);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-journal-'));
    file = join(folder, 'deep', 'faults.jsonl');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has nothing pending before anything was opened', () => {
    expect(pendingIds()).to.deep.equal([]);
  });

  it('keeps what is opened and not closed, oldest first, for any process that reads it', () => {
    const writer = journal();
    for (const id of ['a', 'b', 'c']) writer.open(entry(id));
    journal().close('b');
    expect(writer.pending()).to.deep.equal([entry('a'), entry('c')]);
    expect(pendingIds()).to.deep.equal(['a', 'c']);
  });

  it('does not mind what is closed twice or was never opened', () => {
    journal().open(entry('a'));
    for (const id of ['a', 'a', 'nobody']) journal().close(id);
    expect(pendingIds()).to.deep.equal([]);
  });

  it('drops a last line that a crash cut short, and writes on after it', () => {
    journal().open(entry('a'));
    appendFileSync(file, '{"kind":"opened","entry":{"id":"to');
    expect(pendingIds()).to.deep.equal(['a']);
    journal().open(entry('b'));
    expect(pendingIds()).to.deep.equal(['a', 'b']);
    expect(readFileSync(file, 'utf8').trim().split('\n')).to.have.length(2);
  });

  it('keeps a whole last line that only lacks its end', () => {
    journal().open(entry('a'));
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd());
    expect(pendingIds()).to.deep.equal(['a']);
    journal().open(entry('b'));
    expect(pendingIds()).to.deep.equal(['a', 'b']);
  });

  it('keeps its place beside characters of several bytes', () => {
    journal().open({ ...entry('a'), run: '网口' });
    appendFileSync(file, '{"kin');
    journal().open(entry('b'));
    expect(pendingIds()).to.deep.equal(['a', 'b']);
  });

  it('refuses a journal that is broken in the middle, with file and line', () => {
    journal().open(entry('a'));
    appendFileSync(file, 'rubbish\n');
    appendFileSync(file, '{"kind":"closed","id":"a","at":""}\n');
    expect(() => journal().pending())
      .to.throw(`${file}:2:`)
      .with.property('code', 'heal-failed');
    expect(() => journal().open(entry('b'))).to.throw(`${file}:2:`);
  });
});
