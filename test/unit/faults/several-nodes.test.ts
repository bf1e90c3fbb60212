import { expect } from 'chai';
import { betweenGroups, dropsByNode } from '../../../src/faults/blocked-traffic.js';
import { FAULTS } from '../../../src/faults/index.js';
import { LabError } from '../../../src/model/errors.js';
import { faultText, nodesOfFault, placeOfFault, withNodes } from '../../../src/model/fault-nodes.js';
import type { Lab } from '../../../src/model/lab.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { LINUXHA } from '../../support/memory-lab.js';
import { pretendStack } from './support/pretend-stack.js';

const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const apart = { kind: 'partition', groups: [['ha-host1'], ['ha-host2', 'ha-host3']] } as const;

/** The same nodes with a heartbeat and a service network. */
const TWO_NETWORKS: Lab = {
  ...LINUXHA,
  networks: [
    { name: 'lan', cidr: '192.168.56.0/24', carries: ['cluster'] },
    { name: 'second', cidr: '192.168.57.0/24', carries: ['cluster', 'service'] },
    { name: 'service', cidr: '192.168.58.0/24', carries: ['service'] },
  ],
  nodes: LINUXHA.nodes.map((node, index) => ({
    ...node,
    links: [
      ...node.links,
      { name: 'eth2', network: 'second', address: `192.168.57.${30 + index}`, prefix: 24 },
      { name: 'eth3', network: 'service', address: `192.168.58.${30 + index}`, prefix: 24 },
    ],
  })),
};

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a fault on several nodes', () => {
  it('says which it is on, and where in words', () => {
    expect(nodesOfFault<string>(apart)).to.deep.equal(HOSTS);
    expect(placeOfFault(apart)).to.equal('ha-host1 | ha-host2, ha-host3');
    expect(placeOfFault({ kind: 'partition', groups: [['{dc}']], rest: true })).to.equal('{dc} | rest');
    expect(faultText({ kind: 'ring', nodes: HOSTS })).to.equal('ring on ha-host1, ha-host2, ha-host3');
    expect(faultText({ kind: 'freeze', node: 'ha-host1' })).to.equal('freeze on ha-host1');
  });

  it('is told by other names, node by node', () => {
    const upper = (name: string) => name.toUpperCase();
    const faults: readonly ResolvedFault[] = [
      apart,
      { kind: 'ring', nodes: HOSTS },
      { kind: 'one-way-loss', node: 'a', from: 'b', link: 'eth1' },
      { kind: 'isolate', node: 'a' },
    ];
    for (const fault of faults) {
      const told = JSON.stringify(withNodes(fault, upper));
      expect(told).to.match(/HA-HOST|"A"/);
      expect(told).to.not.match(/ha-host|"[ab]"/);
    }
  });
});

