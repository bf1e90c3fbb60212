import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { form } from '../../../src/cluster/formation.js';
import { type Answer, type Call, fakeFormation } from './fake-transport.js';

const TARGET = 'iqn.2026-01.lab.halab:linuxha.shared';
const PORTAL = '192.168.56.20:3260';
const OF_TARGET = `--mode node --targetname ${TARGET} --portal ${PORTAL}`;

/** Runs the stage's script by the real shell, on programs that note their arguments; the device of the disk is `device`. */
describe('logging in to shared storage', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-storage-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function program(name: string, body: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/log"\n${body}\n`, { mode: 0o755 });
  }

  const log = () =>
    [...new Set(readFileSync(join(folder, 'log'), 'utf8').trim().split('\n'))].filter((line) => !/ cat /.test(line));

  /** On a machine without such a device the file `there` says whether it is. */
  function run({ argv: [command = '', option = '', script = '', ...words] }: Pick<Call, 'argv'>): Promise<Answer> {
    const there = script.replaceAll('[ -b "$device" ]', `[ -e "${folder}/there" ]`).replace('-lt 300', '-lt 3');
    return new Promise((resolve) => {
      const env = { PATH: `${folder}:/usr/bin:/bin` };
      execFile(command, [option, there, ...words], { env, timeout: 5_000 }, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  const stage = () => form('storage', fakeFormation(run).context);
  const failure = () =>
    stage().then(
      () => undefined,
      (error: Error) => error.message,
    );
  /** A systemctl that has the units named, and says no to everything else it is asked. */
  const systemctl = (units: string, rest = '') =>
    program('systemctl', `case "$*" in *cat*${units}*) exit 0 ;; ${rest} *is-*|*cat*) exit 1 ;; esac`);

  it('is done by a unit where the initiator is one, which then starts at each boot', async () => {
    systemctl('lab-initiator@.service', `*restart*) : > ${folder}/there ;;`);
    expect(await stage()).to.have.property('changed', true);
    expect(log()).to.include.members([
      'systemctl --quiet enable lab-initiator@shared.service',
      'systemctl restart lab-initiator@shared.service',
    ]);
  });

  it('leaves alone who is logged in', async () => {
    systemctl('lab-initiator@.service', '*is-*) exit 0 ;;');
    writeFileSync(join(folder, 'there'), '');
    expect(await stage()).to.have.property('changed', false);
    expect(log().join()).to.not.match(/restart|enable /);
  });

  it('says what the unit said when it cannot log in', async () => {
    systemctl('lab-initiator@.service', '*restart*) exit 1 ;;');
    program('journalctl', 'echo "iSCSI: Failed to connect: Authentication failure"');
    expect(await failure())
      .to.include('stage "storage"')
      .and.include('Authentication failure');
  });

  it('is done by open-iscsi elsewhere: discovered, to be logged in to at each boot, logged in to', async () => {
    systemctl('open-iscsi.service');
    program('iscsiadm', `case "$*" in *--login) : > ${folder}/there ;; *discovery*|*update*) ;; *) exit 21 ;; esac`);
    expect(await stage()).to.have.property('changed', true);
    expect(log()).to.include.members([
      `iscsiadm --mode discovery --type sendtargets --portal ${PORTAL}`,
      `iscsiadm ${OF_TARGET} --op update --name node.startup --value automatic`,
      `iscsiadm ${OF_TARGET} --login`,
      'systemctl --quiet enable open-iscsi.service',
    ]);
  });

  it('does not log in twice, nor discover what is known', async () => {
    systemctl('iscsi.service');
    writeFileSync(join(folder, 'there'), '');
    program(
      'iscsiadm',
      `case "$*" in *session*) echo "tcp: [1] ${PORTAL},1 ${TARGET} (non-flash)" ;; '${OF_TARGET}') echo "node.startup = \${STARTUP:-manual}" ;; esac`,
    );
    expect(await stage()).to.have.property('changed', true);
    expect(log().join('\n'))
      .to.include('--op update')
      .and.not.match(/discovery|--login/);
  });

  it('waits for the device, and says so when it does not appear', async () => {
    systemctl('lab-initiator@.service');
    expect(await failure()).to.include(`logged in to ${TARGET}, but /dev/disk/by-path/ip-${PORTAL}`);
  });
});
