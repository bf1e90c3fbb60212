import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  exportedTo,
  initiatorFiles,
  targetConfig,
  whyNoSharedDisks,
  writeDiskFiles,
} from '../../../src/backends/embedded/disks.js';
import { createWriter } from '../../../src/backends/embedded/node-writer.js';
import { loopsOf } from '../../../src/backends/embedded/remove.js';
import { hostProgram } from '../../../src/backends/program-files.js';
import { loadLab } from '../../../src/config/files.js';
import { CHAP_USER } from '../../../src/model/iscsi.js';
import { nodeOf } from '../../../src/model/lab.js';
import { TOP } from '../../support/halab.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const lab = loadLab('linuxha', { cwd: TOP, root: TOP }).lab;
const separate = loadLab('separate-networks', { cwd: TOP, root: TOP }).lab;
const instance = { name: 'x', backend: 'embedded', lab };
const dirs = { state: '/s', cache: '/c', run: '/r' };
const storage = nodeOf(instance, 'iscsi-disks');
const host = nodeOf(instance, 'ha-host1');
const EXPORT_DISKS = hostProgram('embedded/export-disks.sh');
const EXPORTS = '/r/halab-x/ha-host1.exports';

describe('the disks of an embedded lab', () => {
  it('are served to its HA nodes alone: by address on the portal’s network, by name, with the secret', () => {
    const lines = targetConfig(separate, nodeOf({ ...instance, lab: separate }, 'iscsi-disks'), 'SECRET')
      .split('\n')
      .map((line) => line.trim());
    expect(lines).to.include.members([
      '<target iqn.2026-01.lab.halab:separate-networks.shared>',
      'backing-store /var/lib/lab-disks/shared.img',
      'initiator-name iqn.2026-01.lab.halab:separate-networks.node.ha-host3',
      'initiator-address 192.168.56.33',
      `incominguser ${CHAP_USER} SECRET`,
    ]);
    expect(lines.join('\n')).to.not.match(/192\.168\.57|initiator-address .*\.20$/m);
  });

  it('are exported to HA nodes of images that can show them as a file, and there is a reason where they are not', () => {
    const old = { ...lab, image: 'debian-11' };
    const without = { ...lab, nodes: lab.nodes.map((node) => ({ ...node, disks: [] })) };
    expect(whyNoSharedDisks(old)).to.match(/QEMU of debian-11/);
    expect(whyNoSharedDisks(without)).to.match(/no node of lab linuxha serves a disk/);
    for (const [each, node] of [
      [old, host],
      [without, host],
      [lab, storage],
    ] as const)
      expect(exportedTo(each, node)).to.deep.equal([]);
    if (whyNoSharedDisks(lab) === undefined) expect(exportedTo(lab, host)).to.deep.equal(['shared']);
  });

  it('have one secret, the lab’s own', function () {
    if (process.getuid?.() !== 0 || whyNoSharedDisks(lab) !== undefined) this.skip();
    const secretOf = (seed: string) => {
      const at = temporaryFolderNow();
      writeDiskFiles(createWriter(at('s')), dirs, instance, storage, seed);
      writeDiskFiles(createWriter(at('h')), dirs, instance, host, seed);
      const image = lstatSync(at('s/var/lib/lab-disks/shared.img'));
      expect([image.size, image.blocks]).to.deep.equal([1024 ** 3, 0]);
      for (const file of ['s/etc/tgt/conf.d/lab.conf', 'h/etc/lab-disks/secret'])
        expect(lstatSync(at(file)).mode & 0o077, file).to.equal(0);
      const secret = readFileSync(at('h/etc/lab-disks/secret'), 'utf8');
      expect(secret).to.have.length(16);
      expect(readFileSync(at('s/etc/tgt/conf.d/lab.conf'), 'utf8')).to.include(`incominguser ${CHAP_USER} ${secret}\n`);
      return secret;
    };
    expect(secretOf('one')).to.equal(secretOf('one')).and.not.equal(secretOf('another'));
  });

  const folder = temporaryFolder();
  let turn = 0;
  function temporaryFolderNow(): (path: string) => string {
    turn += 1;
    return (path) => folder(`${turn}/${path}`);
  }

  it('are found by the file behind a loop device, and no other lab’s are', () => {
    const at = temporaryFolderNow();
    for (const [name, file] of [
      ['loop0', '/r/halab-x/ha-host1.exports.own/shared.1\n'],
      ['loop1', '/r/halab-xy/ha-host1.exports.own/shared.1\n'],
      ['loop2', undefined],
      ['sda', '/r/halab-x/ha-host1.exports.own/shared.1\n'],
    ] as const) {
      const backing = at(`${name}/loop/backing_file`);
      mkdirSync(dirname(backing), { recursive: true });
      if (file) writeFileSync(backing, file);
    }
    expect(loopsOf(dirs, 'x', at(''))).to.deep.equal(['/dev/loop0']);
  });
});

