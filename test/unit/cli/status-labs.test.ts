import { expect } from 'chai';
import { type LabView, labsJson, labsLines } from '../../../src/cli/commands/status-page.js';
import { frame, scrolledFrame } from '../../../src/cli/commands/status-screen.js';
import { createView } from '../../../src/cli/commands/status-view.js';
import { watch } from '../../../src/cli/commands/status-watch.js';
import { scrollOf, topAfter } from '../../../src/cli/scrolling.js';
import { NOTHING_BESIDE } from '../../../src/diagnosis/beside.js';
import { viewsOf } from '../../../src/diagnosis/views.js';
import type { Cib, CibOperation } from '../../../src/model/cib.js';
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
    at: '2026-11-23T08:31:55.000Z',
    reports: [],
    beside: NOTHING_BESIDE,
    cluster,
    ...viewsOf(cluster),
  };
}

const STARTED: CibOperation = {
  node: 'a',
  resource: 'vip',
  operation: 'start',
  intervalMs: 0,
  callId: 7,
  rcCode: 0,
  opStatus: 0,
  expected: true,
  exitReason: '',
  lastChangeS: 1_000_000,
};

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

  it('say that hosts of which each is a cluster by itself are no one cluster', () => {
    const one = state({ nodes: [node('node1')], counts: {} });
    const text = labsLines([lab(reading('a', one), reading('b', one), reading('c', one))], [], options).join('\n');
    expect(text).to.include('These are 3 clusters, not one, and none knows of another: a · b · c.');
    expect(text).not.to.include('do not agree');
    expect(text).to.include('According to b:');
  });

  it('say for how long a resource has been where it is', () => {
    const of = lab(reading('a', state()));
    const cib = { version: { epoch: 1 }, operations: [STARTED] } as unknown as Cib;
    const reports = [{ reading: reading('a', state()), look: { clockS: 1_000_200, cib } }];
    const lines = labsLines([{ ...of, reports }], [], options);
    expect(lines).to.include('    Running: vip on a (for 3m20s) · fence on b');
    const zh = labsLines([{ ...of, reports }], [], { ...options, language: 'zh' });
    expect(zh).to.include('    运行中：vip 在 a 上（已 3分钟20秒） · fence 在 b 上');
  });

  it('tell what changed while they were watched', () => {
    const change = { kind: 'moved', name: 'vip', from: ['a'], to: ['b'], betweenMs: [0, 9_000] } as const;
    const changes = new Map([
      ['mine', [{ change: { ...change, away: { leastMs: 6_200, mostMs: 10_400 } }, agoMs: 4_000 }]],
    ]);
    const [, told] = labsLines([lab(reading('a', state()))], [], { ...options, changes });
    expect(told).to.equal('  ↻ vip moved a → b, away for 6.2s to 10.4s (seen 4s ago)');
    const [, zh] = labsLines([lab(reading('a', state()))], [], { ...options, language: 'zh', changes });
    expect(zh).to.equal('  ↻ vip 从 a 移到 b，中断 6.2秒至 10.4秒（4秒前看到）');
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

  it('scrolls by lines and pages, and says which lines these are', () => {
    const lines = ['one', 'two', 'three', 'four', 'five', 'six'];
    const drawn = scrolledFrame(lines, 6, 1, 'en');
    expect(drawn).to.include('two').and.include('five').and.not.include('one').and.not.include('six');
    expect(drawn).to.include('lines 2 to 5 of 6 · arrow keys, j and k, PgUp and PgDn scroll; q ends');
    expect(['j', 'up', 'page-down', 'x'].map(scrollOf)).to.deep.equal([
      { lines: 1 },
      { lines: -1 },
      { pages: 1 },
      undefined,
    ]);
    expect(topAfter({ pages: 1 }, 0, 6, 4)).to.equal(2);
    expect(topAfter({ lines: -1 }, 0, 6, 4)).to.equal(0);
    expect(topAfter('bottom', 0, 100, 20)).to.equal(80);
  });

  it('ends with q, and gives the terminal back', async () => {
    const written: string[] = [];
    const raw: boolean[] = [];
    let press: (input: string) => void = () => undefined;
    const screen = { isTTY: true, rows: 10, write: (text: string) => written.push(text), once: () => undefined };
    const keyboard = {
      isTTY: true,
      setRawMode: (is: boolean) => raw.push(is),
      on: (event: 'data' | 'end', listener: (input: string) => void) => {
        if (event === 'data') press = listener;
      },
      off: () => undefined,
      resume: () => undefined,
      pause: () => undefined,
    };
    const view = createView(settings, screen, {}, { everyMs: 2_000, keyboard });
    let looks = 0;
    const look = () => {
      looks += 1;
      if (looks === 2) press('q');
      return Promise.resolve([lab(reading('a', state()))]);
    };
    await watch(look, view, 2_000, createMemoryClock(), new AbortController().signal);
    view.close();
    expect(looks).to.equal(2);
    expect(raw).to.deep.equal([true, false]);
    expect(written.at(-1)).to.include('\u001b[?1049l');
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
