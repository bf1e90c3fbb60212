import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { readAny } from '../../../src/cluster/read-any.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { DiagnosisItem } from '../../../src/diagnosis/item.js';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/cluster');
const TEXTS: readonly string[] = ['status', 'crm_mon', 'said'].flatMap((folder) =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => /\.(?:txt|xml)$/.test(name))
    .map((name) => readFileSync(join(FOLDER, folder, name), 'utf8')),
);

/** The parameters that are halab's own words for what it found: everything else is a name or a text of the input. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...['outcome', 'agentKind', 'now', 'fencing', 'why', 'as', 'case', 'by', 'firstIs', 'role', 'type', 'target', 'tool'],
  ...['reasons', 'parts', 'what', 'trouble', 'told', 'operation', 'action', 'agent', 'policy'],
]);

/** Names and texts in an item, without halab's own words. */
function saidIn({ subject, payload }: DiagnosisItem): readonly string[] {
  const own = Object.entries(payload).filter(([name]) => !OWN_WORDS.has(name));
  return [...subject.names, ...own.flatMap(([, value]) => stringsIn(value))];
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

/** Without white space, which wrapped lines change, and without XML's entities. */
function bare(text: string): string {
  return text.replace(/&(?:quot|apos|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity).replace(/\s+/g, '');
}

/** A replica is named after its bundle and its number, `httpd-bundle` and `0`; several times are joined. */
function carries(source: string, said: string): boolean {
  const isThere = (part: string) => source.includes(bare(part));
  return isThere(said) || said.split('; ').every(isThere) || isThere(said.replace(/-\d+$/, ''));
}

function expectCarried(text: string): void {
  const source = bare(text);
  for (const each of diagnose(readAny(text)))
    for (const said of saidIn(each)) expect(carries(source, said), `${each.code} names ${said}`).to.equal(true);
}

describe('a statement names only what the output carries', () => {
  it('of every recorded output', () => {
    for (const text of TEXTS) expectCarried(text);
  });

  it('under whatever name it is there: a node or resource of another name has the same said of it', () => {
    for (const text of TEXTS) {
      const before = readAny(text);
      // The parts of a bundle are known by their names.
      const members = before.nodes.filter(({ type }) => type === 'member').map(({ name }) => name);
      const names = [...members, ...before.resources.map(({ id }) => id)];
      for (const name of new Set(names.filter((each) => /^[a-z][\w-]{3,}$/i.test(each)).slice(0, 3))) {
        const renamed = (source: string) => source.replaceAll(name, `${name}zq`);
        const after = JSON.stringify(diagnose(readAny(renamed(text))));
        expect(after, name).to.equal(renamed(JSON.stringify(diagnose(before))));
      }
    }
  });

  it('of what is left when any lines are lost', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS.filter((text) => !text.startsWith('<'))),
        fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
        (text, chances) => {
          const lines = text.split('\n').filter(() => Number(chances.next().value) > 1);
          expectCarried(lines.join('\n'));
        },
      ),
      { numRuns: 200 },
    );
  });
});
