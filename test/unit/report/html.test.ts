import { expect } from 'chai';
import { AUDITS } from '../../../src/model/audit.js';
import type { RunInfo, StepResult } from '../../../src/model/event.js';
import type { Language } from '../../../src/model/text.js';
import { evidenceLink, renderHtml } from '../../../src/report/html.js';
import { foldRun } from '../../../src/report/summary.js';
import {
  AUDITED_RUNS,
  BROKEN_CUT,
  EARLY_MEND,
  EXPECTED_CUT,
  HELD_CUT,
  HELD_MEND,
  HOSTILE_CUT,
  INFO_WITHOUT_AUDITS,
  NOT_FOUND_CUT,
  OLD_INFO,
} from './sample-audits.js';
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
    expect(html).to.contain('<html lang="zh">');
    expect(html).to.contain('停掉持有 VIP 的节点的网口');
    expect(html).to.contain('vip Stopped');
    expect(html).to.contain('仍然有效，未恢复');
  });
});

describe('the audits of a page', () => {
  const page = (steps: readonly StepResult[], info: RunInfo = INFO, language: Language = 'en') =>
    renderHtml(foldRun(eventsOf(steps, 'passed', info)), language);

  it('are a row of marks a step, each named, and a sentence in the head', () => {
    const html = page([HELD_CUT, HELD_MEND]);
    expect(html.match(/<span class="passed" title="[a-z-]+: held">/g)).to.have.length(2 * AUDITS.length);
    for (const audit of AUDITS) expect(html).to.contain(`title="${audit}: held"`);
    expect(html).to.contain(`<small>${AUDITS.length} held; 2.35s, idle after 800ms</small>`);
    expect(html).to.contain(
      `<dt>audits</dt><dd>${AUDITS.length} held after each of 2 steps; 3.10s, 5 % of the run; 1.60s until the cluster was idle</dd>`,
    );
    expect(html).to.not.contain('class="found"');
  });

  it('give findings in full outside what is folded, with their evidence', () => {
    const html = page([BROKEN_CUT]).replace(/\s+/g, ' ');
    const found = /<table class="found">(.*?)<\/table>/.exec(html)?.[1] ?? '';
    expect(found).to.match(
      /<tr class="failed"><td class="mark" title="violated">✖<\/td><td class="name">single-active<\/td>/,
    );
    expect(found).to.contain('vip is active on ha-host1 and ha-host2').and.to.contain('192.168.56.24 is on eth1');
    expect(html).to.contain(`${AUDITS.length - 1} of ${AUDITS.length} held: 1 violated; 2.35s`);
    expect(html).to.contain('href="./evidence/audits/walkthrough/cut.json"');
  });

  it('give what was expected with the reason, and a note of what held all the same', () => {
    const expected = page([EXPECTED_CUT]);
    expect(expected).to.match(/<tr class="skipped"><td class="mark" title="expected violation">~<\/td>/);
    expect(expected).to.contain('expected violation: single-active of vip, 192.168.56.24, because nothing fences');
    expect(expected).to.not.contain('class="note"');
    expect(page([NOT_FOUND_CUT])).to.match(
      /<p class="note"><b>note<\/b> one-mac held although a violation was expected/,
    );
    expect(page([EXPECTED_CUT], INFO, 'zh'))
      .to.contain('因为没有隔离')
      .and.to.contain(`${AUDITS.length} 项中 ${AUDITS.length - 1} 项成立`);
  });

  it('open the steps of a set-up that have a note', () => {
    const setUp = (step: StepResult) =>
      renderHtml(
        foldRun(
          eventsOf([step], 'passed').map((event) =>
            event.kind === 'scenario-started' ? { ...event, asGiven: true } : event,
          ),
        ),
        'en',
      );
    expect(setUp(NOT_FOUND_CUT)).to.contain('<details class="step" open>');
    expect(setUp(EXPECTED_CUT)).to.not.contain('<details class="step" open>');
  });

  it('say why none was made, that they were off, and nothing in an old run', () => {
    expect(page([EARLY_MEND])).to.contain('audits: none made, no cluster runs on any node');
    expect(page([CUT], INFO_WITHOUT_AUDITS)).to.contain('<dt>audits</dt><dd>were off</dd>');
    expect(page([CUT, MEND], OLD_INFO)).to.not.match(/audits<|class="audits"/);
  });

  it('let no markup through, and leave every element closed', () => {
    const html = page([HOSTILE_CUT]);
    expect(html).to.contain('&lt;script&gt;');
    expect(html.toLowerCase()).to.not.contain('<script');
    expect(html).to.not.contain('"x"');
    for (const [name, [steps]] of Object.entries(AUDITED_RUNS)) {
      const text = page(steps);
      for (const tag of ['div', 'details', 'summary', 'table', 'tr', 'td', 'p', 'span', 'small', 'section'])
        expect(text.split(`</${tag}>`).length, `${tag}, ${name}`).to.equal(
          text.split(new RegExp(`<${tag}[ >]`)).length,
        );
    }
  });
});

describe('evidenceLink', () => {
  it('stays below the run folder', () => {
    expect(evidenceLink('javascript:alert(1)')).to.equal('./javascript%3Aalert(1)');
    expect(evidenceLink('../../etc/passwd')).to.equal('./etc/passwd');
    expect(evidenceLink('/a b/#c')).to.equal('./a%20b/%23c');
  });
});
