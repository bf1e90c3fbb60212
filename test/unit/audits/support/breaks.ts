import type { LabObservation, NodeObservation } from '../../../../src/model/observation.js';
import { clone, group, node, primitive } from '../../checks/states.js';
import { ban, cibOf, cloneOf, configured, FENCING, groupOf, NODES, VIP } from './configuration.js';
import { but, butAll, quorumOf, showing, silent, split, stopped, unit, VIP_ADDRESS, well } from './input.js';

const DB = cloneOf('db-clone', configured('db', 'ocf:heartbeat:pgsql'), { promotable: 'true' });
const SERVICES = groupOf('services', [
  configured('data', 'ocf:heartbeat:Filesystem', { device: '/dev/sdb1', directory: '/srv' }),
  configured('web', 'systemd:nginx'),
]);

/** A cluster with something of everything, in which all is well. */
export const FULL: LabObservation = butAll(
  well({
    cib: cibOf([VIP, SERVICES, DB, FENCING], { constraints: [ban('no-db', 'db', 'ha-host9')], properties: {} }),
    resources: [
      primitive('vip', 'ha-host1'),
      group('services', [primitive('data', 'ha-host2'), primitive('web', 'ha-host2')]),
      clone(
        'db-clone',
        NODES.map((name, index) => primitive('db', name, { role: index === 0 ? 'Promoted' : 'Unpromoted' })),
      ),
    ],
  }),
  ({ node: name }) =>
    name === 'ha-host2'
      ? { mounts: [{ source: '/dev/sdb1', target: '/srv', fsType: 'ext4' }], activeUnits: ['nginx'] }
      : { mounts: [], activeUnits: [] },
);

/** Ways to break it, each on a node of one's choice. */
export const BREAKS: Readonly<Record<string, (now: LabObservation, name: string) => LabObservation>> = {
  'the VIP is there too': (now, name) =>
    but(now, name, { addresses: [{ device: 'eth1', address: VIP_ADDRESS, prefix: 24, up: true }] }),
  'the file system is there too': (now, name) =>
    but(now, name, { mounts: [{ source: '/dev/sdb1', target: '/srv', fsType: 'ext4' }] }),
  'the unit is there too': (now, name) => but(now, name, { activeUnits: ['nginx'] }),
  'it is DC too': (now, name) => but(now, name, { controller: 'S_IDLE', dc: name }),
  'it has another CIB': (now, name) =>
    but(now, name, ({ cib }) => (cib ? { cib: { ...cib, digest: 'e2'.repeat(32) } } : {})),
  'it has no quorum': (now, name) => but(now, name, { quorum: quorumOf(name, NODES, { quorate: false }) }),
  'it is cut off': (now, name) => split(now, [name], { resources: [primitive('vip', name)] }),
  'it sees a group apart': (now, name) =>
    showing(now, { resources: [group('services', [primitive('data', 'ha-host1'), primitive('web', 'ha-host2')])] }, [
      name,
    ]),
  'it sees two promoted': (now, name) =>
    showing(
      now,
      {
        resources: [
          clone(
            'db-clone',
            NODES.map((on) => primitive('db', on, { role: 'Promoted' })),
          ),
        ],
      },
      [name],
    ),
  'it sees itself in standby': (now, name) =>
    showing(now, { nodes: NODES.map((each) => node(each, { standby: each === name })) }, [name]),
  'a monitor failed on it': (now, name) =>
    showing(now, {
      failedActions: [{ text: 'vip_monitor', resource: 'vip', operation: 'monitor', node: name, call: 3 }],
    }),
  'it dumped core': (now, name) => but(now, name, { coreDumps: ['core.1'] }),
  'its disk is full': (now, name) => but(now, name, { disks: [{ path: '/', freeMiB: 1, freePercent: 0 }] }),
  'it was started again': (now, name) => but(now, name, { bootId: 'another' }),
  'pcsd is down': (now, name) =>
    but(now, name, ({ units = [] }) => ({
      units: units.map((each) => (each.name === 'pcsd' ? unit('pcsd', { active: 'failed' }) : each)),
    })),
  'the cluster is stopped, with a newer CIB on disk': (now, name) =>
    stopped(now, name, {
      storedCib: { version: { adminEpoch: 9, epoch: 1, numUpdates: 0 }, configurationDigest: 'x' },
    }),
  'it is off': (now, name) => silent(now, name, 'stopped'),
  'it says nothing': (now, name) => silent(now, name, 'running'),
};

/** The same without some of what a node says. */
export function lacking(observation: LabObservation, name: string, parts: readonly string[]): LabObservation {
  const nodes = observation.nodes.map((each) =>
    each.node === name
      ? (Object.fromEntries(
          Object.entries(each).filter(([part]) => !parts.includes(part)),
        ) as unknown as NodeObservation)
      : each,
  );
  return { ...observation, nodes };
}

export const PARTS = Object.keys(FULL.nodes[0] ?? {}).filter(
  (part) => !['node', 'answered', 'problems'].includes(part),
);
