import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { RunEvent } from '../../../src/model/event.js';
import { renderHtml } from '../../../src/report/html.js';
import type { PageData } from '../../../src/report/page-data.js';
import { foldRun } from '../../../src/report/summary.js';
import { CUT, eventsOf, FAILED_CUT, HOSTILE, INFO, MEND, stamped } from './sample-run.js';

const PROGRAM = { script: 'document.title = "<"', style: 'p { color: red; }' };

function pageOf(events: readonly RunEvent[], read: (path: string) => Buffer | undefined = () => undefined) {
  const all = stamped(events);
  return renderHtml({ summary: foldRun(all), events: all, language: 'en', folder: 'x', read, program: PROGRAM });
}

function dataIn(html: string): PageData {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
}

describe('renderHtml', () => {
  const passed = pageOf(eventsOf([CUT, MEND], 'passed'));

  it('carries its events as they are, and no markup of a lab', () => {
    const step = { ...FAILED_CUT, title: { en: HOSTILE }, reason: HOSTILE, targets: { [HOSTILE]: HOSTILE } };
    const events = eventsOf([step], 'failed', { ...INFO, run: HOSTILE, kernel: HOSTILE });
    const html = pageOf(events);
    expect(html.match(/<script/gi)).to.have.length(2);
    expect(html.match(/<\/script/gi)).to.have.length(2);
    expect(html).to.not.contain('"x"');
    expect(dataIn(html).events).to.deep.equal(JSON.parse(JSON.stringify(stamped(events))));
  });

  it('refuses every request and every script but its own', () => {
    const hash = createHash('sha256').update(PROGRAM.script).digest('base64');
    expect(passed).to.contain(`default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'`);
    expect(passed).to.not.match(/(?:src|href)=/);
  });

  it('tells the whole end of the run where scripts are off', () => {
    const told = /<noscript>(.*?)<\/noscript>/s.exec(passed)?.[1];
    expect(told).to.contain('PASSED').and.contain('token 3.65s + consensus 4.38s = 8.03s');
  });

  it('has the Chinese of what halab itself says, by its English', () => {
    const reason = 'ha-host1 did not answer within 3000 ms';
    const { translations } = dataIn(pageOf(eventsOf([{ ...FAILED_CUT, reason }], 'failed')));
    expect(translations.zh?.[reason])
      .to.match(/ha-host1.*3000/)
      .and.not.equal(reason);
  });

  it('says how to get the program where it is missing', () => {
    const events = stamped(eventsOf([CUT], 'passed'));
    const source = { summary: foldRun(events), events, folder: 'x', read: () => undefined, program: undefined };
    expect(renderHtml({ ...source, language: 'en' })).to.contain('npm run build');
    expect(renderHtml({ ...source, language: 'zh' })).to.contain('<html lang="zh">');
  });

  it('has evidence up to a mebibyte inside, the first and last 200 lines of more, and no archives', () => {
    const large = Array.from({ length: 60_000 }, (_, index) => `line ${index} of a long log`).join('\n');
    const contents: Readonly<Record<string, string>> = {
      'a/journal.log': large,
      'a/cib.xml': '<cib/>',
      'a/pe.tar': 'x',
      'a/wide.txt': `${'x'.repeat(8_000)}\n`.repeat(401),
    };
    const files = [...Object.keys(contents), 'a/gone.txt'];
    const events: RunEvent[] = [{ kind: 'evidence-fetched', node: 'a', files }];
    const page = pageOf(events, (path) => (path in contents ? Buffer.from(contents[path] ?? '') : undefined));
    const [log, cib, archive, wide, ...rest] = dataIn(page).files;
    expect(log?.text?.split('\n')).to.have.length(400);
    expect(log?.leftOut).to.deep.equal({ lines: 59_600, afterLine: 200 });
    expect(cib).to.deep.equal({ path: 'a/cib.xml', bytes: 6, text: '<cib/>' });
    expect(archive).to.deep.equal({ path: 'a/pe.tar', bytes: 1 });
    expect(wide).to.deep.equal({ path: 'a/wide.txt', bytes: 401 * 8_001 });
    expect(rest).to.deep.equal([]);
  });
});
