import { expect } from 'chai';
import { AUDITS } from '../../../src/model/audit.js';
import type { RunInfo, ScenarioResult, StepResult } from '../../../src/model/event.js';
import {
  auditOutcomeOf,
  auditTallyOf,
  expectedNotFoundOf,
  expectedSentence,
  stepTallySentence,
  tallySentence,
} from '../../../src/report/audits.js';
import { renderClosing } from '../../../src/report/closing.js';
import { displayWidth } from '../../../src/report/format.js';
import { plainLinesOf } from '../../../src/report/plain.js';
import { foldRun } from '../../../src/report/summary.js';
import * as runs from './sample-audits.js';
import { CUT, eventsOf, INFO, MEND, SKIPPED_MEND, stamped } from './sample-run.js';

const OPTIONS = { folder: 'reports/latest', language: 'en', color: false, width: 80 } as const;
const RUNS = Object.entries<(typeof runs.AUDITED_RUNS)[keyof typeof runs.AUDITED_RUNS]>(runs.AUDITED_RUNS);

function closing(steps: readonly StepResult[], verdict: ScenarioResult['verdict'], options = {}, info = INFO): string {
  return renderClosing(foldRun(eventsOf(steps, verdict, info)), { ...OPTIONS, ...options });
}

/** What is said of all audits, on one line. */
function ofRun(steps: readonly StepResult[], info: RunInfo = INFO): string | undefined {
  return /^ {2}Audits +(.+(?:\n {12}.+)*)$/m.exec(closing(steps, 'passed', {}, info))?.[1]?.replace(/\s+/g, ' ');
}

const ALL = AUDITS.length;

describe('the tally of audits', () => {
  it('tells what holds from what is broken, expected, skipped or not to be told', () => {
    const outcomes = (steps: readonly StepResult[]) => auditTallyOf([{ steps }], true)?.outcomes;
    const none = { held: 0, broken: 0, unknown: 0, expected: 0, skipped: 0 };
    expect(outcomes([runs.HELD_CUT])).to.deep.equal({ ...none, held: ALL });
    expect(outcomes([runs.BROKEN_CUT, runs.UNTOLD_CUT])).to.deep.equal({
      ...none,
      held: 2 * ALL - 2,
      broken: 1,
      unknown: 1,
    });
    expect(outcomes([runs.EXPECTED_CUT, runs.NOT_FOUND_CUT])).to.deep.equal({
      ...none,
      held: 2 * ALL - 1,
      expected: 1,
    });
    expect(outcomes([runs.PARTIAL_MEND])).to.deep.equal({ ...none, held: ALL - 1, skipped: 1 });
  });

  it('calls an audit broken that found more than was expected', () => {
    const finding = { verdict: 'failed', subjects: ['db'], seen: 'db is active twice' } as const;
    expect(auditOutcomeOf({ ...runs.EXPECTED, verdict: 'failed', findings: [finding] })).to.equal('broken');
  });

  it('reports no missing violation where the verdict is inconclusive', () => {
    expect(expectedNotFoundOf(runs.NOT_FOUND)).to.have.length(1);
    expect(expectedNotFoundOf({ ...runs.NOT_FOUND, verdict: 'unknown' })).to.deep.equal([]);
    expect(expectedNotFoundOf({ ...runs.NOT_FOUND, verdict: 'skipped' })).to.deep.equal([]);
    expect(expectedNotFoundOf(runs.EXPECTED)).to.deep.equal([]);
  });

  it('knows nothing of a run from before there were audits', () => {
    expect(auditTallyOf([{ steps: [CUT, MEND] }], undefined)).to.equal(undefined);
    expect(auditTallyOf([{ steps: [CUT, MEND] }], false)).to.include({ on: false, steps: 0, durationMs: 0 });
    expect(auditTallyOf([{ steps: [runs.HELD_CUT] }], undefined)).to.include({ on: true, steps: 1 });
  });
});

