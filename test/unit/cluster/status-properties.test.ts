import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { parseCrmMonXml } from '../../../src/cluster/status-xml.js';
import type { ClusterState, Resource } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';
import { fixture } from './fixture.js';

const recorded = (suffix: string): readonly string[] =>
  ['status', 'crm_mon', 'tutorial'].flatMap((folder) =>
    readdirSync(new URL(`../../fixtures/cluster/${folder}/`, import.meta.url))
      .filter((name) => name.endsWith(suffix))
      .map((name) => fixture(`${folder}/${name}`)),
  );
const CORPUS = recorded('.txt');
const DOCUMENTS = recorded('.xml');
const LINES: readonly string[] = [...new Set(CORPUS.flatMap((text) => text.split('\n')))];
const ESCAPE = String.fromCharCode(27);
const RUNS = { numRuns: 100 };

const anyText = fc.constantFrom(...CORPUS);
const anyLine = fc.constantFrom(...LINES);

/** Reads it, and holds every name against the text; a pattern that backtracks would outlast the test's deadline. */
function check(text: string): ClusterState {
  const state = parseStatusText(text);
  expectNamesIn(text, state);
  return state;
}

function expectNamesIn(text: string, state: ClusterState): void {
  const tokens = tokensOf(text);
  for (const name of namesIn(state)) expect(tokens.has(name), `${name} is not in the text`).to.equal(true);
}

/** The same of XML that is not refused. */
function checkXml(source: string): void {
  let state: ClusterState | undefined;
  try {
    state = parseCrmMonXml(source).state;
  } catch (error) {
    expect(error).to.be.an.instanceOf(Error);
  }
  if (state !== undefined) expectNamesIn(source, state);
}

/** Words, also without what may be put before or behind a name: a colon, an id or a host. */
function tokensOf(text: string): ReadonlySet<string> {
  const words = text.split(/[\s[\](),'"=]+/);
  return new Set(words.flatMap((word) => [word, word.replace(/:$/, ''), ...word.split('@'), ...word.split(/[@:]/)]));
}

function namesIn(state: ClusterState): readonly string[] {
  const { resources, nodes, dc, failedActions, fencingHistory, tickets, bans, attributes, failCounts } = state;
  return [
    ...nodes.map(({ name }) => name),
    ...(dc === undefined ? [] : [dc.name]),
    ...resources.flatMap(idsIn),
    ...instancesOf({ resources }).flatMap(({ id, nodes: on, lockedTo }) => [
      id,
      ...on,
      ...(lockedTo ? [lockedTo] : []),
    ]),
    ...failedActions.flatMap(({ node }) => node ?? []),
    ...fencingHistory.map(({ target }) => target),
    ...tickets.map(({ id }) => id),
    ...bans.flatMap(({ id, node, resource }) => [id, node, resource]),
    ...attributes.map(({ node }) => node),
    ...failCounts.flatMap(({ node, resource }) => [node, resource]),
    ...Object.keys(state.pcsd),
    ...state.daemons.map(({ name }) => name),
  ];
}

function idsIn(resource: Resource): readonly string[] {
  if (resource.kind !== 'clone') return [resource.id];
  return [resource.id, ...resource.stoppedOn, ...resource.instances.map(({ id }) => id)];
}

/** The lines of one of the texts, and the numbers of two of them. */
const placesIn = (texts: readonly string[]) =>
  fc.constantFrom(...texts).chain((text) => {
    const line = fc.nat({ max: text.split('\n').length - 1 });
    return fc.tuple(fc.constant(text.split('\n')), line, line);
  });
const anyPlaces = placesIn(CORPUS);

describe('any text at all', function () {
  this.timeout(60_000);

  it('reads the whole corpus without inventing a name', () => {
    for (const text of CORPUS) check(text);
  });

  it('reads any beginning and any end of a status', () => {
    const cut = anyText.chain((text) => fc.tuple(fc.constant(text), fc.nat({ max: text.length })));
    fc.assert(
      fc.property(cut, ([text, at]) => {
        check(text.slice(0, at));
        check(text.slice(at));
      }),
      RUNS,
    );
  });

  it('reads a status of which a line was dropped, doubled, moved or changed places', () => {
    fc.assert(
      fc.property(anyPlaces, ([lines, first, second]) => {
        check(lines.toSpliced(first, 1).join('\n'));
        check(lines.toSpliced(first, 0, lines[first] ?? '').join('\n'));
        check(
          lines
            .toSpliced(first, 1)
            .toSpliced(second, 0, lines[first] ?? '')
            .join('\n'),
        );
        check(
          lines
            .with(first, lines[second] ?? '')
            .with(second, lines[first] ?? '')
            .join('\n'),
        );
      }),
      RUNS,
    );
  });

  it('invents no name for XML with such a line either', () => {
    fc.assert(
      fc.property(placesIn(DOCUMENTS), anyLine, ([lines, first, second], line) => {
        checkXml(lines.slice(0, first).join('\n'));
        checkXml(lines.toSpliced(first, 1).join('\n'));
        checkXml(
          lines
            .toSpliced(first, 1)
            .toSpliced(second, 0, lines[first] ?? '')
            .join('\n'),
        );
        checkXml(lines.toSpliced(first, 0, line).join('\n'));
      }),
      RUNS,
    );
  });

  it('takes a doubled line of nodes for the one that it is', () => {
    fc.assert(
      fc.property(anyPlaces, ([lines, place]) => {
        const doubled = check(lines.toSpliced(place, 0, lines[place] ?? '').join('\n'));
        expect(doubled.nodes).to.deep.equal(check(lines.join('\n')).nodes);
      }),
      RUNS,
    );
  });

  it('reads a status with something else in the middle', () => {
    const noise = fc.oneof(
      anyLine,
      fc.string({ maxLength: 120 }),
      fc.string({ unit: 'binary', maxLength: 120 }).filter((text) => !text.includes(ESCAPE)),
      fc.mixedCase(anyLine),
    );
    fc.assert(
      fc.property(anyPlaces, noise, ([lines, place], line) => {
        check(lines.toSpliced(place, 0, line).join('\n'));
      }),
      RUNS,
    );
  });

  it('reads any mixture of lines', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
        check(lines.join('\n'));
      }),
      RUNS,
    );
  });

  it('reads any bytes, and any characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        parseStatusText(Buffer.from(bytes).toString('utf8'));
        parseStatusText(Buffer.from(bytes).toString('latin1'));
      }),
      RUNS,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        parseStatusText(text);
      }),
      RUNS,
    );
  });

  it('ends quickly with lines that are made to be slow', () => {
    const starts = [...new Set(LINES.map((line) => line.slice(0, line.search(/[[(:]/) + 1)))].filter(
      (each) => each.length > 2,
    );
    const repeated = [
      ' ',
      '(',
      '[',
      ':',
      '@',
      '_',
      "'",
      'a ',
      'a:',
      'a@',
      ' (a',
      '[a',
      ' : ',
      ' at ',
      ', x=1',
      ' (a (b)',
      '\t',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.constantFrom(...repeated), fc.boolean(), (start, part, closed) => {
        check(`${start}${part.repeat(100_000 / part.length)}${closed ? ')]' : ''}`);
      }),
      { numRuns: 40 },
    );
  });

  it('reads twenty thousand lines of one kind', () => {
    const lines = [
      ' vip\t(lsb:x):\tStarted a',
      'last-failed=1',
      'Resource Group: g',
      '* x_start_0 on a',
      'Started [',
      ')',
    ];
    for (const line of lines) check(`Failed Actions:\n${`${line}\n`.repeat(20_000)}`);
  });
});
