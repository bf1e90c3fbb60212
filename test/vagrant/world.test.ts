import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startWorld, type World, whyNoWorld } from './support/world.js';

const limits = { timeoutMs: 20_000 };

describe('the private world', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'halab-world-'));
  let world: World | undefined;

  before(async function () {
    const reason = whyNoWorld();
    if (reason) {
      process.stdout.write(`    skipped: ${reason}\n`);
      this.skip();
    }
    world = await startWorld(folder);
  });

  after(async () => {
    await world?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const said = async (...argv: readonly string[]) => {
    const ended = await (world as World).run(argv, limits);
    expect(ended.exitCode, ended.stderr).to.equal(0);
    return ended.stdout.trim();
  };

  it('has a libvirt with a place for disks and no networks', async () => {
    expect(await said('virsh', 'pool-list', '--name')).to.equal('default');
    expect(await said('virsh', 'net-list', '--name')).to.equal('');
    expect(await said('virsh', 'list', '--all', '--name')).to.equal('');
  });

  it('has no way out', async () => {
    expect(await said('ip', '-o', 'link')).to.match(/^1: lo: [^\n]*$/);
    expect(await said('ip', 'route')).to.equal('');
  });

  it('keeps the working folder, and its own home', async () => {
    expect(await said('pwd')).to.equal(process.cwd());
    expect(await said('sh', '-c', 'echo $HOME')).to.equal(join(folder, 'home'));
  });

  it('takes a network along when it ends, and the machine never sees it', async () => {
    const xml =
      "<network><name>n</name><bridge name='virbr7'/><ip address='192.168.56.1' netmask='255.255.255.0'/></network>";
    await said('sh', '-c', `echo "${xml}" > $TMPDIR/n.xml && virsh net-create $TMPDIR/n.xml`);
    expect(await said('ip', '-o', 'link')).to.include('virbr7');
    expect(readFileSync('/proc/net/dev', 'utf8')).to.not.include('virbr7');
    await world?.stop();
    await world?.stop();
  });
});
