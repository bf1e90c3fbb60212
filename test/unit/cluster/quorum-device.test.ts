import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DONE_BEFORE } from '../../../src/cluster/formation/on-nodes.js';
import { form } from '../../../src/cluster/formation.js';
import type { Lab } from '../../../src/model/lab.js';
import { nodeScript } from '../../../src/ports/node-program.js';
import { type Answers, type Call, fakeFormation, wordsOf } from './fake-transport.js';
import { testLab } from './test-lab.js';

const [host] = testLab.nodes;
if (host === undefined) throw new Error('the lab has no node');

const lab: Lab = {
  ...testLab,
  cluster: { ...testLab.cluster, quorumDevice: { node: 'arbiter', algorithm: 'ffsplit' } },
  nodes: [...testLab.nodes, { ...host, name: 'arbiter', role: 'qdevice', disks: [] }],
};

const INSTALLED = 'manager dpkg\ncorosync installed 3.1.7-1\npacemaker installed 2.1.5-1\npcs installed 0.11.5-1\n';

const asks = (call: Call, ...words: readonly string[]) => wordsOf(call).join(' ') === words.join(' ');

const fresh: Answers = (call) => {
  if (asks(call, 'corosync', 'pacemaker', 'pcs')) return { stdout: INSTALLED };
  return asks(call, 'corosync', 'pacemaker') ? { stdout: 'active inactive inactive \n' } : {};
};

function formation(answers: Answers = fresh) {
  const { context, calls } = fakeFormation(answers);
  return { context: { ...context, lab }, calls };
}

describe('forming a cluster with a quorum device', () => {
  it('authorises the device as it does the members, and sets it up after them and before they start', async () => {
    const { context, calls } = formation();
    for (const stage of ['pcsd', 'password', 'auth'] as const) await form(stage, context);
    expect(new Set(calls.map(({ node }) => node))).to.deep.equal(
      new Set(['ha-host1', 'ha-host2', 'ha-host3', 'arbiter']),
    );
    expect(calls.map((call) => wordsOf(call).join(' '))).to.satisfy((said: readonly string[]) =>
      said.some((words) => words.endsWith('pcs host auth ha-host1 ha-host2 ha-host3 arbiter -u hacluster')),
    );
    calls.length = 0;
    const { seen } = await form('setup', context);
    expect(seen).to.match(/^cluster linuxha set up on ha-host1.*; the quorum device arbiter \(ffsplit\) is added$/);
    expect(calls.slice(-2).map((call) => [call.node, ...wordsOf(call)])).to.deep.equal([
      ['arbiter'],
      ['ha-host1', 'arbiter', 'ffsplit'],
    ]);
  });

  it('needs other packages on the device than on the members', async () => {
    const { context } = formation((call) => ({
      stdout: `manager dpkg\n${wordsOf(call)
        .filter((name) => name !== 'corosync-qnetd')
        .map((name) => `${name} installed 3.0-1`)
        .join('\n')}`,
    }));
    const error = await form('packages', context).catch((reason: unknown) => reason);
    expect(error).to.have.property('message').that.contains('arbiter lacks corosync-qnetd.');
    expect(error).to.have.property('hint', 'Install them there: apt-get install -y corosync-qnetd pcs');
  });

  it('finds its work done the second time', async () => {
    const nodes = [1, 2, 3].map((n) => `node {\nring0_addr: ha-host${n}\nname: ha-host${n}\n}\n`).join('');
    const conf = `totem {\ncluster_name: linuxha\n}\nnodelist {\n${nodes}}\n`;
    const { context } = formation((call) =>
      asks(call, 'corosync', 'pacemaker')
        ? { stdout: `active active active \n${conf}` }
        : { stdout: `${DONE_BEFORE}\n` },
    );
    const { changed, seen } = await form('setup', context);
    expect(changed).to.equal(false);
    expect(seen).to.contain('the quorum device arbiter (ffsplit) was added before');
  });

  describe('the script that adds it', () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'halab-device-'));
      writeFileSync(join(folder, 'pcs'), '#!/bin/sh\necho "pcs $*"\n', { mode: 0o755 });
    });
    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    function add(quorum: string): string {
      const conf = join(folder, 'corosync.conf');
      writeFileSync(conf, `totem {\n    version: 2\n}\n\nquorum {\n    provider: corosync_votequorum\n${quorum}}\n`);
      const script = nodeScript('add-quorum-device.sh').replaceAll('/etc/corosync/corosync.conf', conf);
      const env = { PATH: `${folder}:/usr/bin:/bin` };
      try {
        return execFileSync('sh', ['-c', script, 'sh', 'arbiter', 'ffsplit'], { env, encoding: 'utf8' }).trim();
      } catch (error) {
        return String((error as { stderr: unknown }).stderr).trim();
      }
    }

    const device = (host: string, algorithm: string) =>
      `\n    device {\n        model: net\n        votes: 1\n\n        net {\n            algorithm: ${algorithm}\n            host: ${host}\n        }\n    }\n`;

    it('lets pcs add it where there is none', () => {
      expect(add('    two_node: 1\n')).to.equal('pcs quorum device add model net host=arbiter algorithm=ffsplit');
    });

    it('leaves the same one alone, and replaces no other', () => {
      expect(add(device('arbiter', 'ffsplit'))).to.equal(DONE_BEFORE);
      expect(add(device('arbiter', 'lms'))).to.match(/^the quorum device has another algorithm than ffsplit/);
      expect(add(device('arbiter2', 'ffsplit'))).to.match(/^corosync.conf has another quorum device than arbiter/);
    });
  });
});
