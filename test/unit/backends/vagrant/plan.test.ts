import { expect } from 'chai';
import { planUp, type Standing } from '../../../../src/backends/vagrant/plan.js';
import { PROVIDER_TRAITS } from '../../../../src/backends/vagrant/providers/index.js';
import type { LabInstance } from '../../../../src/model/lab.js';
import { VAGRANT_LAB } from '../../../support/vagrant-world.js';

const INSTANCE: LabInstance = { name: 'x', backend: 'vagrant', lab: VAGRANT_LAB };
const plan = (standing: Partial<Standing>) =>
  planUp(INSTANCE, { machines: [], residues: [], vagrantIds: new Map(), ...standing });
const machine = (node: string, state: 'running' | 'paused' | 'off' = 'running', id = node) => ({
  name: `halab-x.${node}`,
  id,
  state,
});

describe('what up has to do', () => {
  it('everything where nothing stands', () => {
    expect(plan({})).to.deep.equal({ strays: [], orphans: [], start: ['node1', 'node2', 'node3'], paused: [] });
  });

  it('nothing where all runs; what is paused stays so; what is off is started', () => {
    const vagrantIds = new Map(['node1', 'node2', 'node3'].map((node) => [node, node]));
    const machines = [machine('node1'), machine('node2', 'paused'), machine('node3', 'off')];
    expect(plan({ machines, vagrantIds, residues: ['halab-x.node1.img', 'halab-x.node3.img'] })).to.deep.equal({
      strays: [],
      orphans: [],
      start: ['node3'],
      paused: ['node2'],
    });
  });

  it('removes machines that Vagrant does not know, or knows another by that name', () => {
    const machines = [machine('node1'), machine('node2', 'off', 'other')];
    const { strays, orphans, start } = plan({
      machines,
      vagrantIds: new Map([['node2', 'node2']]),
      residues: ['halab-x.node1.img', 'halab-x.node2-vdb.qcow2', 'halab-x.lan', 'halab-x.gone.img'],
    });
    expect(strays).to.deep.equal(machines);
    expect(orphans).to.deep.equal(['halab-x.node1.img', 'halab-x.node2-vdb.qcow2']);
    expect(start).to.deep.equal(['node1', 'node2', 'node3']);
  });
});

describe('calls of vagrant up', () => {
  it('are one for libvirt; for VirtualBox one alone, then two at a time', () => {
    const nodes = ['a', 'b', 'c', 'd'];
    expect(PROVIDER_TRAITS.libvirt.waves(nodes)).to.deep.equal([[nodes]]);
    expect(PROVIDER_TRAITS.virtualbox.waves(nodes)).to.deep.equal([[['a']], [['b'], ['c']], [['d']]]);
    expect([PROVIDER_TRAITS.libvirt.waves([]), PROVIDER_TRAITS.virtualbox.waves([])]).to.deep.equal([[], []]);
  });
});
