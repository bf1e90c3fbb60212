import { expect } from 'chai';
import { halab, halabJson, startHalab } from '../../support/real-lab/halab.js';
import { laneLab, linkFlags, nodeOf, ownersOf, refusalOf, statusOf, untilPing } from '../../support/real-lab/labs.js';
import { groupsInside } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown } from '../../support/real-lab/machine.js';
import { saidOn } from '../../support/real-lab/on-node.js';
import { until } from '../../support/real-lab/until.js';

const LAB = laneLab(import.meta.dirname);
const ON = ['--name', LAB];
const HOST = 'ha-host1';
const ADDRESS = '192.168.56.31';

describe('faults injected manually', function () {
  this.timeout(120_000);

  before(async function () {
    needsMachine(this);
    await halabJson(['up', ...ON]);
    await halabJson(['heal', ...ON]);
  });

  afterEach(async () => {
    await halab(['heal', ...ON]);
  });

  // The files after this one have labs of their own. Six labs at once use up the machine's 128 inotify instances.
  after(() => takeDown(LAB));

  it('lists what can be broken, and what the cluster may do about it', async () => {
    const { faults } = await halabJson(['fault', 'list']);
    expect(faults.map(({ kind }: { kind: string }) => kind)).to.include.members(['link-down', 'power-off', 'freeze']);
    for (const { summary, expectedBehaviour } of faults) expect([summary, expectedBehaviour]).to.not.include('');
  });

  it('freezes a node, which does not answer until it is thawed', async () => {
    await untilPing(LAB, 'iscsi-disks', ADDRESS, true);
    const { pid } = (await nodeOf(LAB, HOST))?.owner ?? {};
    await inject('freeze', HOST);
    await untilPing(LAB, 'iscsi-disks', ADDRESS, false);
    expect((await nodeOf(LAB, HOST))?.state).to.equal('frozen');
    expect(await open()).to.deep.equal([`freeze on ${HOST}`]);
    await heal(1);
    await untilPing(LAB, 'iscsi-disks', ADDRESS, true);
    expect(await nodeOf(LAB, HOST)).to.deep.include({ state: 'running' });
    expect((await nodeOf(LAB, HOST))?.owner?.pid, 'the same node, not a new one').to.equal(pid);
  });

  it('pulls the plug: the node is gone at once, and boots again from its own disk', async () => {
    await saidOn(LAB, HOST, ['sh', '-c', 'echo kept > /root/kept && sync']);
    const others = ownersOf(await statusOf(LAB));
    expect(groupsInside(LAB, HOST)).to.not.deep.equal([]);
    await inject('power-off', HOST);
    await untilPing(LAB, 'iscsi-disks', ADDRESS, false);
    // The kernel would kill what the next boot starts in groups that were killed.
    expect(groupsInside(LAB, HOST)).to.deep.equal([]);
    expect(await nodeOf(LAB, HOST)).to.deep.equal({ node: HOST, state: 'stopped' });
    expect((await statusOf(LAB)).state).to.equal('partial');
    await heal(1);
    await untilPing(LAB, 'iscsi-disks', ADDRESS, true);
    expect((await saidOn(LAB, HOST, ['cat', '/root/kept'])).trim()).to.equal('kept');
    const { [HOST]: owner, ...rest } = ownersOf(await statusOf(LAB));
    expect(owner).to.not.equal(others[HOST]);
    expect({ ...rest, [HOST]: others[HOST] }).to.deep.equal(others);
  });

  it('cuts the power of a frozen node, and undoes both', async () => {
    await inject('freeze', HOST);
    await inject('power-off', HOST);
    expect((await nodeOf(LAB, HOST))?.state).to.equal('stopped');
    await heal(2);
    expect((await nodeOf(LAB, HOST))?.state).to.equal('running');
    await untilPing(LAB, 'iscsi-disks', ADDRESS, true);
  });

  it('sets a link down in the node', async () => {
    await inject('link-down', HOST, '--link', 'eth1', '--by', 'admin');
    expect(await linkFlags(LAB, HOST, 'eth1')).to.not.include('UP');
    await untilPing(LAB, 'iscsi-disks', ADDRESS, false);
    await heal(1);
    expect(await linkFlags(LAB, HOST, 'eth1')).to.include.members(['UP', 'LOWER_UP']);
    await untilPing(LAB, 'iscsi-disks', ADDRESS, true);
  });

  it('pulls the cable: the link is up and has no carrier', async () => {
    await inject('link-down', HOST, '--link', 'eth1', '--by', 'carrier');
    const flags = await linkFlags(LAB, HOST, 'eth1');
    expect(flags).to.include.members(['UP', 'NO-CARRIER']).and.to.not.include('LOWER_UP');
    await untilPing(LAB, 'iscsi-disks', ADDRESS, false);
    await heal(1);
    expect(await linkFlags(LAB, HOST, 'eth1')).to.include('LOWER_UP');
    await untilPing(LAB, 'iscsi-disks', ADDRESS, true);
  });

  it('shows in status --watch: one document for each change, until Ctrl-C', async () => {
    const watching = startHalab(['status', '--watch', '--interval', '1', '--json', ...ON]);
    const frozen = () =>
      watching.said.stdout
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).labs[0].nodes.find(({ node }: { node: string }) => node === HOST).state);
    const seen = () => watching.said.stdout.slice(-2_000) + watching.said.stderr;
    try {
      await until('a first document', () => frozen().includes('running'), { withinMs: 20_000, seen });
      await inject('freeze', HOST);
      await until('the frozen node', () => frozen().at(-1) === 'frozen', { withinMs: 20_000, seen });
      await heal(1);
      await until('the thawed node', () => frozen().at(-1) === 'running', { withinMs: 20_000, seen });
    } finally {
      watching.kill('SIGINT');
    }
    expect((await watching.ended).exitCode).to.equal(130);
  });

  it('heals twice as well as once', async () => {
    await inject('link-down', HOST);
    await heal(1);
    await heal(0);
  });

  it('refuses what is not there, and breaks nothing', async () => {
    const node = await refusalOf(['fault', 'inject', 'freeze', 'ha-host9', ...ON]);
    expect(node).to.include({ exitCode: 2, code: 'node-not-found' });
    expect(node.words).to.include('ha-host3');
    const kind = await refusalOf(['fault', 'inject', 'earthquake', HOST, ...ON]);
    expect(kind).to.include({ exitCode: 2, code: 'usage' });
    expect(kind.words).to.include('link-down');
    const link = await refusalOf(['fault', 'inject', 'link-down', HOST, '--link', 'eth9', ...ON]);
    expect(link).to.include({ exitCode: 2, code: 'link-not-found' });
    expect(link.words).to.include('eth1');
    expect(await open()).to.deep.equal([]);
  });
});

async function inject(kind: string, node: string, ...words: readonly string[]): Promise<void> {
  const entry = await halabJson(['fault', 'inject', kind, node, ...words, '--no-probe', ...ON]);
  expect(entry.fault).to.include({ kind, node });
}

async function heal(count: number): Promise<void> {
  const { healed, failed } = await halabJson(['heal', ...ON]);
  expect(failed).to.deep.equal([]);
  expect(healed).to.have.length(count);
  expect(await open()).to.deep.equal([]);
}

/** Faults that the journal holds as in force. */
async function open(): Promise<readonly string[]> {
  return (await statusOf(LAB)).faults.map(({ fault }) => `${fault.kind} on ${fault.node}`);
}
