import { expect } from 'chai';
import {
  commentOf,
  isUsable,
  LABS_ARGV,
  machinesArgv,
  parseLabs,
  parseMachines,
  parseQueue,
  QUEUE_ARGV,
} from '../../../../src/pools/slurm/queue.js';

/** As Slurm 22.05 prints it, cut to the columns that are asked for. */
const QUEUE = `1_0                                     |PENDING             |1       |                              |BeginTime                               |
1_1                                     |RUNNING             |0       |m2                            |None                                    |
4                                       |COMPLETED           |0       |m1                            |None                                    |
`;
const MACHINES = `m1                                      |idle+drain                    |0/0/2/2                       |4000        |Prolog error                            |
m2                                      |allocated                     |2/0/0/2                       |4000        |none                                    |
m3                                      |down*                         |0/0/2/2                       |4000        |Not responding                          |
`;

describe('what Slurm lists', () => {
  it('is every job, with how often it was begun again and where it runs', () => {
    expect(parseQueue(QUEUE)).to.deep.equal([
      { id: '1_0', state: 'PENDING', restarts: 1, machine: '', reason: 'BeginTime' },
      { id: '1_1', state: 'RUNNING', restarts: 0, machine: 'm2', reason: '' },
      { id: '4', state: 'COMPLETED', restarts: 0, machine: 'm1', reason: '' },
    ]);
    expect(parseQueue('')).to.deep.equal([]);
    expect(parseQueue('slurm_load_jobs: something went wrong\n')).to.deep.equal([]);
  });

  it('is every machine, with its processors and why it is away', () => {
    const machines = parseMachines(MACHINES);
    expect(machines).to.deep.equal([
      { name: 'm1', state: 'idle+drain', cpus: 2, cpusInUse: 0, memoryMiB: 4000, reason: 'Prolog error' },
      { name: 'm2', state: 'allocated', cpus: 2, cpusInUse: 2, memoryMiB: 4000, reason: '' },
      { name: 'm3', state: 'down*', cpus: 2, cpusInUse: 0, memoryMiB: 4000, reason: 'Not responding' },
    ]);
    expect(machines.map(isUsable)).to.deep.equal([false, true, false]);
    for (const state of ['unk*', 'drained', 'draining', 'fail', 'maint', 'idle*'])
      expect(isUsable({ state }), state).to.equal(false);
    for (const state of ['idle', 'mixed', 'allocated', 'completing']) expect(isUsable({ state }), state).to.equal(true);
  });

  it('finds jobs by the labs that were noted with their array', () => {
    const comment = commentOf(['n1-1', 'n1-2']);
    const text = ['7_0', '7_1', '8', '9_0']
      .map((id) => `${id.padEnd(40)}|${(id.startsWith('7') ? comment : '(null)').padEnd(60)}|`)
      .join('\n');
    expect([...parseLabs(text)]).to.deep.equal([
      ['n1-1', '7_0'],
      ['n1-2', '7_1'],
      ['(null)', '9_0'],
    ]);
  });

  it('is asked for in columns wide enough, of our own jobs and of one partition', () => {
    expect(QUEUE_ARGV.at(-1)).to.equal('--Format=JobArrayID:40|,State:20|,RestartCnt:8|,NodeList:80|,Reason:80|');
    expect([...QUEUE_ARGV, ...LABS_ARGV].filter((each) => each === '--me')).to.have.length(2);
    expect(machinesArgv('labs')).to.include('--partition=labs');
  });
});
