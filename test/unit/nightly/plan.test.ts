import { expect } from 'chai';
import fc from 'fast-check';
import { type Cell, unitsOf } from '../../../src/nightly/cell.js';
import { planNight, workOf } from '../../../src/nightly/plan.js';
import { planText, readPlan } from '../../../src/nightly/plan-lines.js';
import { planTable } from '../../../src/nightly/plan-table.js';
import { unitsWithin } from '../../../src/nightly/units.js';
import { cell, estimate, looseCell, SECOND, sharedLab } from './cells.js';

const SET_UPS = new Map([
  ['form', estimate(30 * SECOND)],
  ['vip', estimate(5 * SECOND)],
  ['fenced', estimate(10 * SECOND)],
]);
const told = (units: readonly (readonly Cell[])[]) =>
  units.map((unit) => unit.map(({ scenario, expected }) => `${scenario} ${expected.ms / SECOND}`));

describe('cells that share a lab', () => {
  const onVip = { requires: ['form', 'vip'] };

  it('are one unit, whose first cell bears the lab and whose set-ups are played once', () => {
    const cells = [looseCell('a', 10 * SECOND, onVip), looseCell('b', 20 * SECOND, onVip)];
    const units = unitsWithin(sharedLab(cells, { setUps: SET_UPS }), Number.POSITIVE_INFINITY);
    expect(told(units)).to.deep.equal([['a 65', 'b 28']]);
    expect(units.flat().map(({ unit }) => unit)).to.deep.equal(Array(2).fill('a.linuxha.debian-12.1'));
  });

  it('take no time for a scenario that was played as a set-up', () => {
    const cells = [looseCell('a', 10 * SECOND, onVip), looseCell('vip', 5 * SECOND, { requires: ['form'] })];
    const units = unitsWithin(sharedLab(cells, { setUps: SET_UPS }), Number.POSITIVE_INFINITY);
    expect(told(units)).to.deep.equal([['a 65', 'vip 8']]);
  });

  it('are units of their own where the unit would become too long', () => {
    const cells = ['a', 'b', 'c'].map((id) => looseCell(id, 10 * SECOND, onVip));
    const units = unitsWithin(sharedLab(cells, { setUps: SET_UPS }), 83 * SECOND);
    expect(told(units)).to.deep.equal([['a 65', 'b 18'], ['c 65']]);
  });

  it('are units of their own where to restore the lab takes longer than to make one', () => {
    const cells = ['a', 'b'].map((id) => looseCell(id, 10 * SECOND));
    const units = unitsWithin(sharedLab(cells, { restore: estimate(25 * SECOND) }), Number.POSITIVE_INFINITY);
    expect(told(units)).to.deep.equal([['a 30'], ['b 30']]);
  });
});

describe('the plan of a night', () => {
  const many = Array.from({ length: 12 }, (_, index) => looseCell(`s${index}`, 30 * SECOND, { requires: ['form'] }));
  const lab = sharedLab(many, { setUps: SET_UPS });

  it('is one unit for one lab at a time: nothing is less work', () => {
    const { cells, endsMs } = planNight([lab], [], { labs: 1, shards: 1 });
    expect(unitsOf(cells)).to.have.length(1);
    expect(endsMs).to.equal(20 * SECOND + 30 * SECOND + 12 * 30 * SECOND + 11 * 8 * SECOND);
  });

  it('is cut where several labs end sooner by it, the longest unit first', () => {
    const one = planNight([lab], [], { labs: 1, shards: 1 });
    const { cells, endsMs } = planNight([lab], [], { labs: 4, shards: 1 });
    const times = unitsOf(cells).map(({ ms }) => ms);
    expect(times.length).to.be.within(4, 8);
    expect(times).to.deep.equal(times.toSorted((a, b) => b - a));
    expect(endsMs).to.be.below(one.endsMs / 2);
  });

  it('has what is skipped at its end, with the reason, and in no unit', () => {
    const skipped = looseCell('sbd', 0, { skipped: 'made for another lab' });
    const { cells } = planNight([lab], [skipped], { labs: 2, shards: 1 });
    expect(cells.at(-1)).to.deep.include({ scenario: 'sbd', skipped: 'made for another lab', unit: '' });
    expect(unitsOf(cells).flatMap((unit) => unit.cells)).to.have.length(12);
  });

  it('is the same for the same cells, whatever their order of labs', () => {
    const other = sharedLab(many.map((each) => ({ ...each, image: 'debian-13', id: `${each.id}x` })));
    const ids = (labs: Parameters<typeof planNight>[0]) =>
      planNight(labs, [], { labs: 2, shards: 2 }).cells.map(({ id, shard }) => `${id} ${shard}`);
    expect(ids([lab, other]).toSorted()).to.deep.equal(ids([other, lab]).toSorted());
  });
});

