/** Versions of Debian packages in their order (deb-version(7)): negative where the first is older. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  return a.epoch - b.epoch || compareParts(a.upstream, b.upstream) || compareParts(a.revision, b.revision);
}

function partsOf(version: string) {
  const [, epoch = '0', rest = version] = /^(\d+):(.*)$/.exec(version) ?? [];
  const dash = rest.lastIndexOf('-');
  const [upstream, revision] = dash < 0 ? [rest, ''] : [rest.slice(0, dash), rest.slice(dash + 1)];
  return { epoch: Number(epoch), upstream, revision };
}

/** By turns what is no digit, character by character, and digits, as numbers. */
function compareParts(one: string, other: string): number {
  const [a, b] = [one.matchAll(/(\D*)(\d*)/g), other.matchAll(/(\D*)(\d*)/g)];
  for (;;) {
    const [first, second] = [a.next().value, b.next().value];
    if (first === undefined && second === undefined) return 0;
    const [, words = '', digits = ''] = first ?? [];
    const [, otherWords = '', otherDigits = ''] = second ?? [];
    const order = compareWords(words, otherWords) || compareNumbers(digits, otherDigits);
    if (order !== 0) return order;
  }
}

/** A tilde is before the end, which is before letters, which are before all else. */
function compareWords(one: string, other: string): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const order = rank(one[at]) - rank(other[at]);
    if (order !== 0) return order;
  }
  return 0;
}

const AFTER_LETTERS = 0x1000;

function rank(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : AFTER_LETTERS);
}

/** They may be longer than any number is exact. */
function compareNumbers(one: string, other: string): number {
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
