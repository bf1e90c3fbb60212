import { expect } from 'chai';
import { faultFromFlags, type InjectFlags } from '../../../src/cli/commands/fault-from-flags.js';
import { faultJson } from '../../../src/cli/commands/inject.js';
import { actionText } from '../../../src/cli/run/dry-run.js';
import { FAULTS, type FaultKind } from '../../../src/faults/index.js';
import { isLabError } from '../../../src/model/errors.js';
import { withNodes } from '../../../src/model/fault-nodes.js';
import type { Fault } from '../../../src/model/scenario.js';
import { problemsBy } from '../../support/json-schemas.js';
import { createMemoryBackend } from '../../support/memory-lab.js';
import { onNamedNodes } from '../../support/named-fault.js';

const instance = createMemoryBackend().instance();
const node = 'ha-host1';
const read = (kind: string, flags: InjectFlags = {}, on: string | undefined = node) =>
  onNamedNodes(faultFromFlags(kind, WITHOUT_NODE.includes(kind) ? [] : [on], flags, instance), instance.lab);
const WITHOUT_NODE = ['partition', 'ring'];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];

const FLAGS: {
  readonly [K in FaultKind]: {
    readonly flags: InjectFlags;
    readonly rest: object;
    readonly told: string;
    readonly place?: string;
    readonly on?: string;
  };
} = {
  'link-down': { flags: { by: 'drop-out' }, rest: { link: 'eth1', by: 'drop-out' }, told: ' eth1 (drop-out)' },
  'one-way-loss': {
    flags: { from: 'iscsi-disks' },
    rest: { from: 'iscsi-disks', link: 'eth1' },
    told: ' eth1 from iscsi-disks',
  },
  'power-off': { flags: {}, rest: {}, told: '' },
  freeze: { flags: {}, rest: {}, told: '' },
  'daemon-kill': { flags: { daemon: 'pcsd' }, rest: { daemon: 'pcsd' }, told: ' pcsd' },
  'daemon-stop': { flags: { daemon: 'based' }, rest: { daemon: 'based' }, told: ' based' },
  'cluster-stop': { flags: {}, rest: {}, told: '' },
  standby: { flags: {}, rest: {}, told: '' },
  maintenance: { flags: {}, rest: {}, told: '' },
  'address-gone': { flags: { address: 'vip' }, rest: { address: '192.168.56.24' }, told: ' 192.168.56.24' },
  failcount: { flags: { resource: 'vip', value: '2' }, rest: { resource: 'vip', value: 2 }, told: ' 2 of vip' },
  partition: {
    flags: { groups: 'ha-host2/rest', link: 'eth1' },
    rest: { groups: [['ha-host2'], ['ha-host1', 'ha-host3']], link: 'eth1' },
    told: ' eth1',
    place: 'ha-host2 | ha-host1, ha-host3',
  },
  isolate: { flags: {}, rest: {}, told: '' },
  ring: { flags: {}, rest: { nodes: HOSTS }, told: '', place: HOSTS.join(', ') },
  shape: {
    flags: { rate: '1.5mbit', delay: '100ms', jitter: '20ms', loss: '5%' },
    rest: { link: 'eth1', delayMs: 100, jitterMs: 20, lossPercent: 5, rateKbit: 1500 },
    told: ' eth1 (delay 100ms jitter 20ms loss 5% rate 1500kbit)',
  },
  reboot: { flags: {}, rest: {}, told: '' },
  'process-kill': { flags: { process: 'nginx' }, rest: { process: 'nginx' }, told: ' nginx' },
  'monitor-fail': { flags: { resource: 'vip' }, rest: { resource: 'vip' }, told: ' vip' },
  'start-fail': { flags: { resource: 'vip' }, rest: { resource: 'vip' }, told: ' vip' },
  'controllers-cut': { flags: {}, rest: {}, told: '' },
  'start-hang': {
    flags: { resource: 'vip', seconds: '10' },
    rest: { resource: 'vip', seconds: 10 },
    told: ' vip, 10 s',
  },
  'promote-fail': { flags: { resource: 'vip' }, rest: { resource: 'vip' }, told: ' vip' },
  'demote-fail': { flags: { resource: 'vip' }, rest: { resource: 'vip' }, told: ' vip' },
  'stop-hang': { flags: { resource: 'vip' }, rest: { resource: 'vip' }, told: ' vip' },
  'disk-full': { flags: { path: '/var/log' }, rest: { path: '/var/log' }, told: ' /var/log' },
  'cpu-load': { flags: { workers: '4' }, rest: { workers: 4 }, told: ' 4' },
  'memory-load': { flags: { megabytes: '512' }, rest: { megabytes: 512 }, told: ' 512 MiB' },
  'clock-skew': { flags: { by: '-1.5min' }, rest: { byMs: -90_000 }, told: ' -90000 ms' },
  'controller-fail': { flags: { how: 'lies' }, rest: { how: 'lies' }, told: ' (lies)' },
  'target-stop': { on: 'iscsi-disks', flags: {}, rest: {}, told: '' },
  'initiator-cut': { flags: {}, rest: {}, told: '' },
  'lun-fault': { flags: { how: 'full' }, rest: { disk: 'shared', how: 'full' }, told: ' shared (full)' },
};

