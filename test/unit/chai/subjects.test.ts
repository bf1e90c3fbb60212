import { inspect } from 'node:util';
import { AssertionError, expect, use } from 'chai';
import { clusterPlugin } from '../../../src/chai/plugin.js';
import { type ClusterState, EMPTY_STATE } from '../../../src/model/cluster-state.js';
import { group, node, primitive, says, state } from '../checks/states.js';
import { failureOf } from './word-row.js';

use(clusterPlugin);

/** The message of the TypeError: a word said of the wrong thing is a mistake in the test, and no verdict. */
function refusalOf(look: () => unknown): string {
  try {
    look();
  } catch (error) {
    expect(error).to.be.an.instanceOf(TypeError);
    return (error as Error).message;
  }
  return expect.fail('nothing was thrown');
}

describe('a word said of the wrong thing', () => {
  const vip = () => expect(state()).to.have.resource('vip');
  const CASES: readonly (readonly [what: string, look: () => unknown, message: string])[] = [
    [
      'a string',
      () => expect('Current DC: a').to.be.quorate,
      "'quorate' is said of a cluster state, as in expect(state) …, not of a string (readAny makes a state of what a tool printed)",
    ],
    [
      'nothing',
      () => expect(undefined).to.have.node('a'),
      "'node' is said of a cluster state, as in expect(state) …, not of undefined",
    ],
    [
      'a list',
      () => expect([state()]).to.have.warning('stonith'),
      "'warning' is said of a cluster state, as in expect(state) …, not of an array",
    ],
    [
      'a number',
      () => expect(3).to.have.ban('vip'),
      "'ban' is said of a cluster state, as in expect(state) …, not of a number",
    ],
    [
      'a reading',
      () => expect(says('a', state())).to.be.fullyRead,
      "'fullyRead' is said of a cluster state, as in expect(state) …, not of a reading, whose 'state' is one",
    ],
    [
      'something else',
      () => expect({ nodes: [] }).to.be.quorate,
      "'quorate' is said of a cluster state, as in expect(state) …, not of another object",
    ],
    [
      'a resource instead of a node',
      () => vip().that.is.online,
      "'online' is said of a node, as in expect(state).to.have.node('a') …, not of the resource vip",
    ],
    [
      'a node instead of a resource',
      () => expect(state()).to.have.node('ha-host1').that.is.startedOn('ha-host1'),
      "'startedOn' is said of a resource, as in expect(state).to.have.resource('vip') …, not of the node ha-host1",
    ],
    [
      'a resource instead of a node or ticket',
      () => vip().that.is.standby,
      "'standby' is said of a node or a ticket, as in expect(state).to.have.node('a') …, not of the resource vip",
    ],
    [
      'a state instead of what stands in it',
      () => expect(state()).to.be.online,
      "'online' is said of a node, as in expect(state).to.have.node('a') …, not of a cluster state",
    ],
    [
      'a ticket instead of a state',
      () =>
        expect(state({ tickets: [{ id: 't', granted: true, standby: false }] }))
          .to.have.ticket('t')
          .that.has.node('a'),
      "'node' is said of a cluster state, as in expect(state) …, not of the ticket t",
    ],
    [
      'a node without its state',
      () => expect(node('a')).not.to.have.attribute('pingd'),
      "'attribute' is said of what was found in a state, as in expect(state).to.have.node('a') …",
    ],
    [
      'what was not found',
      () => expect(state()).not.to.have.ban('vip').on('ha-host1'),
      "'on' is said of a failed action or a ban, as in expect(state).to.have.ban('vip') …, not of a cluster state",
    ],
  ];

  for (const [what, look, message] of CASES) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(look)).to.equal(message);
    });
  }

  it('is refused when denied too', () => {
    expect(refusalOf(() => vip().that.is.not.online)).to.contain('not of the resource vip');
  });

  it('is refused where a name is no text, of which every denial would hold', () => {
    const lost = undefined as unknown as string;
    const look = () => expect(state()).not.to.have.node(lost);
    expect(refusalOf(look)).to.equal("'node' wants text as its arguments, not undefined");
    expect(refusalOf(() => vip().not.startedOn(lost))).to.contain("'startedOn' wants text");
    expect(refusalOf(() => expect(state()).to.have.nodesOnline('a', lost))).to.contain('not undefined');
    expect(refusalOf(() => expect(state()).not.to.have.failedAction('vip', 3 as unknown as string))).to.contain(
      'number',
    );
    expect(EMPTY_STATE).to.have.nodesOnline();
  });
});

