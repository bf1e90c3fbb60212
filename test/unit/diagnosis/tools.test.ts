import { expect } from 'chai';
import { readAny } from '../../../src/cluster/read-any.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { explain } from '../../../src/diagnosis/explain.js';
import type { DiagnosisCode } from '../../../src/diagnosis/item.js';
import { toolsOf } from '../../../src/diagnosis/tools.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { CASES } from './cases.js';
import { state } from './states.js';

const { clusterName: _name, ...unnamed } = state({ daemons: [] });
const SUSE = { name: 'a', version: '2.0.4+20200616.2deceaa3a-3.9.1-2.0.4+20200616.2deceaa3a' };

/** About pcsd, and about warnings that only pcs prints. */
const OF_PCS: readonly DiagnosisCode[] = [
  ...(['pcsd-offline', 'pcsd-unauthorised', 'pcsd-unexplained', 'nodes-not-reached'] as const),
  ...(['daemon-down', 'daemon-not-at-boot', 'not-running'] as const),
];

function stepsOf(of: ClusterState) {
  return diagnose(of).flatMap((each) => explain(each, 'en').next.map((next) => ({ ...next, code: each.code })));
}

describe('the tools of a cluster', () => {
  it('are crmsh’s where the version is SUSE’s, or a prompt or an error names crm', () => {
    expect(toolsOf({ ...unnamed, dc: SUSE })).to.deep.equal(['crm']);
    expect(toolsOf({ ...unnamed, unparsed: ['root@node-1:~# crm status'] })).to.deep.equal(['crm']);
    expect(toolsOf({ ...unnamed, request: 'crm status' })).to.deep.equal(['crm']);
    expect(toolsOf({ ...unnamed, errors: ['ERROR: status: crm_mon (rc=102): not connected'] })).to.deep.equal(['crm']);
  });

  it('are those of the command that the prompt shows', () => {
    const source = 'root@node-1:~# crm status\nStack: corosync\nCurrent DC: node-1 - partition with quorum\n';
    expect(toolsOf(readAny(source))).to.deep.equal(['crm']);
    expect(toolsOf(readAny(source.replace('crm status', 'crm_mon -1')))).to.deep.equal([]);
  });

  it('are pcs’s where nothing shows others, or pcs prints what only it prints', () => {
    expect(toolsOf(unnamed)).to.deep.equal([]);
    expect(toolsOf({ ...unnamed, unparsed: ['[root@a ~]# crm_mon -1'] })).to.deep.equal([]);
    expect(toolsOf(state({ dc: SUSE }))).to.deep.equal([]);
  });

  it('of crmsh have a command for every command of pcs', () => {
    const left = Object.values(CASES)
      .flatMap(({ means: { clusterName: _, ...means } }) => stepsOf({ ...means, daemons: [], pcsd: {}, dc: SUSE }))
      .filter(({ code, command, why }) => !OF_PCS.includes(code) && /\bpcs\b/.test(`${command} ${why}`));
    expect(left).to.deep.equal([]);
  });

  it('of cman have no systemd, no journal and no corosync-quorumtool', () => {
    const left = Object.values(CASES)
      .flatMap(({ means }) => stepsOf({ ...means, stack: 'cman' }))
      .filter(({ command }) => /systemctl|journalctl|corosync-/.test(command));
    expect(left).to.deep.equal([]);
  });

  it('name the node that a statement is about', () => {
    const { clusterName: _, ...means } = { ...CASES['stopped-after-failure'].means, daemons: [], dc: SUSE };
    expect(stepsOf(means).map(({ command }) => command)).to.include('crm resource failcount vip show a');
  });
});
