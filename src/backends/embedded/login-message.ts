import { messageIn } from '../../messages/message.js';
import { type LabInstance, type LabNode, pcsNodesOf } from '../../model/lab.js';
import { LANGUAGES } from '../../model/text.js';

/** Beside the management connection, so that it is right whatever state the node's disk was brought back to. */
export const MESSAGE_FILE = 'motd';

/** Commands of pcs 0.9, which older guides have, and what they are since pcs 0.10. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['pcs cluster auth HOST…', 'pcs host auth HOST…'],
  ['pcs cluster setup --name NAME HOST…', 'pcs cluster setup NAME HOST…'],
];

/** Pure. What somebody reads who logs in: where this is, and what pcs is called by another name than in older guides. */
export function loginMessage({ name, lab }: LabInstance, node: LabNode): string {
  const links = node.links.map((link) => `${link.name} ${link.address}`);
  const where = ['halab', `lab ${name}`, node.name, ...links].join(' · ');
  if (!pcsNodesOf(lab).some((each) => each.name === node.name)) return `${where}\n`;
  const width = Math.max(...RENAMED.map(([old]) => old.length));
  return [
    where,
    ...LANGUAGES.map((language) => messageIn(language, 'login.older-guides')),
    ...RENAMED.map(([old, now]) => `  ${old.padEnd(width)}  →  ${now}`),
    '',
  ].join('\n');
}
