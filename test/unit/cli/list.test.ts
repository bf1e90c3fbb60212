import { expect } from 'chai';
import { argvOf } from '../../../src/cli/commands/connect.js';
import { listLines } from '../../../src/cli/commands/list.js';
import { subjectOf } from '../../../src/cli/commands/run.js';
import { withMeantCommand } from '../../../src/cli/errors.js';
import type { PlanEntry } from '../../../src/runner/plan.js';
import { testLab } from '../cluster/test-lab.js';

describe('halab list', () => {
  const rest = {
    labs: ['linuxha', 'two-node'],
    scenarios: ['a', 'b'],
    sets: [{ name: 'ci', scenarios: 2 }],
    courses: [{ id: 'basics', exercises: ['a', 'b'] }],
  };

  it('names each lab with its file, and what there is to run', () => {
    const nodes = { up: 3, all: 4 };
    const running = [{ instance: 'mine', lab: 'linuxha', backend: 'embedded', image: 'debian-12', state: 'up', nodes }];
    expect(listLines({ running, ...rest })).to.deep.equal([
      'Labs on this machine:',
      '  mine  up  lab linuxha, embedded, debian-12, 3 of 4 nodes run',
      '',
      'Lab files (halab up LAB): linuxha, two-node',
      '2 scenarios (halab scenarios lists them)',
      '  halab run --set ci  2 scenarios',
      'course basics: 2 exercises',
    ]);
  });

  it('says so where there is no lab', () => {
    expect(listLines({ running: [], ...rest })[0]).to.equal('no lab on this machine; halab up brings one up');
  });
});

describe('the folder of a run', () => {
  const plan = [{ scenario: { id: 'virtual-ip' }, asGiven: false }] as unknown as readonly PlanEntry[];

  it('is named after the scenario, and after the lab where that has a name of its own', () => {
    expect(subjectOf(plan, { name: testLab.name, lab: testLab })).to.equal('virtual-ip');
    expect(subjectOf(plan, { name: 'mine', lab: testLab })).to.equal('virtual-ip-on-mine');
  });
});

describe('a command that another tool has', () => {
  it('is answered with the one of halab', () => {
    const said = "error: unknown command 'start'\n(Did you mean status?)\n";
    expect(withMeantCommand(said)).to.equal("error: unknown command 'start'\n(Did you mean up?)\n");
    const other = "error: unknown command 'statsu'\n(Did you mean status?)\n";
    expect(withMeantCommand(other)).to.equal(other);
  });
});

describe('a command for a node', () => {
  it('is a line for the shell where it is one word that only a shell can read', () => {
    expect(argvOf(['echo x | chpasswd'])).to.deep.equal(['bash', '-c', 'echo x | chpasswd']);
    expect(argvOf(['hostname'])).to.deep.equal(['hostname']);
    expect(argvOf(['pcs', 'property', 'set', 'a=b c'])).to.deep.equal(['pcs', 'property', 'set', 'a=b c']);
    expect(argvOf([])).to.deep.equal([]);
  });
});
