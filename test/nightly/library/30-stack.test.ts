import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { repack } from '../../support/debs.js';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { onFreshLab } from '../../support/real-lab/labs.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';

const NAME = 'e2e-stack';
const MINUTE = 60_000;
const AGENT = 'usr/lib/ocf/resource.d/heartbeat/IPaddr2';
const SLOWER = (agent: string) => agent.replace('ip_start() {', 'ip_start() {\n\tsleep 8');

/** Four versions of resource-agents. From the third on, an address takes 8 s longer to start. */
describe('a stack under test', function () {
  this.timeout(25 * MINUTE);
  const { folder, network } = onFreshLab(NAME);
  const debs = join(folder, 'debs');
  let versions: readonly string[] = [];

  before(function () {
    this.timeout(2 * MINUTE);
    mkdirSync(debs);
    execFileSync('apt-get', ['download', 'resource-agents'], { cwd: folder, stdio: 'pipe' });
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    const own = String(execFileSync('dpkg-deb', ['--field', join(folder, file), 'Version'])).trim();
    versions = [1, 2, 3, 4].map((number) => `${own}+lab${number}`);
    for (const [index, version] of versions.entries())
      repack(join(folder, file), debs, version, {
        [AGENT]: (text) => `${index < 2 ? text : SLOWER(text)}# ${version}\n`,
      });
  });

  it('is put on top of the image of every node, and recorded', async () => {
    const env = { HALAB_REPORTS_DIR: join(folder, 'runs') };
    const words = ['run', 'form-cluster', '--name', NAME, '--stack', debs];
    const run = await halabJson(words, { env, timeoutMs: 10 * MINUTE });
    expect(run.verdict).to.equal('passed');
    const info = JSON.parse(readFileSync(join(run.folder, 'run.json'), 'utf8'));
    expect(info.stack).to.deep.equal({ sources: [debs], packages: { 'resource-agents': versions[3] } });
    const members = Object.keys(info.packages).filter((node) => node.startsWith('ha-host'));
    expect(members.map((node) => info.packages[node]['resource-agents'])).to.deep.equal(members.map(() => versions[3]));
    expectNothingLeft(NAME);
    expect(hostNetwork()).to.deep.equal(network());
  });

  it('has the version that makes a failover longer named by halab bisect', async () => {
    const env = { HALAB_REPORTS_DIR: join(folder, 'bisect') };
    const words = ['bisect', 'standby', '--stack', debs, '--json'];
    const { exitCode, stdout, stderr } = await halab(words, { env, timeoutMs: 20 * MINUTE });
    expect(exitCode, stderr).to.equal(0);
    const told = JSON.parse(stdout);
    expect(told.found).to.deep.include({ name: 'resource-agents', version: versions[2], before: versions[1] });
    expect(told.states.filter(({ outcome }: { outcome?: string }) => outcome !== undefined)).to.have.length.below(5);
    expect(hostNetwork()).to.deep.equal(network());
  });
});
