import type { NodeState, Ticket } from '../../../src/model/cluster-state.js';
import { node, state } from '../checks/states.js';
import type { WordRow } from './word-row.js';

const of = (change: Partial<NodeState>) => state({ nodes: [node('a', change)] });
const onTicket = (change: Partial<Ticket>) =>
  state({ tickets: [{ id: 't', granted: true, standby: false, ...change }] });
const fromNode = (it: Chai.Assertion) => it.to.have.node('a').that;
const fromTicket = (it: Chai.Assertion) => it.to.have.ticket('t').that;

/** Words of nodes and of tickets. */
export const NODE_ROWS: readonly WordRow[] = [
  {
    word: 'node',
    say: (it) => it.have.node('a'),
    yes: of({ standby: true }),
    no: state(),
    says: 'expected the node a to be known: known are ha-host1, ha-host2, ha-host3',
    denies: 'expected no node a: it is online, standby',
  },
  {
    word: 'online',
    from: fromNode,
    say: (it) => it.is.online,
    yes: of({}),
    no: of({ unclean: true }),
    says: 'expected a to be online: it is unclean, online',
    denies: 'expected a not to be online: it is online',
  },
  {
    word: 'offline',
    from: fromNode,
    say: (it) => it.is.offline,
    yes: of({ online: false }),
    no: of({ online: false, pending: true }),
    says: 'expected a to be offline: it is pending',
    denies: 'expected a not to be offline: it is offline',
  },
  {
    word: 'standby',
    from: fromNode,
    say: (it) => it.is.standby,
    yes: of({ standby: true }),
    no: of({}),
    says: 'expected a to be standby: it is online',
    denies: 'expected a not to be standby: it is online, standby',
  },
  {
    word: 'maintenance',
    from: fromNode,
    say: (it) => it.is.maintenance,
    yes: of({ maintenance: true }),
    no: of({}),
    says: 'expected a to be in maintenance: it is online',
    denies: 'expected a not to be in maintenance: it is online, maintenance',
  },
  {
    word: 'pending',
    from: fromNode,
    say: (it) => it.is.pending,
    yes: of({ online: false, pending: true }),
    no: of({ online: false }),
    says: 'expected a to be pending: it is offline',
    denies: 'expected a not to be pending: it is pending',
  },
  {
    word: 'unclean',
    from: fromNode,
    say: (it) => it.is.unclean,
    yes: of({ online: false, unclean: true }),
    no: of({ online: false }),
    says: 'expected a to be unclean: it is offline',
    denies: 'expected a not to be unclean: it is unclean, offline',
  },
  {
    word: 'member',
    from: fromNode,
    say: (it) => it.is.a.member,
    yes: of({}),
    no: of({ type: 'remote' }),
    says: 'expected a to be a member: it is a remote node',
    denies: 'expected a not to be a member: it is a member',
  },
  {
    word: 'remote',
    from: fromNode,
    say: (it) => it.is.remote,
    yes: of({ type: 'remote' }),
    no: of({ type: 'guest' }),
    says: 'expected a to be a remote node: it is a guest node',
    denies: 'expected a not to be a remote node: it is a remote node',
  },
  {
    word: 'guest',
    from: fromNode,
    say: (it) => it.is.a.guest,
    yes: of({ type: 'guest' }),
    no: of({}),
    says: 'expected a to be a guest node: it is a member',
    denies: 'expected a not to be a guest node: it is a guest node',
  },
  {
    word: 'attribute',
    from: fromNode,
    say: (it) => it.has.attribute('pingd', '1000'),
    yes: state({ nodes: [node('a')], attributes: [{ node: 'a', name: 'pingd', value: '1000' }] }),
    no: state({
      nodes: [node('a')],
      attributes: [
        { node: 'a', name: 'pingd', value: '0' },
        { node: 'b', name: 'pingd', value: '1000' },
      ],
    }),
    says: 'expected a to have the attribute pingd = 1000: pingd = 0',
    denies: 'expected a not to have the attribute pingd = 1000: pingd = 1000',
  },
  {
    word: 'attribute',
    from: fromNode,
    say: (it) => it.has.attribute('pingd'),
    yes: state({ nodes: [node('a')], attributes: [{ node: 'a', name: 'pingd', value: '0' }] }),
    no: of({}),
    says: 'expected a to have the attribute pingd: it has none',
    denies: 'expected a not to have the attribute pingd: pingd = 0',
  },
  {
    word: 'ticket',
    say: (it) => it.have.ticket('t'),
    yes: onTicket({}),
    no: onTicket({ id: 'ticketA' }),
    says: 'expected a ticket t: known are ticketA',
    denies: 'expected no ticket t: it is granted',
  },
  {
    word: 'granted',
    from: fromTicket,
    say: (it) => it.is.granted,
    yes: onTicket({}),
    no: onTicket({ granted: false, standby: true }),
    says: 'expected the ticket t to be granted: it is revoked, on standby',
    denies: 'expected the ticket t not to be granted: it is granted',
  },
  {
    word: 'standby',
    from: fromTicket,
    say: (it) => it.is.standby,
    yes: onTicket({ standby: true }),
    no: onTicket({}),
    says: 'expected the ticket t to be standby: it is granted',
    denies: 'expected the ticket t not to be standby: it is granted, on standby',
  },
];
