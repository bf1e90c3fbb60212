import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inPartialFolder } from '../../../../src/backends/embedded/disks-of-lab.js';

describe('a folder that is whole or not there', () => {
  let folder = '';
  const at = (...parts: readonly string[]) => join(folder, ...parts);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-unit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('begins empty, whatever an earlier try left, and is what it was renamed to', async () => {
    mkdirSync(at('.new'));
    writeFileSync(at('.new', 'old'), '');
    await inPartialFolder(at('.new'), async () => {
      writeFileSync(at('.new', 'disk'), '');
      renameSync(at('.new'), at('new'));
    });
    expect(readdirSync(folder)).to.deep.equal(['new']);
    expect(readdirSync(at('new'))).to.deep.equal(['disk']);
  });

  it('is removed where filling it failed, and the failure is passed on', async () => {
    const failed = inPartialFolder(at('.new'), async () => {
      writeFileSync(at('.new', 'disk'), '');
      throw new Error('the cluster does not stop');
    });
    const outcome = await failed.then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(outcome).to.equal('the cluster does not stop');
    expect(existsSync(at('.new'))).to.equal(false);
  });
});
