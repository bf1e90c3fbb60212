import { expect } from 'chai';
import type { Cib, CibConstraint, CibResource } from '../../../src/model/cib.js';
import type { ClusterState, Primitive, Resource } from '../../../src/model/cluster-state.js';
import type { LabObservation } from '../../../src/model/observation.js';
import { clone, group, node, primitive } from '../checks/states.js';
import { ban, cibOf, cloneOf, configured, FENCING, groupOf, NODES, ordered, VIP } from './support/configuration.js';
import {
  but,
  CUT,
  judged,
  quorumOf,
  SILENT,
  showing,
  silent,
  stopped,
  subjectsOf,
  unread,
  VIP_ADDRESS,
  well,
} from './support/input.js';

const LOST = 'ha-host1';
const UNANSWERED = [{ address: VIP_ADDRESS, from: 'iscsi-disks', macs: [] }];
const NOBODY = `nobody answers for ${VIP_ADDRESS} (iscsi-disks asked)`;
const SAYS = `the cluster says that vip is active on ${LOST} (so say ha-host2 and ha-host3)`;

/** The others go on without the one that is lost, and show this. */
function without(name: string, now: LabObservation = well(), change: Partial<ClusterState> = {}): LabObservation {
  const others = NODES.filter((each) => each !== name);
  const nodes = NODES.map((each) => node(each, { online: each !== name }));
  const rest = others.reduce((sum, each) => but(sum, each, { quorum: quorumOf(each, others) }), now);
  return { ...showing(rest, { nodes, ...change }, others), arp: UNANSWERED };
}

const off = (change: Partial<ClusterState> = {}) => silent(without(LOST, well(), change), LOST, 'stopped');

describe('audit in-service, of what counts as active', () => {
  it('holds where it runs', () => {
    expect(judged('in-service', well())).to.deep.equal([]);
    expect(judged('in-service', off({ resources: [primitive('vip', 'ha-host2')] }))).to.deep.equal([]);
  });

  it('is broken by a node without power', () => {
    expect(judged('in-service', off())).to.deep.equal([`failed: ${SAYS}, but ha-host1 is off, and ${NOBODY}`]);
    expect(subjectsOf('in-service', off())).to.deep.equal([['vip', VIP_ADDRESS, LOST]]);
  });

  it('is broken whether or not who answers is known, and by one that is still counted a member', () => {
    const told = (now: LabObservation) => judged('in-service', now);
    expect(told({ ...off(), arp: [] })).to.deep.equal([`failed: ${SAYS}, but ha-host1 is off`]);
    expect(told({ ...off(), arp: well().arp })).to.deep.equal([`failed: ${SAYS}, but ha-host1 is off`]);
    expect(told(silent(well(), LOST, 'stopped'))).to.deep.equal([`failed: ${SAYS}, but ha-host1 is off`]);
  });

  it('is broken by a clone that counts as active there', () => {
    const cib = cibOf([cloneOf('web-clone', configured('web', 'systemd:nginx'))]);
    const resources = [
      clone(
        'web-clone',
        NODES.map((name) => primitive('web', name)),
      ),
    ];
    const now = silent(without(LOST, well({ cib }), { resources }), LOST, 'stopped');
    expect(judged('in-service', now)).to.deep.equal([
      'failed: the cluster says that web is active on ha-host1 (so say ha-host2 and ha-host3), but ha-host1 is off',
    ]);
  });

  it('is not broken where the node is unclean: the cluster waits for its fencing', () => {
    const nodes = NODES.map((name) => node(name, { online: name !== LOST, unclean: name === LOST }));
    expect(judged('in-service', off({ nodes }))).to.deep.equal([]);
  });

  it('is not broken where the cluster does not look after it, or reports it failed', () => {
    for (const change of [{ managed: false }, { maintenance: true }, { failed: true }, { blocked: true }])
      expect(judged('in-service', off({ resources: [primitive('vip', LOST, change)] }))).to.deep.equal([]);
    expect(judged('in-service', off({ options: { maintenanceMode: true } }))).to.deep.equal([]);
  });

  it('is inconclusive while the cluster is not idle', () => {
    expect(judged('in-service', off(), { unsettled: 'vip is being started' })).to.deep.equal([
      `unknown: ${SAYS}, but ha-host1 is off, and ${NOBODY}; but the cluster is not idle (vip is being started)`,
    ]);
  });

  it('is broken by a silent node that is no member only if nobody answers', () => {
    const now = silent(without(LOST), LOST, 'frozen');
    const lost = 'ha-host1 is no member of the cluster and did not answer';
    expect(judged('in-service', now)).to.deep.equal([`failed: ${SAYS}, but ${lost}, and ${NOBODY}`]);
    const unsure = [`unknown: ${SAYS}; ${lost}: whether it runs there is not known`];
    expect(judged('in-service', { ...now, arp: [] })).to.deep.equal(unsure);
    const asked = { ...now, arp: [{ address: VIP_ADDRESS, from: 'ha-host3', macs: [] }] };
    expect(judged('in-service', asked, { faults: [CUT('ha-host3')] })).to.deep.equal(unsure);
    expect(judged('in-service', silent(well(), LOST, 'running'))).to.deep.equal([
      'unknown: ha-host1 did not answer (its machine is running; no answer within 30 s): it could be running anything',
    ]);
  });

  it('is broken by a node without pacemaker that does not have it', () => {
    const now = stopped(without(LOST), LOST, { addresses: [] });
    expect(judged('in-service', now)).to.deep.equal([
      `failed: ${SAYS}, but pacemaker does not run on ha-host1, which does not have the address 192.168.56.24, and ${NOBODY}`,
    ]);
    expect(judged('in-service', stopped(without(LOST), LOST))).to.deep.equal([]);
  });
});

