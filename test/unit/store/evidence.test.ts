import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RunEvent } from '../../../src/model/event.js';
import type { RunFolder } from '../../../src/ports/store.js';
import { fetchEvidence } from '../../../src/store/evidence.js';
import { createRunFolder } from '../../../src/store/run-folder.js';
import { createMemoryBackend, type MemoryLab } from '../../support/memory-lab.js';

describe('fetchEvidence', () => {
  let root: string;
  let lab: MemoryLab;
  let folder: RunFolder;
  let events: RunEvent[];

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'halab-evidence-'));
    lab = createMemoryBackend();
    await lab.backend.up(lab.instance(), { onProgress: () => undefined });
    folder = createRunFolder({ root, id: 'run', clock: lab.clock });
    events = [];
    lab.mischief.command = (node, argv) => {
      const line = argv.join(' ');
      if (line.includes('tar -cf')) return { stdout: Buffer.from([0, 255, 128]).toString('base64') };
      if (line.includes('corosync.log')) return { exitCode: 1, stderr: 'tail: cannot open corosync.log' };
      return { stdout: `${line} on ${node}, password=secret\n` };
    };
  });

  afterEach(() => {
    folder.close();
    rmSync(root, { recursive: true, force: true });
  });

  const fetch = (place?: string) =>
    fetchEvidence({
      place,
      nodes: lab.lab.nodes,
      transport: (node) => lab.backend.connect(lab.instance(), node, { timeoutMs: 600_000 }),
      folder,
      redact: (text) => text.replaceAll('secret', '****'),
      emit: (event) => void events.push(event),
      clock: lab.clock,
    });
  const read = (file: string) => readFileSync(join(folder.path, 'evidence', file), 'utf8');
  const filesOf = (node: string) =>
    events.flatMap((event) => (event.kind === 'evidence-fetched' && event.node === node ? event.files : []));

  it('fetches each node’s own, with secrets masked', async () => {
    await fetch();
    expect(read('ha-host1/cib.xml')).to.equal('cibadmin --query on ha-host1, password=****\n');
    expect(filesOf('ha-host1').toSorted()).to.deep.equal(
      [
        'cib.xml',
        'corosync.conf',
        'ip-addr.txt',
        'journal-errors.log',
        'journal-warnings.log',
        'journal.log',
        'missing.txt',
        'pacemaker.log',
        'pe-inputs.tar',
        'pe-inputs.txt',
        'scheduler.txt',
      ].map((file) => `evidence/ha-host1/${file}`),
    );
  });

  it('has the journals of every boot', async () => {
    await fetch();
    expect(read('ha-host1/journal.log'))
      .to.match(/journalctl /)
      .and.not.match(/ (?:-b|--boot)\b/);
  });

  it('keeps that of an earlier lab in a folder of its own', async () => {
    await fetch('before-clean');
    await fetch();
    for (const place of ['before-clean/ha-host1', 'ha-host1'])
      expect(read(`${place}/cib.xml`)).to.include('cibadmin --query on ha-host1');
  });

  it('asks only HA nodes about the cluster', async () => {
    await fetch();
    expect(filesOf('iscsi-disks').toSorted()).to.deep.equal([
      'evidence/iscsi-disks/ip-addr.txt',
      'evidence/iscsi-disks/journal-errors.log',
      'evidence/iscsi-disks/journal-warnings.log',
      'evidence/iscsi-disks/journal.log',
    ]);
  });

  it('keeps binary pieces as they are', async () => {
    await fetch();
    expect([...readFileSync(join(folder.path, 'evidence/ha-host2/pe-inputs.tar'))]).to.deep.equal([0, 255, 128]);
  });

  it('notes what could not be had', async () => {
    await fetch();
    expect(read('ha-host1/missing.txt')).to.equal('corosync.log: exit 1 tail: cannot open corosync.log\n');
  });

  it('gives up on a node that lets nobody in, and has the others’', async () => {
    lab.mischief.closed.add('ha-host3');
    await fetch();
    expect(events).to.deep.include({
      kind: 'warning',
      text: 'evidence of ha-host3 is not complete: the deadline for evidence has passed',
    });
    expect(existsSync(join(folder.path, 'evidence/ha-host2/cib.xml'))).to.equal(true);
    expect(read('ha-host3/missing.txt')).to.contain('deadline');
    expect(lab.clock.monotonicMs()).to.equal(60_000);
  });
});
