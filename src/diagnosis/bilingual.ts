import type { Text } from '../model/text.js';

/** A sentence in every language halab speaks: what halab says by itself is never in one of them alone. */
export type Bilingual = Required<Text>;

export function both(en: string, zh: string): Bilingual {
  return { en, zh };
}

/** Sentences one after the other; what is absent is left out. */
export function joined(...sentences: readonly (Bilingual | undefined)[]): Bilingual {
  const said = sentences.filter((sentence) => sentence !== undefined);
  return { en: said.map(({ en }) => en).join(' '), zh: said.map(({ zh }) => zh).join('') };
}

/** Names as each language lists them. */
export function listed(names: readonly string[]): Bilingual {
  return { en: names.join(', '), zh: names.join('、') };
}

/** The English verb for that many subjects. */
export function areOf(names: readonly string[]): 'is' | 'are' {
  return names.length === 1 ? 'is' : 'are';
}
