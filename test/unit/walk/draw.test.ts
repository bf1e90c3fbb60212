import { expect } from 'chai';
import fc from 'fast-check';
import { FAULTS, rowOf } from '../../../src/faults/index.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { type DrawnFault, membersLostBy } from '../../../src/walk/draw.js';
import { drawn, KINDS, labNamed, rawWalk, readWalk, sceneWithAll, sceneWithVip } from './support/walks.js';

const LABS = ['linuxha', 'five-node', 'separate-networks'].map(labNamed);
const SCENES = LABS.flatMap((lab) => [sceneWithVip(lab), sceneWithAll(lab)]);
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const count = fc.integer({ min: 1, max: 40 });
const few = fc.integer({ min: 1, max: 12 });
const scene = fc.constantFrom(...SCENES);
const RUNS = { numRuns: 30 };

/** How many faults are in force after each step. */
function inForce({ steps }: Pick<Scenario, 'steps'>): readonly number[] {
  const open = new Set<string>();
  return steps.map(({ id, action }) => {
    if (action.kind === 'fault') open.add(id);
    if (action.kind === 'heal') open.delete(action.step);
    return open.size;
  });
}

describe('a random walk', () => {
  it('is the same for the same seed, lab and length, and as long as was asked for', () => {
    fc.assert(
      fc.property(scene, seed, count, (where, number, length) => {
        const walk = drawn(where, number, length);
        expect(walk).to.have.length(length);
        expect(rawWalk(drawn(where, number, length), where)).to.deep.equal(rawWalk(walk, where));
      }),
      RUNS,
    );
  });

  it('begins with every shorter walk of the same seed', () => {
    fc.assert(
      fc.property(scene, seed, count, count, (where, number, one, other) => {
        const [short, long] = [Math.min(one, other), Math.max(one, other)];
        expect(drawn(where, number, long).slice(0, short)).to.deep.equal(drawn(where, number, short));
      }),
      RUNS,
    );
  });

  it('is a valid scenario of its lab, heals every fault, and has at most two in force', () => {
    fc.assert(
      fc.property(scene, seed, few, (where, number, length) => {
        const open = inForce(readWalk(drawn(where, number, length), where));
        expect(open.at(-1)).to.equal(0);
        expect(Math.max(...open)).to.be.within(1, 2);
      }),
      { numRuns: 8 },
    );
  });

  it('is valid too where the second fault is on any node but the first one’s', () => {
    for (const where of SCENES) {
      const rounds: readonly DrawnFault[] = [
        { number: 1, fault: { kind: 'power-off', node: '{holder of vip}' }, overlaps: false },
        {
          number: 2,
          fault: { kind: 'daemon-stop', node: '{any other than was holder of vip}', daemon: 'corosync' },
          overlaps: true,
        },
      ];
      expect(Math.max(...inForce(readWalk(rounds, where)))).to.equal(2);
    }
  });

  it('never has two in force at once that together could cost the quorum', () => {
    fc.assert(
      fc.property(scene, seed, count, (where, number, length) => {
        const walk = drawn(where, number, length);
        for (const [index, second] of walk.entries()) {
          if (!second.overlaps) continue;
          const lost = [walk[index - 1], second].map((each) => (each ? membersLostBy(each.fault, where) : 0));
          const members = where.hosts.length - lost.reduce((sum, each) => sum + each, 0);
          expect(members, JSON.stringify(walk.slice(index - 1, index + 1))).to.be.above(where.hosts.length / 2);
        }
      }),
      RUNS,
    );
  });

  it('takes what costs a member and its companion on different nodes', () => {
    fc.assert(
      fc.property(scene, seed, (where, number) => {
        const walk = drawn(where, number, 40);
        for (const [index, { fault, overlaps }] of walk.entries()) {
          const first = walk[index - 1]?.fault;
          if (!overlaps || !first || membersLostBy(first, where) === 0 || !('node' in fault) || !('node' in first))
            continue;
          expect(fault.node).to.not.equal(first.node);
        }
      }),
      RUNS,
    );
  });

  it('expects the whole cluster again before the next round: at the last heal, or when all is mended', () => {
    const where = SCENES[0] ?? expect.fail();
    const { steps } = readWalk(drawn(where, 7, 40), where);
    const open = inForce({ steps });
    const kindsOf = (index: number) => steps[index]?.expect.map(({ kind }) => kind);
    for (const [index, { id, action }] of steps.entries()) {
      const isHealed = open[index] === 0;
      if (isHealed) expect(kindsOf(index), id).to.include.members(['nodes', 'quorum', 'dc']);
      const isLast = isHealed && (steps[index + 1]?.action.kind ?? 'fault') === 'fault';
      if (isLast) expect(kindsOf(index), id).to.include.members(['resource', 'address']);
      if (!isHealed && action.kind === 'heal') expect(kindsOf(index), id).to.deep.equal([]);
    }
  });

  it('lets an address be gone until the cluster has noticed, where the next fault is healed without waiting for that', () => {
    const where = SCENES[0] ?? expect.fail();
    const { id, address = '' } = where.resources[0] ?? expect.fail();
    const gone = { kind: 'address-gone', node: `{holder of ${id}}`, address } as const;
    const kept = { kind: 'maintenance', node: 'ha-host3' } as const;
    const expectedIn = (faults: readonly DrawnFault[]) =>
      readWalk(faults, where)
        .steps.filter(({ action }) => action.kind === 'heal')
        .map(({ expectedViolations }) =>
          expectedViolations.flatMap((each) => (each.audit === 'single-active' ? each.of : [])),
        );
    const beside = [
      { number: 1, fault: kept, overlaps: false },
      { number: 2, fault: gone, overlaps: true },
    ];
    expect(expectedIn(beside)).to.deep.equal([[id], []]);
    expect(expectedIn([{ number: 1, fault: gone, overlaps: false }])).to.deep.equal([[]]);
  });

  it('draws every kind that a lab can do, some of them two at once, and none that it cannot', () => {
    const where = sceneWithAll(labNamed('linuxha'));
    const walk = drawn(where, 1, 1000);
    const possible = KINDS.filter((kind) => rowOf(kind) !== undefined);
    expect([...new Set(walk.map(({ fault }) => fault.kind))].sort()).to.deep.equal([...possible].sort());
    expect(walk.filter(({ overlaps }) => overlaps)).to.have.length.within(50, 400);
    const few = drawn({ ...where, kinds: ['standby', 'cluster-stop'] }, 1, 100);
    expect([...new Set(few.map(({ fault }) => fault.kind))].sort()).to.deep.equal(['cluster-stop', 'standby']);
  });

  it('has faults between nodes by themselves, and no more than one shape of a link', () => {
    const alone = ['partition', 'ring', 'one-way-loss', 'target-stop', 'initiator-cut'];
    for (const where of SCENES) {
      const walk = drawn(where, 4, 600);
      for (const [index, { fault, overlaps }] of walk.entries()) {
        if (!overlaps) continue;
        const pair = [walk[index - 1]?.fault.kind, fault.kind];
        expect(pair).to.not.include.oneOf(alone);
        expect(pair).to.not.deep.equal(['shape', 'shape']);
      }
    }
  });

  it('parts the nodes so that the rest have a majority, or nobody', () => {
    const where = sceneWithVip(labNamed('five-node'), ['partition']);
    const groups = drawn(where, 2, 60).flatMap(({ fault }) =>
      fault.kind === 'partition' ? [fault.groups as readonly (readonly string[] | 'rest')[]] : [],
    );
    const sizes = groups.map((each) => each.map((group) => (group === 'rest' ? group : group.length)).join());
    expect([...new Set(sizes)].sort()).to.deep.equal(['1,1,1,1,1', '1,rest', '2,rest']);
  });

  it('breaks controllers only where somebody fences by them, and never beside what costs a member', () => {
    const fenced = sceneWithAll(labNamed('five-node'));
    const walk = drawn(fenced, 6, 800);
    for (const [index, { fault, overlaps }] of walk.entries()) {
      const first = walk[index - 1]?.fault;
      if (!overlaps || first === undefined) continue;
      if (fault.kind === 'controller-fail') expect(membersLostBy(first, fenced)).to.equal(0);
      if (first.kind === 'controller-fail') expect(membersLostBy(fault, fenced)).to.equal(0);
    }
    expect(drawn({ ...fenced, isFencing: false, kinds: ['controller-fail'] }, 6, 2)).to.deep.equal([]);
  });

  it('leaves the storage and processes alone where the set-ups put nothing on them', () => {
    const where = sceneWithVip(labNamed('linuxha'), ['target-stop', 'initiator-cut', 'process-kill']);
    expect(drawn(where, 3, 2)).to.deep.equal([]);
  });

  it('bounds failures before its first fault, whichever faults are left, where monitors may be made to fail', () => {
    const where = sceneWithAll(labNamed('linuxha'));
    for (const faults of [drawn(where, 1, 5), drawn(where, 1, 5).slice(3)]) {
      const [first] = rawWalk(faults, where).steps;
      expect(JSON.stringify(first?.run)).to.include('pcs resource meta vip migration-threshold=3');
    }
    const without = { ...where, kinds: where.kinds.filter((kind) => kind !== 'monitor-fail') };
    expect(rawWalk(drawn(without, 1, 5), without).steps[0]).to.have.property('fault');
  });

  it('holds a fault from a host that its companion has not switched off', () => {
    const where = SCENES[0] ?? expect.fail();
    for (const off of ['ha-host1', '{dc}']) {
      const faults = [
        { number: 1, overlaps: false, fault: { kind: 'power-off' as const, node: off } },
        { number: 2, overlaps: true, fault: { kind: 'cpu-load' as const, node: 'ha-host2', workers: 1 } },
      ];
      const hold = readWalk(faults, where).steps.find(({ id }) => id === '1-2-hold');
      const on = hold?.action.kind === 'run' ? hold.action.on : expect.fail('nothing is held');
      if (off === '{dc}') expect(on).to.deep.equal({ kind: 'other', than: { kind: 'dc', was: true } });
      else expect(on).to.deep.equal({ kind: 'node', name: 'ha-host2' });
    }
  });

  it('holds it from the node of the fault itself, where the concurrent fault is on any other node', () => {
    const where = sceneWithVip(labNamed('five-node'));
    const faults = [
      { number: 1, overlaps: false, fault: { kind: 'shape' as const, node: '{dc}', link: 'eth1', rate: '1mbit' } },
      { number: 2, overlaps: true, fault: { kind: 'freeze' as const, node: '{any other than was dc}' } },
    ];
    const hold = readWalk(faults, where).steps.find(({ id }) => id === '1-2-hold');
    expect(hold?.action).to.deep.include({ kind: 'run', on: { kind: 'dc', was: true } });
  });

  it('has nothing to take an address or failures from where the set-ups leave no resource', () => {
    const where = { ...(SCENES[0] ?? expect.fail()), resources: [] };
    const kinds = new Set(drawn(where, 3, 300).map(({ fault }) => fault.kind));
    expect([...kinds])
      .to.not.include.members(['address-gone'])
      .and.not.include('failcount');
    expect(drawn({ ...where, kinds: ['address-gone'] }, 3, 2)).to.deep.equal([]);
  });

  it('gives its reasons in both languages, and says why what is never drawn is not', () => {
    for (const row of Object.values(FAULTS).map(({ walk }) => walk))
      if ('never' in row) expect(row.never).to.match(/^[A-Z].{20,}\.$/s);
    const where = SCENES[0] ?? expect.fail();
    for (const { expectedViolations, title } of readWalk(drawn(where, 5, 60), where).steps)
      for (const text of [title, ...expectedViolations.map(({ because }) => because)])
        expect(text).to.have.keys(['en', 'zh']);
  });
});
