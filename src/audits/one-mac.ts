import { message } from '../messages/message.js';
import type { Finding } from '../model/audit.js';
import { contains, parseCidr, parseIpv4 } from '../model/ipv4.js';
import { addressOf, sameAddress } from '../model/managed-address.js';
import type { ArpObservation } from '../model/observation.js';
import type { AuditInput, AuditTable } from '../ports/audit.js';
import { singlesIn } from './configured.js';
import { isSplitOff, isTaken } from './faults.js';
import { failed, joined, onceIdle, unique, unknown } from './finding.js';
import { silentNodes } from './node-parts.js';
import { activeInstances, isHandsOff, isOf, viewsOf } from './views.js';

export const oneMac: AuditTable['one-mac'] = {
  kind: 'one-mac',
  holds: message('audit.one-mac.holds'),
  reads: message('audit.one-mac.reads'),
  judge,
};

/** An IPv4 address of a primitive of which one instance may be. */
interface Managed {
  readonly id: string;
  readonly address: string;
}

function judge(input: AuditInput): readonly Finding[] {
  const managed = managedAddresses(input);
  const asked = input.now.arp.map(({ address }) => address);
  const others = unique(asked).filter((address) => !managed.some((each) => sameAddress(each.address, address)));
  return [
    ...managed.flatMap((each) => judgeAddress(input, each)),
    // No longer configured, or the configuration is not known: even then two nodes may not answer for it.
    ...others.flatMap((address) => answeredTwice(input, { id: address, address })),
  ];
}

function managedAddresses(input: AuditInput): readonly Managed[] {
  return singlesIn(input).flatMap(({ id, primitive }) => {
    const address = addressOf(primitive);
    return address === undefined || address.includes(':') ? [] : [{ id, address }];
  });
}

function judgeAddress(input: AuditInput, managed: Managed): readonly Finding[] {
  const { id, address } = managed;
  const twice = answeredTwice(input, managed);
  if (twice.length > 0) return twice;
  const asked = input.now.arp.filter((each) => sameAddress(each.address, address));
  const completed = asked.filter(({ problem }) => problem === undefined);
  if (completed.length === 0) {
    if (isOnNoNetwork(input, address) && isActiveNowhere(startedOn(input, id))) return [];
    const why = unique(asked.flatMap(({ problem }) => problem ?? [])).join('; ') || 'no node asked';
    return [unknown([id, address], `who answers for ${address} is not known: ${why}`)];
  }
  if (completed.some(({ macs }) => macs.length > 0)) return [];
  const { places, silent } = startedOn(input, id);
  if (places.length === 0) {
    if (silent.length === 0) return [];
    const who = joined(silent);
    return [unknown([id, address, ...silent], `nobody answers for ${address}, and ${who} might have it started`)];
  }
  if (places.every((node) => isTaken(input, node, address))) return [];
  const withoutAnswer = completed.filter(({ from }) => places.includes(from) || isSplitOff(input, from));
  if (withoutAnswer.length === completed.length) {
    const askers = joined(withoutAnswer.map(({ from }) => from));
    return [unknown([id, address], `${askers} asked for ${address} and could not have received an answer`)];
  }
  const askers = joined(unique(completed.map(({ from }) => from)));
  return onceIdle(input, [
    failed([id, address], `nobody answers for ${address} (${askers} asked), but ${id} is active on ${joined(places)}`),
  ]);
}

/** No node can ask for it, and none could answer. */
function isOnNoNetwork({ lab }: AuditInput, address: string): boolean {
  const number = parseIpv4(address);
  const cidrs = lab.networks.flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  return number !== undefined && !cidrs.some((cidr) => contains(cidr, number));
}

function isActiveNowhere({ places, silent }: ReturnType<typeof startedOn>): boolean {
  return places.length === 0 && silent.length === 0;
}

/** The asking node receives the answers of all but itself. */
function answeredTwice({ now }: AuditInput, { id, address }: Managed): readonly Finding[] {
  const asked = now.arp.filter((each) => sameAddress(each.address, address));
  const macs = unique(asked.flatMap((each) => each.macs)).toSorted();
  if (macs.length > 1)
    return [failed([id, address], `${address} is answered for by ${macs.length} MAC addresses: ${joined(macs)}`)];
  const both = asked.find((each) => each.macs.length > 0 && hasItself(now.nodes, each));
  if (both === undefined) return [];
  return [
    failed([id, address, both.from], `${both.from} has ${address} itself, and ${joined(macs)} answers for it too`),
  ];
}

function hasItself(nodes: AuditInput['now']['nodes'], { from, address }: ArpObservation): boolean {
  const bound = nodes.find(({ node }) => node === from)?.addresses ?? [];
  return bound.some((each) => each.up && sameAddress(each.address, address));
}

/** Where it is active and managed by the views with quorum; without such a view, the silent nodes that may have quorum. */
function startedOn(
  input: AuditInput,
  id: string,
): { readonly places: readonly string[]; readonly silent: readonly string[] } {
  const views = viewsOf(input.now).filter(({ quorate }) => quorate);
  const places = views.flatMap((view) =>
    activeInstances(view)
      .filter((instance) => isOf(instance, id) && !isHandsOff(view, instance))
      .filter(({ failed: hasFailed, blocked }) => !hasFailed && !blocked)
      .flatMap(({ nodes }) => nodes.filter((node) => view.members.includes(node))),
  );
  const silent = views.length > 0 ? [] : silentNodes(input).map(({ node }) => node);
  return { places: unique(places), silent };
}
