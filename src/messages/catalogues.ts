import type { Language } from '../model/text.js';
import { EN } from './en/index.js';
import type { Translation } from './translation.js';
import { ZH } from './zh/index.js';

/** A line for each language: its folder. */
export const CATALOGUES: { readonly [L in Language]: Translation<typeof EN> } = {
  en: EN,
  zh: ZH,
};
