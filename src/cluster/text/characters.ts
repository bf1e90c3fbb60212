/** Blanks of other widths, as web pages and word processors write them; a tab stays one. */
const BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
/** What only the source of a web page holds; without one of these, `&lt;` may be what an agent said. */
const IS_HTML = /&(?:nbsp|quot|apos|#0?39|#160|#x27|#xa0);/i;
const ENTITY = /&(nbsp|quot|apos|amp|lt|gt|#0?39|#160|#34|#x27|#xa0);/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  '#160': ' ',
  '#xa0': ' ',
  quot: '"',
  '#34': '"',
  apos: "'",
  '#39': "'",
  '#039': "'",
  '#x27': "'",
  amp: '&',
  lt: '<',
  gt: '>',
};

/** GitHub shows `ocf::heartbeat:IPaddr2` with an emoji, of which some programs leave a placeholder. */
const HEARTBEAT = /\(ocf:(?:\u{1F493}|\uFFFC)/gu;
/** Tags that documents put around an output, and into it. */
const TAG = /<\/?(?:pre|code|b|strong|em)(?: [^<>]*)?>/g;

/** How a line of this text was printed, before a document or a web page was made of it. */
export function plainCharactersOf(source: string): (line: string) => string {
  const isHtml = IS_HTML.test(source);
  return (line) => {
    const text = isHtml && line.includes('&') ? line.replace(ENTITY, decoded) : line;
    return withoutTags(text).replace(BLANKS, ' ').replace(HEARTBEAT, '(ocf::heartbeat:');
  };
}

function withoutTags(text: string): string {
  return text.includes('<') ? text.replace(TAG, '') : text;
}

function decoded(whole: string, name: string): string {
  return ENTITIES[name.toLowerCase()] ?? whole;
}
