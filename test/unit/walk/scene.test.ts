import { expect } from 'chai';
import { sceneOf } from '../../../src/faults/walk/scene.js';
import { scenario, step } from '../../support/memory-run.js';
import { labNamed } from './support/walks.js';

const lab = labNamed('linuxha');

function seen(...commands: readonly string[]) {
  const steps = commands.map((command, index) =>
    step(`s${index}`, { action: { kind: 'run', on: { kind: 'dc', was: false }, argv: command.split(' ') } }),
  );
  return sceneOf(lab, [scenario('set-up', steps)], []);
}

describe('what a walk draws from', () => {
  it('are the resources that the set-ups create, with the address of those that bring one', () => {
    const { resources, hosts } = seen(
      'pcs resource create vip ocf:heartbeat:IPaddr2 ip=192.168.56.24 cidr_netmask=24 op monitor interval=30s',
      'sh -c pcs -f cib.xml resource create web ocf:heartbeat:nginx op monitor interval=10s; pcs cluster cib-push cib.xml',
    );
    expect(hosts).to.deep.equal(['ha-host1', 'ha-host2', 'ha-host3']);
    expect(resources).to.deep.equal([
      { id: 'vip', agent: 'ocf:heartbeat:IPaddr2', address: '192.168.56.24' },
      { id: 'web', agent: 'ocf:heartbeat:nginx' },
    ]);
  });

  it('are no clones, which nobody holds, and nothing that is only looked at', () => {
    const { resources } = seen(
      'pcs resource create db ocf:pacemaker:Stateful promotable',
      'pcs resource create ping ocf:pacemaker:ping clone',
      'pcs resource describe ocf:heartbeat:IPaddr2',
    );
    expect(resources).to.deep.equal([]);
  });

  it('knows whether lost nodes are fenced, which they are unless it was switched off', () => {
    expect(seen('pcs status').isFencing).to.equal(true);
    expect(seen('pcs property set stonith-enabled=false').isFencing).to.equal(false);
    const back = seen('pcs property set stonith-enabled=false', 'pcs property set a=b stonith-enabled=true');
    expect(back.isFencing).to.equal(true);
  });
});
