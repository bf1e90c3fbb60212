import type { Cib, CibClone, CibConstraint, CibGroup, CibPrimitive, CibResource } from '../../../../src/model/cib.js';

export const NODES: readonly string[] = ['ha-host1', 'ha-host2', 'ha-host3'];

type Values = Readonly<Record<string, string>>;

export function configured(id: string, agent: string, parameters: Values = {}, meta: Values = {}): CibPrimitive {
  return { kind: 'primitive', id, agent, parameters, meta };
}

export const VIP = configured('vip', 'ocf:heartbeat:IPaddr2', { ip: '192.168.56.24', cidr_netmask: '24' });
export const FENCING = configured('fence-1', 'stonith:fence_ipmilan', { pcmk_host_list: 'ha-host1' });

export function groupOf(id: string, members: readonly CibPrimitive[], meta: Values = {}): CibGroup {
  return { kind: 'group', id, members, meta };
}

export function cloneOf(id: string, child: CibPrimitive | CibGroup, meta: Values = {}): CibClone {
  return { kind: 'clone', id, child, promotable: meta.promotable === 'true', meta };
}

export function cibOf(resources: readonly CibResource[] = [VIP], change: Partial<Cib> = {}): Cib {
  return {
    version: { adminEpoch: 0, epoch: 12, numUpdates: 34 },
    digest: 'd1'.repeat(32),
    configurationDigest: 'c1'.repeat(32),
    properties: { 'stonith-enabled': 'false' },
    resourceDefaults: {},
    nodes: NODES.map((name, index) => ({ id: `${index + 1}`, name, type: 'member', attributes: {} })),
    resources,
    constraints: [],
    nodeStates: NODES.map((node) => ({
      node,
      inCcm: true,
      crmd: true,
      join: 'member',
      expected: 'member',
      transient: {},
    })),
    operations: [],
    ...change,
  };
}

export function ban(id: string, resource: string, node: string, change: object = {}): CibConstraint {
  return { kind: 'location', id, resource, node, score: -1_000_000, ...change };
}

/** First vip, then web. */
export function ordered(change: Partial<Extract<CibConstraint, { kind: 'order' }>> = {}): CibConstraint {
  return {
    kind: 'order',
    id: 'vip-then-web',
    first: 'vip',
    next: 'web',
    firstAction: 'start',
    nextAction: 'start',
    orderKind: 'Mandatory',
    symmetrical: true,
    ...change,
  };
}