/** A cluster in which the VIP is stopped, and this is so as well. */
interface Around {
  readonly vip?: Partial<Primitive>;
  readonly resources?: readonly Resource[];
  readonly configured?: readonly CibResource[];
  readonly cib?: Partial<Cib>;
  readonly shown?: Partial<ClusterState>;
}

function idle({ vip = {}, resources = [], configured: others = [], cib = {}, shown = {} }: Around = {}) {
  const now = well({
    cib: cibOf([VIP, ...others], cib),
    resources: [primitive('vip', undefined, vip), ...resources],
    vipOn: 'nowhere',
  });
  return showing({ ...now, arp: UNANSWERED }, shown);
}

const everywhere = (names: readonly string[] = NODES) => names.map((name) => ban(`no-${name}`, 'vip', name));
const WEB = configured('web', 'systemd:nginx');
const together = (change: object = {}): CibConstraint => ({
  kind: 'colocation',
  id: 'vip-with-web',
  resource: 'vip',
  withResource: 'web',
  score: 1_000_000,
  ...change,
});
const webFirst = ordered({ first: 'web', next: 'vip' });
const failedOnce = { text: 'vip_start_0', resource: 'vip', operation: 'start', node: LOST };
const operation = { node: LOST, resource: 'vip', operation: 'start', intervalMs: 0, callId: 4, exitReason: '' };

