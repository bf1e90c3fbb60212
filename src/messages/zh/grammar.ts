import { grammarOf } from '../grammar.js';

export const { list, plural, duration } = grammarOf('zh');
