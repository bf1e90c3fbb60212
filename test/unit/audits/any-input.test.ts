import { expect } from 'chai';
import fc from 'fast-check';
import { audits } from '../../../src/audits/index.js';
import { AUDITS } from '../../../src/model/audit.js';
import type { LabObservation } from '../../../src/model/observation.js';
import { BREAKS, FULL, lacking, PARTS } from './support/breaks.js';
import { NODES } from './support/configuration.js';
import { CUT, inputOf, judged, silent } from './support/input.js';

const node = fc.constantFrom(...NODES);
const breaks = fc.array(fc.tuple(fc.constantFrom(...Object.keys(BREAKS)), node), { maxLength: 4 });

function broken(how: readonly (readonly [string, string])[]): LabObservation {
  return how.reduce((sum, [name, on]) => BREAKS[name]?.(sum, on) ?? sum, FULL);
}

const faults = fc.subarray([
  CUT('ha-host1'),
  { kind: 'power-off', node: 'ha-host2' } as const,
  { kind: 'freeze', node: 'ha-host3' } as const,
]);
const around = fc.record({ faults, touched: fc.subarray([...NODES]) });

describe('every audit, of any input', () => {
  it('holds in a cluster with something of everything', () => {
    for (const kind of AUDITS) expect(judged(kind, FULL, { before: FULL }), kind).to.deep.equal([]);
  });

  it('is broken by something of what can be broken', () => {
    const found = new Set(
      Object.values(BREAKS).flatMap((breakIt) =>
        NODES.flatMap((name) =>
          AUDITS.filter((kind) =>
            judged(kind, breakIt(FULL, name), { before: FULL }).some((seen) => seen.startsWith('failed')),
          ),
        ),
      ),
    );
    const elsewhere = ['settled', 'one-mac', 'quorum-device', 'constraints-hold', 'fenced-first'];
    expect([...AUDITS].filter((kind) => !found.has(kind))).to.have.members(elsewhere);
  });

  it('never throws, whatever was not read', () => {
    const gaps = fc.array(fc.tuple(node, fc.subarray(PARTS)), { maxLength: 3 });
    fc.assert(
      fc.property(breaks, gaps, fc.option(breaks), around, fc.boolean(), (how, missing, earlier, rest, isBusy) => {
        const now = missing.reduce((sum, [name, parts]) => lacking(sum, name, parts), broken(how));
        const before = earlier === null ? {} : { before: broken(earlier) };
        const input = inputOf(now, { ...before, ...rest, ...(isBusy ? { unsettled: 'busy' } : {}) });
        for (const kind of AUDITS) {
          for (const { seen, subjects, verdict } of audits[kind].judge(input)) {
            expect(seen, kind)
              .to.match(/^\S[^\n]*$/)
              .and.not.match(/undefined|\[object|NaN/);
            expect(new Set(subjects).size, kind).to.equal(subjects.length);
            expect(verdict, kind).to.be.oneOf(['failed', 'unknown']);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not hold once a node falls silent, where it was broken for others', () => {
    fc.assert(
      fc.property(breaks, fc.option(breaks), around, node, (how, earlier, rest, dropped) => {
        const now = broken(how);
        const change = { ...rest, ...(earlier === null ? {} : { before: broken(earlier) }) };
        for (const kind of AUDITS) {
          const ofOthers = audits[kind]
            .judge(inputOf(now, change))
            .filter(({ verdict, subjects }) => verdict === 'failed' && !subjects.includes(dropped));
          if (ofOthers.length === 0) continue;
          const after = judged(kind, silent(now, dropped, 'running'), change);
          expect(after, `${kind}: ${ofOthers[0]?.seen}`).to.not.have.length(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says nothing twice', () => {
    fc.assert(
      fc.property(breaks, around, (how, rest) => {
        for (const kind of AUDITS) {
          const seen = judged(kind, broken(how), { ...rest, before: FULL });
          expect(new Set(seen).size, `${kind}: ${seen.join('\n')}`).to.equal(seen.length);
        }
      }),
    );
  });
});