describe('mounting in an embedded node', () => {
  const folder = temporaryFolder();
  const programs = initiatorFiles(lab, host, EXPORTS, 'secret');
  const textOf = (path: string) => programs.find((file) => file.path === path)?.content ?? '';

  /** What mount.ext4 asks of others, its `readlink` finding `device`. */
  function calls(device: string, words: readonly string[], refused = false): { said: string[]; exitCode: number } {
    const bin = folder('bin');
    mkdirSync(bin, { recursive: true });
    const log = folder('log');
    writeFileSync(log, '');
    const fake = (name: string, body: string) =>
      writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    fake('readlink', `echo "${device}"`);
    fake('mount', `echo "mount $*" >> ${log}`);
    fake('lab-disk', `echo "lab-disk $*" >> ${log}; exit ${refused ? 1 : 0}`);
    const file = folder('mount.ext4');
    writeFileSync(folder('exports'), textOf('etc/lab-disk-exports'));
    const text = textOf('usr/sbin/mount.ext4').replace('/etc/lab-disk-exports', folder('exports'));
    writeFileSync(file, text, { mode: 0o755 });
    let exitCode = 0;
    try {
      execFileSync(file, words, { env: { PATH: `${bin}:/usr/bin:/bin` } });
    } catch (error) {
      exitCode = (error as { status: number }).status;
    }
    return { said: readFileSync(log, 'utf8').trim().split('\n'), exitCode };
  }

  it('asks for a disk of the lab by its name, binds it, and lets the other end go', () => {
    const { said, exitCode } = calls(`${EXPORTS}/dev/shared`, ['/dev/disk/x', '/srv/web', '-o', 'rw,noatime,nosuid']);
    expect(exitCode).to.equal(0);
    expect(said).to.deep.equal([
      'lab-disk mount shared rw,noatime',
      `mount --bind ${EXPORTS}/mnt/shared /srv/web`,
      'lab-disk release shared',
    ]);
  });

  it('mounts nothing where it is refused', () => {
    const { said, exitCode } = calls(`${EXPORTS}/dev/shared`, ['/dev/x', '/mnt', '-o', 'errors=panic'], true);
    expect(exitCode).to.equal(32);
    expect(said).to.deep.equal(['lab-disk mount shared errors=panic']);
  });

  it('leaves everything else to mount(8), which may not', () => {
    expect(calls('/root/image', ['/root/image', '/mnt', '-o', 'rw']).said).to.deep.equal([
      'mount -i -t ext4 -o rw /root/image /mnt',
    ]);
    expect(calls(`${EXPORTS}/dev/shared`, ['/dev/x', '/mnt', '-o', 'rw,remount']).said).to.deep.equal([
      'mount -i -t ext4 -o rw,remount /dev/x /mnt',
    ]);
  });
});

describe('what the machine does for a node', () => {
  /** Has the functions of the script serve these lines, with stand-ins for all that would do something. */
  function answers(lines: readonly string[]): { readonly said: string[]; readonly done: string[] } {
    const script = `
machine=m user=u base=1 lower=/l own=/o run=/r disks=/nowhere names="shared more"
programs=${dirname(EXPORT_DISKS)}
. ${EXPORT_DISKS}
show_disk() { echo "show $disk" >&7; }
attach_disk() { echo "attach $disk" >&7; }
blockdev() { echo "blockdev $*" >&7; }
umount() { echo "umount $*" >&7; }
mount() { echo "mount $*" >&7; }
mountpoint() { :; }
stat() { echo 1:1; }
rm() { echo "rm $*" >&7; }
serve_disks 3<&0 4>&1 7>&2
`;
    const both = execFileSync('sh', ['-c', `(${script}) 2>"$0"; cat >&2 "$0"`, folder('done')], {
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
    });
    return { said: both.trim().split('\n'), done: readFileSync(folder('done'), 'utf8').trim().split('\n') };
  }
  const folder = temporaryFolder();

  it('is to mount a disk of the lab with what nobody can lift, and to let it go', () => {
    const { said, done } = answers(['1 mount shared ro,noatime', '2 release shared', '3 attach more', '4 detach more']);
    expect(said).to.deep.equal(['1 done', '2 done', '3 done', '4 done']);
    expect(done).to.include('blockdev --flushbufs /nowhere/dev/shared');
    expect(done).to.include(
      'mount -i -n -t ext4 -o nodev,nosuid,errors=remount-ro,ro,noatime /nowhere/dev/shared /nowhere/mnt/shared',
    );
  });

  it('is nothing for what is no disk of the lab, no request, or an option that could do harm', () => {
    const { said, done } = answers([
      '1 mount other rw',
      '2 mount ../dev/shared rw',
      '3 mount * rw',
      '4 format shared',
      '5 mount shared rw,errors=panic',
      '6 mount shared dev',
      '7 mount shared rw,data=journal',
      '8 mount "shared more" rw',
      '9',
    ]);
    expect(said).to.deep.equal([
      '1 cannot mount other',
      '2 cannot mount ../dev/shared',
      '3 cannot mount *',
      '4 cannot format shared',
      '5 errors=panic is not for a disk of the lab',
      '6 dev is not for a disk of the lab',
      '7 data=journal is not for a disk of the lab',
      '8 cannot mount "shared',
      '9 cannot',
    ]);
    expect(done).to.deep.equal(['']);
  });
});
