import type { List } from '../grammar.js';
import { list, plural } from './grammar.js';

export const STATUS = {
  'status.no-lab': 'no lab on this machine; halab up brings one up',
  'status.residue': ({ name }: { name: string }) => `${name}: residue of a lab; halab down --name ${name} removes it`,
  'status.fault-active': ({ at, fault, id }: { at: string; fault: string; id: string }) =>
    `fault active since ${at}: ${fault} (${id}); halab heal undoes it`,
  'status.according-to': ({ nodes }: { nodes: List }) => `According to ${list(nodes)}:`,
  'status.views-differ': ({ views }: { views: number }) =>
    `The nodes do not agree: there are ${views} different views of the cluster.`,
  'status.node-silent': ({ node, message }: { node: string; message: string }) =>
    `${node} could not be queried: ${message}`,
  'status.cause': ({ cause }: { cause: string }) => `Likely cause: ${cause}`,
  'status.title-and-meaning': ({ title, means }: { title: string; means: string }) => `${title}. ${means}`,
  'status.more-lines': ({ lines }: { lines: number }) =>
    `… ${lines} more ${plural(lines, { one: 'line', other: 'lines' })}`,
};