describe('the words of halab fault inject', () => {
  for (const kind of Object.keys(FAULTS) as FaultKind[]) {
    const { on: broken = node, flags, rest, told, place = broken } = FLAGS[kind];

    it(`make ${kind}, which the schema takes and a dry run tells`, () => {
      const fault = read(kind, flags, broken);
      expect(fault).to.deep.equal({ kind, ...(WITHOUT_NODE.includes(kind) ? {} : { node: broken }), ...rest });
      const entry = { id: 'manual/1', at: '2026-11-25T04:00:00Z', run: 'manual', fault };
      expect(problemsBy('fault', faultJson(entry))).to.deep.equal([]);
      expect(problemsBy('heal', { schema: 'halab.heal/1', healed: [entry], failed: [] })).to.deep.equal([]);
      const asTargets: Fault = withNodes(fault, (name: string) => ({ kind: 'node', name }) as const);
      expect(actionText({ kind: 'fault', fault: asTargets })).to.equal(`fault ${kind}${told} on ${place}`);
    });
  }

  it('have defaults: the first link, set down; one failure; where the CIB is; as many as there are processors', () => {
    expect(read('link-down')).to.deep.equal({ kind: 'link-down', node, link: 'eth1', by: 'admin' });
    expect(read('failcount', { resource: 'vip' })).to.include({ value: 1 });
    expect(read('daemon-kill', { daemon: 'pcsd', times: '3' })).to.include({ times: 3, everyMs: 5000 });
    expect(read('daemon-kill', { daemon: 'pcsd', times: '3', every: '200ms' })).to.include({ everyMs: 200 });
    expect(read('ring', { nodes: 'ha-host3,ha-host1,ha-host2' })).to.deep.include({
      nodes: ['ha-host3', 'ha-host1', 'ha-host2'],
    });
    expect(read('address-gone', { address: '192.168.56.99' })).to.include({ address: '192.168.56.99' });
    expect(read('disk-full')).to.include({ path: '/var/lib/pacemaker' });
    expect(read('cpu-load')).to.deep.equal({ kind: 'cpu-load', node });
    expect(actionText({ kind: 'fault', fault: { kind: 'cpu-load', node: { kind: 'all' } } })).to.equal(
      'fault cpu-load on all',
    );
    expect(actionText({ kind: 'fault', fault: { kind: 'clock-skew', node: { kind: 'all' }, byMs: 2_000 } })).to.equal(
      'fault clock-skew +2000 ms on all',
    );
  });

  it('may be several, or all', () => {
    expect(faultFromFlags('freeze', ['ha-host1', '{dc}'], {}, instance)).to.deep.equal({
      kind: 'freeze',
      nodes: [
        { kind: 'node', name: 'ha-host1' },
        { kind: 'dc', was: false },
      ],
    });
    expect(faultFromFlags('link-down', ['all'], { link: 'eth1' }, instance)).to.deep.include({
      link: 'eth1',
      nodes: ['ha-host1', 'ha-host2', 'ha-host3'].map((name) => ({ kind: 'node', name })),
    });
    expect(() => faultFromFlags('freeze', ['ha-host1', 'ha-host9'], {}, instance)).to.throw(/unknown node of linuxha/);
    expect(() => faultFromFlags('freeze', ['ha-host1', 'ha-host1'], {}, instance)).to.throw(/named twice/);
  });

  it('may be roles, which the cluster is asked for', () => {
    const fault = faultFromFlags('one-way-loss', ['{holder of vip}'], { from: '{dc}' }, instance);
    expect(fault).to.deep.include({
      node: { kind: 'holder', resource: 'vip', was: false },
      from: { kind: 'dc', was: false },
    });
    const other = faultFromFlags('freeze', ['{any other than dc}'], {}, instance);
    expect(other.node).to.deep.equal({ kind: 'other', than: { kind: 'dc', was: false } });
  });

  for (const [why, attempt, says] of [
    [
      'a role that is none',
      () => read('freeze', {}, '{holdr of vip}'),
      /is not a role, did you mean '\{holder of vip\}'/,
    ],
    ['the role of an earlier step', () => read('freeze', {}, '{was dc}'), /is a node of an earlier step/],
    [
      'the management link',
      () => read('link-down', { link: 'eth0', by: 'drop' }),
      /eth0 is the management link, which is never cut/,
    ],
    [
      'a sender that is not there',
      () => read('one-way-loss', { from: 'ha-host9' }),
      /--from ha-host9: unknown node of lab linuxha 'ha-host9'/,
    ],
    ['no sender', () => read('one-way-loss'), /needs --from/],
    ['an address that is none', () => read('address-gone', { address: 'vpi' }), /did you mean 'vip'/],
    ['a management address', () => read('address-gone', { address: '10.0.0.32' }), /ha-host2's own address/],
    [
      'a part of a failure',
      () => read('failcount', { resource: 'vip', value: '1.5' }),
      /--value 1.5: expected a whole number/,
    ],
    ['a node of what is on several', () => faultFromFlags('ring', [node], {}, instance), /takes none by itself/],
    ['nobody where somebody is wanted', () => faultFromFlags('freeze', [], {}, instance), /none is named/],
    ['a partition without groups', () => read('partition'), /needs --groups/],
    [
      'one group',
      () => read('partition', { groups: 'ha-host1,ha-host2' }),
      /--groups ha-host1,ha-host2: too few entries/,
    ],
    [
      'a rest of nobody',
      () => read('partition', { groups: 'ha-host1,ha-host2,ha-host3/rest' }),
      /no node is left for rest/,
    ],
    ['a node in two groups', () => read('partition', { groups: 'ha-host1/ha-host1' }), /'ha-host1' is named twice/],
    ['a group of strangers', () => read('partition', { groups: 'ha-host1/ha-host9' }), /unknown node of lab linuxha/],
    ['rest before the last', () => read('partition', { groups: 'rest/ha-host1' }), /rest is not the last group/],
    ['a link that not all have', () => read('isolate', { link: 'eth0' }), /eth0 is the management link/],
    ['a ring of two', () => read('ring', { nodes: 'ha-host1,ha-host2' }), /--nodes ha-host1,ha-host2: too few entries/],
    ['a link that nothing shapes', () => read('shape'), /nothing is said/],
    ['jitter of no delay', () => read('shape', { jitter: '5ms', rate: '1mbit' }), /jitter is that of a delay/],
    ['a loss without its unit', () => read('shape', { loss: '5' }), /'5' is no loss/],
    ['a rate that is none', () => read('shape', { rate: '0mbit' }), /'0mbit' is no rate/],
    ['fifty-one kills', () => read('daemon-kill', { daemon: 'pcsd', times: '51' }), /51 is too big/],
    [
      'every of one kill',
      () => read('daemon-kill', { daemon: 'pcsd', every: '1s' }),
      /every is of several kills, and this is one/,
    ],
    ['no pause', () => read('daemon-kill', { daemon: 'pcsd', times: '2', every: '0s' }), /no time from one kill/],
    ['a daemon of the stack', () => read('process-kill', { process: 'crmd' }), /daemon of the stack/],
    ['no process', () => read('process-kill'), /needs --process/],
    ['no resource', () => read('stop-hang'), /needs --resource/],
    ['the whole disk', () => read('disk-full', { path: '/' }), /with \/ full the node could not be healed/],
    ['a part of a worker', () => read('cpu-load', { workers: '0.5' }), /--workers 0.5: expected a whole number/],
    ['more workers than any node has', () => read('cpu-load', { workers: '33' }), /33 is too big/],
    [
      'words for memory',
      () => read('memory-load', { megabytes: '1GiB' }),
      /--megabytes 1GiB: expected a number, found text/,
    ],
    ['all of the memory', () => read('memory-load', { megabytes: '1024' }), /not less than the 1024 MiB that ha-host1/],
    ['a time of day', () => read('clock-skew', { by: '12:00' }), /does not say how far a clock is off/],
    ['a clock that is off by years', () => read('clock-skew', { by: '+99999min' }), /one second to one day/],
    ['a target where none is', () => read('target-stop'), /for a node with role: storage/],
    ['a disk of the lab under its server', () => read('lun-fault', { how: 'full' }, 'iscsi-disks'), /with role: ha/],
    ['a disk that is not there', () => read('lun-fault', { how: 'full', disk: 'shard' }), /did you mean 'shared'/],
    ['a trouble that is none', () => read('lun-fault', { how: 'fulll' }), /did you mean 'full'/],
    ['a name of every object', () => read('toString'), /unknown fault 'toString'/],
  ] as const) {
    it(`refuse ${why}`, () => {
      expect(attempt).to.throw(says).that.satisfies(isLabError);
    });
  }
});
