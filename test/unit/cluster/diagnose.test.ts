import { expect } from 'chai';
import { diagnose, factsFrom, type NodeFacts } from '../../../src/cluster/diagnose.js';

function healthy(node: string): NodeFacts {
  return {
    node,
    clockMs: 1_700_000_000_000,
    pcsd: 'active',
    missing: [],
    resolves: { a: ['192.168.56.31'], b: ['192.168.56.32'] },
    ports: { a: 'open', b: 'open' },
  };
}

function causeOf(said: string, change: Partial<NodeFacts>): string {
  return diagnose(said, [healthy('a'), { ...healthy('b'), ...change }]).cause;
}

const NO_ANSWER = 'Error: Unable to communicate with b';

describe('the likely cause of a failure', () => {
  it('is each of the usual ones', () => {
    expect(causeOf(NO_ANSWER, { problem: 'no route' })).to.contain('b cannot be reached through management');
    expect(causeOf(NO_ANSWER, { missing: ['pcs'] })).to.contain('b lacks the packages pcs');
    expect(causeOf('Error: b: Username and/or password is incorrect', {})).to.contain('b refused it');
    expect(causeOf(NO_ANSWER, { resolves: { a: [] } })).to.contain('The name a does not resolve on b');
    expect(causeOf(NO_ANSWER, { resolves: { b: ['127.0.1.1'] } })).to.contain('b resolves to 127.0.1.1 on b');
    expect(causeOf(NO_ANSWER, { pcsd: 'failed' })).to.equal('pcsd is failed on b.');
    expect(causeOf(NO_ANSWER, { ports: { a: 'filtered' } })).to.contain('b gets no answer from port 2224 of a');
    expect(causeOf(NO_ANSWER, { ports: { a: 'closed' } })).to.contain('a refuses b on port 2224');
    const unit = "a: lab-disk.service: Failed with result 'exit-code'.\nFailed to start lab-disk.service - The disk.";
    expect(causeOf(unit, {})).to.equal('lab-disk.service does not start.');
    expect(causeOf(NO_ANSWER, { clockMs: 1_700_000_300_000 })).to.contain('The clock of b is 300 s ahead');
  });

  it('is the surer one where several show', () => {
    expect(causeOf(NO_ANSWER, { pcsd: 'inactive', ports: { b: 'closed' } })).to.equal('pcsd is inactive on b.');
    const starting = { ...healthy('a'), pcsd: 'activating' };
    expect(diagnose(NO_ANSWER, [starting, { ...healthy('b'), pcsd: 'inactive' }]).cause).to.equal(
      'pcsd is inactive on b.',
    );
    expect(diagnose(NO_ANSWER, [starting, { ...healthy('b'), ports: { a: 'closed' } }]).cause).to.equal(
      'pcsd is still starting on a.',
    );
  });

  it('comes with what undoes it, of a masked unit too', () => {
    const facts = [healthy('a'), { ...healthy('b'), pcsd: 'inactive' }];
    expect(diagnose('Failed to start pcsd.service: Unit pcsd.service is masked.', facts).fix).to.contain(
      '"systemctl unmask pcsd && systemctl enable --now pcsd" on b',
    );
    expect(diagnose(NO_ANSWER, facts).fix).to.contain('Run "systemctl enable --now pcsd" on b');
  });

  it('is a slow node where pcsd misses services that are installed', () => {
    const output = "Error: a: Required cluster services not installed: 'corosync', 'pacemaker'";
    expect(diagnose(output, [healthy('a'), healthy('b')]).cause).to.contain('did not find their services in time');
    const bare = { ...healthy('a'), missing: ['corosync'] };
    expect(diagnose(output, [bare, healthy('b')]).cause).to.contain('a lacks the packages corosync');
  });

  it('is left open where nothing shows', () => {
    expect(causeOf(NO_ANSWER, {})).to.contain('none of the usual causes');
  });

  it('stands on facts read from one look', () => {
    const stdout =
      'clock 1700000000000\nmissing pcs\npcsd inactive\nresolves a 192.168.56.31\nresolves b\nport a 0\nport b 1\nport c 124\n';
    expect(factsFrom('a', stdout)).to.deep.equal({
      node: 'a',
      clockMs: 1_700_000_000_000,
      pcsd: 'inactive',
      missing: ['pcs'],
      resolves: { a: ['192.168.56.31'], b: [] },
      ports: { a: 'open', b: 'closed', c: 'filtered' },
    });
  });
});
