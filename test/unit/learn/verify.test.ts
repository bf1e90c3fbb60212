import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { countsOf, type Tried, tryTexts, verdictOfTrials } from '../../../src/learn/verified.js';
import { verifyThrough } from '../../../src/learn/verify.js';
import type { Task, TypedLine } from '../../../src/model/exercise.js';
import type { Step } from '../../../src/model/scenario.js';
import { cutHolder, VIP, vipStarted, WAS_HOLDER, within } from '../../support/memory-run.js';
import { createMemoryLearning } from './memory-learning.js';
import { exerciseOf, stepWith, taskWith } from './session-events.js';

const typed = (line: string): TypedLine => ({ on: { kind: 'node', name: 'ha-host1' }, line });
const CREATE = typed(`pcs resource create vip ocf:heartbeat:IPaddr2 ip=${VIP}`);
const MISNAMED = typed(`pcs resource create vap ocf:heartbeat:IPaddr2 ip=${VIP}`);
const HINTS: Task['hints'] = [
  {
    id: 'misnamed',
    when: [{ ...vipStarted(), resource: 'vap' }],
    look: { en: 'a' },
    rule: { en: 'b' },
  },
  { id: 'begin', when: [], look: { en: 'a' }, rule: { en: 'b' } },
];

function create(task: Partial<Task> = {}, more: Partial<Step> = {}): Step {
  const solve = task.solve ?? [CREATE];
  const mistakes = [{ id: 'another-name', do: [MISNAMED], hint: 'misnamed' }];
  return stepWith('create', taskWith({ hints: HINTS, solve, mistakes, ...task }), {
    action: { kind: 'type', lines: solve },
    expect: [vipStarted()],
    ...more,
  });
}

/** Tried in a cluster without any resource; the baseline is that cluster. */
async function verified(how: 'solve' | 'stray', ...steps: readonly Step[]) {
  const learning = await createMemoryLearning(exerciseOf(...steps));
  const world = learning.memory.lab.world();
  world.resources.clear();
  world.settle();
  const tried: Tried[] = [];
  const { run, session } = learning;
  await verifyThrough({ run, session, onProgress: () => undefined, onTried: (each) => void tried.push(each) }, how);
  return { tried, counts: countsOf(tried), bad: tried.filter(({ verdict }) => verdict !== 'passed') };
}

const seenOf = (bad: readonly Tried[]) => bad.map(({ trial, name, seen }) => `${trial} ${name ?? ''}: ${seen}`);

