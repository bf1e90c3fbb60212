/** The languages of halab, as BCP 47 tags. A new one also needs a folder in src/messages; without it nothing compiles. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence for people. English is always present; texts of a lab or a scenario may lack the other languages. */
export type Text = { readonly en: string } & { readonly [L in Language]?: string };

/** The text in this language, or in English if it has no other. */
export function textIn(text: Text, language: Language): string {
  return text[language] ?? text.en;
}