const someCells = fc.array(
  fc.record({ ms: fc.integer({ min: SECOND, max: 300 * SECOND }), setUp: fc.constantFrom('form', 'vip', 'fenced') }),
  { minLength: 1, maxLength: 60 },
);
const labOf = (specs: readonly { readonly ms: number; readonly setUp: string }[]) =>
  sharedLab(
    specs.map(({ ms, setUp }, index) => looseCell(`s${index}`, ms, { requires: [setUp] })),
    { setUps: SET_UPS },
  );

describe('the parts of a plan', () => {
  const loads = (cells: readonly Cell[], shards: number) =>
    Array.from({ length: shards }, (_, index) => workOf(unitsOf(cells.filter(({ shard }) => shard === index + 1))));

  it('have every cell once, and a unit is never divided', () => {
    fc.assert(
      fc.property(someCells, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 }), (specs, shards, labs) => {
        const { cells } = planNight([labOf(specs)], [], { labs, shards });
        expect(cells.map(({ scenario }) => scenario).toSorted()).to.deep.equal(specs.map((_, i) => `s${i}`).toSorted());
        for (const unit of unitsOf(cells)) expect(new Set(unit.cells.map(({ shard }) => shard)).size).to.equal(1);
      }),
    );
  });

  it('differ by at most a fifth, or by less than the longest cell takes with a lab of its own', () => {
    fc.assert(
      fc.property(someCells, fc.integer({ min: 2, max: 6 }), (specs, shards) => {
        const lab = labOf(specs);
        const { cells } = planNight([lab], [], { labs: 2, shards });
        const times = loads(cells, shards);
        const spread = Math.max(...times) - Math.min(...times);
        const alone = unitsWithin(lab, 0).map(([only]) => only?.expected.ms ?? 0);
        expect(spread).to.be.at.most(Math.max(0.2 * Math.max(...times), ...alone));
      }),
    );
  });

  it('differ by at most a fifth where each has ten cells or more', () => {
    const enough = fc.array(
      fc.record({ ms: fc.integer({ min: 20 * SECOND, max: 120 * SECOND }), setUp: fc.constantFrom('form', 'vip') }),
      { minLength: 30, maxLength: 80 },
    );
    fc.assert(
      fc.property(enough, (specs) => {
        const times = loads(planNight([labOf(specs)], [], { labs: 2, shards: 3 }).cells, 3);
        expect(Math.min(...times)).to.be.at.least(0.8 * Math.max(...times));
      }),
      { numRuns: 30 },
    );
  });
});

describe('plan.jsonl', () => {
  it('is read as it was written', () => {
    const cells = [cell('a'), cell('b', { skipped: 'why not', unit: '', shard: 2 })];
    expect(readPlan('plan.jsonl', planText(cells))).to.deep.equal(cells);
  });

  for (const [what, text, place] of [
    ['a line that is no cell', `${planText([cell('a')])}{"id":1}\n`, 'plan.jsonl:2:1'],
    ['a line that was cut off', `\n{"id":`, 'plan.jsonl:2:1'],
    ['a cell that is there twice', planText([cell('a'), cell('a')]), 'plan.jsonl:2:1'],
    ['no cell at all', '', 'plan.jsonl:1:1'],
  ] as const)
    it(`is refused with ${what}`, () => {
      expect(() => readPlan('plan.jsonl', text))
        .to.throw(place)
        .with.property('code', 'config-invalid');
    });
});

describe('the table of a plan', () => {
  const page = { language: 'en', color: false, width: 80 } as const;

  it('has a line for each unit with its time and where that is known from, and the reasons', () => {
    const unit = 'a.linuxha.debian-12.1';
    const cells = [
      cell('a', { expected: { ms: 60 * SECOND, from: 'runs', runs: 3 } }),
      cell('b', { unit, expected: { ms: 30 * SECOND, from: 'estimate', runs: 0 } }),
      cell('c', { unit: '', skipped: 'it needs power' }),
    ];
    expect(planTable({ cells, endsMs: 90 * SECOND, labs: 2 }, page).map((line) => line.trimEnd())).to.deep.equal([
      '  2 cells · 1 unit · 1 skipped · 1m30s of work · about 1m30s with 2 labs side by side',
      '',
      '     1m30s  linuxha debian-12         by earlier runs, in part estimated',
      '            a, b',
      '',
      '  Skipped',
      '  – c.linuxha.debian-12.1: it needs power',
    ]);
  });

  it('has a heading for each part', () => {
    const cells = [cell('a', { shard: 1 }), cell('b', { shard: 2 })];
    const lines = planTable({ cells, endsMs: 0, labs: 2 }, { ...page, language: 'zh' });
    expect(lines.filter((line) => line.includes('部分')).map((line) => line.trim())).to.deep.equal([
      '第 1 部分：30.00s',
      '第 2 部分：30.00s',
    ]);
  });
});
