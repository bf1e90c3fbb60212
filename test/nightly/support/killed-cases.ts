import { expect } from 'chai';
import type { FaultKind } from '../../../src/model/scenario.js';
import type { RawFaultOf } from '../../../src/walk/row.js';
import { onNode, saidOn } from '../../e2e/support/halab.js';
import { linkFlags, nodeOf } from '../../e2e/support/labs.js';

/** Where a fault is looked for. */
export interface Place {
  readonly lab: string;
  readonly hosts: readonly string[];
  /** Whom the fault is on: the holder of the VIP. */
  readonly node: string;
  /** Another host. */
  readonly other: string;
  readonly vip: string;
}

export interface Case<K extends FaultKind> {
  fault(place: Place): RawFaultOf<K>;
  /** What there is to compare with, before the fault. */
  before?(place: Place): Promise<string>;
  /** By the lab's own word, without the code that injects and heals. Not asked where it may be over at once. */
  isThere?(place: Place, before: string): Promise<boolean>;
  /** Likewise, of a healed one. */
  isGone(place: Place, before: string): Promise<boolean>;
}

/** Of a kind that cannot be killed in the midst of. */
export interface NoCase {
  readonly skip: string;
}

/** A kind without a case does not compile, and fails the test. */
export const KILLED: { readonly [K in FaultKind]: Case<K> | NoCase } = {
  'link-down': {
    fault: ({ node }) => ({ kind: 'link-down', node, link: 'eth1', by: 'admin' }),
    isThere: async ({ lab, node }) => !(await linkFlags(lab, node, 'eth1')).includes('UP'),
    isGone: async ({ lab, node }) => (await linkFlags(lab, node, 'eth1')).includes('LOWER_UP'),
  },
  'one-way-loss': {
    fault: ({ node, other }) => ({ kind: 'one-way-loss', node, from: other, link: 'eth1' }),
    isThere: async (place) => (await filters(place)) !== '',
    isGone: async (place) => (await filters(place)) === '',
  },
  'power-off': {
    fault: ({ node }) => ({ kind: 'power-off', node }),
    isThere: async (place) => (await stateOf(place)) === 'stopped',
    isGone: async (place) => (await stateOf(place)) === 'running' && (await answers(place)),
  },
  freeze: {
    fault: ({ node }) => ({ kind: 'freeze', node }),
    isThere: async (place) => (await stateOf(place)) === 'frozen',
    isGone: async (place) => (await stateOf(place)) === 'running' && (await answers(place)),
  },
  'daemon-kill': {
    fault: ({ node }) => ({ kind: 'daemon-kill', node, daemon: 'attrd' }),
    before: (place) => pidOf('pacemaker-attrd', place),
    isThere: async (place, before) => (await pidOf('pacemaker-attrd', place)) !== before,
    isGone: async (place) => (await pidOf('pacemaker-attrd', place)) !== '' && (await clusterRuns(place)),
  },
  'daemon-stop': {
    fault: ({ node }) => ({ kind: 'daemon-stop', node, daemon: 'schedulerd' }),
    isThere: async (place) => (await halted(place)) !== '',
    isGone: async (place) => (await halted(place)) === '',
  },
  'cluster-stop': {
    fault: ({ node }) => ({ kind: 'cluster-stop', node }),
    isThere: async (place) => !(await clusterRuns(place)),
    isGone: clusterRuns,
  },
  standby: {
    fault: ({ node }) => ({ kind: 'standby', node }),
    isThere: async (place) => (await shownBy(place)).includes('standby="true"'),
    isGone: async (place) => (await shownBy(place)).includes('standby="false"'),
  },
  maintenance: {
    fault: ({ node }) => ({ kind: 'maintenance', node }),
    isThere: async (place) => (await shownBy(place)).includes('maintenance="true"'),
    isGone: async (place) => (await shownBy(place)).includes('maintenance="false"'),
  },
  'address-gone': {
    fault: ({ node, vip }) => ({ kind: 'address-gone', node, address: vip }),
    // Healing adds nothing: the next monitor brings it back.
    isGone: async (place) => (await holders(place)).length === 1,
  },
  failcount: {
    fault: ({ node }) => ({ kind: 'failcount', node, resource: 'vip', value: 3 }),
    isThere: async (place) => (await failures(place)) === '3',
    isGone: async (place) => ['', '0'].includes(await failures(place)),
  },
};

const said = (lab: string, node: string, script: string) => saidOn(lab, node, ['sh', '-c', script]);

async function filters({ lab, node }: Place): Promise<string> {
  return (await said(lab, node, 'nft list tables')).trim();
}

async function stateOf({ lab, node }: Place): Promise<string> {
  return (await nodeOf(lab, node))?.state ?? 'absent';
}

async function answers({ lab, node }: Place): Promise<boolean> {
  return (await onNode(lab, node, ['true'])).exitCode === 0;
}

/** Empty where none runs. */
async function pidOf(program: string, { lab, node }: Place): Promise<string> {
  return (await said(lab, node, `pidof ${program} || true`)).trim();
}

async function clusterRuns({ lab, node }: Place): Promise<boolean> {
  return (await said(lab, node, 'systemctl is-active corosync pacemaker || true')).trim() === 'active\nactive';
}

async function halted({ lab, node }: Place): Promise<string> {
  return (await said(lab, node, `ps -eo stat=,args= | grep '^T' || true`)).trim();
}

async function shownBy({ lab, node, other }: Place): Promise<string> {
  const xml = await said(lab, other, 'crm_mon --output-as=xml');
  return (
    new RegExp(`<node name="${node}"[^>]*type="member"[^>]*>`).exec(xml)?.[0] ?? expect.fail(`no ${node} in ${xml}`)
  );
}

async function failures({ lab, node, other }: Place): Promise<string> {
  const xml = await said(lab, other, 'crm_mon --output-as=xml --failcounts');
  const history = new RegExp(`<node name="${node}">([\\s\\S]*?)</node>`).exec(
    xml.slice(xml.indexOf('<node_history>')),
  )?.[1];
  return /resource_history id="vip"[^>]*fail-count="(\w+)"/.exec(history ?? '')?.[1] ?? '';
}

/** Who has the VIP on an interface. */
export async function holders({ lab, hosts, vip }: Pick<Place, 'lab' | 'hosts' | 'vip'>): Promise<readonly string[]> {
  const shown = await Promise.all(hosts.map((host) => said(lab, host, 'ip -o -4 addr show up')));
  return hosts.filter((_host, index) => shown[index]?.includes(` ${vip}/`));
}
