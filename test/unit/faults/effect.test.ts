import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { activeFaults } from '../../../src/ports/fault.js';
import { testLab } from '../cluster/test-lab.js';

const NODES = ['ha-host1', 'ha-host2', 'ha-host3'];
const effectOf = (fault: ResolvedFault) => activeFaults([fault], FAULTS, testLab)[0]?.effect;
const connectivityOf = (fault: ResolvedFault) => effectOf(fault)?.connectivity;

describe('the effect of a fault', () => {
  it('is a node that does not run, or one that loses daemons, or neither', () => {
    expect(effectOf({ kind: 'freeze', node: 'ha-host1' })?.node).to.equal('halted');
    expect(effectOf({ kind: 'daemon-kill', node: 'ha-host1', daemon: 'attrd' })?.node).to.equal('loses-daemons');
    expect(effectOf({ kind: 'standby', node: 'ha-host1' })?.node).to.equal('runs');
  });

  it('tells which nodes lose cluster traffic, and from whom', () => {
    const cluster = testLab.networks.find(({ carries }) => carries.includes('cluster'))?.name;
    const link = testLab.nodes[0]?.links.find(({ network }) => network === cluster)?.name ?? '';
    expect(connectivityOf({ kind: 'link-down', node: 'ha-host1', link, by: 'drop' })).to.deep.equal({
      kind: 'lost',
      nodes: ['ha-host1'],
      from: 'all',
    });
    expect(connectivityOf({ kind: 'one-way-loss', node: 'ha-host1', from: 'ha-host2', link })).to.deep.equal({
      kind: 'lost',
      nodes: ['ha-host1', 'ha-host2'],
      from: 'some',
    });
    expect(connectivityOf({ kind: 'ring', nodes: NODES })).to.deep.equal({ kind: 'lost', nodes: NODES, from: 'some' });
    const groups = [['ha-host1'], ['ha-host2', 'ha-host3']];
    expect(connectivityOf({ kind: 'partition', groups })).to.deep.equal({ kind: 'partitioned', groups });
    expect(connectivityOf({ kind: 'daemon-stop', node: 'ha-host1', daemon: 'attrd' })).to.deep.equal({ kind: 'kept' });
  });

  it('is no loss on a link that does not carry the cluster', () => {
    const lab = {
      ...testLab,
      networks: testLab.networks.map((network) => ({ ...network, carries: ['service'] as const })),
    };
    const link = testLab.nodes[0]?.links[0]?.name ?? '';
    for (const fault of [
      { kind: 'link-down', node: 'ha-host1', link, by: 'drop' },
      { kind: 'shape', node: 'ha-host1', link, delayMs: 1 },
      { kind: 'partition', groups: [['ha-host1'], ['ha-host2']], link },
      { kind: 'ring', nodes: NODES, link },
    ] as const)
      expect(activeFaults([fault], FAULTS, lab)[0]?.effect.connectivity, fault.kind).to.deep.equal({ kind: 'kept' });
  });
});
