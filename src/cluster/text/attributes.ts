import type { Section } from './section.js';
import { readSubject } from './subject.js';

/** What crm_mon adds to the attribute of a ping resource. */
const NOTE = /^: Connectivity is (?:lost|degraded \(Expected=-?\d{1,9}\))$/;

/** `* location : office`; up to 2.0.2 `+ location : office`. */
export const attributes: Section = {
  part: 'attributes',
  titles: ['node attributes:'],
  mayBeEmpty: true,
  open(_, draft) {
    delete draft.subject;
  },
  read(line, draft) {
    if (readSubject(line, draft)) return true;
    const node = draft.subject;
    const colon = loneColon(line.text);
    if (node === undefined || colon < 1) return false;
    const name = line.text.slice(0, colon).trimEnd();
    draft.attributes.push({ node, name, value: withoutNote(line.text.slice(colon + 1).trim()) });
    return true;
  },
};

/** The first colon between blanks: names hold colons too, `master-drbd:1`. */
function loneColon(text: string): number {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    if (/\s/.test(text.charAt(at - 1)) && !/\S/.test(text.charAt(at + 1))) return at;
  }
  return -1;
}

function withoutNote(value: string): string {
  const at = value.lastIndexOf(': Connectivity is ');
  return at >= 0 && NOTE.test(value.slice(at)) ? value.slice(0, at).trimEnd() : value;
}
