import { z } from 'zod';
import { addressWrong, ipv6Wrong, targetWrong } from '../fields/scenario-fields.js';
import { text } from '../fields/schema.js';
import { unknownWord, type ValueProblem } from '../fields/value-problem.js';
import { addressSchema, target } from '../fields/values.js';
import { fillWords } from '../fields/words.js';
import { parseIpv4 } from '../model/ipv4.js';
import { clientOf, haNodesOf, type Lab, type LabNode, linkOf, type NodeRole } from '../model/lab.js';
import type { Target } from '../model/target.js';
import { targetText } from '../model/target.js';
import type { FaultProblem, Flag, Param, ParamScene } from './define-fault.js';

/** A value that the journal keeps as it is written. */
export function param<S extends z.ZodType>(schema: S, flag: Flag): Param<S> {
  return { schema, stored: schema, flag };
}

/** The same for a number, which a flag gives as text. */
export function number<S extends z.ZodType>(schema: S, flag: Omit<Flag, 'read'>): Param<S> {
  return param(schema, { ...flag, read: (word) => (/^-?\d+(?:\.\d+)?$/.test(word) ? Number(word) : word) });
}

/** The one node that a fault is on. */
export function onNode(role?: NodeRole) {
  return {
    schema: target,
    stored: z.string(),
    check(value: Target, { key, lab, fault }: ParamScene) {
      const wrong = targetWrong(value, lab, 'one') ?? (role && roleWrong(value, role, fault.kind, lab));
      return problemAt([key], wrong);
    },
  } satisfies Param<typeof target>;
}

function roleWrong(value: Target, role: NodeRole, kind: string, lab: Lab): ValueProblem | undefined {
  const other = nodesMeant(value, lab).find((each) => each.role !== role);
  if (other === undefined) return undefined;
  return {
    message: `${kind} is for a node with role: ${role}, and ${other.name} has role: ${other.role}`,
    hint: role === 'storage' ? 'write "{storage}"' : 'name an HA node, such as "{holder of vip}"',
  };
}

const linkName = text("a link's name such as eth1");

/** The one link that a fault is about, of each node that it is on. */
export function link(description?: string) {
  const schema = description === undefined ? linkName : linkName.describe(description);
  const flag = { value: '<link>', help: 'a link (default: eth1)', example: 'eth1', fallback: () => 'eth1' };
  return { ...param(schema, flag), check: checkLink } satisfies Param<typeof linkName>;
}

const everyLinkSchema = linkName.optional().describe('Default: every link that carries the cluster.');

/** A link, or else all that carry the cluster. `HA nodes`: each of them must have it, whichever the fault is on. */
export function everyLink(of: 'nodes of the fault' | 'HA nodes' = 'nodes of the fault') {
  const flag = { value: '<link>', help: 'a link (default: all that carry the cluster)', example: 'eth1' };
  return {
    ...param(everyLinkSchema, flag),
    check(value: string | undefined, scene: ParamScene) {
      const { name, networks } = scene.lab;
      if (value !== undefined) return checkLink(value, scene, of === 'HA nodes' ? haNodesOf(scene.lab) : []);
      if (networks.some(({ carries }) => carries.includes('cluster'))) return [];
      const message = `no network of lab ${name} carries the cluster`;
      return problemAt(['kind'], { message, hint: 'name a link, such as eth1' });
    },
  } satisfies Param<typeof everyLinkSchema>;
}

function checkLink(
  value: string,
  { key, lab, fault }: ParamScene,
  others: readonly LabNode[] = [],
): readonly FaultProblem[] {
  if (value === 'eth0') {
    const message = 'eth0 is the management link, which is never cut';
    return problemAt([key], { message, hint: 'cut a link of the lab, such as eth1' });
  }
  const without = [...nodesOn(fault, lab), ...others].find((node) => linkOf(node, value) === undefined);
  if (without === undefined) return [];
  const known = without.links.map(({ name }) => name);
  return problemAt([key], unknownWord(`link of ${without.name}`, value, known));
}

/** The nodes that a written fault is on, or may be on; every HA node where it names none. */
function nodesOn({ node, nodes, groups }: ParamScene['fault'], lab: Lab): readonly LabNode[] {
  const listed = [nodes, groups].flat(2).filter((each) => each !== undefined);
  const named = [...(node === undefined ? [] : [node]), ...listed];
  if (named.length === 0 || named.includes('rest')) return haNodesOf(lab);
  return named.flatMap((each) => nodesMeant(each as Target, lab));
}

/** The nodes of the lab that a target can come to mean. */
export function nodesMeant(meant: Target, lab: Lab): readonly LabNode[] {
  if (meant.kind === 'node') return lab.nodes.filter(({ name }) => name === meant.name);
  if (meant.kind === 'storage') return lab.nodes.filter(({ role }) => role === 'storage');
  if (meant.kind === 'client') return [clientOf(lab) ?? []].flat();
  return haNodesOf(lab);
}

const clusterAddress = addressSchema.describe('An address that the cluster manages.');

/** An address that the cluster manages; a node's own one would not come back when the cluster looks. */
export const address = {
  ...param(clusterAddress, {
    value: '<address>',
    help: 'an address that the cluster manages, or its name in the lab',
    example: 'vip',
    read: (word) => (parseIpv4(word) === undefined && !word.includes('{') ? `{address ${word}}` : word),
  }),
  check(value: string, { key, lab }: ParamScene) {
    const filled = fillWords(value, lab);
    const other = ipv6Wrong(filled, 'this fault takes IPv4 addresses', 'name another address');
    return problemAt([key], addressWrong(value, lab) ?? other ?? ownAddressWrong(filled, lab));
  },
} satisfies Param<typeof clusterAddress>;

export function ownAddressWrong(value: string, lab: Lab): ValueProblem | undefined {
  const owner = lab.nodes.find(({ management, links }) =>
    [management, ...links.map((each) => each.address)].includes(value),
  );
  if (owner === undefined) return undefined;
  return {
    message: `${value} is ${owner.name}'s own address, which no cluster would bring back`,
    hint: 'name one that the cluster manages, such as "{address vip}"',
  };
}

export function problemAt(at: FaultProblem['at'], wrong: ValueProblem | undefined): readonly FaultProblem[] {
  return wrong === undefined ? [] : [{ at, ...wrong }];
}

/** Of several nodes: each must be one of the lab, and named once. */
export function eachOnce(
  places: readonly { readonly node: Target; readonly at: FaultProblem['at'] }[],
  lab: Lab,
): readonly FaultProblem[] {
  const texts = places.map(({ node }) => targetText(node));
  return places.flatMap(({ node, at }, index) => {
    const isTwice = node.kind !== 'all' && texts.indexOf(texts[index] ?? '') < index;
    const twice = { message: `'${texts[index]}' is named twice`, hint: 'name each node once' };
    return [...problemAt(at, targetWrong(node, lab, 'one')), ...problemAt(at, isTwice ? twice : undefined)];
  });
}
