import { type Beside, NOTHING_BESIDE } from '../../../src/diagnosis/beside.js';
import type { DiagnosisCode } from '../../../src/diagnosis/item.js';
import { type BundleReplica, type ClusterState, EMPTY_STATE } from '../../../src/model/cluster-state.js';
import {
  action,
  clone,
  db,
  device,
  down,
  failing,
  fencing,
  group,
  node,
  state,
  stopped,
  vip,
  warned,
  withDaemon,
  withNodes,
  withResources,
} from './states.js';

/** For each code a state that means it, and one near by that does not. */
interface Case {
  readonly means: ClusterState;
  readonly near: ClusterState;
  /** What the nodes of a lab report beside it, where that is what tells the two apart. */
  readonly beside?: Beside;
  readonly nearBeside?: Beside;
}

const beside = (more: Partial<Beside>): Beside => ({ ...NOTHING_BESIDE, ...more });
const link = { node: 'a', device: 'eth1', state: 'down', network: 'lan', cutsOff: true } as const;
const refused: ClusterState = { ...EMPTY_STATE, errors: ['Error: error running crm_mon, is pacemaker running?'] };

const { dc: _dc, quorate: _quorate, ...headless } = state();
const { quorate: _q, ...undecided } = state();

const replica = (index: number, more: Partial<BundleReplica> = {}): BundleReplica => ({
  index,
  name: `httpd-bundle-${index}`,
  role: 'Started',
  nodes: ['a'],
  members: [],
  ...more,
});

const bundle = (...replicas: readonly BundleReplica[]): ClusterState =>
  withResources({
    kind: 'bundle',
    id: 'httpd-bundle',
    unique: true,
    replicas,
    managed: true,
    disabled: false,
    blocked: false,
    failed: false,
    orphaned: false,
  });

const two = (b: Parameters<typeof node>[1], quorate = true) =>
  state({ nodes: [node('a'), node('b', b)], counts: { nodes: 2 }, quorate, resources: [vip()] });
const five = (online: number, quorate = true) =>
  state({
    nodes: ['a', 'b', 'c', 'd', 'e'].map((name, index) => node(name, { online: index < online })),
    counts: { nodes: 5 },
    quorate,
  });
const failCount = (more: object) =>
  state({ failCounts: [{ node: 'b', resource: 'vip', failCount: 3, migrationThreshold: 3, ...more }] });
const ban = (id: string) => state({ bans: [{ id, resource: 'vip', node: 'b', promotedOnly: false }] });
const ticket = (more: object) => state({ tickets: [{ id: 'ticketA', granted: true, standby: false, ...more }] });
const event = (more: Parameters<typeof fencing>[0]) => state({ fencingHistory: [fencing(more)] });
const STONITH_WARNING = 'No stonith devices and stonith-enabled is not false';
const down3 = withNodes(node('a'), node('b'), down('c'));
const stoppedVip = withResources(stopped(), device());

