import { nearest } from '../model/nearest.js';

/** What is wrong with one value of a file or a flag; `offset` counts characters into the value's text. */
export interface ValueProblem {
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  readonly offset?: number;
}

/** `unknown node 'ha-hots1', did you mean 'ha-host1'?`, or the known ones where nothing is near. */
export function unknownWord(what: string, word: string, known: Iterable<string>, likely?: string): ValueProblem {
  const names = [...known];
  const near = likely ?? nearest(word, names);
  if (near !== undefined) {
    return { message: `unknown ${what} '${word}', did you mean '${near}'?`, hint: `Known: ${names.join(', ')}.` };
  }
  return {
    message: `unknown ${what} '${word}'`,
    hint: names.length > 0 ? `known: ${names.join(', ')}` : 'there is none',
  };
}

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

/** A box as Vagrant's catalogue names it, or one added manually. */
export function boxWrong(text: string): ValueProblem | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(\/[A-Za-z0-9][A-Za-z0-9_.-]{0,63})?$/.test(text)) return undefined;
  return {
    message: `'${text}' cannot be a box's name`,
    hint: 'write it as vagrant box list prints it, such as debian/bookworm64',
  };
}
