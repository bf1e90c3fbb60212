const ESCAPE = String.fromCharCode(27);
/** Colours and similar (ECMA-48 control sequences, and the character set switch that `tput sgr0` writes). */
const CONTROL = new RegExp(`${ESCAPE}(?:\\[[0-9;:?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>])|\\x0f`, 'g');
/** Markdown's emphasis. */
const BOLD = /\*\*(?=\S)([^*]*)\*\*/g;
/** Single backticks that people put around the whole output. */
const SPAN = /^`(?!`)|(?<!`)`$/g;

/** A bullet or an opening bracket behind a backslash, as pandoc writes them; no tool prints either. */
const IS_ESCAPED = /^\s*\\[*+-]\s|: \\\[/m;
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!~'"<>|])/g;

/** Undoes the escapes of Markdown: `\* vip_start_0 on alpha \'error\'`. A backslash in any other text is kept. */
export function unescaped(source: string): string {
  return IS_ESCAPED.test(source) ? source.replace(ESCAPED, '$1') : source;
}

/** `Online: [ a ]<br>OFFLINE: [ b ]<br/>`: the line breaks of a web page. */
const BREAK = /<br ?\/?>(?:\r\n|\n|\r)?/gi;

export function withLineBreaks(source: string): string {
  return source.includes('<') ? source.replace(BREAK, '\n') : source;
}

/** Without colours, emphasis, and single backticks around the line. */
export function withoutMarkup(raw: string): string {
  const plain = raw.includes(ESCAPE) || raw.includes('\x0f') ? raw.replace(CONTROL, '') : raw;
  const text = plain.includes('**') && !plain.includes('***') ? plain.replace(BOLD, '$1') : plain;
  return text.includes('`') ? text.replace(SPAN, '') : text;
}

/** Blanks of other widths that web pages and word processors write; tabs are kept. */
const BLANKS = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
/** Characters without width that web pages put between others. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/g;
/** Entities that occur only in the source of a web page; without one of them, `&lt;` may be an agent's own text. */
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

/** GitHub replaces part of `ocf::heartbeat:IPaddr2` by an emoji, which some programs replace by a placeholder. */
const HEARTBEAT = /\(ocf:(?:\u{1F493}|\uFFFC)/gu;
/** Tags that documents put around and into an output. */
const TAG = /<\/?(?:pre|code|b|strong|em|p|div|span|li|ul|tt)(?: [^<>]*)?>/gi;

/** Returns a function that restores a line as the tool printed it, before it became part of a document or a web page. */
export function plainCharactersOf(source: string): (line: string) => string {
  const isHtml = IS_HTML.test(source);
  return (line) => {
    const text = isHtml && line.includes('&') ? line.replace(ENTITY, decoded) : line;
    return withoutTags(text).replace(BLANKS, ' ').replace(INVISIBLE, '').replace(HEARTBEAT, '(ocf::heartbeat:');
  };
}

function withoutTags(text: string): string {
  return text.includes('<') ? text.replace(TAG, '') : text;
}

function decoded(whole: string, name: string): string {
  return ENTITIES[name.toLowerCase()] ?? whole;
}