export const CASES: { readonly [C in DiagnosisCode]: Case } = {
  'not-running': {
    means: { ...EMPTY_STATE, errors: ['Error: cluster is not currently running on this node'] },
    near: { ...EMPTY_STATE, errors: ['Error: no such resource'] },
  },
  'no-permission': {
    means: { ...EMPTY_STATE, errors: ['Error: unable to get cib', 'Permission denied'] },
    near: { ...EMPTY_STATE, errors: ['Error: unable to get cib'] },
  },
  'tool-missing': {
    means: { ...EMPTY_STATE, errors: ['-bash: pcs: command not found'] },
    near: { ...EMPTY_STATE, errors: ['Error: command not understood'] },
  },
  'error-unexplained': { means: { ...EMPTY_STATE, errors: ['Error: Zustand unbekannt'] }, near: state() },
  'error-beside': {
    means: state({ errors: ["Error: bundle/clone/group/resource 'web' does not exist"] }),
    near: { ...EMPTY_STATE, errors: ["Error: bundle/clone/group/resource 'web' does not exist"] },
  },
  'cut-off': { means: state({ truncated: ['the list of resources ends in a group'] }), near: state() },
  'not-understood': { means: state({ unparsed: ['  * Gremlins: 3'] }), near: state() },
  'only-selected': {
    means: state({ request: 'crm_mon --output-as=xml --resource=vip' }),
    near: state({ request: 'crm_mon --output-as=xml --inactive' }),
  },
  'failures-unread': {
    means: state({ printed: ['summary', 'nodes', 'resources', 'failed-actions'], unparsed: ['  @@ x start failed'] }),
    near: state(),
  },
  'group-end-unknown': {
    means: withResources({ ...group(vip({ id: 'ip' }), vip({ id: 'site' })), endUnknown: true }),
    near: withResources(group(vip({ id: 'ip' }), vip({ id: 'site' }))),
  },
  'part-missing': { means: state({ nodes: [], printed: ['summary', 'resources'] }), near: state() },
  'not-printed': { means: state({ printed: ['summary', 'nodes', 'resources'] }), near: state() },
  'not-listed': { means: state({ counts: { nodes: 3, resources: 5 } }), near: state({ counts: { resources: 2 } }) },

  dc: { means: state(), near: { ...headless } },
  'dc-offline': {
    means: withNodes(down('a', { unclean: true }), node('b')),
    near: withNodes(node('a', { unclean: true }), node('b')),
  },
  'dc-none': { means: { ...headless, dcIsNone: true }, near: { ...headless } },
  quorum: { means: state(), near: down3 },
  'quorum-at-edge': { means: down3, near: five(4) },
  'quorum-of-two': { means: two({}), near: two({ online: false }) },
  'quorum-last-of-two': { means: two({ online: false }), near: two({ pending: true, online: false }) },
  'quorum-by-other-rules': { means: five(2), near: five(3) },
  'quorum-single': { means: withNodes(node('a')), near: two({}) },
  'quorum-uncounted': { means: state({ nodes: [], counts: { nodes: 3 } }), near: state() },
  'no-quorum': { means: five(2, false), near: undecided },
  'quorum-ignored': {
    means: state({ options: { noQuorumPolicy: 'ignore' } }),
    near: state({ options: { noQuorumPolicy: 'stop' } }),
  },
  'mixed-version': { means: state({ mixedVersion: true }), near: state({ mixedVersion: false }) },
  'feature-sets': {
    means: withNodes(node('a', { featureSet: '3.17.4' }), node('b', { featureSet: '3.19.0' })),
    near: withNodes(node('a', { featureSet: '<3.15.1' }), node('b', { featureSet: '3.19.0' })),
  },
  'maintenance-mode': { means: state({ options: { maintenanceMode: true } }), near: state() },
  'stop-all-resources': { means: state({ options: { stopAllResources: true } }), near: state() },
  'stonith-disabled': {
    means: state({ options: { stonithEnabled: false } }),
    near: state({ options: { stonithEnabled: true } }),
  },
  asymmetric: { means: state({ options: { symmetric: false } }), near: state({ options: { symmetric: true } }) },

  'nodes-online': { means: state(), near: withNodes(down('a')) },
  'node-offline': { means: down3, near: withNodes(down('c', { unclean: true })) },
  'node-unclean': { means: withNodes(node('a'), down('c', { unclean: true })), near: down3 },
  'node-pending': { means: withNodes(node('a'), down('c', { pending: true })), near: down3 },
  'node-standby': {
    means: withNodes(node('a'), node('c', { standby: true })),
    near: withNodes(node('a'), node('c', { standby: true, standbyOnFail: true })),
  },
  'node-standby-on-fail': {
    means: withNodes(node('a'), node('c', { standby: true, standbyOnFail: true })),
    near: withNodes(node('a'), node('c', { standby: true })),
  },
  'node-maintenance': {
    means: withNodes(node('a'), node('c', { maintenance: true })),
    near: state({ nodes: [node('a', { maintenance: true })], options: { maintenanceMode: true } }),
  },
  'node-health': {
    means: withNodes(node('a'), node('c', { health: 'red' })),
    near: withNodes(node('a'), node('c', { health: 'green' })),
  },
  'node-leftover': {
    means: withNodes(down('a', { id: '1084752143', unclean: true }), node('a')),
    near: withNodes(down('b', { id: '1084752143', unclean: true }), node('a')),
  },
  'node-unlisted': { means: withResources(vip({ nodes: ['guest1'] })), near: withResources(vip({ nodes: ['b'] })) },
  'nodes-not-listed': { means: state({ counts: { nodes: 5 } }), near: state({ counts: { nodes: 3 } }) },

  'no-stonith-device': {
    means: warned(STONITH_WARNING),
    near: warned('stonith-enabled is a word in another warning'),
  },
  'move-constraints': {
    means: warned(
      "Following resources have been moved and their move constraints are still in place: 'centreon'",
      "Run 'pcs constraint location' or 'pcs resource clear <resource id>' to view or remove the constraints, respectively",
    ),
    near: warned('resources move'),
  },
  'node-names-differ': {
    means: warned('corosync and pacemaker node names do not match (IPs used in setup?)'),
    near: warned('corosync and pacemaker do not like each other'),
  },
  'stonith-action-option': {
    means: warned(
      "Following stonith devices have the 'action' option set, it is recommended to set 'pcmk_off_action', 'pcmk_reboot_action' instead: 'fence-a'",
    ),
    near: warned("Following stonith devices have the 'colour' option set: 'fence-a'"),
  },
  'stonith-method-cycle': {
    means: warned(
      "Following stonith devices have the 'method' option set to 'cycle' which is potentially dangerous, please consider using 'onoff': 'fence-a', 'fence-b'",
    ),
    near: warned("Following stonith devices have the 'method' option set to 'onoff': 'fence-a'"),
  },
  'startup-fencing-off': { means: warned('Blind faith: not fencing unseen nodes'), near: warned('Faith in nodes') },
  'watchdog-setting': { means: warned('stonith watchdog timeout is invalid'), near: warned('stonith is invalid') },
  'booth-authfile': {
    means: warned('Booth is configured to use an authfile, but authfile is not enabled.'),
    near: warned('an authfile is not enabled'),
  },
  'nodes-not-reached': {
    means: warned("Unable to authenticate to node2 (HTTP error: 401), try running 'pcs host auth node2'"),
    near: warned('Unable to say more'),
  },
  'deprecated-setting': {
    means: warned('Support for the X cluster property is deprecated and will be removed'),
    near: warned('Support for the X cluster property is there'),
  },
  'warning-unexplained': { means: warned('The moon is full'), near: warned(STONITH_WARNING) },

  'failed-monitor': { means: failing(action()), near: failing(action({ intervalMs: 0 })) },
  'failed-probe': { means: failing(action({ intervalMs: 0, exitCode: 5 })), near: failing(action()) },
  'failed-start': { means: failing(action({ operation: 'start' })), near: failing(action()) },
  'failed-stop': { means: failing(action({ operation: 'stop' })), near: failing(action({ operation: 'start' })) },
  'failed-promote': { means: failing(action({ operation: 'promote' })), near: failing(action({ operation: 'start' })) },
  'failed-demote': { means: failing(action({ operation: 'demote' })), near: failing(action({ operation: 'promote' })) },
  'failed-migration': { means: failing(action({ operation: 'migrate_to' })), near: failing(action()) },
  'failed-operation': { means: failing(action({ operation: 'notify' })), near: failing(action()) },
  'failed-unreadable': { means: failing({ text: 'something went wrong' }), near: failing(action()) },

  'fencing-failed': {
    means: state({ failedFencing: [fencing()] }),
    near: event({ status: 'success' }),
  },
  'fencing-pending': { means: event({ status: 'pending' }), near: event({ status: 'success' }) },
  'fencing-done': { means: event({ status: 'success' }), near: event({ status: 'failed' }) },

  'resources-running': { means: state(), near: withResources(stopped()) },
  'no-resources': { means: withResources(), near: state() },
  'resource-failed': {
    means: withResources(vip({ failed: true, role: 'Unknown' })),
    near: withResources(vip({ failed: true, role: 'Unknown', blocked: true })),
  },
  'failure-ignored': {
    means: withResources(vip({ failed: true, failureIgnored: true })),
    near: withResources(vip({ failed: true })),
  },
  'resource-blocked': { means: withResources(vip({ blocked: true, failed: true })), near: state() },
  'multiply-active': {
    means: withResources(vip({ nodes: ['a', 'b'] })),
    near: withResources(clone([vip({ nodes: ['a'] }), vip({ nodes: ['b'] })])),
  },
  'on-unclean-node': {
    means: state({ nodes: [node('b'), down('a', { unclean: true })] }),
    near: state({ nodes: [node('b'), node('a')] }),
  },
  orphaned: { means: withResources(vip({ orphaned: true })), near: state() },
  unmanaged: {
    means: withResources(vip({ managed: false })),
    near: state({ resources: [vip({ managed: false })], options: { maintenanceMode: true } }),
  },
  'runs-until-managed': {
    means: withResources(vip({ disabled: true, managed: false }), device()),
    near: withResources(vip({ disabled: true }), device()),
  },
  'on-offline-node': {
    means: withNodes(down('a'), node('b'), node('c')),
    near: withNodes(down('a', { unclean: true }), node('b'), node('c')),
  },
  'under-way': {
    means: withResources(vip({ role: 'Starting', pending: 'Starting' })),
    near: withResources(vip({ pending: 'Monitoring' })),
  },
  'stopped-disabled': { means: withResources(stopped({ disabled: true })), near: stoppedVip },
  'stopped-by-stop-all': {
    means: { ...stoppedVip, options: { stopAllResources: true } },
    near: stoppedVip,
  },
  'stopped-locked': { means: withResources(stopped({ lockedTo: 'c' })), near: stoppedVip },
  'stopped-unmanaged': { means: withResources(stopped({ managed: false })), near: stoppedVip },
  'stopped-no-dc': { means: { ...headless, dcIsNone: true, resources: [stopped()] }, near: stoppedVip },
  'stopped-no-quorum': {
    means: { ...stoppedVip, quorate: false },
    near: { ...stoppedVip, quorate: false, options: { noQuorumPolicy: 'ignore' } },
  },
  'stopped-no-device': {
    means: { ...withResources(stopped()), warnings: [STONITH_WARNING] },
    near: { ...withResources(stopped({ agent: 'stonith:fence_xvm' })), warnings: [STONITH_WARNING] },
  },
  'stopped-no-device-listed': {
    means: state({ resources: [stopped()], counts: { resources: 1 } }),
    near: state({ resources: [stopped()], counts: { resources: 2 } }),
  },
  'stopped-no-node': {
    means: { ...stoppedVip, nodes: [node('a', { standby: true }), down('b')] },
    near: { ...stoppedVip, nodes: [node('a'), down('b')] },
  },
  'stopped-after-failure': {
    means: { ...stoppedVip, failedActions: [action({ operation: 'start' })] },
    near: { ...stoppedVip, failedActions: [action({ resource: 'other', operation: 'start' })] },
  },
  'stopped-waits-for-fencing': {
    means: { ...stoppedVip, nodes: [node('a'), down('b', { unclean: true })] },
    near: { ...stoppedVip, nodes: [node('a'), down('b')] },
  },
  'stopped-banned': {
    means: {
      ...stoppedVip,
      nodes: [node('b'), down('a')],
      bans: [{ id: 'cli-ban-vip', resource: 'vip', node: 'b', promotedOnly: false }],
    },
    near: { ...stoppedVip, bans: [{ id: 'cli-ban-vip', resource: 'vip', node: 'b', promotedOnly: false }] },
  },
  'stopped-ticket': {
    means: { ...stoppedVip, tickets: [{ id: 'ticketA', granted: false, standby: false }] },
    near: { ...stoppedVip, tickets: [{ id: 'ticketA', granted: true, standby: false }] },
  },
  'stopped-behind': {
    means: withResources(group(stopped({ id: 'ip' }), stopped({ id: 'site' }))),
    near: withResources(group(vip({ id: 'ip' }), stopped({ id: 'site' }))),
  },
  'stopped-unexplained': { means: stoppedVip, near: withResources(stopped({ disabled: true })) },
  'group-partial': {
    means: withResources(group(vip({ id: 'ip' }), stopped({ id: 'site' }))),
    near: withResources(group(stopped({ id: 'ip' }), stopped({ id: 'site' }))),
  },
  'group-inactive': {
    means: withResources({ ...group(vip({ id: 'ip' })), notPrinted: 2 }),
    near: withResources(group(vip({ id: 'ip' }), stopped({ id: 'site' }))),
  },
  'clone-stopped-on': {
    means: withResources(clone([db(), db({ role: 'Stopped', nodes: [] })], { stoppedOn: ['c'] })),
    near: state({
      nodes: [node('a'), node('b'), down('c')],
      resources: [clone([db(), db({ role: 'Stopped', nodes: [] })], { stoppedOn: ['c'] })],
    }),
  },
  'clone-not-there': {
    means: state({
      nodes: [node('a'), node('b'), down('c')],
      resources: [clone([db(), db({ role: 'Stopped', nodes: [] })], { stoppedOn: ['c'] })],
    }),
    near: withResources(clone([db()], { stoppedOn: [] })),
  },
  'clone-without-promoted': {
    means: withResources(clone([db({ role: 'Unpromoted' }), db({ role: 'Unpromoted' })], { promotable: true })),
    near: withResources(clone([db({ role: 'Unpromoted' }), db({ role: 'Promoted' })], { promotable: true })),
  },
  'clone-not-promotable': {
    means: withResources(clone([db({ role: 'Promoted' }), db({ nodes: ['b'] })])),
    near: withResources(clone([db({ role: 'Promoted' }), db({ nodes: ['b'] })], { promotable: true })),
  },
  'bundle-without-promoted': {
    means: bundle(replica(0, { role: 'Unpromoted' }), replica(1, { role: 'Unpromoted' })),
    near: bundle(replica(0, { role: 'Unpromoted' }), replica(1, { role: 'Promoted' })),
  },
  'replica-down': {
    means: bundle(replica(0), replica(1, { role: 'Stopped', nodes: [] })),
    near: bundle(replica(0), replica(1)),
  },

  'not-formed': {
    means: refused,
    beside: beside({ stopped: ['a'], toForm: [{ stage: 'password', command: 'passwd hacluster', on: ['a'] }] }),
    near: refused,
  },
  'cluster-stopped': { means: refused, beside: beside({ stopped: ['a', 'b'] }), near: refused },
  'node-stopped': {
    means: state({ nodes: [node('a'), node('b'), down('c')] }),
    beside: beside({ stopped: ['c'] }),
    near: state({ nodes: [node('a'), node('b'), down('c')] }),
    nearBeside: beside({ stopped: ['c'], outside: ['c'] }),
  },
  'node-outside': {
    means: state({ nodes: [node('a'), node('b'), down('c')] }),
    beside: beside({ stopped: ['c'], outside: ['c'] }),
    near: state({ nodes: [node('a'), node('b'), down('c')] }),
    nearBeside: beside({ stopped: ['c'] }),
  },
  'link-down': { means: state(), beside: beside({ linksDown: [link] }), near: state() },
  'address-held-twice': {
    means: state(),
    beside: beside({ heldTwice: [{ resource: 'vip', address: '192.168.56.24', nodes: ['a', 'b'] }] }),
    near: withResources(vip({ nodes: ['a', 'b'] })),
    nearBeside: beside({ heldTwice: [{ resource: 'vip', address: '192.168.56.24', nodes: ['a', 'b'] }] }),
  },

  'sap-hana': {
    means: state({ attributes: [{ node: 'b', name: 'hana_ha1_sync_state', value: 'SFAIL' }] }),
    near: state({
      attributes: [
        { node: 'a', name: 'hana_ha1_sync_state', value: 'PRIM' },
        { node: 'b', name: 'hana_ha1_sync_state', value: 'SOK' },
        { node: 'b', name: 'hana_ha1_roles', value: '4:S:master1:master:worker:master' },
        { node: 'b', name: 'hana_ha1_clone_state', value: 'DEMOTED' },
        { node: 'b', name: 'my_sync_state', value: 'SFAIL' },
      ],
    }),
  },
  'ban-left': { means: ban('cli-ban-vip-on-b'), near: ban('location-vip-b--INFINITY') },
  ban: { means: ban('location-vip-b--INFINITY'), near: ban('cli-ban-vip-on-b') },
  'fail-count': { means: failCount({}), near: failCount({ failCount: 0 }) },
  'ticket-revoked': { means: ticket({ granted: false }), near: ticket({}) },
  'ticket-standby': { means: ticket({ standby: true }), near: ticket({}) },
  'daemon-down': { means: withDaemon('inactive', 'enabled'), near: withDaemon('active', 'disabled') },
  'daemon-not-at-boot': { means: withDaemon('active', 'disabled'), near: withDaemon('active', 'enabled') },
  'daemons-fine': { means: state(), near: withDaemon('active', 'disabled') },
  'pcsd-offline': { means: state({ pcsd: { a: 'Online', b: 'Offline' } }), near: state({ pcsd: { a: 'Online' } }) },
  'pcsd-unauthorised': {
    means: state({ pcsd: { b: 'Unable to authenticate' } }),
    near: state({ pcsd: { b: 'Offline' } }),
  },
  'pcsd-unexplained': { means: state({ pcsd: { b: 'Sleepy' } }), near: state({ pcsd: { b: 'Online' } }) },
};