describe('audit in-service, of what is stopped', () => {
  const UNEXPLAINED =
    'failed: vip is active on no node, and nothing keeps it off ha-host1, ha-host2 and ha-host3, by the view of ha-host1, ha-host2 and ha-host3';

  it('is broken if nothing explains it', () => {
    expect(judged('in-service', idle())).to.deep.equal([UNEXPLAINED]);
    expect(subjectsOf('in-service', idle())).to.deep.equal([['vip']]);
    expect(judged('in-service', idle(), { unsettled: 'busy' })).to.deep.equal([
      `unknown: ${UNEXPLAINED.replace('failed: ', '')}; but the cluster is not idle (busy)`,
    ]);
  });

  it('names the nodes that may run it', () => {
    const [seen] = judged('in-service', idle({ cib: { constraints: everywhere(['ha-host2']) } }));
    expect(seen).to.include('nothing keeps it off ha-host1 and ha-host3, by');
    const [off2] = judged('in-service', silent(without('ha-host2', idle()), 'ha-host2', 'stopped'));
    expect(off2).to.include('nothing keeps it off ha-host1 and ha-host3, by');
  });

  const LEGAL: Readonly<Record<string, Around>> = {
    'it is disabled': { vip: { disabled: true } },
    'it is not managed': { vip: { managed: false } },
    'it is in maintenance': { vip: { maintenance: true } },
    'it is locked to a node that was shut down': { vip: { lockedTo: LOST } },
    'it failed': { vip: { failed: true } },
    'it is blocked': { vip: { blocked: true } },
    'it is being started': { vip: { pending: 'Starting' } },
    'it failed somewhere, and the failure is listed': { shown: { failedActions: [failedOnce] } },
    'it failed somewhere, and that is in its history': {
      cib: { operations: [{ ...operation, rcCode: 1, opStatus: 0, expected: false }] },
    },
    'a failure is counted': {
      cib: {
        nodeStates: cibOf().nodeStates.map((each) => ({ ...each, transient: { 'fail-count-vip#start_0': '1' } })),
      },
    },
    'it is banned everywhere': { cib: { constraints: everywhere() } },
    'every node has a negative score': {
      cib: { constraints: everywhere().map((each) => ({ ...each, score: -5 }) as CibConstraint) },
    },
    'every node is set aside': {
      shown: {
        nodes: [
          node('ha-host1', { standby: true }),
          node('ha-host2', { maintenance: true }),
          node('ha-host3', { health: 'red' }),
        ],
      },
    },
    'the cluster is in maintenance': { shown: { options: { maintenanceMode: true } } },
    'everything is to be stopped': {
      cib: { properties: { 'stonith-enabled': 'false', 'stop-all-resources': 'true' } },
    },
    'an opt-in cluster lets it in nowhere': {
      cib: { properties: { 'stonith-enabled': 'false', 'symmetric-cluster': 'false' } },
    },
    'fencing is on, without a device': { cib: { properties: {} } },
    'a node is to be fenced': {
      configured: [FENCING],
      cib: { properties: {} },
      shown: { nodes: NODES.map((name) => node(name, { unclean: name === LOST, online: name !== LOST })) },
    },
    'a rule may keep it off': { cib: { constraints: [{ kind: 'location', id: 'by-rule', resource: 'vip' }] } },
    'it is looked for on some nodes only': {
      cib: {
        constraints: [
          { kind: 'location', id: 'only-2', resource: 'vip', node: 'ha-host2', score: 5, discovery: 'exclusive' },
        ],
      },
    },
    'a ticket may keep it off': { cib: { constraints: [{ kind: 'other', id: 't', element: 'rsc_ticket' }] } },
    'a constraint names a tag': { cib: { constraints: [ban('tagged', 'all-addresses', LOST)] } },
    'nodes are chosen by what they have room for': {
      cib: { properties: { 'stonith-enabled': 'false', 'placement-strategy': 'balanced' } },
    },
    'it comes after something that is stopped': {
      configured: [WEB],
      resources: [primitive('web', undefined, { disabled: true })],
      cib: { constraints: [webFirst] },
    },
    'it belongs with something that is stopped': {
      configured: [WEB],
      resources: [primitive('web', undefined, { disabled: true })],
      cib: { constraints: [together()] },
    },
    'it belongs with something on a node where it may not run': {
      configured: [WEB],
      resources: [primitive('web', 'ha-host2')],
      cib: { constraints: [together(), ...everywhere(['ha-host2'])] },
    },
    'it avoids what runs everywhere': {
      configured: [cloneOf('web-clone', WEB)],
      resources: [
        clone(
          'web-clone',
          NODES.map((name) => primitive('web', name)),
        ),
      ],
      cib: { constraints: [together({ withResource: 'web-clone', score: -1_000_000 })] },
    },
  };
  for (const [why, around] of Object.entries(LEGAL)) {
    it(`holds if ${why}`, () => {
      expect(judged('in-service', idle(around))).to.deep.equal([]);
    });
  }

  it('is broken in spite of constraints that are met', () => {
    const met: Around = {
      configured: [WEB],
      resources: [primitive('web', 'ha-host2')],
      cib: { constraints: [webFirst, together(), ban('no-web', 'web', 'ha-host3')] },
    };
    expect(judged('in-service', idle(met))[0]).to.include('nothing keeps it off ha-host2, by');
    const probed = { ...operation, operation: 'monitor', rcCode: 0, opStatus: 0, expected: false };
    expect(judged('in-service', idle({ cib: { operations: [probed] } }))).to.deep.equal([UNEXPLAINED]);
    const optIn = { 'stonith-enabled': 'false', 'symmetric-cluster': 'false' };
    const letIn: CibConstraint = { kind: 'location', id: 'in', resource: 'vip', node: 'ha-host3', score: 0 };
    expect(judged('in-service', idle({ cib: { properties: optIn, constraints: [letIn] } }))[0]).to.include(
      'nothing keeps it off ha-host3, by',
    );
  });

  it('finds the first member of a group that is stopped, and not those that wait for it', () => {
    const cib = cibOf([groupOf('services', [VIP, WEB])]);
    const shown = (one: string | undefined, two: string | undefined) =>
      well({ cib, resources: [group('services', [primitive('vip', one), primitive('web', two)])], vipOn: 'nowhere' });
    expect(judged('in-service', shown(undefined, undefined)).map((seen) => seen.split(',')[0])).to.deep.equal([
      'failed: vip is active on no node',
    ]);
    expect(judged('in-service', shown('ha-host2', undefined))[0]).to.match(
      /^failed: web is active on no node, and nothing keeps it off ha-host2, by/,
    );
  });

  it('finds a clone without any instance, unless it may have none', () => {
    const shown = (meta: Record<string, string>) =>
      well({
        cib: cibOf([cloneOf('web-clone', WEB, meta)]),
        resources: [clone('web-clone', [primitive('web', undefined)], { stoppedOn: NODES })],
        vipOn: 'nowhere',
      });
    expect(judged('in-service', shown({}))).to.have.length(1);
    expect(judged('in-service', shown({ 'clone-max': '0' }))).to.deep.equal([]);
  });

  it('does not ask for fencing devices', () => {
    const cib = cibOf([VIP, FENCING], { properties: {} });
    const resources = [primitive('vip', LOST), primitive('fence-1', undefined, { agent: 'stonith:fence_ipmilan' })];
    expect(judged('in-service', well({ cib, resources }))).to.deep.equal([]);
  });
});

describe('audit in-service, without a view with quorum', () => {
  it('holds where no partition has quorum: most policies stop everything', () => {
    const alone = NODES.reduce((sum, name) => but(sum, name, { quorum: quorumOf(name, [name]) }), idle());
    expect(judged('in-service', alone)).to.deep.equal([]);
  });

  it('is inconclusive where no node answers that could have one', () => {
    const dark = NODES.reduce((sum, name) => silent(sum, name), well());
    expect(judged('in-service', dark, { before: well() })).to.deep.equal(NODES.map(SILENT));
    const unseen = NODES.reduce((sum, name) => unread(sum, name, 'status'), well());
    expect(judged('in-service', unseen)[0]).to.equal('unknown: the status of ha-host1 could not be read: timed out');
  });

  it('judges by the views that there are, and names those that are missing', () => {
    const [judgedByOthers, missing] = judged('in-service', unread(idle(), LOST, 'status'));
    expect(judgedByOthers).to.match(/by the view of ha-host2 and ha-host3$/);
    expect(missing).to.equal('unknown: the status of ha-host1 could not be read: timed out');
  });
});