describe('what a run says of its audits in all', () => {
  it('is how many held, and what they took', () => {
    expect(ofRun([runs.HELD_CUT, runs.HELD_MEND])).to.equal(
      `${ALL} held after each of 2 steps; 3.10s, 5 % of the run; 1.60s until the cluster was idle`,
    );
    expect(ofRun([runs.HELD_CUT])).to.equal(`${ALL} held after 1 step; 1.55s, 3 % of the run`);
  });

  it('is what did not hold, by kind', () => {
    const steps = [runs.BROKEN_CUT, runs.UNTOLD_CUT, runs.EXPECTED_CUT, runs.PARTIAL_MEND];
    expect(ofRun(steps)).to.match(
      new RegExp(
        `^${4 * ALL - 4} of ${4 * ALL - 1} held after 4 steps: 1 violated, 1 inconclusive, 1 expected, 1 skipped; 6\\.20s`,
      ),
    );
  });

  it('names the range where not as many were made each time, and the violation that was expected and not found', () => {
    expect(ofRun([runs.HELD_CUT, runs.PARTIAL_MEND])).to.match(
      new RegExp(`^${ALL - 1} to ${ALL} held after each of 2 steps: 1 skipped;`),
    );
    expect(ofRun([runs.NOT_FOUND_CUT])).to.match(new RegExp(`^${ALL} held after 1 step: 1 expected and not found;`));
  });

  it('is why none was made', () => {
    const why = 'no cluster runs on any node';
    expect(ofRun([runs.EARLY_MEND, runs.HELD_CUT])).to.match(
      new RegExp(`of the run; not made after 1 step \\(${why}\\)$`),
    );
    expect(ofRun([runs.EARLY_MEND, runs.EARLY_MEND])).to.equal(
      `200ms, < 1 % of the run; not made after 2 steps (${why})`,
    );
    expect(ofRun([CUT])).to.equal('none made');
  });

  it('is that they were off, and nothing in a run from before there were any', () => {
    expect(ofRun([CUT, MEND], runs.INFO_WITHOUT_AUDITS)).to.equal('were off');
    expect(closing([CUT, MEND], 'passed', {}, runs.OLD_INFO)).to.not.match(/audit/i);
  });

  it('says no share of a run that took no time', () => {
    const tally = auditTallyOf([{ steps: [runs.HELD_CUT] }], true) ?? expect.fail();
    expect(tallySentence(tally, 0, 'en')).to.equal(`${ALL} held after 1 step; 1.55s`);
    expect(stepTallySentence(tally, 'en')).to.equal(`${ALL} held`);
  });
});

