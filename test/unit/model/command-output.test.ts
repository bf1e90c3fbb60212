import { expect } from 'chai';
import { lastLine, lastLines, lastLinesOf, reportsClusterDown } from '../../../src/model/command-output.js';

describe('the output of a command', () => {
  it('ends with its last lines that are not blank', () => {
    expect(lastLines('a\n\nb  \r\n   \nc\n', 2)).to.deep.equal(['b', 'c']);
    expect(lastLine('a\n  b \n\n')).to.equal('b');
    expect(lastLine(' \n')).to.equal(undefined);
  });

  it('ends with stderr, without the prompts of pcs and without a secret', () => {
    const result = { stdout: 'Username: Password: \nout\n', stderr: 'Error: hunter2 is wrong\n' };
    expect(lastLinesOf(result, 'hunter2')).to.equal('out\nError: ******** is wrong');
    expect(lastLinesOf(result)).to.equal('out\nError: hunter2 is wrong');
  });

  it('reports that no cluster runs on the node, in the words of every tool', () => {
    for (const words of [
      'Error: cluster is not currently running on this node',
      'Error: error running crm_mon, is pacemaker running?\n  crm_mon: Connection to cluster failed: Transport endpoint is not connected',
      'crm_mon: Error: cluster is not available on this node',
      'Connection to the cluster failed: connection refused',
      'Could not connect to the CIB: Transport endpoint is not connected',
      'crm_mon: pacemakerd is not running (code 1)',
      'error: corosync is not running',
      'ERROR: status: crm_mon (rc=102): ',
      'crm_mon: Not connected (code 107)',
    ])
      expect(reportsClusterDown(words), words).to.equal(true);
    expect(reportsClusterDown('', 102)).to.equal(true);
    expect(reportsClusterDown('', 107)).to.equal(true);
  });

  it('reports nothing of that kind where something else failed', () => {
    for (const words of [
      'sh: crm_mon: command not found',
      'Permission denied',
      'vip_monitor_10000 on a: not running (7): call=12',
      'Error: pcsd is not running',
      '',
    ])
      expect(reportsClusterDown(words), words).to.equal(false);
    expect(reportsClusterDown('', 1)).to.equal(false);
  });
});
