import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { observationFrom, observeCommand, partsOf } from '../../../src/cluster/observe.js';
import type { NodeObservation } from '../../../src/model/observation.js';

const CLUSTER_TOOLS = ['corosync-quorumtool', 'crm_node', 'crmadmin', 'cibadmin', 'crm_mon'];

/** The script that a node is asked by, run here by the real shell, on programs that answer as told. */
describe('the script that asks a node', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-observe-test-'));
    for (const name of ['pidof', 'systemctl', 'journalctl', 'findmnt', 'ip']) program(name, 'echo');
    program('crm_node', 'echo ha-host1');
    program('corosync-quorumtool', "echo 'Node ID: 1'; echo 'Ring ID: 1.4'; echo 'Quorate: Yes'");
    program('crmadmin', "echo 'Controller on ha-host1 in state S_IDLE: ok'");
    program('cibadmin', 'echo \'<cib epoch="5"/>\'');
    program('crm_mon', 'echo \'<pacemaker-result api-version="2.3"/>\'');
    program('crm_simulate', "echo 'Executing Cluster Transition:'; echo '  * Resource action: vip start on ha-host1'");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function program(name: string, body: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  function said(factor: number): Promise<string> {
    const { argv, stdin } = observeCommand({ since: 'now', factor });
    const [command = '', ...args] = argv;
    return new Promise((resolve) => {
      const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
      const child = execFile(command, [...args], { env }, (_error, stdout) => resolve(stdout));
      child.stdin?.end(stdin);
    });
  }

  const asked = async (factor: number): Promise<NodeObservation> => observationFrom('ha-host1', await said(factor));

  it('ends with the part by which an answer that was cut off is told', async () => {
    expect([...partsOf(await said(1)).keys()].at(-1)).to.equal('disks');
  });

  it('asks the tools of the cluster, and of a DC the scheduler', async () => {
    const seen = await asked(1);
    expect(seen.quorum).to.include({ quorate: true, ringId: '1.4' });
    expect(seen).to.include({ controller: 'S_IDLE' });
    expect(seen.cib?.version.epoch).to.equal(5);
    expect(seen.planned).to.deep.equal(['Resource action: vip start on ha-host1']);
    expect(Object.keys(seen.problems)).to.not.include.members(['quorum', 'controller', 'cib', 'planned']);
  });

  it('sees that the CIB has changed from before all that changes with it to after', async () => {
    expect(await asked(1)).to.not.have.property('changedMeanwhile');
    const log = join(folder, 'order');
    const noting = (name: string, body: string) => program(name, `echo ${name} >> ${log}; ${body}`);
    noting('cibadmin', `printf '<cib epoch="5" num_updates="%s"/>\\n' "$(grep -c cibadmin ${log})"`);
    for (const name of ['crmadmin', 'crm_mon', 'ip', 'findmnt']) noting(name, 'echo');
    expect(await asked(1)).to.have.property('changedMeanwhile', true);
    const order = readFileSync(log, 'utf8').trim().split('\n');
    expect([order[0], order.at(-1)]).to.deep.equal(['cibadmin', 'cibadmin']);
    expect(order.slice(1, -1)).to.include.members(['crmadmin', 'crm_mon', 'ip', 'findmnt']);
  });

  it('lets the scheduler’s copy of the CIB lie where its own files do, for the cluster’s disk may be full', async () => {
    program('crm_simulate', 'echo "Executing Cluster Transition:"; echo "  * $(cd "$CIB_shadow_dir" && pwd)"');
    const [place = ''] = (await asked(1)).planned ?? [];
    expect(place).to.match(/halab-observe\.|tmp\./);
  });

  it('has what the node says for itself although every tool of the cluster hangs, and waits for them together', async function () {
    this.timeout(8_000);
    for (const name of CLUSTER_TOOLS) program(name, 'exec sleep 30');
    const begunMs = Date.now();
    const seen = await asked(0.2);
    expect(Date.now() - begunMs).to.be.below(3_000);
    expect(seen.disks).to.have.length.above(0);
    expect(seen.processes).to.have.length.above(0);
    expect(seen.problems).to.include({
      quorum: 'no answer in time',
      cib: 'no answer in time',
      status: 'no answer in time',
    });
    expect(seen.problems).to.include.keys('controller');
    expect(seen.problems).to.not.include.keys('answer');
  });
});
