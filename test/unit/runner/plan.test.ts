import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { outlineOf, planRun } from '../../../src/runner/plan.js';
import { cutHolder, scenario, step } from '../../support/memory-run.js';

const offer = { backend: 'memory', abilities: ['links'], haNodes: 3, faults: FAULTS } as const;
const formed = scenario('formed', [step('form')]);
const vip = scenario('vip', [step('create')], { given: ['formed'] });
const cut = scenario('cut', [step('cut', { action: cutHolder })], { given: ['formed', 'vip'] });
const library = [cut, vip, formed];

const idsOf = (selected: readonly Scenario[]) => planRun(selected, library, offer).map((entry) => entry.scenario.id);

describe('planRun', () => {
  it('puts the set-ups that a scenario requires before it, each once', () => {
    expect(idsOf([cut, vip])).to.deep.equal(['formed', 'vip', 'cut']);
  });

  it('tells the selected from the given', () => {
    const plan = planRun([cut, vip], library, offer);
    expect(plan.map((entry) => entry.asGiven)).to.deep.equal([true, false, false]);
  });

  it('keeps the order of selection where no scenario requires another', () => {
    const a = scenario('a', []);
    const b = scenario('b', []);
    expect(idsOf([b, a])).to.deep.equal(['b', 'a']);
  });

  it('says why an ability is not there where that is known', () => {
    const fence = scenario('fence', [], { needs: { abilities: ['fencing'], haNodes: 1 } });
    const [entry] = planRun([fence], [], { ...offer, reasons: { fencing: 'no room' } });
    expect(entry?.skipped).to.equal('the memory backend cannot do: fencing (no room)');
  });

  it('skips what needs an ability that is not there, named or through a fault, and what requires it', () => {
    const after = scenario('after', [], { given: ['cut'] });
    const plan = planRun([after], [...library, after], { ...offer, abilities: [] });
    expect(plan.map((entry) => entry.skipped)).to.deep.equal([
      'the memory backend cannot do: links',
      'requires cut, which is skipped: the memory backend cannot do: links',
    ]);
    const [snapshots] = planRun([scenario('s', [], { needs: { abilities: ['snapshots'], haNodes: 0 } })], [], offer);
    expect(snapshots?.skipped).to.equal('the memory backend cannot do: snapshots');
  });

  it('leaves out set-ups on which nothing stands that can be run', () => {
    const blind = planRun([cut], library, { ...offer, abilities: [] });
    expect(blind.map((entry) => entry.scenario.id)).to.deep.equal(['cut']);
    const [first] = planRun([cut, formed], library, { ...offer, abilities: [] });
    expect(first?.scenario.id).to.equal('formed');
  });

  it('skips what is made for another lab, and what requires it', () => {
    const pair = scenario('pair', [], { needs: { abilities: [], haNodes: 0, lab: 'two-node' } });
    const after = scenario('after', [], { given: ['pair'] });
    const why = 'is made for the lab two-node, and this is linuxha';
    const plan = planRun([pair, after], [], { ...offer, lab: 'linuxha' });
    expect(plan.map((entry) => entry.skipped)).to.deep.equal([why, `requires pair, which is skipped: ${why}`]);
    expect(planRun([pair], [], { ...offer, lab: 'two-node' })[0]?.skipped).to.equal(undefined);
  });

  it('walks depth first, so that scenarios with the same set-up run together and nothing is set up twice', () => {
    const off = scenario('off', [], { given: ['formed'] });
    const status = scenario('status', [], { given: ['formed'] });
    const ip = scenario('ip', [], { given: ['formed', 'off'] });
    const agents = scenario('agents', [], { given: ['formed'] });
    const pulled = scenario('pulled', [], { given: ['formed', 'off', 'ip'] });
    const plan = planRun([formed, status, ip, agents, pulled], [off], offer);
    expect(plan.map((entry) => entry.scenario.id)).to.deep.equal(['formed', 'status', 'off', 'ip', 'pulled', 'agents']);
    expect(plan.map((entry) => entry.requires)).to.deep.equal([
      [],
      ['formed'],
      ['formed'],
      ['formed', 'off'],
      ['formed', 'off', 'ip'],
      ['formed'],
    ]);
    expect(plan.filter(({ isSetUp }) => isSetUp).map((entry) => entry.scenario.id)).to.deep.equal([
      'formed',
      'off',
      'ip',
    ]);
  });

  it('runs a set-up again where it requires other set-ups, under a name of its own', () => {
    const [off, on] = ['off', 'on'].map((id) => scenario(id, [], { given: ['formed'] })) as [Scenario, Scenario];
    const web = scenario('web', [step('make')], { given: ['formed'], title: { en: 'A web server', zh: '网站' } });
    const calm = scenario('calm', [], { given: ['off', 'web'] });
    const safe = scenario('safe', [], { given: ['on', 'web'] });
    const plan = planRun([calm, safe], [formed, off, on, web], offer);
    expect(plan.map((entry) => entry.scenario.id)).to.deep.equal([
      'formed',
      'off',
      'web',
      'calm',
      'on',
      'web~2',
      'safe',
    ]);
    expect(plan[5]).to.deep.include({ requires: ['formed', 'on'], asGiven: true });
    expect(plan[5]?.scenario.title).to.deep.equal({ en: 'A web server, on on', zh: '网站（在 on 之上）' });
    expect(plan[6]?.requires).to.deep.equal(['formed', 'on', 'web~2']);
    const asked = planRun([calm, web], [formed, off, on, web], offer);
    expect(asked.map(({ scenario: { id }, asGiven }) => [id, asGiven])).to.deep.equal([
      ['formed', true],
      ['off', true],
      ['web~2', true],
      ['calm', false],
      ['web', false],
    ]);
  });

  it('skips what needs more HA nodes than there are', () => {
    const [entry] = planRun([scenario('five', [], { needs: { abilities: [], haNodes: 5 } })], [], offer);
    expect(entry?.skipped).to.equal('needs 5 HA nodes, the lab has 3');
  });

  it('refuses an unknown given and names the known', () => {
    const lost = scenario('lost', [], { given: ['nowhere'] });
    expect(() => planRun([lost], library, offer))
      .to.throw("requires 'nowhere'")
      .with.property('hint', 'Known: cut, formed, lost, vip.');
  });

  it('refuses scenarios that require each other', () => {
    const a = scenario('a', [], { given: ['b'] });
    const b = scenario('b', [], { given: ['a'] });
    expect(() => planRun([a], [a, b], offer))
      .to.throw('a → b → a')
      .with.property('code', 'config-invalid');
  });

  it('outlines scenarios and steps', () => {
    expect(outlineOf(planRun([formed], library, offer))).to.deep.equal([
      {
        scenario: 'formed',
        requires: [],
        title: { en: 'Scenario formed' },
        asGiven: false,
        steps: [{ step: 'form', title: { en: 'Step form' } }],
      },
    ]);
  });
});
