import type { Meaning, MeaningCode } from './meaning.js';
import { CONSTRAINT_WORDS } from './words/constraint-words.js';
import { CONTAINER_WORDS } from './words/container-words.js';
import { DAEMON_WORDS } from './words/daemon-words.js';
import { DC_WORDS } from './words/dc-words.js';
import { FAILURE_WORDS } from './words/failure-words.js';
import { FENCING_WORDS } from './words/fencing-words.js';
import { NODE_WORDS } from './words/node-words.js';
import { OPTION_WORDS } from './words/option-words.js';
import { QUORUM_WORDS } from './words/quorum-words.js';
import { READING_WORDS } from './words/reading-words.js';
import { RESOURCE_WORDS } from './words/resource-words.js';
import { STOPPED_WORDS } from './words/stopped-words.js';
import { WARNING_WORDS } from './words/warning-words.js';
import type { Words, WordTable } from './words/words-of.js';

/** Words for every code there is; one without them does not compile. */
export const WORDS: WordTable<MeaningCode> = {
  ...READING_WORDS,
  ...DC_WORDS,
  ...QUORUM_WORDS,
  ...OPTION_WORDS,
  ...NODE_WORDS,
  ...FENCING_WORDS,
  ...WARNING_WORDS,
  ...FAILURE_WORDS,
  ...RESOURCE_WORDS,
  ...CONTAINER_WORDS,
  ...STOPPED_WORDS,
  ...CONSTRAINT_WORDS,
  ...DAEMON_WORDS,
};

/** Pure. What people read of one item. */
export function wordsOf(meaning: Meaning): Words {
  return (WORDS[meaning.code] as (each: Meaning) => Words)(meaning);
}
