import { expect } from 'chai';
import type { Cib } from '../../../src/model/cib.js';
import type { FencingEvent } from '../../../src/model/cluster-state.js';
import type { LabObservation } from '../../../src/model/observation.js';
import { clone, primitive } from '../checks/states.js';
import { cibOf, cloneOf, FENCING, VIP } from './support/configuration.js';
import {
  but,
  butAll,
  CLOCK_S,
  CUT,
  judged,
  SILENT,
  silent,
  split,
  stateOf,
  stopped,
  subjectsOf,
  well,
} from './support/input.js';

const iso = (s: number): string => new Date(s * 1000).toISOString().replace('.000Z', 'Z');
const STARTED_S = CLOCK_S - 10;

function fenced(at: string | undefined, change: Partial<FencingEvent> = {}): FencingEvent {
  const text = `reboot of ha-host1 at ${at}`;
  return {
    text,
    action: 'reboot',
    target: 'ha-host1',
    status: 'success',
    ...(at === undefined ? {} : { at }),
    ...change,
  };
}

function cibWith(change: Partial<Cib> = {}): Cib {
  return cibOf([VIP, FENCING], {
    properties: {},
    nodeStates: [{ node: 'ha-host1', inCcm: false, crmd: false, join: 'down', expected: 'member', transient: {} }],
    operations: [
      {
        node: 'ha-host2',
        resource: 'vip',
        operation: 'start',
        intervalMs: 0,
        callId: 9,
        rcCode: 0,
        opStatus: 0,
        expected: true,
        exitReason: '',
        lastChangeS: STARTED_S,
      },
    ],
    ...change,
  });
}

const before = butAll(well({ cib: cibWith() }), { clockS: CLOCK_S - 60 });

/** ha-host1, which had the VIP, is off; ha-host2 has it, and tells of this fencing. */
function recovered(events: readonly FencingEvent[], cib = cibWith()): LabObservation {
  const parted = split(well({ cib, vipOn: 'ha-host2' }), ['ha-host1']);
  return silent(but(parted, 'ha-host2', { fencing: events }), 'ha-host1', 'stopped');
}

const judge = (now: LabObservation, change = {}) =>
  judged('fenced-first', now, {
    before,
    faults: [{ kind: 'power-off', node: 'ha-host1' }],
    touched: ['ha-host1'],
    ...change,
  });
const STARTED = `vip was started on ha-host2 at ${iso(STARTED_S)}`;

