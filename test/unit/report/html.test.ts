import { expect } from 'chai';
import { foldRun } from '../../../src/report/fold.js';
import { evidenceLink, renderHtml } from '../../../src/report/html.js';
import { CUT, eventsOf, FAILED_CUT, HOSTILE, INFO, MEND, SKIPPED_MEND } from './sample-run.js';

describe('renderHtml', () => {
  const passed = renderHtml(foldRun(eventsOf([CUT, MEND], 'passed')), 'en');

  it('lets no markup of a lab through', () => {
    const check = { expected: HOSTILE, verdict: 'failed', seen: HOSTILE, evidence: [HOSTILE] } as const;
    const step = {
      ...FAILED_CUT,
      title: { en: HOSTILE },
      reason: HOSTILE,
      hint: { en: HOSTILE },
      checks: [check],
      targets: { [HOSTILE]: HOSTILE },
    };
    const info = {
      ...INFO,
      run: HOSTILE,
      kernel: HOSTILE,
      image: HOSTILE,
      packages: { [HOSTILE]: { [HOSTILE]: HOSTILE } },
    };
    const html = renderHtml(foldRun([...eventsOf([step], 'failed', info), { kind: 'warning', text: HOSTILE }]), 'en');
    expect(html).to.contain('&lt;script&gt;');
    expect(html.toLowerCase()).to.not.contain('<script');
    expect(html).to.not.contain('"x"');
  });

  it('needs nothing from outside', () => {
    expect(passed).to.not.match(/(?:src|href)="(?!\.\/)/);
    expect(passed).to.not.match(/url\(|@import/);
  });

  it('puts the verdict before anything else and the outage with its floor behind it', () => {
    expect(passed.indexOf('<h1>')).to.be.lessThan(passed.indexOf('<h2'));
    expect(passed).to.match(/<h1><span class="mark">✔<\/span> passed<\/h1>/);
    expect(passed).to.contain('token 3.65s + consensus 4.38s = 8.03s');
  });

  it('draws the outage to scale', () => {
    const silent = /<rect class="silent" x="([\d.]+)" y="34" width="([\d.]+)"/.exec(passed);
    // 8,240 ms of 12,240 ms over 704 units, after 2,000 ms of context and a margin of 8.
    expect(Number(silent?.[1])).to.be.closeTo(8 + (2000 / 12_240) * 704, 0.1);
    expect(Number(silent?.[2])).to.be.closeTo((8240 / 12_240) * 704, 0.2);
  });

  it('links evidence, lists versions, and shows both colour schemes', () => {
    expect(passed).to.contain('href="./evidence/cut/pcs-status.txt"');
    expect(passed).to.match(/<td>corosync<\/td>\s*<td>3\.1\.7<\/td>/);
    expect(passed).to.contain('prefers-color-scheme: dark');
  });

  it('speaks Chinese where asked and says what a failed check saw', () => {
    const html = renderHtml(foldRun(eventsOf([FAILED_CUT, SKIPPED_MEND], 'failed')), 'zh');
    expect(html).to.contain('<html lang="zh-CN">');
    expect(html).to.contain('停掉持有 VIP 的节点的网口');
    expect(html).to.contain('vip Stopped');
    expect(html).to.contain('仍然有效,未恢复');
  });
});

describe('evidenceLink', () => {
  it('stays below the run folder', () => {
    expect(evidenceLink('javascript:alert(1)')).to.equal('./javascript%3Aalert(1)');
    expect(evidenceLink('../../etc/passwd')).to.equal('./etc/passwd');
    expect(evidenceLink('/a b/#c')).to.equal('./a%20b/%23c');
  });
});
