import { expect } from 'chai';
import type { LearnEvent, Look, StampedLearnEvent } from '../../../src/learn/events.js';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import type { Picture } from '../../../src/learn/picture.js';
import { drawScreen, painted, type Screen } from '../../../src/learn/screen.js';
import type { Question } from '../../../src/model/exercise.js';
import type { Language } from '../../../src/model/text.js';
import { createPaint, displayWidth } from '../../../src/report/format.js';
import { at, exerciseOf, lookWith, started, stepWith, taskWith } from './session-events.js';

const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const SAY = {
  en: 'Clients are to use 192.168.56.24, an address that belongs to no host. '.repeat(6).trim(),
  zh: '客户端将使用这个地址，它不属于任何主机。'.repeat(16),
};
const QUESTION: Question = {
  ask: { en: 'For how long is it away?', zh: '会中断多久？' },
  reason: true,
  options: [
    { id: 'short', say: { en: 'less than 1 s', zh: '不到 1 秒' }, when: [] },
    { id: 'long', say: { en: '5 to 20 s', zh: '5 到 20 秒' }, when: [] },
  ],
};
const create = stepWith('create', taskWith({ ask: { en: 'Create vip.', zh: '创建 vip。' }, points: 2 }), { say: SAY });
const cut = stepWith('cut', taskWith({ by: 'halab', predict: QUESTION }), {
  title: { en: 'The host loses its network', zh: '主机失去网络' },
});
const EXERCISE = exerciseOf(create, cut);
const BEGUN = [started(EXERCISE), at(1, { kind: 'step-begun', step: 'create', roles: {} })];
const AT_CUT = [
  ...BEGUN,
  at(2, { kind: 'step-left', step: 'create', done: true }),
  at(3, { kind: 'step-begun', step: 'cut', roles: {} }),
];

function picture(holder: string | undefined, more: Partial<Picture> = {}): Picture {
  return {
    nodes: HOSTS.map((node) => ({ node, standing: 'online' })),
    dc: 'ha-host1',
    quorate: true,
    resources: [
      {
        id: 'vip',
        role: holder === undefined ? 'Stopped' : 'Started',
        nodes: holder === undefined ? [] : [holder],
        failed: false,
        managed: true,
      },
    ],
    links: [],
    faults: [],
    ...more,
  };
}

const looked = (second: number, look: Partial<Look>, more: Partial<LearnEvent> = {}): StampedLearnEvent =>
  at(second, { kind: 'looked', step: 'create', tookMs: 500, look: lookWith(look), ...more } as LearnEvent);

function draw(
  events: readonly StampedLearnEvent[],
  options: { columns?: number; rows?: number; language?: Language; second?: number } & Partial<Screen> = {},
) {
  const { columns = 80, rows = 24, language = 'en', second = 60, ...more } = options;
  const now = at(second, { kind: 'finished' }).at;
  const drawn = drawScreen(
    { state: foldLearning(events), view: 'task', top: 0, ...more },
    { columns, rows, language, now },
  );
  const lines = painted(drawn.lines, createPaint(false));
  return { ...drawn, lines, text: lines.join('\n') };
}

const SEEN = {
  checks: [
    { expected: 'vip is started', verdict: 'passed', seen: 'ha-host1' },
    { expected: 'the address is there once', verdict: 'failed', seen: 'ha-host2: not there' },
    { expected: 'eth1 is up', verdict: 'unknown', seen: 'ha-host3 did not answer' },
  ],
} satisfies Partial<Look>;

