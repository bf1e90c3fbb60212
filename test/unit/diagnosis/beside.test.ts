import { expect } from 'chai';
import { besideOf, isOutside } from '../../../src/diagnosis/beside.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { explain } from '../../../src/diagnosis/explain.js';
import type { Cib, CibPrimitive } from '../../../src/model/cib.js';
import type { NodeLook, NodeReport } from '../../../src/model/node-look.js';
import { testLab } from '../cluster/test-lab.js';
import { action, state, stopped } from './states.js';

const [one = '', two = '', three = ''] = testLab.nodes.filter(({ role }) => role === 'ha').map(({ name }) => name);

const primitive = (parameters: CibPrimitive['parameters']): CibPrimitive => ({
  kind: 'primitive',
  id: 'vip',
  agent: 'ocf:heartbeat:IPaddr2',
  parameters,
  meta: {},
});

const cibWith = (...resources: Cib['resources']): Cib =>
  ({
    version: { adminEpoch: 0, epoch: 3, numUpdates: 1 },
    resources,
    nodeStates: [],
    operations: [],
  }) as unknown as Cib;

const has = (address: string, up = true) => ({ device: 'eth1', address, prefix: 24, up });

const report = (node: string, look: NodeLook): NodeReport => ({ reading: { node, at: '', state: state() }, look });

describe('what nodes report beside the status', () => {
  const cib = cibWith(primitive({ ip: '192.168.56.24' }));

  it('is an address that two of them have at once', () => {
    const twice = besideOf(testLab, [
      report(one, { cib, addresses: [has('192.168.56.24')] }),
      report(two, { cib, addresses: [has('192.168.56.24')] }),
      report(three, { cib, addresses: [has('192.168.56.33')] }),
    ]);
    expect(twice.heldTwice).to.deep.equal([
      { resource: 'vip', address: '192.168.56.24', nodes: [one, two], device: 'eth1' },
    ]);
  });

  it('is none where one of them is on an interface that is down, or every node may have it', () => {
    const cut = [
      report(one, { cib, addresses: [has('192.168.56.24', false)] }),
      report(two, { cib, addresses: [has('192.168.56.24')] }),
    ];
    expect(besideOf(testLab, cut).heldTwice).to.deep.equal([]);
    const shared = cibWith(primitive({ ip: '192.168.56.24', lvs_support: 'true' }));
    const both = cut.map(({ reading }) => report(reading.node, { cib: shared, addresses: [has('192.168.56.24')] }));
    expect(besideOf(testLab, both).heldTwice).to.deep.equal([]);
  });

  it('is a link that is down, and whether it was the last one for the cluster', () => {
    const down = besideOf(testLab, [report(one, { links: [{ device: 'eth1', state: 'down' }] })]);
    expect(down.linksDown).to.have.length(1);
    expect(down.linksDown[0]).to.include({ node: one, device: 'eth1', state: 'down', cutsOff: true });
    expect(besideOf(testLab, [report(one, { links: [{ device: 'eth1', state: 'up' }] })]).linksDown).to.deep.equal([]);
  });

  it('tells an address outside every network once, with the networks and the command', () => {
    const outside = cibWith(primitive({ ip: '192.168.57.24' }));
    const beside = besideOf(testLab, [report('a', { cib: outside, addresses: [has('192.168.56.31')] })]);
    const failed = state({
      resources: [stopped()],
      failedActions: [action({ operation: 'start', intervalMs: 0, exitCode: 1, exitStatus: 'error' })],
    });
    const problems = diagnose(failed, beside).filter(({ severity }) => severity === 'problem');
    const [first] = problems;
    expect(problems.filter(({ causedBy }) => causedBy === undefined)).to.have.length(1);
    const told = first && explain(first, 'en');
    expect(told?.cause).to.equal(
      '192.168.57.24 lies in none of the networks that a has an address in (192.168.56.0/24), so no interface fits it.',
    );
    expect(told?.next[0]?.command).to.equal('pcs resource update vip ip=ADDRESS');
  });

  it('does not send for another address where an interface was down', () => {
    const reason = '[findif] failed';
    const told = (operation: string, ...reports: readonly NodeReport[]) => {
      const failedActions = [action({ operation, intervalMs: 0, exitCode: 1, exitStatus: 'error', reason })];
      const items = diagnose(state({ resources: [stopped()], failedActions }), besideOf(testLab, reports));
      const found = items.find(({ payload }) => 'operation' in payload && 'outcome' in payload);
      const { cause = '', next = [] } = found === undefined ? {} : explain(found, 'en');
      return { cause, commands: next.map(({ command }) => command) };
    };
    const cut = told('start', report('a', { cib, addresses: [has('192.168.56.31', false)] }));
    expect(cut.cause).to.include('No interface that fits the address was up').and.not.include('none of the networks');
    expect(cut.commands).to.not.include('pcs resource update vip ip=ADDRESS');
    // Without a lab: a start tells of an address that never fitted.
    expect(told('start').commands).to.include('pcs resource update vip ip=ADDRESS');
    expect(told('start').cause).to.include('none of the networks');
  });

  it('keeps that for a monitor, which had an interface before', () => {
    const reason = '[findif] failed';
    const failed = state({ failedActions: [action({ exitCode: 1, exitStatus: 'error', reason })] });
    const found = diagnose(failed).find(({ code }) => code === 'failed-monitor');
    expect(found && explain(found, 'en').cause).to.include('No interface that fits the address was up');
  });

  it('does not call an address outside where nothing is known of the networks', () => {
    expect(isOutside('192.168.57.24', [])).to.equal(undefined);
    expect(isOutside('fd00::1', ['192.168.56.0/24'])).to.equal(undefined);
    expect(isOutside('192.168.57.24', ['192.168.56.0/24'])).to.equal(true);
    expect(isOutside('192.168.57.24', ['192.168.56.0/24', '192.168.0.0/16'])).to.equal(false);
  });
});