describe('audit fenced-first', () => {
  it('holds where nobody was lost', () => {
    expect(judge(well({ cib: cibWith() }))).to.deep.equal([]);
    expect(judged('fenced-first', recovered([]))).to.deep.equal([]);
  });

  it('holds without fencing where the cluster was stopped in order by a fault', () => {
    const now = recovered([], cibWith({ nodeStates: [] }));
    expect(judge(now, { faults: [{ kind: 'cluster-stop', node: 'ha-host1' }] })).to.deep.equal([]);
    const killed = { kind: 'daemon-kill', node: 'ha-host1', daemon: 'corosync' } as const;
    expect(judge(now, { faults: [killed] })).to.have.length(1);
  });

  it('holds where the fencing was confirmed before the start, or in the same second', () => {
    expect(judge(recovered([fenced(iso(STARTED_S - 5))]))).to.deep.equal([]);
    expect(judge(recovered([fenced(iso(STARTED_S))]))).to.deep.equal([]);
  });

  it('is broken by a start before the fencing was confirmed', () => {
    const now = recovered([fenced(iso(STARTED_S + 3))]);
    expect(judge(now)).to.deep.equal([
      `failed: ${STARTED}, and the fencing of ha-host1 was confirmed at ${iso(STARTED_S + 3)} as reported by ha-host2`,
    ]);
    expect(subjectsOf('fenced-first', now, { before })).to.deep.equal([['vip', 'ha-host1', 'ha-host2']]);
  });

  it('is asked of a node that was fenced and is back already', () => {
    const back = (at: number) => {
      const told = but(well({ cib: cibWith(), vipOn: 'ha-host2' }), 'ha-host2', { fencing: [fenced(iso(at))] });
      return but(told, 'ha-host1', { bootId: 'another' });
    };
    expect(judge(back(STARTED_S - 5))).to.deep.equal([]);
    expect(judge(back(STARTED_S + 3))[0]).to.match(/^failed: vip was started on ha-host2/);
  });

  it('is broken by a fencing that was confirmed and did not happen', () => {
    const at = iso(STARTED_S - 5);
    const told = recovered([fenced(at)]);
    expect(judge(silent(told, 'ha-host1', 'frozen'))).to.deep.equal([
      `failed: the fencing of ha-host1 was confirmed at ${at}, and its machine is not off but frozen`,
    ]);
    const back = but(well({ cib: cibWith(), vipOn: 'ha-host2' }), 'ha-host2', { fencing: [fenced(at)] });
    expect(judge(back)).to.deep.equal([
      `failed: the fencing of ha-host1 was confirmed at ${at}, and it runs on since the same boot`,
    ]);
  });

  it('is broken without any fencing', () => {
    const none = [`failed: ${STARTED}, and no fencing of ha-host1 was confirmed`];
    expect(judge(recovered([]))).to.deep.equal(none);
    expect(judge(recovered([fenced(iso(STARTED_S - 5), { status: 'failed' })]))).to.deep.equal(none);
    expect(judge(recovered([fenced(iso(STARTED_S - 5), { target: 'ha-host3' })])).slice(0, 1)).to.deep.equal(none);
    expect(judge(recovered([fenced(iso(STARTED_S - 5), { action: 'on' })]))).to.deep.equal(none);
  });

  it('does not take an earlier fencing for this one', () => {
    const old = fenced(iso(STARTED_S - 500));
    expect(judge(recovered([old]), { before: but(before, 'ha-host3', { fencing: [old] }) })).to.have.length(1);
  });

  it('needs none where fencing is off, or the node left in order', () => {
    expect(judge(recovered([], cibWith({ properties: { 'stonith-enabled': 'false' } })))).to.deep.equal([]);
    const left = cibWith({
      nodeStates: [{ node: 'ha-host1', inCcm: false, crmd: false, join: 'down', expected: 'down', transient: {} }],
    });
    const now = stopped(split(well({ cib: left, vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host1');
    expect(judge(now, { faults: [] })).to.deep.equal([]);
    const unsaid = cibWith({ nodeStates: [] });
    expect(
      judge(stopped(split(well({ cib: unsaid, vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host1'), { faults: [] }),
    ).to.deep.equal([]);
  });

  it('needs one of a node that a fault took, whatever the step is about', () => {
    expect(judge(recovered([], cibWith({ nodeStates: [] })))).to.have.length(1);
  });

  it('goes by the start that went well, on that node, of that resource', () => {
    const [start] = cibWith().operations;
    if (start === undefined) return expect.fail();
    const later = STARTED_S + 90;
    const operations = [
      start,
      { ...start, node: 'ha-host3', lastChangeS: later },
      { ...start, resource: 'other', lastChangeS: later },
      { ...start, rcCode: 1, lastChangeS: later },
      { ...start, operation: 'monitor', intervalMs: 30_000, lastChangeS: later },
    ];
    const tooLate = fenced(iso(STARTED_S + 3));
    expect(judge(recovered([tooLate], cibWith({ operations })))[0]).to.match(/^failed/);
    const again = [start, { ...start, callId: 12, lastChangeS: later }];
    expect(judge(recovered([tooLate], cibWith({ operations: again })))).to.deep.equal([]);
  });

  it('is broken by a node that was killed although the step did it', () => {
    const killed = stopped(split(well({ cib: cibWith(), vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host1');
    expect(judge(killed, { faults: [] })).to.have.length(1);
  });

  it('looks only at what has moved, and not at fencing devices or clones that were there', () => {
    const cib = cibWith({ resources: [FENCING, cloneOf('webs', VIP)] });
    const shown = (on: readonly string[]) => [
      primitive('fence-1', on[0], { agent: FENCING.agent }),
      clone(
        'webs',
        on.map((node) => primitive('vip', node)),
      ),
    ];
    const then = well({ cib, vipOn: '', resources: shown(['ha-host1', 'ha-host2']) });
    const now = but(recovered([], cib), 'ha-host2', { status: stateOf(shown(['ha-host2'])) });
    expect(judge(but(now, 'ha-host3', { status: stateOf(shown(['ha-host2'])) }), { before: then })).to.deep.equal([]);
  });

  describe('by clocks that differ', () => {
    const told = (byS: number, at = STARTED_S + 2): LabObservation =>
      but(but(recovered([]), 'ha-host3', { fencing: [fenced(iso(at))] }), 'ha-host3', { clockS: CLOCK_S + byS });

    it('takes the starting node’s own word first', () => {
      const now = but(recovered([fenced(iso(STARTED_S - 1))]), 'ha-host3', { fencing: [fenced(iso(STARTED_S + 50))] });
      expect(judge(now)).to.deep.equal([]);
    });

    it('cannot tell what lies within their difference, and says how large that is', () => {
      expect(judge(told(5))).to.deep.equal([
        `unknown: ${STARTED}, and the fencing of ha-host1 was confirmed at ${iso(STARTED_S + 2)} as reported by ha-host3, whose clock differs by 5 s: which came first is not known`,
      ]);
      expect(judge(told(2))[0]).to.match(/^failed: .* whose clock differs by 2 s$/);
      expect(judge(told(5, STARTED_S - 6))).to.deep.equal([]);
      expect(judge(told(1))[0]).to.match(/^failed: .* as reported by ha-host3, whose clock differs by 1 s$/);
      expect(judge(told(0))[0]).to.match(/^failed: .* as reported by ha-host3$/);
    });

    it('cannot tell without that clock', () => {
      const now = told(0);
      const blind = {
        ...now,
        nodes: now.nodes.map(({ clockS, ...rest }) => (rest.node === 'ha-host2' ? rest : { ...rest, clockS: CLOCK_S })),
      };
      expect(judge(blind)[0]).to.match(/^unknown: .* whose clock is not known/);
    });
  });

  describe('by a time without a time zone', () => {
    const ctime = (s: number): string =>
      new Date(s * 1000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 $4');

    it('takes it for UTC where it then lies between the two looks', () => {
      expect(judge(recovered([fenced(ctime(STARTED_S - 5))]))).to.deep.equal([]);
      expect(judge(recovered([fenced(ctime(STARTED_S + 5))]))[0]).to.match(/^failed/);
    });

    it('cannot tell otherwise, nor by what is no time', () => {
      expect(judge(recovered([fenced(ctime(CLOCK_S - 61))]))[0]).to.match(/^unknown: .* time zone that is not known/);
      expect(judge(recovered([fenced(ctime(CLOCK_S - 60))]))).to.deep.equal([]);
      expect(judge(recovered([fenced(ctime(STARTED_S + 7200))]))[0]).to.match(
        /^unknown: .* in a form or time zone that is not known/,
      );
      expect(judge(recovered([fenced(undefined)]))[0]).to.match(/^unknown: .* at a time that is not reported/);
    });
  });

  describe('what was not heard', () => {
    it('leaves it open when the resource was started', () => {
      expect(judge(recovered([fenced(iso(STARTED_S))], cibWith({ operations: [] })))[0]).to.match(
        /^unknown: when vip was started on ha-host2 is not in the CIB/,
      );
    });

    it('leaves it open without views or CIBs', () => {
      const without = (looked: LabObservation, part: 'status' | 'cib') =>
        ({ ...looked, nodes: looked.nodes.map((each) => ({ ...each, [part]: undefined })) }) as LabObservation;
      expect(judge(without(recovered([]), 'status'))[0]).to.match(/^unknown: the status of ha-host2 could not be read/);
      expect(judge(without(recovered([]), 'cib'))).to.deep.equal([
        'unknown: ha-host1 left, and no CIB could be read to tell what came of that',
      ]);
      expect(judge(recovered([]), { before: without(before, 'status') })).to.deep.equal([
        'unknown: ha-host1 left, and what was active there could not be read before',
      ]);
    });

    it('may be a partition with quorum', () => {
      const dark = silent(silent(recovered([]), 'ha-host2'), 'ha-host3');
      expect(judge(dark, { faults: [CUT('ha-host1')] })).to.deep.equal([SILENT('ha-host2'), SILENT('ha-host3')]);
    });
  });
});
