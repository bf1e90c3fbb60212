import { expect } from 'chai';
import { examOf } from '../../../src/learn/exam.js';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import { learnReportOf } from '../../../src/learn/report.js';
import { scoreByCheckOf } from '../../../src/learn/score.js';
import { commandsIn } from '../../../src/learn/shell-history.js';
import { examText } from '../../../src/learn/task-text.js';
import { renderLearnReport } from '../../../src/report/learn-html.js';
import { rejection } from '../../support/rejection.js';
import { createMemoryLearning } from './memory-learning.js';
import {
  at,
  exerciseOf,
  FAILING,
  lookWith,
  PASSING,
  PICTURE,
  QUESTION,
  started,
  stepWith,
  taskWith,
} from './session-events.js';

const EXERCISE = exerciseOf(
  stepWith('create', taskWith({ points: 4, ask: { en: 'Create <vip>.', zh: '创建 <vip>。' } })),
  stepWith('cut', taskWith({ by: 'halab', points: 0, predict: QUESTION })),
);
const MOVED = { ...PICTURE, dc: 'ha-host2' };

function session() {
  return foldLearning([
    { ...started(EXERCISE), student: 'Ada & Bo', exam: { minutes: 10 }, records: true } as never,
    at(60, { kind: 'step-begun', step: 'create', roles: {} }),
    at(61, { kind: 'looked', step: 'create', look: FAILING }),
    at(70, { kind: 'looked', step: 'create', look: lookWith({ ...PASSING, picture: MOVED }) }),
    at(74, { kind: 'looked', step: 'create' }),
    at(75, { kind: 'step-left', step: 'create', done: true }),
    at(76, { kind: 'step-begun', step: 'cut', roles: {} }),
    at(80, { kind: 'answered', step: 'cut', question: 'predict', option: 'else', because: 'it <must>' }),
    at(90, { kind: 'settled', step: 'cut', outcome: { right: 'here', seen: ['vip Started on ha-host1'] } }),
  ]);
}

const COMMAND = { node: 'ha-host1', at: at(65, { kind: 'finished' }).at, line: 'pcs resource create vip' };
const made = () => learnReportOf(session(), [COMMAND], at(100, { kind: 'finished' }).at);

describe('the report of a learning session', () => {
  it('has tasks, times, points, and predictions with their reasons', () => {
    const { steps, points, spentMs, exam } = made();
    expect(points).to.deep.equal({ got: 4, of: 4 });
    expect(spentMs).to.equal(29_000);
    expect(exam).to.deep.equal({ minutes: 10, isOver: false });
    expect(steps[0]).to.deep.include({ step: 'create', isDone: true, isSolved: false });
    expect(steps[1]?.predict).to.deep.include({ because: 'it <must>', isRight: false, tries: 1 });
    expect(steps[1]?.predict?.right).to.deep.equal({ en: 'here' });
  });

  it('tells neither what comes next nor what is right before the student has said something', () => {
    const ask = exerciseOf(stepWith('ask', taskWith({ answer: QUESTION })), stepWith('later'));
    const open = [
      started(ask),
      at(1, { kind: 'step-begun', step: 'ask', roles: {} }),
      at(2, { kind: 'looked', step: 'ask', look: lookWith({ right: { answer: 'here' } }) }),
    ];
    const reported = learnReportOf(foldLearning(open), [], at(9, { kind: 'finished' }).at);
    expect(reported.steps.map(({ step }) => step)).to.deep.equal(['ask']);
    expect(reported.steps[0]?.answer).to.deep.equal({ ask: QUESTION.ask, tries: 0, seen: [] });
    const said = at(3, { kind: 'answered', step: 'ask', question: 'answer', option: 'else' });
    const { steps } = learnReportOf(foldLearning([...open, said]), [], at(9, { kind: 'finished' }).at);
    expect(steps[0]?.answer).to.deep.include({ isRight: false, right: { en: 'here' } });
  });

  it('has what the cluster did and what was typed in one order of time', () => {
    const { timeline } = made();
    const of = (what: string) => timeline.findIndex((each) => each.what === what);
    expect(of('command')).to.be.lessThan(of('cluster'));
    expect(timeline[of('cluster')]?.text.en).to.contain('ha-host2');
    expect(timeline.map(({ at: moment }) => moment)).to.deep.equal(timeline.map(({ at: moment }) => moment).toSorted());
  });

  it('is one page without anything from elsewhere, in both languages, with everything escaped', () => {
    for (const language of ['en', 'zh'] as const) {
      const page = renderLearnReport(made(), language);
      expect(page).to.contain('Ada &amp; Bo').and.contain('it &lt;must&gt;').and.contain('pcs resource create vip');
      expect(page).not.to.match(/<script|https?:\/\/|src=|<vip>/);
    }
    expect(renderLearnReport(made(), 'zh')).to.contain('创建 &lt;vip&gt;。').and.contain('时间线');
  });
});

