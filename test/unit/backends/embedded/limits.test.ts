import { expect } from 'chai';
import {
  type ControllerFacts,
  controllersIn,
  findLimits,
  limitsOf,
  unitProperties,
} from '../../../../src/backends/embedded/limits.js';

const V1: ControllerFacts = {
  hierarchies: '8:pids:/\n4:memory:/x\n1:cpu,cpuacct:/\n0::/\n',
  unified: 'hugetlb\n',
  kernel: '',
};
const V2: ControllerFacts = { hierarchies: '0::/\n', unified: 'cpuset cpu io memory pids\n', kernel: '' };
const NODE = { cpus: 2, memoryMiB: 1024 };

describe('the limits of an embedded node', () => {
  it('are those that cgroup v1 or cgroup2 has a controller for', () => {
    expect(controllersIn(V1)).to.deep.equal(['cpu', 'memory', 'pids']);
    expect(controllersIn(V2)).to.deep.equal(['cpu', 'memory', 'pids']);
    expect(controllersIn({ ...V1, hierarchies: '2:cpuacct:/\n0::/\n' })).to.deep.equal([]);
    expect(controllersIn({ hierarchies: '', unified: '', kernel: '' })).to.deep.equal([]);
  });

  it('are none of processors in cgroup2 where corosync could not be real-time then', () => {
    const kernel = 'CONFIG_CGROUP_SCHED=y\nCONFIG_RT_GROUP_SCHED=y\n';
    expect(controllersIn({ ...V2, kernel })).to.deep.equal(['memory', 'pids']);
    expect(controllersIn({ ...V1, kernel })).to.deep.equal(['cpu', 'memory', 'pids']);
    expect(controllersIn({ ...V2, kernel: '# CONFIG_RT_GROUP_SCHED is not set\n' })).to.deep.equal([
      'cpu',
      'memory',
      'pids',
    ]);
  });

  it('are properties of a unit where systemd has the control groups', () => {
    expect(unitProperties(limitsOf(NODE, ['cpu', 'memory', 'pids']))).to.deep.equal([
      'CPUQuota=200%',
      'CPUQuotaPeriodSec=20ms',
      'MemoryMax=1024M',
      'MemorySwapMax=0',
      'TasksMax=2000',
    ]);
    expect(unitProperties(limitsOf(NODE, []))).to.deep.equal([]);
  });

  it('are advice of doctor where there are none, which says what is not held', () => {
    expect(findLimits(['cpu', 'memory', 'pids'])).to.include({ ok: true, weight: 'advice' });
    const lacking = findLimits(['cpu', 'pids']);
    expect(lacking).to.include({ ok: false, weight: 'advice' });
    expect(lacking.text).to.match(/not held to the memory/);
    expect(findLimits([]).text).to.match(/cpus and memory and number of processes/);
  });
});
