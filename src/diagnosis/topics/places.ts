import { type Message, message, sentences } from '../../messages/message.js';
import { defined } from '../../model/defined.js';
import type { ResourceInstance } from '../../model/resource-tree.js';
import { isActiveAndHealthy } from '../../model/resource-view.js';
import { argument, type ExplanationTable, firstOf, historyStep, step } from '../explanation.js';
import { type Facts, isFenceDevice } from '../facts.js';
import { knownActiveOn } from '../failure.js';
import { about, type DiagnosisItem, item, type Payloads } from '../item.js';

/** Places that cannot be true together, or where nobody knows whether the resource runs. */
export function placeItems(instance: ResourceInstance, facts: Facts): readonly DiagnosisItem[] {
  const { id, nodes, agent, role } = instance;
  const { unclean } = facts;
  const items: DiagnosisItem[] = [];
  const active = knownActiveOn(instance, facts);
  if (active.length > 1 && role !== 'Migrating')
    items.push(item('multiply-active', 'problem', about('resource', id), { nodes: active, agent }));
  else items.push(...heldTwice(instance, facts));
  const offline = instance.nodes.filter((name) => isOffline(name, facts));
  if (offline.length > 0 && isActiveAndHealthy(instance))
    items.push(
      item('on-offline-node', 'problem', about('resource', id), {
        nodes: offline,
        role,
        as: howKept(instance, offline, facts),
      }),
    );
  const lost = instance.unclean === true ? nodes : nodes.filter((node) => unclean.includes(node));
  for (const node of lost)
    items.push(item('on-unclean-node', 'problem', about('resource', id), { node, device: isFenceDevice(instance) }));
  return items;
}

/** The cluster asks only where it thinks that the address is; of the other node it does not know. */
function heldTwice({ id, nodes }: ResourceInstance, { beside, state }: Facts): readonly DiagnosisItem[] {
  const isMember = (name: string) => state.nodes.some((node) => node.name === name && node.online && !node.unclean);
  return beside.heldTwice
    .filter(({ resource }) => resource === id)
    .map(({ address, nodes: holders, device }) =>
      item('address-held-twice', 'problem', about('resource', id), {
        address,
        nodes: holders,
        claimed: nodes,
        ...defined({ device }),
        why: !holders.every(isMember) ? 'split' : state.options.stonithEnabled === false ? 'no-fencing' : 'unknown',
      }),
    );
}

function howKept(
  { managed }: ResourceInstance,
  nodes: readonly string[],
  { state }: Facts,
): Payloads['on-offline-node']['as'] {
  if (state.nodes.some(({ name, type }) => type !== 'member' && nodes.includes(name))) return 'remote';
  return managed ? 'managed' : 'unmanaged';
}

/** Cleanly offline, by every entry of that name: nothing of the cluster's can run there. */
function isOffline(name: string, { state }: Facts): boolean {
  const entries = state.nodes.filter((node) => node.name === name);
  return entries.length > 0 && entries.every(({ online, pending, unclean }) => !online && !pending && !unclean);
}

export const PLACE_EXPLANATIONS = {
  'multiply-active': ({ subject: { names }, payload: { agent } }) => ({
    means: sentences(message('multiply-active.means'), dangerOf(agent)),
    cause: message('multiply-active.cause'),
    next: [
      step(`crm_resource --locate --resource ${firstOf(names, 'RESOURCE')}`, 'multiply-active.crm-resource'),
      step('systemctl is-enabled SERVICE', 'multiply-active.systemctl-is-enabled-service'),
    ],
  }),
  'address-held-twice': ({ subject: { names }, payload: { nodes, claimed, why, device } }) => ({
    means: message('address-held-twice.means', { claimed, others: nodes.filter((node) => !claimed.includes(node)) }),
    cause: message(`address-held-twice.cause.${why}`),
    next: [
      ...(why === 'split' ? [step('corosync-cfgtool -s', 'address-held-twice.corosync-cfgtool')] : []),
      step(`pcs resource refresh ${firstOf(names, 'RESOURCE')}`, 'address-held-twice.pcs-resource-refresh'),
      ...(device === undefined
        ? []
        : [
            step(
              `pcs resource update ${firstOf(names, 'RESOURCE')} nic=${argument(device, 'INTERFACE')}`,
              'address-held-twice.nic',
            ),
          ]),
      step('ip -br address', 'address-held-twice.ip-address', { nodes }),
    ],
  }),
  'on-offline-node': ({ subject: { names }, payload: { as } }) => ({
    means: as === 'managed' ? message('on-offline-node.means') : message(`on-offline-node.means.${as}`),
    cause: as === 'managed' ? message('on-offline-node.cause') : undefined,
    next: [
      step(`crm_resource --locate --resource ${firstOf(names, 'RESOURCE')}`, 'multiply-active.crm-resource'),
      step('pcs property config shutdown-lock', 'on-offline-node.pcs-property-config'),
      step('journalctl -u pacemaker', 'on-offline-node.journalctl-pacemaker'),
    ],
  }),
  'on-unclean-node': ({ payload: { node, device } }) => ({
    means: device ? message('on-unclean-node.means.device') : message('on-unclean-node.means.resource'),
    next: [historyStep(node)],
  }),
} satisfies Partial<ExplanationTable>;

function dangerOf(agent: string): Message | undefined {
  if (/:(?:Filesystem|LVM|LVM-activate|drbd|pgsql|mysql)$/.test(agent)) return message('multiply-active.data');
  return /:IPaddr2?$/.test(agent) ? message('multiply-active.address') : undefined;
}
