import { expect } from 'chai';
import { bestCib, configuredIn, isLeftAlone } from '../../../src/audits/configured.js';
import { compareVersions } from '../../../src/model/cib.js';
import { cibOf, cloneOf, configured, groupOf, VIP } from './support/configuration.js';
import { but, silent, split, unread, well } from './support/input.js';

const version = (adminEpoch: number, epoch: number, numUpdates: number) => ({ adminEpoch, epoch, numUpdates });
const told = (digest: string, epoch = 12) => ({ cib: cibOf(undefined, { digest, version: version(0, epoch, 0) }) });
const digestOf = (now: ReturnType<typeof well>) => bestCib(now)?.digest;

describe('the CIB that counts most', () => {
  const all = ['ha-host1', 'ha-host2', 'ha-host3'].reduce((sum, name) => but(sum, name, told(`of ${name}`)), well());

  it('is that of the DC, of the partition with quorum', () => {
    expect(digestOf(all)).to.equal('of ha-host1');
    expect(digestOf(split(all, ['ha-host1']))).to.equal('of ha-host2');
    const led = ['ha-host1', 'ha-host2', 'ha-host3'].reduce((sum, name) => but(sum, name, { dc: 'ha-host3' }), all);
    expect(digestOf(led)).to.equal('of ha-host3');
    expect(digestOf(unread(led, 'ha-host3', 'cib'))).to.equal('of ha-host1');
  });

  it('is the newest where nobody has quorum', () => {
    const alone = but(split(all, ['ha-host1']), 'ha-host1', told('old', 3));
    expect(digestOf(silent(silent(alone, 'ha-host2'), 'ha-host3'))).to.equal('old');
    const poor = ['ha-host1', 'ha-host2', 'ha-host3'].reduce(
      (sum, name) => unread(sum, name, 'quorum'),
      but(all, 'ha-host2', told('new', 13)),
    );
    expect(digestOf(poor)).to.equal('new');
  });

  it('is newer by its versions in their order', () => {
    const order = [version(0, 9, 9), version(1, 0, 0), version(1, 1, 0), version(1, 1, 1)];
    expect([...order].reverse().sort(compareVersions)).to.deep.equal(order);
  });
});

describe('what is configured', () => {
  it('stands in groups, clones and bundles', () => {
    const web = configured('web', 'ocf:heartbeat:nginx');
    const cib = cibOf([
      VIP,
      groupOf('services', [web]),
      cloneOf('dbs', groupOf('pair', [configured('db', 'x')])),
      { kind: 'bundle', id: 'box', primitive: configured('inner', 'x'), meta: {} },
      { kind: 'bundle', id: 'empty', meta: {} },
    ]);
    expect(
      configuredIn(cib).map(({ id, group, clone, bundle }) => [id, group?.id, clone?.id, bundle?.id]),
    ).to.deep.equal([
      ['vip', undefined, undefined, undefined],
      ['web', 'services', undefined, undefined],
      ['db', 'pair', 'dbs', undefined],
      ['inner', undefined, undefined, 'box'],
    ]);
  });

  it('has what is set nearest to it', () => {
    const db = configured('db', 'x', {}, { c: 'own' });
    const cib = cibOf([cloneOf('dbs', groupOf('pair', [db], { b: 'group', c: 'group' }), { a: 'clone', b: 'clone' })], {
      resourceDefaults: { a: 'default', d: 'default' },
    });
    expect(configuredIn(cib)[0]?.meta).to.deep.equal({ a: 'clone', b: 'group', c: 'own', d: 'default' });
  });

  it('is left alone by any of the ways to say so', () => {
    const leftAlone = (meta: Record<string, string>, properties: Record<string, string> = {}) => {
      const cib = cibOf([{ ...VIP, meta }], { properties });
      return configuredIn(cib).map((each) => isLeftAlone(each, cib))[0];
    };
    expect(leftAlone({})).to.equal(false);
    expect(leftAlone({ 'is-managed': 'true', maintenance: 'false' }, { 'maintenance-mode': 'no' })).to.equal(false);
    expect(leftAlone({ 'is-managed': 'FALSE' })).to.equal(true);
    expect(leftAlone({ maintenance: '1' })).to.equal(true);
    expect(leftAlone({}, { 'maintenance-mode': 'yes' })).to.equal(true);
    expect(leftAlone({}, { 'is-managed-default': 'off' })).to.equal(true);
    expect(leftAlone({ 'is-managed': 'on' }, { 'is-managed-default': 'off' })).to.equal(false);
  });
});
