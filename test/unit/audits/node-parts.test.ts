import { expect } from 'chai';
import { nodesIn, problemWith, runsPacemaker, silence } from '../../../src/audits/node-parts.js';
import type { NodeObservation } from '../../../src/model/observation.js';
import { inputOf, stateOf, unit, well } from './support/input.js';

const node = (change: Partial<NodeObservation> = {}): NodeObservation => ({
  node: 'ha-host1',
  answered: true,
  problems: {},
  ...change,
});
const runs = (args: string) => ({
  processes: [
    { pid: 1, ageS: 9, args: '/sbin/init' },
    { pid: 2, ageS: 9, args },
  ],
});

describe('whether pacemaker runs on a node', () => {
  it('is told by what only it could answer, or was asked in vain', () => {
    expect(runsPacemaker(node({ controller: 'S_IDLE' }))).to.equal(true);
    expect(runsPacemaker(node({ status: stateOf([]) }))).to.equal(true);
    expect(runsPacemaker(node({ problems: { cib: 'timed out' } }))).to.equal(true);
  });

  it('is told by its process before its unit', () => {
    const down = { units: [unit('corosync'), unit('pacemaker', { active: 'inactive' })] };
    expect(runsPacemaker(node({ ...down, ...runs('/usr/sbin/pacemakerd') }))).to.equal(true);
    expect(runsPacemaker(node({ ...down, ...runs('less pacemakerd') }))).to.equal(false);
  });

  it('is told by its unit, also while that starts or stops', () => {
    const active = (word: string) =>
      runsPacemaker(node({ units: [unit('corosync'), unit('pacemaker', { active: word })] }));
    expect(['active', 'activating', 'deactivating'].map(active)).to.deep.equal([true, true, true]);
    expect(['inactive', 'failed'].map(active)).to.deep.equal([false, false]);
    expect(runsPacemaker(node({ units: [unit('corosync')] }))).to.equal(false);
  });

  it('is not known of who says nothing, unless its machine is off', () => {
    expect(runsPacemaker(node())).to.equal(undefined);
    expect(runsPacemaker(node({ answered: false, machine: 'frozen' }))).to.equal(undefined);
    expect(runsPacemaker(node({ answered: false, machine: 'absent' }))).to.equal(false);
  });
});

describe('what a node did not say', () => {
  it('is told with its reason, if there is one', () => {
    expect(silence(node()).seen).to.equal('ha-host1 did not answer: it could be running anything');
    expect(problemWith(node({ problems: { cores: 'find: died' } }), 'coreDumps')).to.equal('find: died');
    expect(problemWith(node({ problems: { answer: 'cut off' } }), 'mounts')).to.equal('cut off');
    expect(problemWith(node(), 'mounts')).to.equal('it is not there, and nothing says why');
  });

  it('counts for every HA node of the lab, and for no other', () => {
    const two = { ...well(), nodes: well().nodes.slice(0, 2) };
    expect(nodesIn(inputOf(two)).map((each) => `${each.node} ${each.answered}`)).to.deep.equal([
      'ha-host1 true',
      'ha-host2 true',
      'ha-host3 false',
    ]);
  });
});
