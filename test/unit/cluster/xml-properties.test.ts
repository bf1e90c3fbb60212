import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { disagreements } from '../../../src/cluster/agreement.js';
import { readAny } from '../../../src/cluster/read-any.js';
import { parseCrmMonXml } from '../../../src/cluster/status-xml.js';
import type { ClusterState, Resource } from '../../../src/model/cluster-state.js';
import { fixture } from './fixture.js';

const SOURCES: ReadonlyMap<string, string> = new Map(
  ['crm_mon', 'agreement'].flatMap((folder) =>
    readdirSync(new URL(`../../fixtures/cluster/${folder}`, import.meta.url))
      .filter((name) => name.endsWith('.xml'))
      .map((name) => [`${folder}/${name}`, fixture(`${folder}/${name}`)] as const),
  ),
);
const sourceOf = (name: string): string => SOURCES.get(name) ?? '';
/** Far more than any fixture takes. */
const RUNS = { numRuns: 150 };

const anyFixture = fc.constantFrom(...SOURCES.keys());

function idsOf(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'primitive':
      return [resource.id];
    case 'group':
      return [resource.id, ...resource.members.flatMap(idsOf)];
    case 'clone':
      return [resource.id, ...resource.instances.flatMap(idsOf)];
    case 'bundle':
      return [resource.id, ...resource.replicas.flatMap(({ members }) => members.flatMap(idsOf))];
  }
}

const namesIn = ({ nodes, resources }: ClusterState): readonly string[] => [
  ...nodes.map(({ name }) => name),
  ...resources.flatMap(idsOf),
  ...resources.flatMap((resource) => (resource.kind === 'primitive' ? resource.nodes : [])),
];

/** Reads without a throw, and names nothing that the source does not hold. A tab or line break in an attribute is a blank (XML 1.0, 3.3.3). */
function readSoundly(source: string): ClusterState {
  const state = readAny(source);
  const normalised = source.replace(/\r\n|[\t\n\r]/g, ' ');
  expect(namesIn(state).filter((name) => !source.includes(name) && !normalised.includes(name))).to.deep.equal([]);
  return state;
}

describe('crm_mon XML of any shape', () => {
  it('tells by any beginning a beginning of what the whole tells, and that it is cut off', () => {
    const flat = [...SOURCES.keys()].filter((name) => !name.includes('grouped-by-node'));
    fc.assert(
      fc.property(fc.constantFrom(...flat), fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
        const source = sourceOf(name);
        const end = source.lastIndexOf('>');
        const state = readSoundly(source.slice(0, Math.floor(share * end)));
        const whole = readAny(source);
        expect(state.nodes).to.deep.equal(whole.nodes.slice(0, state.nodes.length));
        const ids = (resources: readonly Resource[]) => resources.map(({ id }) => id);
        expect(ids(state.resources)).to.deep.equal(ids(whole.resources.slice(0, state.resources.length)));
        expect(state.failedActions).to.deep.equal(whole.failedActions.slice(0, state.failedActions.length));
        if (share * end >= 1) expect(state.truncated).to.not.deep.equal([]);
        expect(state.errors).to.deep.equal([]);
      }),
      RUNS,
    );
  });

  it('is refused by whoever wants it whole, for any beginning', () => {
    fc.assert(
      fc.property(anyFixture, fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
        const source = sourceOf(name);
        const beginning = source.slice(0, Math.floor(share * source.lastIndexOf('>')));
        expect(() => parseCrmMonXml(beginning)).to.throw('well-formed');
      }),
      RUNS,
    );
  });

  it('is read without any line, or with any line twice', () => {
    fc.assert(
      fc.property(anyFixture, fc.nat(), fc.boolean(), (name, pick, twice) => {
        const lines = sourceOf(name).split('\n');
        const at = pick % lines.length;
        const changed = twice ? lines.toSpliced(at, 0, lines[at] ?? '') : lines.toSpliced(at, 1);
        readSoundly(changed.join('\n'));
      }),
      RUNS,
    );
  });

  it('is read with random bytes anywhere', () => {
    fc.assert(
      fc.property(
        anyFixture,
        fc.array(fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 5 }),
        (name, spots) => {
          const bytes = Buffer.from(sourceOf(name));
          for (const [at, noise] of spots) bytes.set(noise, at % (bytes.length - noise.length));
          readSoundly(bytes.toString());
        },
      ),
      RUNS,
    );
  });

  it('is read where it is nothing but the characters of XML', () => {
    const soup = fc.array(
      fc.constantFrom('<', '>', '/', '"', "'", '=', ' ', '\n', '&', ';', '!', '-', '[', '?', 'a', 'crm_mon'),
    );
    fc.assert(
      fc.property(soup, (pieces) => {
        readSoundly(pieces.join(''));
        readSoundly(`<crm_mon><nodes>${pieces.join('')}`);
      }),
      RUNS,
    );
  });

  it('agrees with itself', () => {
    for (const [name, source] of SOURCES) {
      const state = readAny(source);
      expect(disagreements(state, state), name).to.deep.equal([]);
    }
  });
});

describe('crm_mon XML of a large cluster', () => {
  const large = (count: number): string => {
    const nodes = Array.from(
      { length: count / 20 },
      (_, n) => `<node name="n${n}" id="${n}" online="true" type="member"/>`,
    );
    const resources = Array.from(
      { length: count },
      (_, r) =>
        `<resource id="r${r}" resource_agent="ocf:pacemaker:Dummy" role="Started" managed="true" failed="false">` +
        `<node name="n${r % nodes.length}" id="1" cached="true"/></resource>`,
    );
    const history = resources.map((_, r) => `<resource_history id="r${r}" migration-threshold="3" fail-count="1"/>`);
    return [
      '<pacemaker-result><summary/><nodes>',
      ...nodes,
      '</nodes><resources>',
      ...resources,
      '</resources><node_history><node name="n0">',
      ...history,
      '</node></node_history><status code="0" message="OK"/></pacemaker-result>',
    ].join('\n');
  };
  it('is read whole, and agrees with itself', () => {
    const state = readAny(large(2_000));
    expect(state.resources).to.have.lengthOf(2_000);
    expect(disagreements(state, state)).to.deep.equal([]);
  });
});