describe('a name that is not known', () => {
  const many = state({ nodes: Array.from({ length: 40 }, (_, index) => node(`compute-${index}`)) });
  const vip = () => expect(state()).to.have.resource('vip');

  it('is answered with the known ones and the nearest', () => {
    const known = 'known are ha-host1, ha-host2, ha-host3; did you mean ha-host1?';
    const none = `no node ha-hots1 is known: ${known}`;
    expect(failureOf(() => expect(state()).to.have.node('ha-hots1'))).to.equal(
      `expected the node ha-hots1 to be known: ${known}`,
    );
    expect(failureOf(() => vip().startedOn('ha-hots1'))).to.equal(`expected vip to be started on ha-hots1: ${none}`);
    expect(failureOf(() => expect(state()).to.have.dc('ha-hots1'))).to.equal(`expected the DC to be ha-hots1: ${none}`);
    expect(failureOf(() => expect(state()).to.have.resource('vpi'))).to.equal(
      'expected a resource vpi: known are vip; did you mean vip?',
    );
  });

  it('is answered so where a fail count, a ban or a failed action of it is looked for', () => {
    const hint = 'there are none; no resource vpi is listed: known are vip; did you mean vip?';
    expect(failureOf(() => expect(state()).to.have.ban('vpi'))).to.equal(`expected a ban of vpi: ${hint}`);
    expect(failureOf(() => expect(state()).to.have.failCount('vpi'))).to.equal(`expected a fail count of vpi: ${hint}`);
    expect(failureOf(() => expect(state()).to.have.failedAction('vpi', 'start'))).to.equal(
      `expected a failed start of vpi: ${hint}`,
    );
  });

  it('makes a denial fail, which would hold of any slip of the pen', () => {
    for (const look of [
      () => vip().not.startedOn('ha-hots1'),
      () => vip().not.runningOn('ha-host1', 'ha-hots1'),
      () => expect(state()).not.to.have.ban('vip', 'ha-hots1'),
      () => expect(state()).not.to.have.fenced('ha-hots1'),
    ])
      expect(failureOf(look)).to.contain('no node ha-hots1 is known').and.contain('did you mean ha-host1?');
  });

  it('is taken as it is where the reading lists no nodes, or something is there', () => {
    expect(state({ nodes: [] }))
      .to.have.resource('vip')
      .not.startedOn('elsewhere');
    const there = state({ resources: [primitive('vip', 'httpd-bundle-0')] });
    expect(there).to.have.resource('vip').startedOn('httpd-bundle-0');
  });

  it('is answered with some of many', () => {
    expect(failureOf(() => expect(many).to.have.node('compute-41'))).to.equal(
      `expected the node compute-41 to be known: known are ${many.nodes
        .slice(0, 12)
        .map(({ name }) => name)
        .join(', ')} and 28 more; did you mean compute-1?`,
    );
  });
});

describe('what fails', () => {
  const large: ClusterState = state({
    nodes: Array.from({ length: 60 }, (_, index) => node(`compute-${index}`)),
    resources: Array.from({ length: 60 }, (_, index) => group(`g${index}`, [primitive(`r${index}`, 'compute-1')])),
    failedActions: Array.from({ length: 60 }, (_, index) => ({ text: `r${index} start on compute-1` })),
  });
  const LOOKS: readonly (() => unknown)[] = [
    () => expect(large).not.to.be.quorate,
    () => expect(large).to.have.nodesOnline('compute-1'),
    () => expect(large).to.have.noFailedActions,
    () => expect(large).to.have.resource('vip'),
    () => expect(large).to.have.resource('r1').that.is.stopped,
    () => expect(large).to.have.node('compute-1').that.is.offline,
  ];

  it('never shows the whole state, in the message nor beside it', () => {
    for (const look of LOOKS) {
      expect(failureOf(look).length).to.be.below(500);
      try {
        look();
      } catch (error) {
        expect(error).to.be.an.instanceOf(AssertionError);
        const shown = inspect(Object.assign(error as Error, { stack: '' }), { depth: 9 });
        expect(shown).to.not.contain('fencingHistory').and.not.contain('standby:');
        expect(shown.length).to.be.below(1_500);
        expect((error as { readonly showDiff?: boolean }).showDiff).to.equal(false);
      }
    }
  });

  it('is told with what the test says of it', () => {
    const look = () => expect(state(), 'after the cut').to.have.node('ha-host1').that.is.offline;
    expect(failureOf(look)).to.equal('after the cut: expected ha-host1 to be offline: it is online');
  });

  it('is told of a fail count in chai’s own words about numbers', () => {
    const counted = state({ failCounts: [{ resource: 'vip', node: 'ha-host1', failCount: 3 }] });
    expect(counted).to.have.failCount('vip', 'ha-host1').that.equals(3).and.is.not.above(3);
    expect(counted).to.have.failCount('vip').that.equals(3);
    expect(() => expect(counted, 'later').to.have.failCount('vip', 'ha-host1').that.is.at.most(2)).to.throw(
      AssertionError,
      'later: the fail count of vip on ha-host1: expected 3 to be at most 2',
    );
  });

  it('is told from the line of the test', () => {
    const thrown: unknown[] = [];
    try {
      expect(large).to.have.node('compute-1').that.is.offline;
    } catch (error) {
      thrown.push(error);
    }
    const [first] = thrown.map((error) => (error as Error).stack?.split('\n').find((line) => line.includes(' at ')));
    expect(first).to.contain('subjects.test.ts');
  });
});

describe('a chain', () => {
  it('can be begun once and gone on with often', () => {
    const cluster = expect(state()).to.have;
    cluster.node('ha-host1').that.is.online;
    cluster.node('ha-host2').that.is.a.member.and.is.not.standby;
    cluster.resource('vip').that.is.started.and.startedOn('ha-host2');
    cluster.dc('ha-host3');
  });

  it('goes on with a node as the model has it', () => {
    expect(state({ nodes: [node('a', { health: 'red' })] }))
      .to.have.node('a')
      .with.property('health', 'red');
  });
});
