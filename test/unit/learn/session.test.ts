import { expect } from 'chai';
import { foldLearning } from '../../../src/learn/fold-learning.js';
import { glance } from '../../../src/learn/glance.js';
import { lostOf, scoreOf } from '../../../src/learn/score.js';
import type { Baseline } from '../../../src/learn/session.js';
import { currentOf, learnStepOf, standingOf } from '../../../src/learn/state.js';
import { stateText } from '../../../src/learn/task-text.js';
import { LabError } from '../../../src/model/errors.js';
import type { Task } from '../../../src/model/exercise.js';
import type { Scenario, Step } from '../../../src/model/scenario.js';
import { cutHolder, run, VIP, vipStarted, WAS_HOLDER, within } from '../../support/memory-run.js';
import { rejection } from '../../support/rejection.js';
import { createMemoryLearning } from './memory-learning.js';
import { exerciseOf, stepWith, taskWith } from './session-events.js';

const CREATE = run(['pcs', 'resource', 'create', 'vip', 'ocf:heartbeat:IPaddr2', `ip=${VIP}`]);
const PREDICT: Task['predict'] = {
  ask: { en: 'Where will it run?' },
  reason: true,
  options: [
    { id: 'stays', say: { en: 'where it is' }, when: [vipStarted({ on: WAS_HOLDER })] },
    { id: 'moves', say: { en: 'elsewhere' }, when: [vipStarted({ notOn: WAS_HOLDER })] },
  ],
};

const create = stepWith('create', taskWith({ points: 2 }), { action: CREATE, expect: [vipStarted()] });
const create2 = stepWith('create2', taskWith(), { expect: [vipStarted()] });
const cut = stepWith('cut', taskWith({ by: 'halab', points: 0, predict: PREDICT }), {
  action: cutHolder,
  expect: [vipStarted({ notOn: WAS_HOLDER })],
  within: within(60_000),
});
const mend = stepWith('mend', taskWith({ by: 'halab', points: 0 }), {
  action: { kind: 'heal', step: 'cut' },
  expect: [vipStarted()],
  within: within(60_000),
});

const EXERCISE = exerciseOf(create, cut, mend);

async function learning(exercise: Scenario = EXERCISE) {
  const made = await createMemoryLearning(exercise);
  const world = made.memory.lab.world();
  const vip = world.resources.get('vip');
  return {
    ...made,
    /** What the student does. */
    remove() {
      world.resources.delete('vip');
      world.settle();
    },
    put() {
      if (vip !== undefined) world.resources.set('vip', vip);
      world.settle();
    },
    standing: () => standingOf(currentOf(made.session.state()).at),
  };
}

const only = (...steps: readonly Step[]) => exerciseOf(...steps);

describe('a glance at the lab', () => {
  const kinds = (events: readonly { readonly kind: string }[]) => events.map(({ kind }) => kind);

  it('adds what the lab looks like while halab has the step, and says no more than that nothing changed', async () => {
    const { events, beside, memory } = await learning(only(cut));
    await glance(beside);
    await glance(beside);
    memory.lab.world().resources.delete('vip');
    memory.lab.world().settle();
    await glance(beside);
    const [first, second, third] = events.filter((each) => each.kind === 'pictured');
    expect(first?.picture?.resources.map(({ id, nodes }) => [id, nodes.length])).to.deep.equal([['vip', 1]]);
    expect(second).to.not.have.property('picture');
    expect(third?.picture?.resources).to.deep.equal([]);
    const { timeline, steps } = foldLearning(events);
    expect(timeline.map(({ change }) => [change.kind, change.name])).to.deep.equal([['stopped', 'vip']]);
    expect(steps[0]?.look, 'nothing is judged').to.equal(undefined);
  });

  it('leaves a task of the student to looks', async () => {
    const { events, beside } = await learning();
    await glance(beside);
    expect(kinds(events)).to.not.include('pictured');
  });
});

