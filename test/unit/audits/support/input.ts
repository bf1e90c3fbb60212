import { audits } from '../../../../src/audits/index.js';
import { FAULTS } from '../../../../src/faults/index.js';
import type { AuditKind } from '../../../../src/model/audit.js';
import type { Cib } from '../../../../src/model/cib.js';
import { type ClusterState, EMPTY_STATE, type Resource } from '../../../../src/model/cluster-state.js';
import type { LabObservation, NodeObservation, QuorumObservation } from '../../../../src/model/observation.js';
import type { ResolvedFault } from '../../../../src/model/scenario.js';
import type { AuditInput } from '../../../../src/ports/audit.js';
import { activeFaults } from '../../../../src/ports/fault.js';
import { node as nodeState, primitive } from '../../checks/states.js';
import { testLab } from '../../cluster/test-lab.js';
import { cibOf, NODES } from './configuration.js';

export const CLOCK_S = Date.parse('2026-11-23T08:26:03Z') / 1000;
export const VIP_ADDRESS = '192.168.56.24';
export const VIP_MAC = '52:54:00:00:00:31';

/** What a cluster in which all is well says of itself. */
interface Well {
  readonly cib?: Cib;
  /** As every crm_mon shows them. */
  readonly resources?: readonly Resource[];
  /** Where the VIP is bound. */
  readonly vipOn?: string;
}

/** Three nodes in one partition with quorum; ha-host1 is the DC and has the VIP. */
export function well({ cib = cibOf(), vipOn = 'ha-host1', resources }: Well = {}): LabObservation {
  const shown = resources ?? [primitive('vip', vipOn)];
  return {
    at: '2026-11-23T08:26:03.000Z',
    nodes: NODES.map((name) => wellNode(name, cib, stateOf(shown), vipOn)),
    arp: [{ address: VIP_ADDRESS, from: 'iscsi-disks', macs: [VIP_MAC] }],
  };
}

export function stateOf(resources: readonly Resource[], change: Partial<ClusterState> = {}): ClusterState {
  return {
    ...EMPTY_STATE,
    dc: { name: 'ha-host1' },
    quorate: true,
    nodes: NODES.map((name, index) => nodeState(name, { id: `${index + 1}` })),
    resources,
    ...change,
  };
}

function wellNode(node: string, cib: Cib, status: ClusterState, vipOn: string): NodeObservation {
  const index = NODES.indexOf(node) + 1;
  const own = { device: 'eth1', address: `192.168.56.3${index}`, prefix: 24, up: true };
  const vip = { device: 'eth1', address: VIP_ADDRESS, prefix: 24, up: true };
  return {
    node,
    answered: true,
    problems: {},
    clockS: CLOCK_S,
    bootId: `boot-${index}`,
    units: ['corosync', 'pacemaker', 'pcsd'].map((name, place) => unit(name, { mainPid: index * 100 + place })),
    controller: index === 1 ? 'S_IDLE' : 'S_NOT_DC',
    dc: 'ha-host1',
    quorum: quorumOf(node, NODES),
    cib,
    status,
    fencing: [],
    addresses: node === vipOn ? [own, vip] : [own],
    mounts: [{ source: '/dev/sda1', target: '/', fsType: 'ext4' }],
    processes: [
      { pid: index * 100 + 1, ageS: 600, args: '/usr/sbin/pacemakerd' },
      { pid: index * 100 + 10, ageS: 600, args: '/usr/lib/pacemaker/pacemaker-attrd' },
    ],
    activeUnits: ['ssh', 'corosync', 'pacemaker'],
    coreDumps: [],
    criticalLines: [],
    disks: [{ path: '/var/log', freeMiB: 5_000, freePercent: 60 }],
  };
}

export function unit(name: string, change: object = {}) {
  return { name, active: 'active', enabled: 'enabled', mainPid: 1, restarts: 0, ...change };
}

export function quorumOf(
  node: string,
  members: readonly string[],
  change: Partial<QuorumObservation> = {},
): QuorumObservation {
  const idOf = (name: string): string => `${NODES.indexOf(name) + 1}`;
  return {
    quorate: members.length > NODES.length / 2,
    nodeId: idOf(node),
    ringId: `${members.map(idOf).sort()[0]}.${members.length}`,
    flags: [],
    members: members.map((name) => ({ id: idOf(name), name })),
    ...change,
  };
}

export type Change = Partial<NodeObservation> | ((node: NodeObservation) => Partial<NodeObservation>);

/** The same, but for what one node says. */
export function but(observation: LabObservation, name: string, change: Change): LabObservation {
  const changed = (each: NodeObservation): NodeObservation => ({
    ...each,
    ...(typeof change === 'function' ? change(each) : change),
  });
  return { ...observation, nodes: observation.nodes.map((each) => (each.node === name ? changed(each) : each)) };
}

