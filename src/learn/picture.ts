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
type NodeStanding = (typeof NODE_STANDINGS)[number];

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

/** One thing that differs between two pictures. */
export interface Change {
  readonly of: 'node' | 'resource' | 'link' | 'dc' | 'quorum' | 'fault';
  readonly name: string;
  /** Absent: there was none. */
  readonly from?: string;
  /** Absent: there is none any more. */
  readonly to?: string;
}

/** Pure. What changed from one look to the next, in pacemaker's words; in the order of the picture. */
export function changesIn(before: Picture, now: Picture): readonly Change[] {
  return [
    ...differing('dc', one('DC', before.dc), one('DC', now.dc)),
    ...differing('quorum', one('quorum', quorumOf(before)), one('quorum', quorumOf(now))),
    ...differing('node', standings(before), standings(now)),
    ...differing('resource', places(before), places(now)),
    ...differing('link', links(before), links(now)),
    ...differing('fault', faults(before), faults(now)),
  ];
}

type Named = ReadonlyMap<string, string>;

function differing(of: Change['of'], before: Named, now: Named): readonly Change[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((name): Change[] => {
    const [from, to] = [before.get(name), now.get(name)];
    if (from === to) return [];
    return [{ of, name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
}

function one(name: string, value: string | undefined): Named {
  return new Map(value === undefined ? [] : [[name, value]]);
}

function quorumOf({ quorate }: Picture): string | undefined {
  return quorate === undefined ? undefined : quorate ? 'yes' : 'no';
}

function standings({ nodes }: Picture): Named {
  return new Map(nodes.map(({ node, standing }) => [node, standing]));
}

/** `Started ha-host1`, `FAILED Started ha-host1`, `Stopped`. */
function places({ resources }: Picture): Named {
  const all = new Map<string, string>();
  // A promotable clone has an entry for each role that its instances have.
  for (const each of resources) all.set(each.id, [all.get(each.id) ?? [], placeOf(each)].flat().join(', '));
  return all;
}

function placeOf({ role, nodes, failed, managed }: ResourcePicture): string {
  return [failed ? 'FAILED' : '', role, ...nodes, managed ? '' : '(unmanaged)'].filter(Boolean).join(' ');
}

function links({ links: all }: Picture): Named {
  return new Map(all.map(({ node, link, up }) => [`${link} ${node}`, up ? 'up' : 'down']));
}

function faults({ faults: all }: Picture): Named {
  return new Map(all.map((text) => [text, 'in force']));
}
