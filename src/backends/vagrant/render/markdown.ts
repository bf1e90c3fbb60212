/** Text of one line for Markdown: nothing in it is markup. */
export function markdownText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Surrogate}\s]+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|&~]/g, '\\$&');
}
