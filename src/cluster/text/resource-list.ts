import { readBrief } from './brief.js';
import { readSummary } from './clone-summary.js';
import { readContainer } from './containers.js';
import { dropHeld } from './draft.js';
import { readHeld, readInstance } from './instance.js';
import type { Section } from './section.js';

const NOTHING = /^No (?:active |inactive )?resources(?: configured)?$/i;
const UNDER_NODE = /^Resources:$/;

/** Members are known by their indentation alone, as pacemaker prints it in every generation. */
export const resourceList: Section = {
  part: 'resources',
  titles: ['full list of resources:', 'active resources:', 'inactive resources:'],
  open({ text }, { layout }) {
    if (/^full/i.test(text)) layout.fullList = true;
  },
  read(line, draft) {
    if (readHeld(line, draft)) return true;
    dropHeld(draft);
    if (NOTHING.test(line.text) || (draft.node !== undefined && UNDER_NODE.test(line.text))) {
      draft.printed.add('resources');
      return true;
    }
    return (
      readContainer(line, draft) || readSummary(line, draft) || readBrief(line, draft) || readInstance(line, draft)
    );
  },
};
