import { expect } from 'chai';
import { sessionJson, sessionLines } from '../../../src/cli/commands/status-session.js';
import { readOutputs } from '../../../src/cluster/read-any.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { sessionOf } from '../../../src/diagnosis/session.js';
import type { Language } from '../../../src/model/text.js';
import { fixture } from '../cluster/fixture.js';

const SPLIT = `[root@a ~]# crm_mon -1
Online: [ a ]
OFFLINE: [ b ]
[root@b ~]# crm_mon -1
Online: [ b ]
Node a: UNCLEAN (offline)
`;

function pageOf(text: string, language: Language) {
  const session = sessionOf(readOutputs(text));
  const views = session.explained.map((each) => ({ ...each, items: diagnose(each.state) }));
  const lines = sessionLines(session, views, { language, color: false, width: 100 });
  return { page: lines.join('\n'), json: sessionJson(session, views, language) };
}

describe('the page of several outputs', () => {
  it('says which one is explained, and what changed', () => {
    const { page, json } = pageOf(fixture('pasted/01-two-outputs-last-ignored.txt'), 'en');
    expect(page).to.match(/^· This text holds 2 outputs\. The last one is explained\.\n/);
    expect(page).to.include('(alpha, Mon Jan 10 10:00:00 2022)').and.include('| vip: Started alpha → Stopped');
    expect(page).to.include('✖ Node beta is UNCLEAN (online)').and.not.include('not understood');
    expect(json).to.deep.include({ outputs: 2, split: [] });
    expect(json.since).to.deep.include({ node: 'alpha', updatedAt: 'Mon Jan 10 10:00:00 2022', typed: [] });
  });

  it('names a split first, and gives each side its own explanation', () => {
    const { page, json } = pageOf(SPLIT, 'en');
    expect(page).to.match(/^✖ Split: a and b are each online/);
    expect(page.indexOf('According to a:')).to.be.below(page.indexOf('According to b:'));
    expect(json.views.map(({ reportedBy }) => reportedBy)).to.deep.equal([['a'], ['b']]);
  });

  it('speaks Chinese', () => {
    expect(pageOf(SPLIT, 'zh').page).to.match(/^✖ 脑裂：a 和 b/);
    expect(pageOf(fixture('pasted/02-two-outputs-mixed.txt'), 'zh').page)
      .to.include('下面解释最后一次')
      .and.include('其间执行的命令：systemctl stop pacemaker');
  });

  it('is the page of the state where there is only one', () => {
    expect(pageOf(fixture('bookworm.txt'), 'en').page).to.not.include('This text holds');
  });
});
