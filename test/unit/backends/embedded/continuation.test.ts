import { expect } from 'chai';
import { continuationFiles } from '../../../../src/backends/embedded/continuation.js';

describe('the start of a node whose lab was halted', () => {
  const contentOf = (services: readonly string[], end: string) =>
    continuationFiles(services, 3).find(({ path }) => path.endsWith(end))?.content;

  it('wants what ran, and lets pacemaker wait for all members', () => {
    const services = ['corosync', 'pacemaker', 'pcsd'];
    expect(contentOf(services, 'halab-continue.target')).to.include(
      'Wants=corosync.service pacemaker.service pcsd.service',
    );
    expect(contentOf(services, 'pacemaker.service.d/halab-continue.conf')).to.match(
      /ExecStartPre=-\/bin\/sh \S+ 3 \d+\n/,
    );
    expect(contentOf(services, 'corosync.service.d/halab-continue.conf')).to.equal(undefined);
  });

  it('starts nothing that did not run, though it is enabled', () => {
    const target = continuationFiles([], 0).find(({ path }) => path.endsWith('.target'))?.path;
    for (const service of ['corosync', 'pacemaker', 'pcsd'])
      expect(contentOf([], `${service}.service.d/halab-continue.conf`)).to.include(`ConditionPathExists=!/${target}`);
  });
});
