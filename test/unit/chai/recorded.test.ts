import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, use } from 'chai';
import { PLAIN_WORDS } from '../../../src/chai/found-words.js';
import { clusterPlugin } from '../../../src/chai/plugin.js';
import { STATE_WORDS } from '../../../src/chai/state-words.js';
import { readAny } from '../../../src/cluster/read-any.js';
import { knownNodes, knownResources } from '../../../src/model/claims.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { failureOf } from './word-row.js';

use(clusterPlugin);

const FIXTURES = fileURLToPath(new URL('../../fixtures/cluster/', import.meta.url));
/** Twelve instances of a large cluster, each with its flags and the nodes it is on. */
const LONGEST = 4_000;

const say = (assertion: Chai.Assertion, word: string): unknown =>
  (assertion as unknown as Readonly<Record<string, unknown>>)[word];
const wordsOfKind = (kind: 'node' | 'resource'): readonly string[] =>
  Object.entries(PLAIN_WORDS).flatMap(([word, { of }]) => (of[kind] === undefined ? [] : [word]));

/** What may be gone on from, found once, with the words that may be said of it. */
function* subjectsIn(state: ClusterState): Generator<readonly [subject: Chai.Assertion, words: readonly string[]]> {
  yield [expect(state), Object.keys(STATE_WORDS)];
  for (const name of knownNodes(state)) yield [expect(state).to.have.node(name), wordsOfKind('node')];
  for (const id of knownResources(state)) yield [expect(state).to.have.resource(id), wordsOfKind('resource')];
}

function holds(look: () => unknown): boolean {
  try {
    look();
    return true;
  } catch {
    expect(failureOf(look).length).to.be.below(LONGEST);
    return false;
  }
}

describe('on recorded outputs', () => {
  for (const [folder, end] of [
    ['status', '.txt'],
    ['crm_mon', '.xml'],
  ] as const)
    it(`in ${folder}/ each word holds or can be denied, and never both`, () => {
      const files = readdirSync(join(FIXTURES, folder)).filter((name) => name.endsWith(end));
      expect(files).to.have.length.above(20);
      for (const file of files) {
        const state = readAny(readFileSync(join(FIXTURES, folder, file), 'utf8'));
        for (const [subject, words] of subjectsIn(state))
          for (const word of words) {
            const [isSo, isNotSo] = [holds(() => say(subject.is, word)), holds(() => say(subject.is.not, word))];
            expect(isSo, `${file}: ${word}`).to.not.equal(isNotSo);
          }
      }
    });
});