describe('an exercise that is verified', () => {
  it('passes where its solution does it, its mistakes lead to their hints, and nothing else does it', async () => {
    const { bad, counts, tried } = await verified('stray', create());
    expect(bad).to.deep.equal([]);
    expect(verdictOfTrials(tried)).to.equal('passed');
    expect(counts.solution).to.deep.equal({ tried: 1, good: 1 });
    expect(counts.mistake).to.deep.equal({ tried: 1, good: 1 });
    expect(counts.unsolved).to.deep.equal({ tried: 1, good: 1 });
  });

  it('does not pass where the task is done before anybody does it', async () => {
    const { bad } = await verified('solve', create({}, { expect: [vipStarted({ is: 'absent' })] }));
    expect(seenOf(bad)[0]).to.equal('unsolved : the task is done all the same');
  });

  it('does not pass where the solution does not do it, and ends there', async () => {
    const { bad, counts } = await verified('solve', create({ solve: [MISNAMED] }), create());
    expect(bad.map(({ trial, verdict }) => [trial, verdict])).to.deep.equal([['solution', 'failed']]);
    expect(counts.unsolved.tried).to.equal(1);
  });

  it('does not pass where a line of the solution is refused', async () => {
    const { bad } = await verified('solve', create({ solve: [CREATE, typed('pcs bogus')] }));
    expect(seenOf(bad)[0]).to.contain('solution : pcs bogus ended with exit code 1');
  });

  it('types lines where no cluster runs yet whose time constants the step waits for', async () => {
    const said: KnownExpectation = {
      kind: 'prints',
      prints: '^else$',
      shell: 'true',
      on: { kind: 'node', name: 'ha-host1' },
    };
    const learning = await createMemoryLearning(
      exerciseOf(
        create(
          { mistakes: [], solve: [typed('true'), typed('true')] },
          {
            expect: [said],
            within: { source: 'dc-deadtime', terms: [{ kind: 'constant', constant: 'dc-deadtime', factor: 1 }] },
          },
        ),
      ),
    );
    const world = learning.memory.lab.world();
    for (const node of world.nodes.values()) node.clusterRuns = false;
    world.settle();
    const tried: Tried[] = [];
    const { run, session } = learning;
    await verifyThrough(
      { run, session, onProgress: () => undefined, onTried: (each) => void tried.push(each) },
      'stray',
    );
    expect(tried.map(({ trial }) => trial)).to.include.members(['left-out', 'solution']);
    for (const { seen } of tried) expect(seen).to.not.contain('could not be typed');
  });

  it('does not pass where a mistake does the task', async () => {
    const { bad } = await verified('stray', create({ mistakes: [{ id: 'none', do: [CREATE], hint: 'misnamed' }] }));
    expect(seenOf(bad)).to.deep.equal(['mistake none: the task is done all the same']);
  });

  it('does not pass where a mistake leads to another hint', async () => {
    const { bad } = await verified('stray', create({ mistakes: [{ id: 'other', do: [MISNAMED], hint: 'begin' }] }));
    expect(seenOf(bad)[0]).to.contain('mistake other: the hint that fits is misnamed, and not begin');
  });

  it('does not pass where a line can be left out, and tries each', async () => {
    const { bad, counts } = await verified('stray', create({ solve: [typed('true'), CREATE], mistakes: [] }));
    expect(counts['left-out']).to.deep.equal({ tried: 2, good: 1 });
    expect(seenOf(bad)).to.deep.equal(['left-out ha-host1# true: the task is done all the same']);
  });

  it('leaves no line out for a second time where that is a mistake that it has made', async () => {
    const mistakes = [{ id: 'nothing', do: [typed('true')], hint: 'begin' }];
    const { tried } = await verified('stray', create({ solve: [CREATE, typed('true')], mistakes }));
    const lines = tried.filter(({ trial }) => trial === 'left-out' || trial === 'mistake').map(({ name }) => name);
    expect(lines).to.deep.equal(['nothing', 'ha-host1# true']);
  });

  it('leaves the last node out of a line for all of them', async () => {
    const { tried } = await verified(
      'stray',
      create({ solve: [{ on: { kind: 'all' }, line: CREATE.line }], mistakes: [] }),
    );
    expect(tried.filter(({ trial }) => trial === 'left-out').map(({ name }) => name)).to.deep.equal([
      `ha-host3# ${CREATE.line}`,
    ]);
  });

  it('does not pass where no option of a prediction turns out right', async () => {
    const predict: Task['predict'] = {
      ask: { en: 'Where?' },
      reason: false,
      options: [{ id: 'stays', say: { en: 'here' }, when: [vipStarted({ on: WAS_HOLDER })] }],
    };
    const cut = stepWith('cut', taskWith({ by: 'halab', predict }), { action: cutHolder, within: within(60_000) });
    const { bad, counts } = await verified('solve', create(), {
      ...cut,
      expect: [vipStarted({ notOn: WAS_HOLDER })],
    });
    expect(counts.halab).to.deep.equal({ tried: 1, good: 1 });
    expect(seenOf(bad)[0]).to.contain('question : no option of its prediction turned out right');
  });

  it('does not pass where what was done does not last, and no step is named that undoes it', async () => {
    const removed = create(
      { solve: [typed('pcs resource delete vip')], mistakes: [] },
      { id: 'removed', expect: [vipStarted({ is: 'absent' })] },
    );
    const { bad } = await verified('solve', create(), removed);
    expect(bad.map(({ trial, step, verdict }) => [trial, step, verdict])).to.deep.equal([
      ['solution', 'create', 'failed'],
    ]);
    expect(seenOf(bad)[0]).to.contain('at the end it does not hold: vip');
    expect((await verified('solve', create({ until: 'removed' }), removed)).bad).to.deep.equal([]);
  });

  it('lacks no text in either language; a name is the same in both', () => {
    const ask = { en: 'Create it.', zh: '创建它。' };
    const steps = [
      stepWith('full', taskWith({ ask }), { title: { en: 'ha-host1' } }),
      stepWith('half', taskWith({ ask: { en: 'Create it.' } }), { title: { en: 'half' } }),
    ];
    const [whole, full, half] = tryTexts(exerciseOf(...steps));
    expect(whole?.seen).to.equal('no zh of title, goal');
    expect(full).to.deep.include({ step: 'full', verdict: 'passed' });
    expect(half).to.deep.include({ step: 'half', verdict: 'failed', seen: 'no zh of ask' });
  });
});
