import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { readAny } from '../../../src/cluster/read-any.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { explain } from '../../../src/diagnosis/explain.js';
import { summaryOf } from '../../../src/diagnosis/summary.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { baseId } from '../../../src/model/resource-tree.js';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/cluster');

interface Label {
  readonly truncated: boolean;
  readonly groundTruth: {
    readonly quorum: boolean | null;
    readonly unclean: readonly string[];
    readonly offline: readonly string[];
    readonly pending: readonly string[];
    readonly resources: readonly {
      readonly id: string;
      readonly parent: string | null;
      readonly role: string | null;
    }[];
    readonly failedActions: number;
    readonly failedFencingActions: number;
    readonly error: string | null;
  };
}

interface Sample {
  readonly name: string;
  readonly source: string;
  readonly label?: Label;
}

const LABELLED: readonly Sample[] = textsOf('status').map((sample) => ({
  ...sample,
  label: JSON.parse(readFileSync(join(FOLDER, 'status', sample.name.replace('.txt', '.json')), 'utf8')) as Label,
}));
const ALL: readonly Sample[] = [...LABELLED, ...textsOf('crm_mon')];

function textsOf(folder: string): readonly Sample[] {
  return readdirSync(join(FOLDER, folder))
    .filter((name) => /\.(?:txt|xml)$/.test(name))
    .map((name) => ({ name, source: readFileSync(join(FOLDER, folder, name), 'utf8') }));
}

/** Titles and subjects, of problems and warnings alone or of everything. */
function saidOf(state: ClusterState, isPressing: boolean): string {
  return diagnose(state)
    .filter(({ severity }) => !isPressing || severity === 'problem' || severity === 'warning')
    .map((item) => [explain(item, 'en').title, ...item.subject.names, JSON.stringify(item.payload)].join(' '))
    .join('\n');
}

describe('what other people’s outputs mean', () => {
  for (const { name, source } of ALL) {
    it(`of ${name} is said whole in both languages`, () => {
      const state = readAny(source);
      const items = diagnose(state);
      for (const language of ['en', 'zh'] as const)
        for (const item of items) {
          const { title, means, next } = explain(item, language);
          expect(`${title} ${means} ${next.map(({ why }) => why).join(' ')}`).to.not.match(/undefined|\[object|NaN/);
          expect(title.trim() && means.trim(), item.code).to.not.equal('');
        }
      expect(summaryOf(state, items).headline.zh).to.not.equal('');
    });
  }

  for (const { name, source, label } of LABELLED) {
    it(`of ${name} leaves out no problem`, () => {
      const { groundTruth } = label ?? expect.fail('no label');
      const state = readAny(source);
      const items = diagnose(state);
      const pressing = saidOf(state, true);
      for (const node of [...groundTruth.unclean, ...groundTruth.offline, ...groundTruth.pending])
        expect(pressing, `node ${node}`).to.include(node);
      if (groundTruth.quorum === false) expect(items.map(({ code }) => code)).to.include('no-quorum');
      // Alike failures on several nodes are one item, which names each node.
      const failed = items.flatMap(({ code, payload }) =>
        /^failed-/.test(code) ? ('nodes' in payload && payload.nodes.length > 0 ? payload.nodes : [code]) : [],
      );
      expect(failed, 'failed actions').to.have.length(groundTruth.failedActions);
      if (groundTruth.failedFencingActions > 0) expect(items.map(({ code }) => code)).to.include('fencing-failed');
      const all = saidOf(state, false);
      for (const { id, parent, role } of groundTruth.resources)
        if (role === 'Stopped')
          expect(all, id).to.satisfy(() => all.includes(baseId(id)) || all.includes(parent ?? id));
      if (groundTruth.error !== null) expect(summaryOf(state, items).verdict).to.equal('unknown');
    });

    it(`of ${name} is called well only where it is, and all of it is there`, () => {
      const { groundTruth, truncated } = label ?? expect.fail('no label');
      const state = readAny(source);
      const isWell =
        !truncated &&
        groundTruth.error === null &&
        groundTruth.quorum === true &&
        groundTruth.failedActions + groundTruth.failedFencingActions === 0 &&
        [...groundTruth.unclean, ...groundTruth.offline, ...groundTruth.pending].length === 0;
      if (!isWell) expect(summaryOf(state, diagnose(state)).verdict).to.not.equal('fine');
    });
  }

  it('of any beginning of them can be said', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.double({ min: 0, max: 1, noNaN: true }), ({ source }, part) => {
        const state = readAny(source.slice(0, Math.floor(source.length * part)));
        for (const item of diagnose(state)) explain(item, 'zh');
        return true;
      }),
      { numRuns: 300 },
    );
  });
});
