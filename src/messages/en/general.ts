import type { List } from '../grammar.js';
import { list } from './grammar.js';

export const GENERAL = {
  sentences: ({ texts }: { texts: List }) => texts.join(' '),
  list: ({ items }: { items: List }) => list(items),
};
