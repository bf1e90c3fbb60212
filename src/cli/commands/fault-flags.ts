import { readSkew } from '../../config/skew.js';
import { FAULTS } from '../../faults/index.js';
import { LabError } from '../../model/errors.js';
import {
  DEFAULT_FULL_PATH,
  fullPathRefusal,
  MOST_WORKERS,
  memoryRefusal,
  processRefusal,
  type Refusal,
} from '../../model/fault-limits.js';
import { CONTROLLER_FAILURES } from '../../model/fencing.js';
import { parseIpv4 } from '../../model/ipv4.js';
import { sharedDisksOf } from '../../model/iscsi.js';
import { haNodesOf, type LabInstance, type LabNode, linkOf, type NodeRole } from '../../model/lab.js';
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
import { groupsFrom, linkOfEach, repetitionOf, ringFrom, shapingFrom, WITHOUT_NODE } from './fault-flags-network.js';
import { linkOn, needed, nodeNamed } from './fault-words.js';

export interface InjectFlags extends LabFlags {
  readonly link?: string;
  readonly by?: string;
  readonly from?: string;
  readonly daemon?: string;
  readonly address?: string;
  readonly resource?: string;
  readonly value?: string;
  readonly groups?: string;
  readonly nodes?: string;
  readonly times?: string;
  readonly every?: string;
  readonly delay?: string;
  readonly jitter?: string;
  readonly loss?: string;
  readonly duplicate?: string;
  readonly corrupt?: string;
  readonly rate?: string;
  readonly process?: string;
  readonly path?: string;
  readonly workers?: string;
  readonly megabytes?: string;
  readonly disk?: string;
  readonly how?: string;
}

export interface Scene {
  /** Throws where none was named. */
  readonly node: LabNode;
  readonly flags: InjectFlags;
  readonly instance: LabInstance;
}

/** What each kind takes from the command line. */
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
  'daemon-kill': (scene) => ({
    kind: 'daemon-kill',
    node: scene.node.name,
    daemon: daemonFrom(scene.flags),
    ...repetitionOf(scene),
  }),
  'daemon-stop': ({ node, flags }) => ({ kind: 'daemon-stop', node: node.name, daemon: daemonFrom(flags) }),
  'cluster-stop': ({ node }) => ({ kind: 'cluster-stop', node: node.name }),
  standby: ({ node }) => ({ kind: 'standby', node: node.name }),
  maintenance: ({ node }) => ({ kind: 'maintenance', node: node.name }),
  'address-gone': (scene) => ({ kind: 'address-gone', node: scene.node.name, address: addressFrom(scene) }),
  failcount: ({ node, flags }) => ({
    kind: 'failcount',
    node: node.name,
    resource: resourceFrom(flags),
    value: valueFrom(flags),
  }),
  partition: (scene) => {
    const groups = groupsFrom(scene);
    return { kind: 'partition', groups, ...linkOfEach(scene, groups.flat()) };
  },
  isolate: (scene) => {
    const others = haNodesOf(scene.instance.lab).map(({ name }) => name);
    return { kind: 'isolate', node: scene.node.name, ...linkOfEach(scene, [scene.node.name, ...others]) };
  },
  ring: (scene) => {
    const nodes = ringFrom(scene);
    return { kind: 'ring', nodes, ...linkOfEach(scene, nodes) };
  },
  shape: (scene) => ({
    kind: 'shape',
    node: scene.node.name,
    link: linkFrom(scene),
    ...shapingFrom(scene),
  }),
  reboot: ({ node }) => ({ kind: 'reboot', node: node.name }),
  'process-kill': ({ node, flags }) => ({ kind: 'process-kill', node: node.name, process: processFrom(flags) }),
  'monitor-fail': ({ node, flags }) => ({ kind: 'monitor-fail', node: node.name, resource: resourceFrom(flags) }),
  'start-fail': ({ node, flags }) => ({ kind: 'start-fail', node: node.name, resource: resourceFrom(flags) }),
  'stop-hang': ({ node, flags }) => ({ kind: 'stop-hang', node: node.name, resource: resourceFrom(flags) }),
  'disk-full': ({ node, flags }) => ({ kind: 'disk-full', node: node.name, path: pathFrom(flags) }),
  'cpu-load': ({ node, flags }) => ({ kind: 'cpu-load', node: node.name, ...workersFrom(flags) }),
  'memory-load': (scene) => ({ kind: 'memory-load', node: scene.node.name, megabytes: megabytesFrom(scene) }),
  'clock-skew': ({ node, flags }) => ({ kind: 'clock-skew', node: node.name, byMs: skewFrom(flags) }),
  'controller-fail': ({ node, flags }) => ({
    kind: 'controller-fail',
    node: node.name,
    how: oneOf('failure of a controller', needed(flags.how, '--how', 'unreachable'), CONTROLLER_FAILURES),
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
export function faultFromFlags(
  kind: string,
  name: string | undefined,
  flags: InjectFlags,
  instance: LabInstance,
): ResolvedFault {
  const found = name === undefined ? undefined : nodeNamed(name, instance);
  if (!isKind(kind)) throw unknownOne('fault', kind, Object.keys(FAULTS));
  if (found !== undefined && WITHOUT_NODE.includes(kind))
    throw new LabError('usage', `${kind} is on several nodes, and takes none by itself`, {
      hint: `Name them by ${kind === 'partition' ? '--groups' : '--nodes'}, without ${found.name} before.`,
    });
  return READ[kind]({
    get node() {
      return found ?? refuseNobody(kind, instance);
    },
    flags,
    instance,
  });
}

function refuseNobody(kind: FaultKind, { lab: { nodes } }: LabInstance): never {
  throw new LabError('usage', `${kind} is on a node, and none is named`, {
    hint: `Add one: ${nodes.map(({ name }) => name).join(', ')}.`,
  });
}

function isKind(kind: string): kind is FaultKind {
  return Object.hasOwn(READ, kind);
}

function linkFrom({ node, flags }: Scene): string {
  return linkOn(node, flags.link ?? 'eth1');
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

function resourceFrom({ resource }: InjectFlags): string {
  return needed(resource, '--resource', 'vip');
}

function processFrom({ process }: InjectFlags): string {
  const name = needed(process, '--process', 'nginx');
  refuse(processRefusal(name));
  return name;
}

function pathFrom({ path = DEFAULT_FULL_PATH }: InjectFlags): string {
  refuse(fullPathRefusal(path));
  return path;
}

function workersFrom({ workers }: InjectFlags): { readonly workers?: number } {
  if (workers === undefined) return {};
  const count = Number(workers);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_WORKERS) return { workers: count };
  throw new LabError('usage', `'${workers}' is not a number of workers`, {
    hint: `--workers takes a whole number from 1 to ${MOST_WORKERS}.`,
  });
}

function megabytesFrom({ node, flags }: Scene): number {
  const written = needed(flags.megabytes, '--megabytes', '512');
  const megabytes = Number(written);
  if (!Number.isInteger(megabytes) || megabytes < 1)
    throw new LabError('usage', `'${written}' is not a number of MiB`, { hint: 'Write it as --megabytes 512.' });
  refuse(memoryRefusal(node, megabytes));
  return megabytes;
}

function skewFrom({ by }: InjectFlags): number {
  const skew = readSkew(needed(by, '--by', '+5min'));
  if ('byMs' in skew) return skew.byMs;
  throw refused(skew);
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw refused(refusal);
}

function refused({ message, hint }: Refusal): LabError {
  return new LabError('usage', message, { hint: `${hint}.` });
}

function oneOf<T extends string>(what: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  throw unknownOne(what, word, known);
}
