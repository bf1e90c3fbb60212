import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { locateImage } from '../../../src/backends/embedded/image-store.js';
import { halab } from '../../support/real-lab/halab.js';
import { refusalOf } from '../../support/real-lab/labs.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown } from '../../support/real-lab/machine.js';

const NAME = 'e2e-mute';
const CACHE = '/var/cache/halab';
const MINUTE = 60_000;

/** The real image, hard-linked, without the socket that lets us in: its nodes run and stay shut. */
describe('a node that runs and accepts no connection', function () {
  this.timeout(10 * MINUTE);
  // Hard links do not leave their file system, so the copy stands beside the cache.
  const cache = `${CACHE}-mute`;

  before(async function () {
    needsMachine(this);
    await takeDown(NAME);
    // Builds the image if it is not there yet.
    await halab(['up', 'two-node', '--name', NAME], { timeoutMs: 8 * MINUTE });
    await takeDown(NAME);
    const real = locateImage(CACHE, 'debian-12').root;
    const { root } = locateImage(cache, 'debian-12');
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(dirname(root), { recursive: true });
    execFileSync('cp', ['--archive', '--link', real, root]);
    copyFileSync(join(dirname(real), 'image.json'), join(dirname(root), 'image.json'));
    rmSync(join(root, 'etc/systemd/system/sockets.target.wants/halab-ssh.socket'));
  });

  after(async () => {
    await takeDown(NAME);
    rmSync(cache, { recursive: true, force: true });
  });

  it('ends at the deadline with the last lines of its console, and goes when it is taken down', async () => {
    const env = { HALAB_CACHE_DIR: cache };
    const refused = await refusalOf(['up', 'two-node', '--name', NAME], { env, timeoutMs: 4 * MINUTE });
    expect(refused).to.include({ exitCode: 3, code: 'boot-timeout' });
    expect(refused.words)
      .to.match(/did not accept a login within \d+ ms/)
      .and.to.include('console last said');
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });
});
