/** A sentence for people, in the languages halab speaks. `en` is always there. */
export interface Text {
  readonly en: string;
  readonly zh?: string;
}

export type Language = 'en' | 'zh';

export function textIn(text: Text, language: Language): string {
  return language === 'zh' ? (text.zh ?? text.en) : text.en;
}
