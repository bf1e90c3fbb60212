import { parseIpv4 } from '../../config/ipv4.js';
import { FAULTS } from '../../faults/index.js';
import { LabError } from '../../model/errors.js';
import { sharedDisksOf } from '../../model/iscsi.js';
import { type LabInstance, type LabNode, linkOf, type NodeRole } from '../../model/lab.js';
import {
  type FaultKind,
  LINK_DOWN_MEANS,
  LUN_TROUBLES,
  MOST_FAILURES,
  type ResolvedFault,
  STACK_DAEMONS,
  type StackDaemon,
} from '../../model/scenario.js';
import type { LabFlags } from '../lab-session.js';
import { unknownOne } from '../unknown-one.js';

export interface InjectFlags extends LabFlags {
  readonly link?: string;
  readonly by?: string;
  readonly from?: string;
  readonly daemon?: string;
  readonly address?: string;
  readonly resource?: string;
  readonly value?: string;
  readonly disk?: string;
  readonly how?: string;
}

interface Scene {
  readonly node: LabNode;
  readonly flags: InjectFlags;
  readonly instance: LabInstance;
}

/** What each kind takes from the command line, beside the node. */
const READ: { readonly [K in FaultKind]: (scene: Scene) => Extract<ResolvedFault, { kind: K }> } = {
  'link-down': (scene) => ({
    kind: 'link-down',
    node: scene.node.name,
    link: linkFrom(scene),
    by: oneOf('means of --by', scene.flags.by ?? 'admin', LINK_DOWN_MEANS),
  }),
  'one-way-loss': (scene) => ({
    kind: 'one-way-loss',
    node: scene.node.name,
    from: senderFrom(scene),
    link: linkFrom(scene),
  }),
  'power-off': ({ node }) => ({ kind: 'power-off', node: node.name }),
  freeze: ({ node }) => ({ kind: 'freeze', node: node.name }),
  'daemon-kill': ({ node, flags }) => ({ kind: 'daemon-kill', node: node.name, daemon: daemonFrom(flags) }),
  'daemon-stop': ({ node, flags }) => ({ kind: 'daemon-stop', node: node.name, daemon: daemonFrom(flags) }),
  'cluster-stop': ({ node }) => ({ kind: 'cluster-stop', node: node.name }),
  standby: ({ node }) => ({ kind: 'standby', node: node.name }),
  maintenance: ({ node }) => ({ kind: 'maintenance', node: node.name }),
  'address-gone': (scene) => ({ kind: 'address-gone', node: scene.node.name, address: addressFrom(scene) }),
  failcount: ({ node, flags }) => ({
    kind: 'failcount',
    node: node.name,
    resource: needed(flags.resource, '--resource', 'vip'),
    value: valueFrom(flags),
  }),
  'target-stop': ({ node }) => ({ kind: 'target-stop', node: withRole(node, 'storage') }),
  'initiator-cut': ({ node }) => ({ kind: 'initiator-cut', node: withRole(node, 'ha') }),
  'lun-fault': (scene) => ({
    kind: 'lun-fault',
    node: withRole(scene.node, 'ha'),
    disk: diskFrom(scene),
    how: oneOf('trouble of --how', needed(scene.flags.how, '--how', 'io-error'), LUN_TROUBLES),
  }),
};

/**
 * The fault that the words of `halab fault inject` mean. All is looked at before the journal has it: what cannot be done
 * cannot be undone either, and would stand there for good.
 */
export function faultFromFlags(kind: string, node: string, flags: InjectFlags, instance: LabInstance): ResolvedFault {
  const found = nodeNamed(node, instance);
  if (!isKind(kind)) throw unknownOne('fault', kind, Object.keys(FAULTS));
  return READ[kind]({ node: found, flags, instance });
}

function isKind(kind: string): kind is FaultKind {
  return Object.hasOwn(READ, kind);
}

function nodeNamed(name: string, { name: lab, lab: { nodes } }: LabInstance): LabNode {
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const known = nodes.map((node) => node.name);
  throw unknownOne(`node of ${lab}`, name, known, 'node-not-found');
}

function linkFrom({ node, flags }: Scene): string {
  const link = flags.link ?? 'eth1';
  if (linkOf(node, link) !== undefined) return link;
  const known = node.links.map(({ name }) => name);
  throw unknownOne(`link of ${node.name}`, link, known, 'link-not-found');
}

function senderFrom(scene: Scene): string {
  const { node, flags, instance } = scene;
  const sender = nodeNamed(needed(flags.from, '--from', 'ha-host2'), instance);
  const network = linkOf(node, linkFrom(scene))?.network;
  if (sender.name !== node.name && sender.links.some((link) => link.network === network)) return sender.name;
  throw new LabError('usage', `${node.name} does not hear ${sender.name} on ${linkFrom(scene)} anyhow`, {
    hint: 'Name another node that has a link on the same network.',
  });
}

function withRole({ name, role }: LabNode, wanted: NodeRole): string {
  if (role === wanted) return name;
  throw new LabError('usage', `this fault is for a node with role: ${wanted}, and ${name} has role: ${role}`, {
    hint: 'halab status shows the nodes of the lab.',
  });
}

/** Where the lab serves only one, it is meant. */
function diskFrom({ flags, instance: { lab } }: Scene): string {
  const known = sharedDisksOf(lab).map(({ disk }) => disk.name);
  const disk = flags.disk ?? (known.length === 1 ? known[0] : undefined);
  return oneOf(`disk of ${lab.name}`, needed(disk, '--disk', known[0] ?? 'shared'), known);
}

function daemonFrom({ daemon }: InjectFlags): StackDaemon {
  return oneOf('daemon', needed(daemon, '--daemon', 'controld'), STACK_DAEMONS);
}

/** An address, or the name of one of the lab's floating addresses. */
function addressFrom({ flags, instance: { lab } }: Scene): string {
  const word = needed(flags.address, '--address', 'vip');
  const named = lab.addresses.find(({ name }) => name === word)?.address ?? word;
  if (parseIpv4(named) === undefined)
    throw unknownOne(
      'address',
      word,
      lab.addresses.map(({ name }) => name),
    );
  const owner = lab.nodes.find(
    ({ management, links }) => management === named || links.some(({ address }) => address === named),
  );
  if (owner === undefined) return named;
  throw new LabError('usage', `${named} is ${owner.name}'s own address, which no cluster would bring back`, {
    hint: 'Name an address that the cluster manages.',
  });
}

function valueFrom({ value = '1' }: InjectFlags): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_FAILURES) return count;
  throw new LabError('usage', `'${value}' is not a number of failures`, {
    hint: `--value takes a whole number from 1 to ${MOST_FAILURES}, which is INFINITY.`,
  });
}

function oneOf<T extends string>(what: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  throw unknownOne(what, word, known);
}

function needed(value: string | undefined, flag: string, example: string): string {
  if (value !== undefined) return value;
  throw new LabError('usage', `this fault needs ${flag}`, { hint: `Add ${flag}, such as ${flag} ${example}.` });
}
