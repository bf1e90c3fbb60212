import { signal } from '@preact/signals';
import htm from 'htm';
import { h } from 'preact';
import { grammarOf } from '../../messages/grammar.js';
import { messageIn, type Speaker } from '../../messages/message.js';
import { LANGUAGES, type Language } from '../../model/text.js';
import type { PageTexts } from '../../report/page-data.js';

export const html = htm.bind(h);

export const language = signal<Language>('en');
export const say: Speaker = (code, ...params) => messageIn(language.value, code, ...params);
export const formatDuration = grammarOf('en').duration;

/** `outage 8.42s`; 0 is that of a probe that got every answer. */
export function outageWords(ms: number): string {
  return ms === 0 ? say('outage.none') : `${say('outage.title')} ${formatDuration(ms)}`;
}

/** What the page carries as data. It is shown in the language that this was written in until the reader takes another. */
export function carriedData<D extends PageTexts>(): D {
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as D;
  language.value = data.language;
  return data;
}

/** The same value with every text that the page has a translation for. */
export function inReadersLanguage<T>(value: T, { translations }: PageTexts): T {
  const known = translations[language.value];
  if (known === undefined) return value;
  const read = (each: unknown): unknown => {
    if (typeof each === 'string') return Object.hasOwn(known, each) ? known[each] : each;
    if (Array.isArray(each)) return each.map(read);
    if (each === null || typeof each !== 'object') return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, read(inner)]));
  };
  return read(value) as T;
}

export function LanguageChoice() {
  return html`<div class="languages" role="group" aria-label=${say('page.language')}>${LANGUAGES.map(
    (each) => html`<button type="button" lang=${each} aria-pressed=${language.value === each}
      onClick=${() => {
        language.value = each;
        document.documentElement.lang = each;
      }}>${messageIn(each, 'page.own-name')}</button>`,
  )}</div>`;
}
