import type { List } from '../grammar.js';
import { list } from './grammar.js';

export const GENERAL = {
  sentences: ({ texts }: { texts: List }) => texts.join(' '),
  list: ({ items }: { items: List }) => list(items),

  'login.older-guides': 'What older guides for pcs say, and what pcs understands here:',

  'step.list-stopped': 'lists stopped resources too',
  'step.every-node': 'on every node',
  'step.votes': 'shows the votes, and flags such as 2Node, WaitForAll, Qdevice',
  'step.work-done': 'when the work is done',
  'step.allow-start': 'lets them start again',
  'step.fence-agents': 'lists the available fence agents',
  'step.default': 'the default',
  'step.create-device': 'creates a fence device',
  'step.lab-only': 'for a lab only',
  'step.fence-agent': 'manually, with the same options',
  'step.manage': 'returns it to the cluster’s management',
  'step.fencing-history': 'shows each attempt to fence it, and the result',
  'step.why': 'shows what keeps it from running',
  'on-node': ({ node }: { node: string }) => `on ${node}`,
};