describe('the closing text of audited steps', () => {
  it('is silent about what holds', () => {
    const withoutCount = (text: string) => text.replace(/^ {2}Audits.*\n(?: {12}\S.*\n)*/m, '');
    const plain = withoutCount(closing([CUT, MEND], 'passed'));
    expect(withoutCount(closing([runs.HELD_CUT, runs.HELD_MEND], 'passed'))).to.equal(plain);
  });

  it('has a line for each finding, with its mark, what was observed, and the reason only once', () => {
    const text = closing([runs.BROKEN_CUT, SKIPPED_MEND], 'failed');
    expect(text).to.match(/^ {8}✖ audit {3}single-active: vip is active on ha-host1 and ha-host2$/m);
    expect(text).to.match(/^ {8}✖ audit {3}single-active: 192\.168\.56\.24 is on eth1/m);
    expect(text).to.match(/^ {8}evidence {2}evidence\/audits\/walkthrough\/cut\.json$/m);
    expect(text).to.match(/^ {8}hint {6}Look for a node/m);
    expect(text.split('vip is active on')).to.have.length(2);
    expect(text).to.not.match(/reason +audit/);
    expect(closing([runs.UNTOLD_CUT], 'unknown')).to.match(/^ {8}\? audit {3}one-dc: ha-host1 did not answer$/m);
  });

  it('keeps a reason that the audits do not tell', () => {
    const step = { ...runs.BROKEN_CUT, verdict: 'unknown', reason: 'ha-host3 was lost' } as const;
    expect(closing([step], 'unknown')).to.match(/reason +ha-host3 was lost\n +✖ audit/);
  });

  it('says of which operation a failure was expected, and where', () => {
    const violation = { because: { en: 'so' }, of: ['vip', 'web'], operation: 'monitor', findings: [] } as const;
    const on = { ...violation, on: 'ha-host1' };
    expect(expectedSentence('no-failures', violation, 'en')).to.equal(
      'no-failures of the monitor of vip, web, because so',
    );
    expect(expectedSentence('no-failures', on, 'en')).to.equal(
      'no-failures of the monitor of vip, web on ha-host1, because so',
    );
    expect(expectedSentence('no-failures', on, 'zh')).to.contain('在 ha-host1 上的 monitor 操作');
  });

  it('gives what was expected and why, and notes what held all the same', () => {
    const text = closing([runs.EXPECTED_CUT, runs.HELD_MEND], 'passed').replace(/\n {18}/g, ' ');
    expect(text).to.match(
      /^ {8}~ audit {3}expected violation: single-active of vip, 192\.168\.56\.24, because nothing fences the node that was cut off$/m,
    );
    expect(text).to.not.match(/✖|note/);
    const note = closing([runs.NOT_FOUND_CUT], 'passed').replace(/\n {18}/g, ' ');
    expect(note).to.match(/^ {8}note {6}one-mac held although a violation was expected: .*/m);
    expect(note).to.not.match(/^ +~ audit/m);
    expect(closing([runs.EXPECTED_CUT], 'passed', { color: true })).to.contain(
      '\u001b[2m~ audit  \u001b[0m \u001b[2mexp',
    );
  });

  it('opens a set-up that passed only for what is new', () => {
    const asSetUp = (step: StepResult) =>
      renderClosing(
        foldRun(
          eventsOf([step, runs.HELD_MEND], 'passed').map((event) =>
            event.kind === 'scenario-started' ? { ...event, asGiven: true } : event,
          ),
        ),
        OPTIONS,
      );
    expect(asSetUp(runs.EXPECTED_CUT)).to.not.match(/Pull the cluster link|~ audit/);
    expect(asSetUp(runs.NOT_FOUND_CUT)).to.match(/Pull the cluster link.*\n +note +one-mac/);
    expect(asSetUp(runs.NOT_FOUND_CUT)).to.not.contain('Put the link back');
  });

  for (const [name, [results, verdict]] of RUNS) {
    for (const language of ['en', 'zh'] as const) {
      it(`keeps within a narrow terminal and lets no control character through, ${name}, ${language}`, () => {
        const text = closing(results, verdict, { language, width: 60 });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
        expect(text).to.not.match(/[\u0000-\u0009\u000b-\u001f]/);
        const [steps = '', inAll = ''] = text.split(/^(?= {2}(?:Audits|审计) )/m);
        const details = steps
          .split('\n')
          .filter((line) => /^ {8}(?:[✖?~] (?:audit|审计)|note|注意)|^ {18}\S/.test(line));
        for (const line of [...details, ...inAll.split('\n')]) expect(displayWidth(line), line).to.be.at.most(60);
        expect(inAll).to.not.equal('');
      });
    }
  }

  it('speaks Chinese, reasons too', () => {
    const text = closing([runs.EXPECTED_CUT, runs.NOT_FOUND_CUT], 'passed', { language: 'zh', width: 110 });
    expect(text).to.contain(
      '~ 审计    预期违反：single-active（vip、192.168.56.24），因为没有隔离,被断开的节点仍在运行 VIP',
    );
    expect(text).to.match(/注意 {6}预期会违反 one-mac，但它依然成立/);
    expect(text.replace(/\n {12}/g, '')).to.match(
      new RegExp(
        `审计 {6}2 个步骤之后 ${2 * ALL} 项中 ${2 * ALL - 1} 项成立：1 项预期违反，1 项预期但未发现；耗时 3\\.10秒，占运行时间的 5 %；另用 1\\.60秒 等待集群空闲`,
      ),
    );
    expect(closing([CUT], 'passed', { language: 'zh' }, runs.INFO_WITHOUT_AUDITS)).to.match(/审计 +已关闭/);
  });
});

describe('plain lines of audited steps', () => {
  const linesOf = (result: StepResult) => plainLinesOf({ kind: 'step-finished', result }, 'en');

  it('are those of any step where all hold, expected or not', () => {
    const plain = linesOf(CUT);
    for (const step of [runs.HELD_CUT, runs.EXPECTED_CUT, runs.NOT_FOUND_CUT])
      expect(linesOf(step)).to.deep.equal(plain);
  });

  it('say what was found', () => {
    expect(linesOf(runs.BROKEN_CUT).slice(1, 2)).to.deep.equal([
      '    ✖ audit single-active: vip is active on ha-host1 and ha-host2',
    ]);
    expect(linesOf(runs.UNTOLD_CUT)[1]).to.equal('    ? audit one-dc: ha-host1 did not answer');
  });
});

describe('a run that did not finish', () => {
  it('counts the time of the audits', () => {
    const events = eventsOf([runs.HELD_CUT, runs.HELD_MEND], 'passed').filter(
      ({ kind }) => kind !== 'run-finished' && kind !== 'scenario-finished',
    );
    const { audits, scenarios } = foldRun(stamped(events));
    expect(audits).to.deep.include({ steps: 2, durationMs: 3100 });
    expect(audits?.outcomes.held).to.equal(2 * AUDITS.length);
    expect(scenarios[0]?.durationMs).to.equal(8420 + 2500 + 3100 + 1600);
  });
});
