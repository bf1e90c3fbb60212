import { unknownWord } from '../fields/nearest.js';
import { readTarget } from '../fields/target.js';
import { fillWords } from '../fields/words.js';
import { memoryRefusal } from '../model/fault-limits.js';
import { sharedDisksOf } from '../model/iscsi.js';
import { haNodesOf, type Lab, type LabNode, linkOf, type NodeRole } from '../model/lab.js';
import type { Target } from '../model/scenario.js';
import { checkRepetition, checkSeveral, checkShape } from './fault-checks-network.js';
import { fieldOf, listOf, textOf } from './loose.js';
import { checkAddress, checkTarget } from './reference-checks.js';
import type { Path, Source } from './source.js';

/** Whom a step's fault is on, by which link, from whom, and what address it takes. */
export function checkFault(source: Source, path: Path, step: unknown, lab: Lab): void {
  const fault = fieldOf(step, 'fault');
  const at: Path = [...path, 'fault'];
  checkTarget(source, [...at, 'node'], fieldOf(fault, 'node'), lab, 'one');
  checkTarget(source, [...at, 'from'], fieldOf(fault, 'from'), lab, 'one');
  checkSeveral(source, at, fault, lab);
  checkLink(source, at, fault, lab);
  checkFrom(source, at, fault, lab);
  checkAddress(source, [...at, 'address'], fieldOf(fault, 'address'), lab);
  checkOwnAddress(source, at, fault, lab);
  checkShape(source, at, fault);
  checkRepetition(source, at, fault);
  checkMemory(source, at, fault, lab);
  checkStorage(source, at, fault, lab);
}

function checkLink(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const link = textOf(fieldOf(fault, 'link'));
  if (link === undefined) return;
  if (link === 'eth0') {
    const message = 'eth0 is the management link, which is never cut';
    source.report([...at, 'link'], { message, hint: 'cut a link of the lab, such as eth1' });
    return;
  }
  const without = nodesOn(fault, lab).find((node) => linkOf(node, link) === undefined);
  if (without === undefined) return;
  const known = without.links.map(({ name }) => name);
  source.report([...at, 'link'], unknownWord(`link of ${without.name}`, link, known));
}

function checkFrom(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const from = textOf(fieldOf(fault, 'from'));
  if (from === undefined) return;
  const node = textOf(fieldOf(fault, 'node'));
  if (from === node) {
    const message = 'a node always hears itself';
    source.report([...at, 'from'], { message, hint: 'name another node, such as "{any other than dc}"' });
    return;
  }
  const link = textOf(fieldOf(fault, 'link')) ?? '';
  const networks = nodesOf(fieldOf(fault, 'node'), lab).flatMap((each) => linkOf(each, link)?.network ?? []);
  const deaf = nodesOf(fieldOf(fault, 'from'), lab).find(({ links }) =>
    networks.some((network) => links.every((each) => each.network !== network)),
  );
  if (deaf === undefined) return;
  const message = `${deaf.name} has no link on the network of ${link}, so nothing of it is heard there`;
  source.report([...at, 'from'], { message, hint: 'name a node that has one' });
}

/** A node's own address does not come back when the cluster looks. */
function checkOwnAddress(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const address = fillWords(textOf(fieldOf(fault, 'address')) ?? '', lab);
  const owner = lab.nodes.find(
    ({ management, links }) => management === address || links.some((link) => link.address === address),
  );
  if (owner === undefined) return;
  const message = `${address} is ${owner.name}'s own address, which no cluster would bring back`;
  source.report([...at, 'address'], { message, hint: 'name one that the cluster manages, such as "{address vip}"' });
}

/** The nodes that must have the link. */
function nodesOn(fault: unknown, lab: Lab): readonly LabNode[] {
  const kind = fieldOf(fault, 'kind');
  const isEveryHaNode = kind === 'isolate' || (kind === 'ring' && fieldOf(fault, 'nodes') === undefined);
  const groups = listOf(fieldOf(fault, 'groups'));
  const written = [fieldOf(fault, 'node'), ...groups.flatMap(listOf), ...listOf(fieldOf(fault, 'nodes'))];
  const named = written.filter((word) => word !== undefined).flatMap((word) => nodesOf(word, lab));
  return isEveryHaNode || groups.includes('rest') ? [...named, ...haNodesOf(lab)] : named;
}

/** Whichever node it comes to mean must have more than is taken. */
function checkMemory(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const megabytes = fieldOf(fault, 'megabytes');
  if (typeof megabytes !== 'number') return;
  const [refusal] = nodesOf(fieldOf(fault, 'node'), lab).flatMap((node) => memoryRefusal(node, megabytes) ?? []);
  if (refusal !== undefined) source.report([...at, 'megabytes'], refusal);
}

const ROLE_OF: Readonly<Record<string, NodeRole>> = {
  'target-stop': 'storage',
  'initiator-cut': 'ha',
  'lun-fault': 'ha',
};

/** Targets are stopped where they are served; disks fail under whoever is logged in to them. */
function checkStorage(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const kind = textOf(fieldOf(fault, 'kind')) ?? '';
  const role = Object.hasOwn(ROLE_OF, kind) ? ROLE_OF[kind] : undefined;
  const node = textOf(fieldOf(fault, 'node'));
  const other = role && node !== undefined && nodesOf(node, lab).find((each) => each.role !== role);
  if (other) {
    const message = `${kind} is for a node with role: ${role}, and ${other.name} has role: ${other.role}`;
    const hint = role === 'storage' ? 'write "{storage}"' : 'name an HA node, such as "{holder of vip}"';
    source.report([...at, 'node'], { message, hint });
  }
  const disk = textOf(fieldOf(fault, 'disk'));
  const known = sharedDisksOf(lab).map((each) => each.disk.name);
  if (disk === undefined || known.includes(disk)) return;
  source.report([...at, 'disk'], unknownWord(`disk of lab ${lab.name}`, disk, known));
}

/** The nodes that a target can come to mean. */
function nodesOf(written: unknown, lab: Lab): readonly LabNode[] {
  const target = readTarget(textOf(written) ?? '');
  return 'kind' in target ? nodesMeant(target, lab) : lab.nodes;
}

function nodesMeant(target: Target, lab: Lab): readonly LabNode[] {
  if (target.kind === 'node') return lab.nodes.filter(({ name }) => name === target.name);
  if (target.kind === 'storage') return lab.nodes.filter(({ role }) => role === 'storage');
  return haNodesOf(lab);
}
