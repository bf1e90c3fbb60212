import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Answer, type Running, start, TOP } from '../../support/real-lab/halab.js';
import { textOf } from '../../support/real-lab/leaks.js';
import type { OfflineBox } from './box.js';
import { startWorld } from './world.js';

export const MINUTE = 60_000;
const PROGRAM = [process.execPath, join(TOP, 'bin/halab.js')];

/** halab in a private world with libvirt, a box that is added there, and an ssh server for fence agents. */
export interface MachineRoom {
  readonly folder: string;
  halab(args: readonly string[], timeoutMs?: number): Promise<Answer>;
  start(args: readonly string[], timeoutMs?: number): Running;
  /** Must succeed; its answer. */
  // biome-ignore lint/suspicious/noExplicitAny: each command has its own answer
  json(args: readonly string[], timeoutMs?: number): Promise<any>;
  onNode(lab: string, node: string, argv: readonly string[]): Promise<Answer>;
  /** Must succeed; its stdout. */
  saidOn(lab: string, node: string, argv: readonly string[]): Promise<string>;
  /** Any program of the machine; must succeed; its stdout. */
  said(argv: readonly string[], timeoutMs?: number): Promise<string>;
  /** Domains, volumes and networks that carry the lab's label. */
  leftOf(name: string): Promise<readonly string[]>;
  authorizedKeys(): Promise<string>;
  /** What bash runs below the ssh server before it comes to what was asked of it; empty: nothing. */
  setStartupFile(text: string): void;
  /** Ends a program of ours with all it has started, at once, as a crash would. */
  killTree(pid: number): Promise<void>;
  /** Takes halab's and Vagrant's own memory of a lab away. */
  forget(name: string): Promise<void>;
  close(): Promise<void>;
}

/** `env`: settings of halab beside its folders. */
export async function createMachineRoom(
  box: Pick<OfflineBox, 'name' | 'file'>,
  env: Readonly<Record<string, string>> = {},
): Promise<MachineRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'halab-machines-'));
  const world = await startWorld(join(folder, 'world'));
  const keys = join(world.env.HOME ?? '', '.ssh', 'authorized_keys');
  const places = {
    HALAB_STATE_DIR: join(folder, 'state'),
    HALAB_CACHE_DIR: join(folder, 'cache'),
    HALAB_REPORTS_DIR: join(folder, 'reports'),
  };
  const startIn = (argv: readonly string[], timeoutMs = 2 * MINUTE) =>
    start([...world.enter, ...argv], { env: { ...world.env, ...places, ...env }, timeoutMs });
  const call = async (argv: readonly string[], timeoutMs?: number): Promise<Answer> => {
    const running = startIn(argv, timeoutMs);
    running.stdin.end();
    return running.ended;
  };
  const must = async (argv: readonly string[], timeoutMs?: number): Promise<string> => {
    const { exitCode, stdout, stderr } = await call(argv, timeoutMs);
    expect(exitCode, `${argv.join(' ')}\n${stdout}${stderr}`).to.equal(0);
    return stdout;
  };
  const onNode = (lab: string, node: string, argv: readonly string[]) =>
    call([...PROGRAM, 'ssh', node, '--name', lab, '--', ...argv], 5 * MINUTE);
  const virsh = ['virsh', '--connect', 'qemu:///system'];
  try {
    await must(['vagrant', 'box', 'add', '--name', box.name, '--provider', 'libvirt', box.file], 5 * MINUTE);
    startSshServer(join(folder, 'sshd'), keys);
    await must(['sh', join(folder, 'sshd', 'start.sh')]);
  } catch (error) {
    await world.stop();
    throw error;
  }
  return {
    folder,
    halab: (args, timeoutMs) => call([...PROGRAM, ...args], timeoutMs),
    start: (args, timeoutMs = 15 * MINUTE) => startIn([...PROGRAM, ...args], timeoutMs),
    json: async (args, timeoutMs = 5 * MINUTE) => JSON.parse(await must([...PROGRAM, ...args, '--json'], timeoutMs)),
    onNode,
    async saidOn(lab, node, argv) {
      const { exitCode, stdout, stderr } = await onNode(lab, node, argv);
      expect(exitCode, `${argv.join(' ')} on ${node}\n${stdout}${stderr}`).to.equal(0);
      return stdout;
    },
    said: must,
    async leftOf(name) {
      const listed = async (kind: string, ...argv: readonly string[]) =>
        (await must([...virsh, ...argv])).split('\n').flatMap((line) => {
          const found = line.trim().split(/\s+/)[0] ?? '';
          return found.startsWith(`halab-${name}.`) ? [`${kind} ${found}`] : [];
        });
      return [
        ...(await listed('domain', 'list', '--all', '--name')),
        ...(await listed('volume', 'vol-list', 'default')),
        ...(await listed('network', 'net-list', '--all', '--name')),
      ];
    },
    authorizedKeys: async () => textOf(keys),
    setStartupFile: (text) => writeFileSync(join(folder, 'sshd', '.bashrc'), text),
    async killTree(pid) {
      for (const each of [...descendantsOf(pid), pid]) process.kill(each, 'SIGKILL');
    },
    async forget(name) {
      rmSync(join(places.HALAB_STATE_DIR, `halab-${name}`), { recursive: true });
    },
    async close() {
      await world.stop();
      if (process.env.KEEP_TEST_FOLDERS !== '1') rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of the world alone: it listens on every address of that network and is gone with it. */
function startSshServer(folder: string, authorizedKeys: string): void {
  mkdirSync(folder, { recursive: true });
  const settings = [
    `HostKey ${folder}/host_key`,
    `PidFile ${folder}/sshd.pid`,
    `AuthorizedKeysFile ${authorizedKeys}`,
    // bash below sshd reads ~/.bashrc, and the one of whoever runs this may wait for anything.
    `SetEnv HOME=${folder}`,
    ...['PermitRootLogin prohibit-password', 'PasswordAuthentication no', 'StrictModes no', 'UsePAM no'],
  ];
  writeFileSync(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);
  const script = [
    'set -eu',
    'mkdir -p /run/sshd',
    `ssh-keygen -q -t ed25519 -N '' -f '${folder}/host_key'`,
    `exec /usr/sbin/sshd -f '${folder}/sshd_config' -E '${folder}/sshd.log'`,
  ];
  writeFileSync(join(folder, 'start.sh'), `${script.join('\n')}\n`);
}

/** As this machine numbers them, children after their parents. */
function descendantsOf(pid: number): readonly number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}
