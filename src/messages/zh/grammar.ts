import { grammarOf } from '../grammar.js';

export const { list, plural, duration, age } = grammarOf('zh');
