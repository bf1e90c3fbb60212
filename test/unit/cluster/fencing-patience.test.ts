import { expect } from 'chai';
import { patienceOf } from '../../../src/cluster/formation/fencing.js';

describe('the patience that fence devices are made with', () => {
  it('is pacemaker’s and the agent’s own on nodes that are not slow', () => {
    expect(patienceOf({ factor: 1 })).to.deep.equal({ options: {} });
  });

  it('follows the speed of slow nodes: of operations, of actions, and of the agent with its device', () => {
    const { operationS, options } = patienceOf({ factor: 16.7 });
    expect(operationS).to.equal(334);
    expect(options).to.include({ login_timeout: '84', shell_timeout: '51', power_timeout: '334' });
    expect(options).to.include({ pcmk_monitor_timeout: '1002s', pcmk_reboot_timeout: '1002s' });
  });
});
