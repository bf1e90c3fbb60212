import { nearest } from '../model/nearest.js';

/** What people write who come from other tools, and the keys that halab has for it. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  attr: ['attribute'],
  bash: ['shell'],
  cmd: ['command'],
  deadline: ['within'],
  desc: ['say', 'summary'],
  description: ['say', 'summary'],
  host: ['on', 'node'],
  hosts: ['nodes'],
  name: ['id', 'title'],
  node: ['on'],
  script: ['shell'],
  sh: ['shell'],
  shell: ['run'],
  state: ['is'],
  status: ['is'],
  target: ['on'],
  timeout: ['within'],
  wait: ['within'],
};

/** The key that was probably meant: what the word stands for elsewhere, or else a known one that is spelt much like it. */
export function keyMeant(key: string, known: readonly string[]): string | undefined {
  const word = key.toLowerCase();
  const others = Object.hasOwn(OTHER_WORDS, word) ? (OTHER_WORDS[word] ?? []) : [];
  return others.find((other) => known.includes(other)) ?? nearest(key, known);
}
