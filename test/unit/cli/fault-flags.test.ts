import { expect } from 'chai';
import { faultJson } from '../../../src/cli/commands/fault.js';
import { faultFromFlags, type InjectFlags } from '../../../src/cli/commands/fault-flags.js';
import { actionText } from '../../../src/cli/run/dry-run.js';
import { FAULTS } from '../../../src/faults/index.js';
import { isLabError } from '../../../src/model/errors.js';
import type { Fault, FaultKind } from '../../../src/model/scenario.js';
import { problemsBy } from '../../support/json-schemas.js';
import { createMemoryBackend } from '../../support/memory-lab.js';

const instance = createMemoryBackend().instance();
const node = 'ha-host1';
const read = (kind: string, flags: InjectFlags = {}, on = node) => faultFromFlags(kind, on, flags, instance);

const FLAGS: {
  readonly [K in FaultKind]: { readonly flags: InjectFlags; readonly rest: object; readonly told: string };
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
  'controller-fail': { flags: { how: 'lies' }, rest: { how: 'lies' }, told: ' (lies)' },
};

describe('the words of halab fault inject', () => {
  for (const kind of Object.keys(FAULTS) as FaultKind[]) {
    const { flags, rest, told } = FLAGS[kind];

    it(`make ${kind}, which the schema takes and a dry run tells`, () => {
      const fault = read(kind, flags);
      expect(fault).to.deep.equal({ kind, node, ...rest });
      const entry = { id: 'by-hand/1', at: '2026-11-25T04:00:00Z', run: 'by-hand', fault };
      expect(problemsBy('fault', faultJson(entry))).to.deep.equal([]);
      expect(problemsBy('heal', { schema: 'halab.heal/1', healed: [entry], failed: [] })).to.deep.equal([]);
      const asTargets = Object.fromEntries(
        Object.entries(fault).map(([key, value]) => [
          key,
          key === 'node' || key === 'from' ? { kind: 'node', name: value } : value,
        ]),
      ) as unknown as Fault;
      expect(actionText({ kind: 'fault', fault: asTargets })).to.equal(`fault ${kind}${told} on ha-host1`);
    });
  }

  it('have defaults: the first link, set down; one failure', () => {
    expect(read('link-down')).to.deep.equal({ kind: 'link-down', node, link: 'eth1', by: 'admin' });
    expect(read('failcount', { resource: 'vip' })).to.include({ value: 1 });
    expect(read('address-gone', { address: '192.168.56.99' })).to.include({ address: '192.168.56.99' });
  });

  for (const [why, attempt, says] of [
    ['the management link', () => read('link-down', { link: 'eth0', by: 'drop' }), /unknown link of ha-host1 'eth0'/],
    [
      'a sender that is not there',
      () => read('one-way-loss', { from: 'ha-host9' }),
      /unknown node of linuxha 'ha-host9'/,
    ],
    ['no sender', () => read('one-way-loss'), /needs --from/],
    ['an address that is none', () => read('address-gone', { address: 'vpi' }), /did you mean 'vip'/],
    ['a management address', () => read('address-gone', { address: '10.0.0.32' }), /ha-host2's own address/],
    [
      'a part of a failure',
      () => read('failcount', { resource: 'vip', value: '1.5' }),
      /'1.5' is not a number of failures/,
    ],
    ['a name of every object', () => read('toString'), /unknown fault 'toString'/],
  ] as const) {
    it(`refuse ${why}`, () => {
      expect(attempt).to.throw(says).that.satisfies(isLabError);
    });
  }
});