describe('points by check', () => {
  it('are the share of the checks that hold where a task is not done', () => {
    const check = { expected: 'a', seen: 'b' };
    const look = lookWith({
      checks: [
        { ...check, verdict: 'passed' },
        { ...check, verdict: 'failed' },
      ],
    });
    const state = foldLearning([
      started(EXERCISE),
      at(1, { kind: 'step-begun', step: 'create', roles: {} }),
      at(2, { kind: 'looked', step: 'create', look }),
    ]);
    expect(scoreByCheckOf(state)).to.deep.equal({ got: 2, of: 4 });
    expect(scoreByCheckOf(session())).to.deep.equal({ got: 4, of: 4 });
    const kept = { create: look.checks };
    const finished = foldLearning([
      started(EXERCISE),
      at(1, { kind: 'step-begun', step: 'create', roles: {} }),
      at(2, { kind: 'step-left', step: 'create', done: true }),
      at(3, { kind: 'finished', kept }),
    ]);
    expect(scoreByCheckOf(finished), 'as they hold at the end').to.deep.equal({ got: 2, of: 4 });
  });
});

describe('an exam', () => {
  it('has a clock that begins with the first step, warns, and stands still at the end', () => {
    const clockAt = (second: number) => examOf(session(), at(second, { kind: 'finished' }).at);
    expect(clockAt(120)).to.deep.equal({ minutes: 10, leftMs: 540_000, isShort: false });
    expect(clockAt(601)).to.deep.include({ isShort: true, leftMs: 59_000 });
    expect(clockAt(700)?.leftMs).to.equal(-40_000);
    expect(examOf({ ...session(), finishedAt: at(120, { kind: 'finished' }).at }, '2027-01-01')?.leftMs).to.equal(
      540_000,
    );
    expect(examOf(foldLearning([started(EXERCISE)]), '2027-01-01')).to.equal(undefined);
  });

  it('warns where the task stands, for readers of commands and of the screen', () => {
    const text = (second: number) => examText(session(), at(second, { kind: 'finished' }).at);
    expect(text(120)).to.deep.equal([{ text: text(120)[0]?.text }]);
    expect(text(120)[0]?.text.en).to.equal('Exam: 9m00s of 10 min are left.');
    expect(text(700)[0]).to.deep.include({ tone: 'failed' });
    expect(text(700)[0]?.text.zh).to.equal('考试：10 分钟已到。');
    expect(examText(foldLearning([started(EXERCISE)]), '2027-01-01')).to.deep.equal([]);
  });

  it('gives neither hints nor solutions', async () => {
    const { session: learning, events } = await createMemoryLearning(EXERCISE);
    events[0] = { ...events[0], exam: { minutes: 10 } } as never;
    expect((await rejection(learning.hint())).message).to.equal('this is an exam, and there is no hint in it');
    expect((await rejection(learning.solve())).message).to.equal('this is an exam, and there is no solution in it');
  });
});

describe('the history of a shell', () => {
  const since = '2026-01-01T00:00:00.500Z';
  const stamp = (second: number) => `#${Date.UTC(2026, 0, 1) / 1000 + second}`;

  it('is read from the beginning of the session, with the time of each command', () => {
    const text = ['ls', stamp(-60), 'old', stamp(0), 'pcs status', stamp(5), 'pcs resource', '# a comment', ''].join(
      '\n',
    );
    expect(commandsIn('ha-host1', text, since)).to.deep.equal([
      { node: 'ha-host1', at: '2026-01-01T00:00:00.000Z', line: 'pcs status' },
      { node: 'ha-host1', at: '2026-01-01T00:00:05.000Z', line: 'pcs resource' },
      { node: 'ha-host1', at: '2026-01-01T00:00:05.000Z', line: '# a comment' },
    ]);
    expect(commandsIn('ha-host1', 'ls\npwd\n', since)).to.deep.equal([]);
  });

  it('has no password', () => {
    const lines = [
      'pcs host auth a -u hacluster -p secret',
      'x create y password=secret',
      'echo hacluster:secret | chpasswd',
    ];
    const text = lines.flatMap((line) => [stamp(1), line]).join('\n');
    const shown = commandsIn('a', text, since).map(({ line }) => line);
    expect(shown.join('\n')).not.to.contain('secret');
    expect(shown[2]).to.equal('echo hacluster:… | chpasswd');
  });
});
