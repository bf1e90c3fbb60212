import type { Section } from './section.js';

/** The node's name may have behind it what corosync and pacemaker call it (pcs 0.9, `prepare_node_name` of `pcs/utils.py`). */
const LINE = /^([^\s()[\]]+?)(?: member)?(?: \([^()]*\))?: ((?:On|Off)line|Unable to \S.*|Not \S.*|Error\b.*)$/;

export const pcsd: Section = {
  part: 'pcsd',
  titles: ['pcsd status:'],
  read({ text }, draft) {
    const [, node, said] = LINE.exec(text) ?? [];
    if (node === undefined || said === undefined) return false;
    if (draft.pcsd.has(node)) return draft.pcsd.get(node) === said;
    draft.pcsd.set(node, said);
    return true;
  },
};
