import { expect } from 'chai';
import { addressCheck } from '../../../src/checks/address.js';
import { contextOf } from '../checks/fake-context.js';

type AddressExpectation = Parameters<typeof addressCheck.judge>[0];

const VIP = '192.168.56.24';
const EXPECTATION: AddressExpectation = { kind: 'address', address: VIP, onExactly: 1 };

/** As `ip -o -4 addr show` prints it: first what is up, then everything. */
function interfaces(up: readonly string[], down: readonly string[] = []): string {
  const lines = (addresses: readonly string[]) =>
    addresses.map((address, index) => `${index + 2}: eth1    inet ${address}/24 scope global eth1\n`).join('');
  return `${lines(up)}--\n${lines([...up, ...down])}`;
}

async function judged(nodes: Readonly<Record<string, string>>) {
  const context = contextOf({ exec: (node) => ({ stdout: nodes[node] ?? interfaces([]) }) });
  return addressCheck.judge(EXPECTATION, await addressCheck.observe(EXPECTATION, context));
}

describe('an address on an interface that is down', () => {
  it('does not count as held, and is named in what was seen', async () => {
    const { verdict, seen } = await judged({
      'ha-host1': interfaces(['192.168.56.31'], [VIP]),
      'ha-host2': interfaces(['192.168.56.32', VIP]),
    });
    expect(verdict).to.equal('passed');
    expect(seen).to.equal(`${VIP} is on ha-host2; still bound to an interface that is down on ha-host1`);
  });

  it('is not enough where nobody else has it', async () => {
    const { verdict, seen } = await judged({ 'ha-host1': interfaces([], [VIP]) });
    expect(verdict).to.equal('failed');
    expect(seen).to.equal(`${VIP} is on no node; still bound to an interface that is down on ha-host1`);
  });

  it('is not named where the node has it on another that is up', async () => {
    const { verdict, seen } = await judged({ 'ha-host1': interfaces([VIP], [VIP]) });
    expect(verdict).to.equal('passed');
    expect(seen).to.equal(`${VIP} is on ha-host1`);
  });

  it('does not hide that two nodes answer for it', async () => {
    const { verdict } = await judged({ 'ha-host1': interfaces([VIP]), 'ha-host2': interfaces([VIP]) });
    expect(verdict).to.equal('failed');
  });
});
