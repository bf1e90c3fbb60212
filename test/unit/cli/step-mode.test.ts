import { expect } from 'chai';
import type { Keys } from '../../../src/cli/keys.js';
import { createAudience } from '../../../src/cli/run/step-mode.js';
import type { StepResult } from '../../../src/model/event.js';
import type { Step } from '../../../src/model/scenario.js';
import type { Language } from '../../../src/model/text.js';
import { pageOf } from '../../../src/report/closing-page.js';
import type { PlanEntry } from '../../../src/runner/plan.js';
import { cutHolder, scenario, step } from '../../support/memory-run.js';
import { CUT } from '../report/sample-run.js';

const SAY = {
  en: 'The cable of the node that holds the address is pulled. Nobody hears of it any more, and after the token has run out the others form a cluster of their own.',
  zh: '拔掉持有地址的节点的网线。其他节点收不到它的消息，令牌超时后便自行组成集群。',
};
const CUT_STEP = step('cut', { title: { en: 'Cut the cable', zh: '拔掉网线' }, say: SAY, action: cutHolder });

/** Whoever presses these keys and types these lines, and what was printed for it. */
function classroom(pressed: readonly string[], typed: readonly string[] = [], language: Language = 'en') {
  const printed: string[] = [];
  const passed: string[] = [];
  const calls: string[] = [];
  const queue = [...pressed];
  const lines = [...typed];
  const keys: Keys = {
    next: async () => queue.shift(),
    line: async () => lines.shift(),
    close: () => undefined,
  };
  const audience = createAudience({
    keys,
    stage: { print: (more) => printed.push(...more), pass: (line) => passed.push(line) },
    page: pageOf({ language, color: false, width: 80 }),
    quit: () => calls.push('quit'),
    look: async () => {
      calls.push('look');
      return ['ha-host2 has vip'];
    },
  });
  return { audience, printed, passed, calls, left: queue };
}

const entryOf = (...steps: readonly Step[]) => ({ scenario: scenario('failover', steps) }) as unknown as PlanEntry;
const flat = (lines: readonly string[]) => lines.join(' ').replace(/\s+/g, ' ');

describe('halab run --step before a step', () => {
  it('says where the run stands, tells the whole story, and what halab will do', async () => {
    const { audience, printed, passed, left } = classroom(['x', 'n', 'more'], ['moves in 5s']);
    await audience.before(entryOf(step('look'), CUT_STEP), CUT_STEP, false);
    const text = flat(printed);
    expect(text).to.contain('failover · step 2 of 2');
    expect(text).to.contain(SAY.en);
    expect(text).to.contain('Now: fault link-down eth1 (admin) on {holder of vip}');
    expect(text).to.contain('? Before the fault: what will the cluster do');
    expect(passed.filter((line) => line !== '').at(-1)).to.match(/n act · e .* · r .* · q quit/);
    expect(left, 'an unknown key changes nothing, and one that goes on is the last').to.deep.equal(['more']);
  });

  it('asks for no prediction where nothing is broken', async () => {
    const { audience, printed, passed } = classroom(['n']);
    await audience.before(entryOf(step('look')), step('look'), false);
    expect(flat(printed)).to.contain('Now: nothing is done; the cluster is looked at').and.not.contain('?');
    expect(passed.join()).to.not.contain('what it may do');
  });

  it('puts the question of the scenario, with its options', async () => {
    const { audience, printed } = classroom(['n'], ['a']);
    const options = ['It moves', 'It stays'].map((en) => ({ id: en, say: { en }, when: [] }));
    const predict = { ask: { en: 'Where does vip go?' }, options, reason: false };
    const task = { by: 'halab', holdMs: 0, points: 0, predict, hints: [], solve: [], mistakes: [] } as const;
    const asked = { ...CUT_STEP, task };
    await audience.before(entryOf(asked), asked, false);
    expect(flat(printed)).to.contain('? Where does vip go? a) It moves b) It stays');
  });

  it('looks at the cluster, says what it may do, and leaves, as the keys say', async () => {
    const { audience, printed, calls } = classroom(['r', 'e', 'q'], ['']);
    await audience.before(entryOf(CUT_STEP), CUT_STEP, false);
    expect(calls).to.deep.equal(['look', 'quit']);
    expect(printed).to.include('ha-host2 has vip');
    expect(flat(printed)).to.contain('To expect');
  });

  it('goes back where there is a way back, and knows no key for it elsewhere', async () => {
    const { audience, passed } = classroom(['b']);
    expect(await audience.before(entryOf(step('look'), step('act')), step('act'), true)).to.equal('back');
    expect(passed.join()).to.contain('b step before');
    const first = classroom(['b', 'n']);
    expect(await first.audience.before(entryOf(step('look')), step('look'), false)).to.equal('on');
    expect(first.passed.join()).to.not.contain('b step before');
  });

  it('waits no longer where the run was interrupted', async () => {
    const { audience, calls } = classroom([]);
    await audience.before(entryOf(CUT_STEP), CUT_STEP, false);
    expect(calls).to.deep.equal([]);
  });
});

describe('halab run --step after a step', () => {
  const result = (parts: Partial<StepResult> = {}): StepResult => ({ ...CUT, ...parts });

  it('puts the prediction beside what a cluster may do', async () => {
    const { audience, printed } = classroom(['n', 'n'], ['vip moves after 8 s']);
    await audience.before(entryOf(CUT_STEP), CUT_STEP, false);
    printed.length = 0;
    await audience.after(entryOf(CUT_STEP), CUT_STEP, result(), false);
    expect(flat(printed)).to.match(/Predicted vip moves after 8 s To expect \w/);
    expect(flat(printed)).to.not.contain('measures no outage');
  });

  it('does the step again, if that is wished', async () => {
    const { audience, passed } = classroom(['b']);
    expect(await audience.after(entryOf(step('act')), step('act'), result(), true)).to.equal('back');
    expect(passed.join()).to.contain('b this step again');
  });

  it('says that no prediction was made, and that nothing was measured', async () => {
    const { audience, printed } = classroom(['n', 'n'], ['']);
    await audience.before(entryOf(CUT_STEP), CUT_STEP, false);
    const { probes: _, ...unmeasured } = result();
    await audience.after(entryOf(CUT_STEP), CUT_STEP, unmeasured, false);
    expect(flat(printed)).to.contain('Predicted no prediction was made').and.contain('this step measures no outage');
  });

  it('speaks Chinese', async () => {
    const { audience, printed, passed } = classroom(['n', 'n'], ['八秒后切换'], 'zh');
    await audience.before(entryOf(CUT_STEP), CUT_STEP, false);
    await audience.after(entryOf(CUT_STEP), CUT_STEP, result(), false);
    const text = printed.join('').replace(/\s+/g, '');
    expect(text).to.contain('第1步，共1步').and.contain(SAY.zh.replace(/\s/g, '')).and.contain('预测八秒后切换');
    expect(text).to.not.match(/\b(step|Now|predicted)\b/i);
    expect(passed.join()).to.contain('n 执行').and.contain('n 下一步');
  });
});
