import { expect } from 'chai';
import { diagnosisLines } from '../../../src/cli/commands/status-page.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { displayWidth } from '../../../src/report/format.js';
import { CASES } from '../diagnosis/cases.js';
import { down, node, state, vip, withNodes, withResources } from '../diagnosis/states.js';

const page = (of: ClusterState, more: Partial<Parameters<typeof diagnosisLines>[2]> = {}) =>
  diagnosisLines(of, diagnose(of), { language: 'en', color: false, width: 80, ...more });

describe('the page of a state', () => {
  it('begins with the verdict and the facts, and has problems next', () => {
    const lines = page(withNodes(node('a'), node('b'), down('c', { unclean: true })), { width: 110 });
    expect(lines.slice(0, 4)).to.deep.equal([
      '✖ 1 problem, 1 warning.',
      '  cluster linuxha · DC a · quorum · 2 of 3 nodes online · 2 of 2 resource instances running',
      '',
      '✖ Node c is UNCLEAN (offline)',
    ]);
  });

  it('says at one glance that nothing speaks of trouble', () => {
    expect(page(state(), { width: 110 }).slice(0, 2)).to.deep.equal([
      '✔ No sign of trouble in this output.',
      '  cluster linuxha · DC a · quorum · 3 of 3 nodes online · 2 of 2 resource instances running',
    ]);
    expect(page(state(), { language: 'zh' })[0]).to.equal('✔ 这里没有异常迹象。');
  });

  it('does not call a part of an output well', () => {
    expect(page(state({ truncated: ['ends early'] }))[0]).to.equal(
      '! No sign of trouble in this output, but it is not complete.',
    );
  });

  it('is no wider than the terminal, in either language', () => {
    for (const { means } of Object.values(CASES))
      for (const language of ['en', 'zh'] as const)
        for (const line of page(means, { language, width: 72 })) expect(displayWidth(line), line).to.be.at.most(72);
  });

  it('is coloured only where it is asked to be', () => {
    const all = Object.values(CASES).flatMap(({ means }) => page(means));
    expect(all.filter((line) => line.includes('\u001b'))).to.deep.equal([]);
    expect(page(state(), { color: true })[0]).to.include('\u001b[32m✔\u001b[0m \u001b[1mNo sign');
  });

  it('lets no escape sequence of the input through to the terminal', () => {
    const evil = withResources(vip({ id: 'vip\u001b[2J\u0007', role: 'Stopped', nodes: [] }));
    const of = { ...evil, warnings: ['\u001b]0;owned\u0007 boo'], clusterName: 'x\u001b[31m' };
    expect(page(of).filter((line) => /\p{Cc}/u.test(line))).to.deep.equal([]);
  });

  it('shows some of the lines that were not understood, and counts the rest', () => {
    const unparsed = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const quoted = page(state({ unparsed })).filter((line) => line.startsWith('    | '));
    expect(quoted).to.have.length(13);
    expect(quoted.at(-1)).to.equal('    | … 88 more lines');
  });

  it('explains once what is true of several items', () => {
    const of = state({ pcsd: { a: 'Sleepy', b: 'Asleep' } });
    const lines = page(of).filter((line) => line.includes('halab has no explanation'));
    expect(lines).to.have.length(1);
  });
});
