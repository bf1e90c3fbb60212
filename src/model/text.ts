/** The languages halab speaks, as BCP 47 tags. A new one needs a folder in src/messages too; the compiler asks for it. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence for people. English is always there; what a lab or a scenario brings along may lack the others. */
export type Text = { readonly en: string } & { readonly [L in Language]?: string };

/** In English where the text has no other. */
export function textIn(text: Text, language: Language): string {
  return text[language] ?? text.en;
}
