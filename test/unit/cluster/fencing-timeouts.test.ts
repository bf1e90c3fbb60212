import { expect } from 'chai';
import { deviceArguments } from '../../../src/cluster/formation/fencing.js';

const device = { options: { ip: '10.0.0.1' }, secrets: { password: 'secret' } };

describe('the words that a fence device is made with', () => {
  it('leave pacemaker’s and the agent’s own patience on nodes that are not slow', () => {
    expect(deviceArguments(device, { factor: 1 })).to.deep.equal({
      options: ['ip=10.0.0.1'],
      secrets: ['password=secret'],
      operations: ['op', 'monitor', 'interval=60s'],
    });
  });

  it('follow the speed of slow nodes: of operations, of actions, and of the agent with its device', () => {
    const { options, secrets, operations } = deviceArguments(device, { factor: 16.7 });
    expect(operations.join(' ')).to.equal('op start timeout=334s monitor interval=60s timeout=334s');
    expect(options).to.include.members(['ip=10.0.0.1', 'login_timeout=84', 'shell_timeout=51', 'power_timeout=334']);
    expect(options).to.include.members(['pcmk_monitor_timeout=1002s', 'pcmk_reboot_timeout=1002s']);
    expect(secrets).to.deep.equal(['password=secret']);
  });
});
