import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildOnce } from '../../../../src/backends/image/building.js';
import { LabError } from '../../../../src/model/errors.js';
import { takeLock } from '../../../../src/store/lock.js';
import { createMemoryClock } from '../../../support/memory-clock.js';
import { rejection } from '../../../support/rejection.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('an image that several want at once', () => {
  const path = temporaryFolder();
  const clock = createMemoryClock();
  const isBuilt = (name: string) => existsSync(path(`images/${name}/image.json`));

  const build = (name: string, { work = 'succeeds', said = [] as string[] } = {}) =>
    buildOnce(
      { clock, takeLock },
      {
        finished: path(`images/${name}`),
        neededMiB: 1,
        isBuilt: () => isBuilt(name),
        onProgress: (text) => said.push(text),
      },
      async (folder) => {
        said.push('builds');
        await clock.sleep(60_000);
        if (work === 'fails') throw new LabError('image-build-failed', 'no luck today');
        writeFileSync(join(folder, 'image.json'), '{}');
      },
    );

  it('is built by one of them, and the others wait', async () => {
    const said: string[][] = [[], [], []];
    await Promise.all(said.map((lines) => build('a', { said: lines })));
    expect(isBuilt('a')).to.equal(true);
    expect(said).to.deep.equal([
      ['builds'],
      ['waiting for another halab, which is building a'],
      ['waiting for another halab, which is building a'],
    ]);
    expect(readdirSync(path('images'))).to.deep.equal(['a']);
    await build('a', { said: said[0] });
    expect(said[0]).to.deep.equal(['builds']);
  });

  it('is built by the next where the first fails', async () => {
    const said: string[] = [];
    const [first] = await Promise.all([rejection(build('b', { work: 'fails' })), build('b', { said })]);
    expect(first.message).to.equal('no luck today');
    expect(said).to.deep.equal(['waiting for another halab, which is building b', 'builds']);
    expect(isBuilt('b')).to.equal(true);
  });

  it('is not waited for any longer than a build may take', async () => {
    const release = takeLock(path('images/c.lock'), 'building an image');
    expect(await rejection(build('c'))).to.include({
      code: 'lab-busy',
      message: `waited 1200 s for the build of c: process ${process.pid} has it (building an image)`,
    });
    release();
  });
});
