import { expect } from 'chai';
import { type LabView, labsJson, labsLines } from '../../../src/cli/commands/status-page.js';
import { createView, frame, watch } from '../../../src/cli/commands/status-watch.js';
import { viewsOf } from '../../../src/diagnosis/views.js';
import type { ClusterState, StatusReading } from '../../../src/model/cluster-state.js';
import { LabError } from '../../../src/model/errors.js';
import { problemsBy, schemaOf } from '../../support/json-schemas.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { CASES } from '../diagnosis/cases.js';
import { down, node, state } from '../diagnosis/states.js';

const reading = (name: string, of: ClusterState): StatusReading => ({
  node: name,
  at: '2026-11-23T08:31:55.000Z',
  state: of,
});

function lab(...cluster: readonly StatusReading[]): LabView {
  return {
    instance: 'mine',
    backend: 'embedded',
    lab: 'linuxha',
    state: 'up',
    image: 'debian-12',
    nodes: [{ node: 'a', state: 'running', owner: { kind: 'nspawn', pid: 7 } }],
    faults: [],
    cluster,
    ...viewsOf(cluster),
  };
}

const ALONE = state({ quorate: false, nodes: [node('a'), down('b'), down('c')] });
const REST = state({ nodes: [down('a'), node('b'), node('c')] });
const options = { language: 'en', color: false, width: 100 } as const;

describe('the labs on a terminal', () => {
  it('say once what all nodes agree on', () => {
    const lines = labsLines([lab(reading('a', state()), reading('b', state()))], [], options);
    expect(lines.slice(0, 5)).to.deep.equal([
      'mine: up (lab linuxha, embedded, debian-12)',
      '  a                running  nspawn process 7',
      '  According to a, b:',
      '    Running: vip on a · fence on b',
      '    ✔ No sign of trouble in this output.',
    ]);
  });

  it('show each view of a cluster that is split, with who has it', () => {
    const text = labsLines([lab(reading('a', ALONE), reading('b', REST), reading('c', REST))], [], options).join('\n');
    expect(text).to.include('The nodes do not agree: there are 2 different views of the cluster.');
    expect(text.indexOf('According to b, c:')).to.be.below(text.indexOf('According to a:')).and.above(0);
    expect(text).to.include('✖ This partition has NO quorum');
  });

  it('name a node that could not be queried', () => {
    const silent: StatusReading = { node: 'b', at: '', problem: { kind: 'unreachable', message: 'b did not answer' } };
    expect(labsLines([lab(silent)], [], options)).to.include('  b could not be queried: b did not answer');
    expect(labsLines([lab(silent)], [], { ...options, language: 'zh' })).to.include('  无法查询 b：b did not answer');
  });

  it('are told in JSON as the schema says, whatever a state means', () => {
    const labs = Object.values(CASES).map(({ means }) => lab(reading('a', means)));
    expect(problemsBy('status', JSON.parse(JSON.stringify(labsJson(labs, [], 'zh'))))).to.deep.equal([]);
  });

  it('and the schema knows every code, and no other', () => {
    const { $defs } = schemaOf('status-from') as { $defs: { item: { properties: { code: { enum: string[] } } } } };
    expect($defs.item.properties.code.enum).to.have.members(Object.keys(CASES));
  });
});

describe('watching the labs', () => {
  const settings = { json: false, language: 'en' } as Parameters<typeof createView>[0];

  it('draws over what stands on the terminal, and counts what does not fit', () => {
    const drawn = frame(['one', 'two', 'three', 'four'], 4, 'en');
    expect(drawn).to.equal('\u001b[Hone\u001b[K\ntwo\u001b[K\n… 2 more lines\u001b[K\n\u001b[J');
    expect(frame(['one'], 4, 'en')).to.equal('\u001b[Hone\u001b[K\n\u001b[J');
  });

  it('looks every so often until it is interrupted', async () => {
    const written: string[] = [];
    const screen = {
      isTTY: true,
      columns: 80,
      rows: 50,
      write: (text: string) => written.push(text),
      once: () => undefined,
    };
    const stop = new AbortController();
    const clock = createMemoryClock();
    let looks = 0;
    const look = () => {
      looks += 1;
      if (looks === 3) stop.abort(new LabError('interrupted', 'interrupted'));
      return Promise.resolve([lab(reading('a', state()))]);
    };
    const ended = await watch(look, createView(settings, screen, {}), 2_000, clock, stop.signal).then(
      () => 'ended',
      (error: LabError) => error.code,
    );
    expect(ended).to.equal('interrupted');
    expect(written).to.have.length(3);
    expect(clock.monotonicMs()).to.be.within(4_000, 4_100);
  });

  it('ends when whoever reads has gone', async () => {
    let onError: () => void = () => undefined;
    const screen = {
      isTTY: true,
      write: () => onError(),
      once: (_event: 'error', listener: () => void) => {
        onError = listener;
      },
    };
    const look = () => Promise.resolve([]);
    await watch(look, createView(settings, screen, {}), 1_000, createMemoryClock(), new AbortController().signal);
  });
});
