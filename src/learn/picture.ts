import { factsOf, type Look, lookAfter } from '../diagnosis/looks.js';
import type { ResourceRole } from '../model/cluster-state.js';

/** The lab at one moment, as small as a screen can show it: by the nodes with quorum, where there are any. */
export interface Picture {
  readonly nodes: readonly NodePicture[];
  readonly dc?: string;
  readonly quorate?: boolean;
  readonly resources: readonly ResourcePicture[];
  readonly links: readonly LinkPicture[];
  /** Faults in force, in words. */
  readonly faults: readonly string[];
}

const NODE_STANDINGS = [
  'online',
  'standby',
  'maintenance',
  'pending',
  'unclean',
  'offline',
  /** It answers, and runs no cluster. */
  'stopped',
  /** It does not answer. */
  'silent',
  'off',
] as const;
export type NodeStanding = (typeof NODE_STANDINGS)[number];

export interface NodePicture {
  readonly node: string;
  readonly standing: NodeStanding;
}

export interface ResourcePicture {
  /** An instance of a clone has its number, or its node, in its id. */
  readonly id: string;
  readonly role: ResourceRole;
  readonly nodes: readonly string[];
  readonly failed: boolean;
  readonly managed: boolean;
}

interface LinkPicture {
  readonly node: string;
  readonly link: string;
  readonly up: boolean;
}

/** Pure. A picture as a look to compare with others; `before` is the look before, if there was one. */
export function lookOfPicture(
  { nodes, dc, quorate, resources, links }: Picture,
  times: Pick<Look, 'fromMs' | 'toMs'>,
  before?: Look,
): Look {
  const places = new Map<string, readonly string[]>();
  for (const { id, role, nodes: on } of resources)
    if (role !== 'Stopped' && on.length > 0) places.set(id, [...(places.get(id) ?? []), ...on].toSorted());
  const linksDown = links.filter(({ up }) => !up).map(({ node, link }) => ({ node, device: link }));
  const facts = new Map(factsOf({ dc: dc ?? 'NONE', quorate }, linksDown));
  // A node that does not answer says nothing of its links.
  const isTold = (link: string) => links.some((each) => `${each.node} ${each.link}` === link);
  for (const [name, value] of before?.facts ?? []) if (value === 'down' && !isTold(name)) facts.set(name, value);
  return lookAfter(
    { ...times, places, nodes: new Map(nodes.map(({ node, standing }) => [node, standing])), facts },
    before,
  );
}
