import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { PACKAGES, parseSoftware, softwareArgv } from '../../../src/cluster/dialect.js';
import { form } from '../../../src/cluster/formation.js';
import { type Answer, type Call, fakeFormation, PASSWORD } from './fake-transport.js';

/** The remote scripts run here by the real shell, on programs that note their arguments and answer as told. */
describe('remote scripts', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-scripts-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function program(name: string, body: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/log"\n${body}\n`, { mode: 0o755 });
  }

  function log(): readonly string[] {
    return readFileSync(join(folder, 'log'), 'utf8').trim().split('\n').sort();
  }

  function run({ argv: [command = '', ...args], stdin }: Pick<Call, 'argv' | 'stdin'>): Promise<Answer> {
    return new Promise((resolve) => {
      const options = { env: { PATH: `${folder}:/usr/bin:/bin` }, timeout: 5_000 };
      const child = execFile(command, args, options, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
      // A program that ends without reading closes its input first.
      child.stdin?.on('error', (error: NodeJS.ErrnoException) => expect(error.code).to.equal('EPIPE'));
      child.stdin?.end(stdin ?? '');
    });
  }

  it('start the cluster where a unit is not active', async () => {
    program('systemctl', 'echo active; echo inactive; exit 3');
    program('pcs', 'echo Starting Cluster...');
    expect(await form('start', fakeFormation(run).context)).to.have.property('changed', true);
    expect(log().filter((line) => line.startsWith('pcs'))).to.deep.equal(Array(3).fill('pcs cluster start'));
  });

  it('leave the cluster alone where both units are active', async () => {
    program('systemctl', 'echo active; echo active');
    program('pcs', 'exit 1');
    expect(await form('start', fakeFormation(run).context)).to.have.property('changed', false);
    expect(log()).to.deep.equal(Array(3).fill('systemctl is-active corosync pacemaker'));
  });

  it('let pcs read the password from stdin where the hosts are not known', async () => {
    program(
      'dpkg-query',
      'echo "pcs installed 0.11.5-1"; echo "corosync installed 3-1"; echo "pacemaker installed 2-1"',
    );
    program('pcs', `read -r password; echo "$password" > "${folder}/seen"`);
    await form('auth', fakeFormation(run).context);
    expect(readFileSync(join(folder, 'seen'), 'utf8').trim()).to.equal(PASSWORD);
    expect(log()).to.include('pcs host auth ha-host1 ha-host2 ha-host3 -u hacluster');
  });

  it('pass on the exit code of pcs', async () => {
    program('systemctl', 'echo disabled; echo disabled; exit 1');
    program('pcs', 'echo "Error: no" >&2; exit 7');
    const error = await form('enable', fakeFormation(run).context).catch((reason: unknown) => reason);
    expect(error).to.have.nested.property('data.exitCode', 7);
    expect(error).to.have.property('message').that.contains('Error: no');
  });

  it('read the package database', async () => {
    program('dpkg-query', 'echo "pcs installed 0.11.5-1+deb12u1"; exit 1');
    const answer = await run({ argv: softwareArgv(PACKAGES), stdin: undefined });
    expect(answer).to.have.property('exitCode', 0);
    expect(parseSoftware((answer as { stdout: string }).stdout)).to.deep.equal({
      manager: 'dpkg',
      versions: { pcs: '0.11.5' },
    });
  });
});
