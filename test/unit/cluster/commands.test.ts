import { expect } from 'chai';
import { CLUSTER_COMMANDS } from '../../../src/cluster/create-cluster.js';

describe('the commands of the cluster software', () => {
  const { mayChangeNodes, setStartAtBoot } = CLUSTER_COMMANDS;

  it('are harmless to nodes where they only ask, or only change the CIB', () => {
    for (const line of [
      'pcs status --full',
      'pcs resource create vip ocf:heartbeat:IPaddr2',
      'pcs stonith create b fence_ipmilan',
      '/usr/sbin/cibadmin --query',
      'crm_attribute --name maintenance-mode --update true',
      'corosync-quorumtool -s',
    ])
      expect(mayChangeNodes(line.split(' ')), line).to.equal(false);
  });

  it('may change nodes where they start, stop, fence or set aside, and where they are not known', () => {
    for (const line of [
      'pcs cluster stop b',
      'pcs node standby b',
      'pcs stonith fence b',
      'crm_attribute --node=b --name standby --update on',
      'systemctl restart pcsd',
      'sh -c true',
    ])
      expect(mayChangeNodes(line.split(' ')), line).to.equal(true);
  });

  it('set whether a unit starts at boot', () => {
    expect(setStartAtBoot('pacemaker', true)).to.deep.equal(['systemctl', 'enable', 'pacemaker']);
    expect(setStartAtBoot('pacemaker', false)).to.deep.equal(['systemctl', 'disable', 'pacemaker']);
  });
});