export function butAll(observation: LabObservation, change: Change): LabObservation {
  return NODES.reduce((sum, name) => but(sum, name, change), observation);
}

/** Each node's crm_mon shows something else as well. */
export function showing(
  observation: LabObservation,
  change: Partial<ClusterState>,
  names: readonly string[] = NODES,
): LabObservation {
  return names.reduce(
    (sum, name) => but(sum, name, ({ status }) => (status ? { status: { ...status, ...change } } : {})),
    observation,
  );
}

/** A part could not be read, and why. */
export function unread(
  observation: LabObservation,
  name: string,
  part: keyof NodeObservation,
  problem = 'timed out',
): LabObservation {
  const asked: Readonly<Record<string, string>> = {
    activeUnits: 'active-units',
    coreDumps: 'cores',
    criticalLines: 'critical',
  };
  return {
    ...observation,
    nodes: observation.nodes.map((each) => {
      if (each.node !== name) return each;
      const { [part]: _gone, ...rest } = each;
      return { ...rest, problems: { ...each.problems, [asked[part] ?? part]: problem } } as NodeObservation;
    }),
  };
}

export function silent(
  observation: LabObservation,
  name: string,
  machine?: NodeObservation['machine'],
): LabObservation {
  const nothing: NodeObservation = {
    node: name,
    answered: false,
    problems: { answer: 'no answer within 30 s' },
    ...(machine === undefined ? {} : { machine }),
  };
  return { ...observation, nodes: observation.nodes.map((each) => (each.node === name ? nothing : each)) };
}

/** The cluster does not run there, and the node says so. */
export function stopped(
  observation: LabObservation,
  name: string,
  change: Partial<NodeObservation> = {},
): LabObservation {
  return {
    ...observation,
    nodes: observation.nodes.map((each) => {
      if (each.node !== name) return each;
      const { controller, dc, quorum, cib, status, planned, fencing, ...rest } = each;
      const units = each.units?.map((one) => (one.name === 'pcsd' ? one : { ...one, active: 'inactive', mainPid: 0 }));
      return { ...rest, ...(units ? { units } : {}), processes: [], ...change };
    }),
  };
}

/** Into two partitions; each has a DC and holds the others for offline, and shows these resources. */
export function split(
  observation: LabObservation,
  minority: readonly string[],
  { resources, cib }: { readonly resources?: readonly Resource[]; readonly cib?: Cib } = {},
): LabObservation {
  const majority = NODES.filter((name) => !minority.includes(name));
  const side = (
    sum: LabObservation,
    members: readonly string[],
    shown: readonly Resource[] | undefined,
    copy?: Cib,
  ): LabObservation =>
    members.reduce((all, name) => {
      const quorum = quorumOf(name, members);
      const dc = members[0] ?? '';
      return but(all, name, ({ status = EMPTY_STATE }) => ({
        quorum,
        dc,
        controller: name === dc ? 'S_IDLE' : 'S_NOT_DC',
        ...(copy === undefined ? {} : { cib: copy }),
        status: {
          ...status,
          dc: { name: dc },
          quorate: quorum.quorate,
          resources: shown ?? status.resources,
          nodes: status.nodes.map((each) => ({ ...each, online: members.includes(each.name) })),
        },
      }));
    }, sum);
  return side(side(observation, minority, resources ?? [primitive('vip', undefined)], cib), majority, undefined);
}

export const CUT = (node: string) => ({ kind: 'link-down', node, link: 'eth1', by: 'admin' }) as const;

/** With the faults themselves, whose effects the fault table gives. */
export type InputChange = Partial<Omit<AuditInput, 'faults'>> & { readonly faults?: readonly ResolvedFault[] };

export function inputOf(now: LabObservation, { faults = [], ...change }: InputChange = {}): AuditInput {
  const lab = change.lab ?? testLab;
  return { lab, now, touched: [], ...change, faults: activeFaults(faults, FAULTS, lab) };
}

/** `failed: …` and `unknown: …`, in the audit's order. */
export function judged(kind: AuditKind, now: LabObservation, change: InputChange = {}): readonly string[] {
  return audits[kind].judge(inputOf(now, change)).map(({ verdict, seen }) => `${verdict}: ${seen}`);
}

export function subjectsOf(
  kind: AuditKind,
  now: LabObservation,
  change: InputChange = {},
): readonly (readonly string[])[] {
  return audits[kind].judge(inputOf(now, change)).map(({ subjects }) => subjects);
}

export const SILENT = (node: string): string =>
  `unknown: ${node} did not answer (no answer within 30 s): it could be running anything`;