describe('who does not hear whom', () => {
  it('is everybody of another group, both ways, each told by its own addresses', () => {
    const drops = dropsByNode(betweenGroups(apart.groups), LINUXHA);
    expect([...drops.keys()]).to.deep.equal(HOSTS);
    expect(drops.get('ha-host1')).to.deep.equal([
      { hook: 'input', match: 'iifname "eth1" ip saddr { 192.168.56.32, 192.168.56.33 }' },
      { hook: 'output', match: 'oifname "eth1" ip daddr { 192.168.56.32, 192.168.56.33 }' },
    ]);
    expect(drops.get('ha-host2')).to.deep.equal([
      { hook: 'input', match: 'iifname "eth1" ip saddr { 192.168.56.31 }' },
      { hook: 'output', match: 'oifname "eth1" ip daddr { 192.168.56.31 }' },
    ]);
  });

  it('is so on every link that carries the cluster, or on the one that is named', () => {
    const linksIn = (link?: string) =>
      (dropsByNode(betweenGroups(apart.groups), TWO_NETWORKS, link).get('ha-host1') ?? []).map(({ match }) => match);
    const named = (link: string) => linksIn().filter((match) => match.includes(`"${link}"`));
    expect(named('eth1')).to.have.length(2);
    expect(named('eth2').join()).to.match(/192\.168\.57\.32, 192\.168\.57\.33/);
    expect(named('eth3')).to.deep.equal([]);
    expect(linksIn('eth3').join()).to.match(/"eth3".*192\.168\.58\.32/);
    expect(linksIn('eth3').join()).to.not.match(/"eth[12]"/);
  });

  it('goes round in a ring: each misses the next and is missed by the one before', async () => {
    const { context, node: on } = await pretendStack();
    await FAULTS.ring.inject({ kind: 'ring', nodes: HOSTS }, context);
    const rules = (name: string) => [...on(name).tables.values()].join('');
    expect(rules('ha-host1')).to.match(/input iifname "eth1" ip saddr \{ 192\.168\.56\.32 \} drop/);
    expect(rules('ha-host1')).to.match(/output oifname "eth1" ip daddr \{ 192\.168\.56\.33 \} drop/);
    expect(rules('ha-host3')).to.match(/input iifname "eth1" ip saddr \{ 192\.168\.56\.31 \} drop/);
  });

  it('is of an isolated node all HA nodes, and not the storage', async () => {
    const { context, node: on } = await pretendStack();
    await FAULTS.isolate.inject({ kind: 'isolate', node: 'ha-host2' }, context);
    const rules = (name: string) => [...on(name).tables.values()].join('');
    expect(rules('ha-host2')).to.match(/saddr \{ 192\.168\.56\.31, 192\.168\.56\.33 \}/);
    expect(rules('ha-host1')).to.match(/saddr \{ 192\.168\.56\.32 \}/);
    expect(on('iscsi-disks').tables.size).to.equal(0);
  });

  it('may be by two partitions at once, of which each is undone by itself', async () => {
    const { context, node: on } = await pretendStack();
    const other = { kind: 'partition', groups: [['ha-host1', 'ha-host2'], ['ha-host3']] } as const;
    for (const fault of [apart, other]) await FAULTS.partition.inject(fault, context);
    expect(on('ha-host3').tables.size).to.equal(2);
    await FAULTS.partition.undo(apart, context);
    expect(await FAULTS.partition.isActive(apart, context)).to.equal(false);
    expect(await FAULTS.partition.isActive(other, context)).to.equal(true);
  });

  it('is in force while one node still has it, and all are tried whatever becomes of one', async () => {
    const { context, node: on, mischief } = await pretendStack();
    await FAULTS.partition.inject(apart, context);
    const pretend = mischief.command;
    mischief.command = (name, argv, options) =>
      name === 'ha-host1' && argv[1] === 'delete'
        ? { exitCode: 1, stderr: 'Device or resource busy' }
        : pretend?.(name, argv, options);
    expect(await failureOf(FAULTS.partition.undo(apart, context)))
      .to.have.property('message')
      .that.includes('busy');
    expect(HOSTS.map((name) => on(name).tables.size)).to.deep.equal([1, 0, 0]);
    expect(await FAULTS.partition.isActive(apart, context)).to.equal(true);
  });

  it('has taken hold only where every node has it', async () => {
    const { context, mischief } = await pretendStack();
    const pretend = mischief.command;
    mischief.command = (name, argv, options) =>
      name === 'ha-host3' && argv[1] === '-f' ? {} : pretend?.(name, argv, options);
    const failure = await failureOf(FAULTS.partition.inject(apart, context));
    expect(failure)
      .to.be.instanceOf(LabError)
      .and.have.property('message')
      .that.matches(/^ha-host3 took the filter/);
  });

  it('leaves out machines that are off, which have no filter and hear nobody', async () => {
    const { context, node: on } = await pretendStack();
    await context.backend.power?.off(context.instance, 'ha-host3');
    await FAULTS.partition.inject(apart, context);
    expect(on('ha-host1').tables.size).to.equal(1);
    await FAULTS.partition.undo(apart, context);
    expect(await FAULTS.partition.isActive(apart, context)).to.equal(false);
    for (const name of ['ha-host1', 'ha-host2']) await context.backend.power?.off(context.instance, name);
    expect(await failureOf(FAULTS.partition.inject(apart, context))).to.have.property('code', 'fault-failed');
  });
});