describe('a learning session', () => {
  it('has a task done once its expectations have held for their time, whoever made them so', async () => {
    const { session, remove, put, standing } = await learning();
    remove();
    await session.check();
    expect(standing()).to.equal('open');
    put();
    await session.look();
    expect(standing()).to.equal('holding');
    await session.check();
    expect(standing()).to.equal('done');
  });

  it('has it grey again when it stops holding, and says what is seen instead', async () => {
    const { session, remove, standing } = await learning();
    await session.check();
    remove();
    await session.look();
    expect(standing()).to.equal('open');
    const [check] = currentOf(session.state()).at.look?.checks ?? [];
    expect(check?.verdict).to.equal('failed');
    expect(check?.expected).to.contain('vip');
    expect(check?.seen).to.match(/vip/);
  });

  it('is not done while an audit finds something that the step does not declare', async () => {
    const { session, findings, standing } = await learning();
    findings.set('no-failures', [{ verdict: 'failed', subjects: ['vip'], seen: 'vip has failed on ha-host2' }]);
    await session.check();
    expect(standing()).to.equal('open');
    expect(currentOf(session.state()).at.look?.disorders).to.deep.equal([
      { audit: 'no-failures', verdict: 'failed', seen: 'vip has failed on ha-host2' },
    ]);
  });

  it('audits what a student does against the latest look that was sound, and not against one with a finding or a busy cluster', async () => {
    const { session, findings, compared, cluster, remove, put } = await learning();
    const had = () => compared.at(-1)?.nodes.some(({ status }) => status?.resources.some(({ id }) => id === 'vip'));
    const lookWith = async (change: () => void) => {
      change();
      await session.look();
    };
    await lookWith(remove);
    expect(had(), 'as the step began').to.equal(true);
    await lookWith(put);
    expect(had(), 'the look without vip was sound').to.equal(false);
    await lookWith(() => findings.set('one-dc', [{ verdict: 'unknown', subjects: [], seen: 'nobody answered' }]));
    expect(had()).to.equal(true);
    await lookWith(() => {
      remove();
      cluster.pending = { seen: 'a transition runs', mayStay: true };
      findings.clear();
    });
    await lookWith(() => delete cluster.pending);
    expect(had(), 'no look since was sound').to.equal(true);
    await lookWith(put);
    expect(had()).to.equal(false);
  });

  it('takes neither a busy cluster nor what an audit cannot tell for a pass', async () => {
    const made = await learning();
    made.findings.set('one-mac', [{ verdict: 'unknown', subjects: [], seen: 'nobody could ask' }]);
    await made.session.check();
    expect(made.standing()).to.equal('unsure');
    made.findings.clear();
    made.cluster.pending = { seen: 'a transition runs', mayStay: false };
    await made.session.check();
    expect(made.standing()).to.equal('unsure');
    expect(currentOf(made.session.state()).at.look?.busy).to.equal('a transition runs');
  });

  it('goes on from a task that is done, and not from one that is not', async () => {
    const { session, remove, put } = await learning();
    remove();
    expect((await session.next()).current).to.equal('create');
    put();
    expect((await session.next()).current).to.equal('cut');
    expect(standingOf(learnStepOf(session.state(), 'create'))).to.equal('done');
  });

  it('does a step of halab once the prediction is given, and settles it by what happened', async () => {
    const { session, locked, memory } = await learning();
    await session.next();
    expect((await rejection(session.next())).message).to.contain('question');
    await session.answer('stays', 'it has quorum');
    const after = await session.next();
    expect(locked).to.deep.equal(['learn cut']);
    expect(learnStepOf(after, 'cut').result?.verdict).to.equal('passed');
    expect(learnStepOf(after, 'cut').outcome?.right).to.equal('moves');
    expect(learnStepOf(after, 'cut').given.predict).to.deep.include({ option: 'stays', because: 'it has quorum' });
    expect(memory.deps.journal.pending()).to.have.length(1);
    expect((await rejection(session.answer('moves'))).message).to.contain('settled');
  });

  it('heals in another process what one injected', async () => {
    const { session, again, memory } = await learning();
    await session.next();
    await session.answer('moves');
    await session.next();
    const other = again();
    await other.next();
    const after = await other.next();
    expect(learnStepOf(after, 'mend').result?.verdict).to.equal('passed');
    expect(memory.deps.journal.pending()).to.deep.equal([]);
  });

  it('goes on once where two go on at the same time, and after one that was killed while it went on', async () => {
    const { session, again, events } = await learning();
    await Promise.all([session.next(), again().next()]);
    const left = () => events.filter(({ kind }) => kind === 'step-left').length;
    expect(left()).to.equal(1);
    expect(session.state().current).to.equal('cut');
    while (events.at(-1)?.kind !== 'step-left') events.pop();
    expect(session.state().current).to.equal('create');
    expect((await again().next()).current).to.equal('cut');
  });

  it('remembers each fault once, however often it looks into the journal', async () => {
    const { session, run: runner } = await learning();
    await session.next();
    await session.answer('moves');
    await session.next();
    await session.next();
    await session.next();
    expect(runner.injected.get('cut')).to.have.length(1);
  });

  it('takes up a step that a process was killed in: it undoes what is in force, and does it again', async () => {
    const { session, again, memory, events } = await learning();
    await session.next();
    await session.answer('moves');
    await session.next();
    // As the log of a process that was killed before it wrote how the step ended.
    events.splice(
      events.findIndex(({ kind }) => kind === 'acted'),
      events.length,
    );
    const other = again();
    expect(standingOf(currentOf(other.state()).at)).to.equal('acting');
    const after = await other.next();
    expect(memory.log.filter((line) => line.startsWith('journal open'))).to.have.length(2);
    expect(learnStepOf(after, 'cut').result?.verdict).to.equal('passed');
    expect(memory.deps.journal.pending()).to.have.length(1);
  });

  it('types the solution, which earns no points', async () => {
    const { session, remove } = await learning();
    remove();
    const after = await session.solve();
    expect(standingOf(currentOf(after).at)).to.equal('done');
    expect(currentOf(after).at).to.deep.include({ isSolved: true });
    expect(currentOf(after).at.typed[0]).to.deep.include({ on: 'ha-host1', exitCode: 0 });
  });

  it('does not type what is not the student’s to do', async () => {
    const { session } = await learning();
    await session.next();
    expect((await rejection(session.solve())).message).to.equal('cut is a step that halab does itself');
  });

  it('asks the baseline for the whole lab only where the whole exercise is reset', async () => {
    const scopes: string[] = [];
    const baseline: Baseline = { restore: async (_, scope) => void scopes.push(scope) };
    const { session } = await createMemoryLearning(EXERCISE, baseline);
    await session.begin();
    await session.reset('step');
    await session.reset('exercise');
    expect(scopes).to.deep.equal(['step', 'exercise']);
  });

  it('goes to a step by the baseline and the steps before it', async () => {
    const { session, restored } = await learning();
    const after = await session.goTo('cut');
    expect(restored).to.deep.equal(['baseline']);
    expect(after.current).to.equal('cut');
    expect(learnStepOf(after, 'create').isSolved).to.equal(true);
    expect(after.preparing).to.equal(undefined);
    await session.answer('moves');
    expect(learnStepOf(await session.next(), 'cut').result?.verdict).to.equal('passed');
    expect((await rejection(session.goTo('cu'))).hint).to.contain('create, cut, mend');
  });

  it('says why the lab is not ready, and takes a reset for the way out', async () => {
    let isBroken = true;
    const { session } = await createMemoryLearning(EXERCISE, {
      async restore() {
        if (isBroken) throw new LabError('heal-failed', 'no');
      },
    });
    await rejection(session.reset('exercise'));
    expect(session.state().problem).to.equal('no');
    expect((await rejection(session.next())).message).to.equal('the lab is not ready: no');
    isBroken = false;
    expect((await session.reset('exercise')).problem).to.equal(undefined);
  });

  it('heals every fault before it restores', async () => {
    const { session, memory } = await learning();
    await session.next();
    await session.answer('moves');
    await session.next();
    await session.reset('exercise');
    expect(memory.deps.journal.pending()).to.deep.equal([]);
    expect(session.state().steps.map(standingOf)).to.deep.equal(['open', 'ahead', 'ahead']);
  });

  it('requires the right answer to a question, and does not say which it is', async () => {
    const ask = taskWith({
      answer: {
        ask: { en: 'Does it run?' },
        reason: false,
        options: [
          { id: 'runs', say: { en: 'it runs' }, when: [vipStarted()] },
          { id: 'else', say: { en: 'it does not' }, when: [] },
        ],
      },
    });
    const { session, standing } = await learning(only(stepWith('ask', ask)));
    await session.check();
    expect(standing()).to.equal('open');
    await session.answer('else');
    expect(standing()).to.equal('open');
    await session.answer('runs');
    await session.check();
    expect(standing()).to.equal('done');
    expect((await rejection(session.answer('stopped'))).hint).to.contain('runs, else');
  });

  it('climbs the grades of a hint, and names no command before the last', async () => {
    const hints = [
      { id: 'gone', when: [vipStarted({ is: 'absent' })], look: { en: 'Look at it.' }, rule: { en: 'It is a rule.' } },
    ];
    const solve = [{ on: { kind: 'node', name: 'ha-host1' } as const, line: 'pcs resource create vip' }];
    const { session, remove } = await learning(
      only(stepWith('create', taskWith({ hints, solve }), { expect: [vipStarted()], action: CREATE })),
    );
    remove();
    const given = [];
    for (let time = 0; time < 5; time += 1) given.push((await session.hint()).help);
    expect(given.map((help) => help?.grade)).to.deep.equal([1, 2, 3, 4, 4]);
    const text = given.map((help) => help?.lines.map(({ en }) => en).join(' ') ?? '');
    expect(text[0]).to.equal('Look at it.');
    expect(text[1]).to.contain('vip');
    expect(text[2]).to.equal('It is a rule.');
    expect(text[3]).to.contain('ha-host1# pcs resource create vip');
    expect(text.slice(0, 3).join(' ')).not.to.match(/\bpcs \w/);
  });

  it('looks once more as it ends: the final state counts', async () => {
    const { session, remove } = await learning(only(create));
    await session.check();
    remove();
    const after = await session.finish();
    expect(after.finishedAt).not.to.equal(undefined);
    expect(standingOf(learnStepOf(after, 'create'))).to.equal('open');
    expect((await rejection(session.next())).message).to.equal('this session is finished');
  });

  it('gives no points for a task that was done and does not hold at the end, unless a later step was to undo it', async () => {
    const without = (id: string) => stepWith(id, taskWith(), { expect: [vipStarted({ is: 'absent' })] });
    const ends = async (until?: string) => {
      const first = { ...create, task: taskWith({ points: 2, ...(until === undefined ? {} : { until }) }) };
      const { session, remove } = await learning(only(first, without('removed'), without('still')));
      await session.next();
      remove();
      await session.next();
      return session.finish();
    };
    const lasting = await ends();
    expect(scoreOf(lasting)).to.deep.equal({ got: 2, of: 4 });
    expect(lostOf(learnStepOf(lasting, 'create')).map(({ verdict }) => verdict)).to.deep.equal(['failed']);
    expect(stateText(lasting).map(({ text }) => text.en)).to.include.members([
      'This session is finished.',
      'The step create: it was done, and does not hold at the end.',
    ]);
    expect(scoreOf(await ends('removed'))).to.deep.equal({ got: 4, of: 4 });
    expect(scoreOf(await ends('still'))).to.deep.equal({ got: 4, of: 4 });
  });

  it('counts a task that a later step undoes as long as that step has not begun', async () => {
    const first = { ...create, task: taskWith({ points: 2, until: 'last' }) };
    const last = stepWith('last', taskWith(), { expect: [vipStarted({ is: 'absent' })] });
    const { session, remove } = await learning(only(first, create2, last));
    await session.next();
    remove();
    expect(scoreOf(await session.finish())).to.deep.equal({ got: 0, of: 4 });
  });
});