describe('the screen of the coach', () => {
  it('fits the terminal exactly, whatever its size and language', () => {
    const events = [...BEGUN, looked(2, { ...SEEN, picture: picture('ha-host1') })];
    for (const language of ['en', 'zh'] as const)
      for (const [columns, rows] of [
        [80, 24],
        [120, 40],
        [109, 30],
        [200, 60],
        [40, 12],
      ] as const)
        for (const view of ['task', 'story', 'steps'] as const) {
          const { lines } = draw(events, { columns, rows, language, view });
          expect(lines, `${columns}x${rows} ${language} ${view}`).to.have.length(rows);
          for (const line of lines) expect(displayWidth(line), line).to.be.at.most(columns);
        }
  });

  it('has the task, its place, points and keys', () => {
    const { text, lines } = draw(BEGUN);
    expect(lines[0]).to.equal('A virtual address · step 1 of 2: The step create');
    expect(text).to.contain('Goal: Make one.');
    expect(text).to.match(/\[·{30}\] 0 of 2 steps · 0 of 3 points/);
    expect(lines.at(-1)).to.equal('n next  h hint  s show  p predict  r reset  l list  q quit');
    const zh = draw(BEGUN, { language: 'zh', top: 99 });
    expect(zh.text).to.contain('任务：创建 vip。').and.contain('已完成 0 步，共 2 步 · 0 分，满分 3 分');
    expect(zh.lines.at(-1)).to.equal('n 下一步  h 提示  s 回顾  p 预测  r 重置  l 列表  q 退出，明天再继续');
  });

  it('shows the narration to its last word, scrolled where it does not fit', () => {
    const small = { rows: 14 };
    const { body, room, text } = draw(BEGUN, small);
    expect(body).to.be.greaterThan(room);
    expect(text).to.contain(`lines 1 to ${room} of ${body}`);
    const shown = Array.from({ length: body }, (_, top) => draw(BEGUN, { ...small, top }).lines.slice(1, 1 + room));
    const all = shown.flat().join(' ').replace(/\s+/g, ' ');
    expect(all).to.contain('belongs to no host.').and.contain('Task: Create vip.');
    expect(draw(BEGUN, { ...small, top: 999 }).lines).to.deep.equal(draw(BEGUN, { ...small, top: body - room }).lines);
  });

  it('ticks every check: what holds, what does not, what is unknown, and what holds no more', () => {
    const first = looked(2, SEEN);
    const { text } = draw([...BEGUN, first], { rows: 40 });
    expect(text).to.contain('  ✔ vip is started\n');
    expect(text).to.contain('  ✖ the address is there once (seen: ha-host2: not there)');
    expect(text).to.contain('  ? unknown: eth1 is up (ha-host3 did not answer)');
    const checks = [{ expected: 'vip is started', verdict: 'failed' as const, seen: 'vip is stopped' }];
    const again = draw([...BEGUN, first, looked(3, { checks })], { rows: 40 });
    expect(again.text).to.contain('  ○ it held, and no longer does: vip is started (seen: vip is stopped)');
    const reset = at(4, { kind: 'went-to', step: 'create', scope: 'step' });
    const afresh = draw([...BEGUN, first, reset, looked(5, { checks })], { rows: 40 });
    expect(afresh.text, 'of an attempt that is gone').to.contain('  ✖ vip is started (seen: vip is stopped)');
  });

  it('counts a task only while it holds', () => {
    const passing = { checks: [{ expected: 'vip is started', verdict: 'passed' as const, seen: '' }] };
    const holds = [...BEGUN, looked(2, passing), looked(3, passing)];
    expect(draw(holds, { rows: 40 }).text).to.contain('It holds; it has to hold for 3.00s, and has for 1.00s.');
    const done = [...holds, looked(6, passing)];
    expect(draw(done, { rows: 40 }).text)
      .to.contain('Done: it holds.\nn goes on.')
      .and.match(/\[█{15}·{15}\] 1 of 2 steps · 2 of 3 points/);
    expect(draw([...done, looked(7, { checks: SEEN.checks })], { rows: 40 }).text).to.contain('0 of 2 steps');
  });

  it('keeps the last hint below the task, and offers one whose time has come', () => {
    const hint = { id: 'h', when: [], afterMs: 1, look: { en: 'Look.' }, rule: { en: 'Rule.' } };
    const exercise = exerciseOf(stepWith('create', taskWith({ hints: [hint] })));
    const begun = [started(exercise), at(1, { kind: 'step-begun', step: 'create', roles: {} }), looked(2, SEEN)];
    expect(draw(begun, { rows: 40 }).text).to.contain('There is a hint for this: h shows it.');
    const passing = { checks: [{ expected: 'vip is started', verdict: 'passed' as const, seen: '' }] };
    expect(draw([...begun, looked(3, passing)], { rows: 40 }).text, 'nothing is missing').to.not.contain('a hint');
    const help = { grade: 1, hint: 'h', lines: [{ en: 'Read the line of vip.', zh: '读 vip 那一行。' }] } as const;
    const given = [...begun, at(3, { kind: 'hint-given', step: 'create', help })];
    expect(draw(given, { rows: 40 }).text).to.contain('Hint, grade 1 of 4:\n  Read the line of vip.');
    expect(draw(given, { rows: 40, language: 'zh' }).text).to.contain('提示，第 1 级，共 4 级：\n  读 vip 那一行。');
  });

  it('asks, shows what was chosen, and sets what happened against it, with the moment', () => {
    expect(draw(AT_CUT).text).to.contain(
      'Predict: For how long is it away?\n   1 less than 1 s\n   2 5 to 20 s\nPredict first: press 1 to 2; then n has halab do it.',
    );
    const predicted = at(4, {
      kind: 'answered',
      step: 'cut',
      question: 'predict',
      option: 'short',
      because: 'it is quick',
    });
    expect(draw([...AT_CUT, predicted]).text).to.contain(
      '  ▸1 less than 1 s\n   2 5 to 20 s\n  Your answer: less than 1 s\n  Your reason: it is quick\nn has halab do it.',
    );
    const outcome = { right: 'long', seen: ['vip was away for 8.32s'] };
    const settled = [...AT_CUT, predicted, at(50, { kind: 'settled', step: 'cut', outcome })];
    expect(draw(settled, { columns: 100 }).text).to.contain(
      '✖ You predicted less than 1 s; what happened is 5 to 20 s: vip was away for 8.32s\n  Your reason: it is quick\n',
    );
    expect(draw(settled).text).to.contain('  (settled 10s ago)');
    const right = [
      ...AT_CUT,
      predicted,
      at(50, { kind: 'settled', step: 'cut', outcome: { ...outcome, right: 'short' } }),
    ];
    expect(draw(right, { language: 'zh' }).text).to.contain('✔ 你预测的是 不到 1 秒，结果正是如此');
  });

  it('shows the cluster: DC, quorum, nodes, what runs where, links, faults and the last changes', () => {
    const events = [
      ...BEGUN,
      looked(2, { picture: picture('ha-host1') }),
      looked(10, {
        picture: picture('ha-host2', {
          dc: 'ha-host2',
          nodes: [
            { node: 'ha-host1', standing: 'unclean' },
            { node: 'ha-host2', standing: 'online' },
            { node: 'ha-host3', standing: 'silent' },
          ],
          links: [{ node: 'ha-host1', link: 'eth1', up: false }],
          faults: ['link-down eth1 on ha-host1'],
        }),
      }),
    ];
    const { text } = draw(events, { second: 14, rows: 40, columns: 120 });
    for (const words of [
      '│ DC ha-host2',
      '│ with quorum',
      '│ looked at 4s ago',
      '✖ ha-host1  UNCLEAN  eth1 down',
      '✔ ha-host2  online  DC  ▪vip',
      '✖ ha-host3  does not answer',
      '! fault in force: link-down eth1 on',
      '↻ ha-host1 eth1: up → down · 4s ago',
      '↻ ha-host1: online → UNCLEAN · 4s ago',
      '↻ vip moved ha-host1 → ha-host2, away for',
    ])
      expect(text).to.contain(words);
    const narrow = draw(events, { second: 14 }).text;
    expect(narrow).to.match(/── lab mine · DC ha-host2 · with quorum · looked at 4s ago ─+\n/);
    expect(draw(events, { language: 'zh', second: 14 }).text).to.contain('DC ha-host2 · 有法定票数 · 4秒前检查');
    expect(draw(events, { language: 'zh', second: 14, columns: 120, rows: 40 }).text).to.contain(
      '↻ ha-host3：在线 → 无应答',
    );
    const stopped = [...BEGUN, looked(2, { picture: picture(undefined, { quorate: false }) })];
    const seen = at(13, { kind: 'pictured', step: 'create', tookMs: 300, picture: picture('ha-host3') });
    expect(draw([...events, seen], { second: 14 }).text, 'while halab has the step')
      .to.contain('looked at 1s ago')
      .and.contain('vip moved ha-host2 → ha-host3');
    expect(draw(stopped, { rows: 40 }).text).to.contain(
      'For a shell on a node, type in a second terminal: halab ssh ha-host1 --name',
    );
    expect(draw(stopped).text).to.contain('WITHOUT quorum').and.contain('– not running: vip');
    expect(draw(BEGUN).text).to.contain('not looked at yet');
  });

  it('says when a look is slow, what halab does, and what came of a key', () => {
    const events = [...BEGUN, looked(2, { picture: picture('ha-host1') })];
    const since = at(50, { kind: 'finished' }).at;
    expect(draw(events, { lookingSince: since, second: 51 }).text).to.contain('looked at 49s ago');
    expect(draw(events, { lookingSince: since, second: 54 }).text).to.contain('looking since 4s');
    expect(draw(events, { doing: { text: { en: 'link-down' }, since }, second: 54 }).text).to.contain(
      '\nlink-down (4s)\n',
    );
    expect(draw(events, { note: { text: { en: 'not yet' } } }).text).to.contain('\nnot yet\n');
    const prompt = { text: { en: 'Your reason:' }, typed: '因为'.repeat(60) };
    expect(draw(events, { prompt }).lines.at(-2)).to.match(/^Your reason: 为?(因为)+$/);
  });

  it('keeps the clock of an exam in sight, however far the task is scrolled', () => {
    const [begin, ...others] = BEGUN;
    const events = [{ ...begin, exam: { minutes: 2 } } as StampedLearnEvent, ...others];
    for (const top of [0, 99]) {
      const { lines } = draw(events, { rows: 16, top, second: 61 });
      expect(lines[1]).to.match(/^Exam: .* of 2 min are left\.$/);
    }
  });

  it('lists the steps, and what happened so far', () => {
    expect(draw(AT_CUT, { view: 'steps' }).text).to.contain('  ✔ 1 The step create: done');
    expect(draw(AT_CUT, { view: 'steps' }).text).to.contain('  ▸ 2 The host loses its network: open');
    const story = draw([...AT_CUT, looked(4, { picture: picture('ha-host1') })], { view: 'story', rows: 60 }).text;
    expect(story).to.contain('1 The step create: done').and.contain('2 The host loses its network');
    expect(draw(AT_CUT, { view: 'story' }).lines.at(-1)).to.equal('j and k scroll  s, l or Enter: back  q quit');
  });

  it('ends with what was learnt', () => {
    const exercise = { ...EXERCISE, exercise: { ...EXERCISE.exercise, teaches: ['quorum', 'failover'] } };
    const events = [
      started(exercise as typeof EXERCISE),
      ...AT_CUT.slice(1),
      at(5, { kind: 'step-left', step: 'cut', done: true }),
    ];
    expect(draw(events).text)
      .to.contain('All steps are done.\nYou have worked on: quorum, failover\nn ends the exercise')
      .and.contain('2 of 2 steps');
    expect(draw([...events, at(6, { kind: 'finished' })]).text).to.contain('This session is finished.');
  });

  it('says in words what it says in colours', () => {
    const events = [...BEGUN, looked(2, { ...SEEN, picture: picture('ha-host1') })];
    const drawn = drawScreen(
      { state: foldLearning(events), view: 'task', top: 0 },
      { columns: 120, rows: 30, language: 'en', now: at(9, { kind: 'finished' }).at },
    );
    const plain = painted(drawn.lines, createPaint(false)).join('\n');
    const coloured = painted(drawn.lines, createPaint(true)).join('\n');
    expect(coloured).to.contain('\u001b[31m').and.not.equal(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what the paint adds
    expect(coloured.replace(/\u001b\[\d*m/g, '')).to.equal(plain);
  });
});
