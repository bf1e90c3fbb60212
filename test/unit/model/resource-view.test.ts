import { expect, use } from 'chai';
import { clusterPlugin } from '../../../src/chai/plugin.js';
import type { BundleReplica, Resource } from '../../../src/model/cluster-state.js';
import { isStarted, isStopped, runsOnExactly, viewOf } from '../../../src/model/resource-view.js';
import { bundle, clone, group, primitive, state } from '../checks/states.js';

use(clusterPlugin);

const of = (...resources: readonly Resource[]) => state({ nodes: [], resources });
const view = (id: string, ...resources: readonly Resource[]) => viewOf({ resources }, id);

describe('viewOf', () => {
  it('finds the instances of a unique clone by the name without their number', () => {
    const ips = clone('ip-clone', [primitive('ip:0', 'a'), primitive('ip:1', 'b')], { unique: true });
    expect(view('ip', ips).instances.map(({ id }) => id)).to.deep.equal(['ip:0', 'ip:1']);
    expect(view('ip:1', ips).instances.map(({ nodes }) => nodes)).to.deep.equal([['b']]);
    expect(view('ip-clone', ips).members).to.have.length(2);
  });

  it('finds a cloned group by its name, with one list for each member', () => {
    const instance = (number: number, on: string) =>
      group(`g:${number}`, [primitive('fs', on), primitive('web', number === 0 ? on : undefined)]);
    const cloned = clone('g-clone', [instance(0, 'a'), instance(1, 'b')]);
    for (const id of ['g', 'g-clone'])
      expect(
        view(id, cloned).members.map((member) => member.map(({ id: own, role }) => `${own} ${role}`)),
      ).to.deep.equal([
        ['fs Started', 'fs Started'],
        ['web Started', 'web Stopped'],
      ]);
    expect(isStarted(view('g', cloned), 'a')).to.equal(true);
    expect(isStarted(view('g', cloned), 'b')).to.equal(false);
  });

  it('knows a group of which nothing is printed, and that all of it is inactive', () => {
    const hidden = view('g', group('g', [], { notPrinted: 2 }));
    expect([isStopped(hidden), isStarted(hidden)]).to.deep.equal([true, false]);
    expect(of(group('g', [], { notPrinted: 2 }))).to.have.group('g').that.is.stopped;
  });

  it('does not take a group for started of which a member is not printed', () => {
    const half = group('g', [primitive('fs', 'a')], { notPrinted: 1 });
    expect(isStarted(view('g', half))).to.equal(false);
    expect(() => expect(of(half)).to.have.group('g').startedOn('a')).to.throw(
      'expected g to be started on a: fs Started on a; 1 inactive, not printed',
    );
  });

  describe('of a bundle', () => {
    const inside = (on: string) => [
      primitive('web-ip', on),
      primitive('web-podman-0', on),
      primitive('web-0', on),
      primitive('httpd', 'web-0'),
    ];
    const replica = (index: number, on: string | undefined, members: BundleReplica['members'] = []): BundleReplica => ({
      index,
      role: on === undefined ? 'Stopped' : 'Started',
      nodes: on === undefined ? [] : [on],
      members,
    });

    it('has a line for each replica, whether its parts are printed or not', () => {
      const short = view('web', bundle('web', [replica(0, 'a'), replica(1, undefined)]));
      const full = view('web', bundle('web', [replica(0, 'a', inside('a')), replica(1, undefined)]));
      for (const each of [short, full]) {
        expect(each.instances.map(({ id, nodes }) => [id, ...nodes])).to.deep.equal([['web-0', 'a'], ['web-1']]);
        expect([isStarted(each), isStarted(each, 'a'), runsOnExactly(each, ['a'])]).to.deep.equal([true, true, true]);
      }
    });

    it('fails where a part of it does', () => {
      const [ip, container, remote] = inside('a');
      const broken = [ip, container, remote, primitive('httpd', 'web-0', { failed: true })].flatMap(
        (each) => each ?? [],
      );
      expect(of(bundle('web', [replica(0, 'a', broken)])))
        .to.have.bundle('web')
        .that.has.failed.and.is.not.runningOn('a');
      expect(isStarted(view('web', bundle('web', [replica(0, 'a', broken)])))).to.equal(false);
    });

    it('still knows the parts by their own names', () => {
      const full = of(bundle('web', [replica(0, 'a', inside('a'))]));
      expect(full).to.have.resource('httpd').startedOn('web-0').and.inBundle('web');
    });
  });
});

describe('what is said of a group, clone or bundle', () => {
  const off = { managed: false, disabled: true, maintenance: true, orphaned: true };

  for (const container of [
    group('c', [primitive('inner', 'a')], off),
    clone('c', [group('g:0', [primitive('inner', 'a')])], off),
    bundle('c', [{ name: 'inner', role: 'Started', nodes: ['a'], members: [] }], off),
  ]) {
    it(`is said of all inside a ${container.kind}`, () => {
      for (const id of ['c', 'inner']) {
        const resource = expect(of(container)).to.have.resource(id);
        resource.that.is.unmanaged.and.disabled.and.maintenance.and.orphaned;
        resource.that.is.not.blocked.and.failed;
      }
    });
  }

  it('is not said of what stands beside it', () => {
    const beside = of(group('c', [primitive('inner', 'a')], off), primitive('vip', 'a'));
    expect(beside).to.have.resource('vip').that.is.managed.and.is.not.disabled;
  });

  it('of its own place leaves itself out', () => {
    expect(of(group('g', [primitive('fs', 'a')])))
      .to.have.group('g')
      .that.is.not.inGroup('g');
    const cloned = of(clone('g-clone', [group('g:0', [primitive('fs', 'a')])]));
    expect(cloned).to.have.group('g').that.is.inClone('g-clone');
    expect(cloned).to.have.resource('fs').that.is.inGroup('g').and.inClone('g-clone');
  });
});

describe('a clone that runs on exactly these nodes', () => {
  const three = (...marks: readonly (string | undefined)[]) =>
    view(
      'c',
      clone(
        'c',
        marks.map((on) => primitive('p', on)),
      ),
    );

  it('runs on all of them and on no other', () => {
    expect(runsOnExactly(three('a', 'b', undefined), ['b', 'a'])).to.equal(true);
    expect(runsOnExactly(three('a', 'b'), ['a'])).to.equal(false);
    expect(runsOnExactly(three('a'), ['a', 'b'])).to.equal(false);
    expect(runsOnExactly(three(undefined), [])).to.equal(true);
  });

  it('is in good health on each', () => {
    const sick = clone('c', [primitive('p', 'a'), primitive('p', 'b', { failed: true })]);
    for (const nodes of [['a', 'b'], ['a']]) expect(runsOnExactly(view('c', sick), nodes)).to.equal(false);
    const coming = clone('c', [primitive('p', 'a', { role: 'Starting' })]);
    expect(runsOnExactly(view('c', coming), ['a'])).to.equal(false);
  });
});
