import type { GENERAL as EN } from '../en/general.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const GENERAL: Translation<typeof EN> = {
  sentences: ({ texts }) => texts.join(''),
  list: ({ items }) => list(items),
};
