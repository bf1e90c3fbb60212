import { expect } from 'chai';
import { readOutputs } from '../../../src/cluster/read-any.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { sessionOf } from '../../../src/diagnosis/session.js';
import { summaryOf } from '../../../src/diagnosis/summary.js';
import { fixture } from '../cluster/fixture.js';

/** What is said of a paste: the verdict of the last output, some codes, and codes that would be false. */
interface Said {
  readonly verdict: ReturnType<typeof summaryOf>['verdict'];
  readonly codes?: readonly string[];
  readonly never?: readonly string[];
  readonly explained?: number;
}

const LOST = ['not-understood', 'cut-off', 'error-unexplained', 'no-resources'];

const PASTES: Readonly<Record<string, Said>> = {
  '01-two-outputs-last-ignored': { verdict: 'trouble', codes: ['node-unclean'], never: LOST },
  '02-two-outputs-mixed': { verdict: 'trouble', codes: ['node-offline'], never: ['not-understood'] },
  '04-escaped-says-no-resources': {
    verdict: 'trouble',
    never: ['not-understood', 'no-resources', 'stopped-unexplained'],
  },
  '11-wrapped-exitreason': { verdict: 'risk', never: LOST },
  '14-error-of-a-later-command': { verdict: 'fine', never: LOST },
  '17-failed-action-star-glued': { verdict: 'trouble', codes: ['failed-start'], never: ['stopped-unexplained'] },
  '20-log-names-the-cause': {
    verdict: 'trouble',
    codes: ['no-stonith-device'],
    never: [...LOST, 'stopped-unexplained'],
  },
  '24-code-fence-lines': { verdict: 'fine', never: LOST },
  '25-all-on-one-line': { verdict: 'trouble', codes: ['node-unclean'], never: ['not-understood'] },
  '27-no-indentation-group-end': { verdict: 'trouble', codes: ['group-end-unknown'], never: LOST },
  '32-brief-group': { verdict: 'fine', never: ['group-inactive', 'not-listed', 'no-resources'] },
  '44-warnings-without-blank-lines': {
    verdict: 'trouble',
    codes: ['no-stonith-device', 'quorum-of-two'],
    never: LOST.slice(0, 3),
  },
  'own-ansible-one-down': { verdict: 'trouble', codes: ['node-offline'], never: LOST, explained: 2 },
  'own-clush': { verdict: 'unknown', codes: ['not-running'], never: LOST, explained: 2 },
  'own-crm-simulate': {
    verdict: 'trouble',
    codes: ['node-unclean', 'on-unclean-node'],
    never: ['not-understood', 'node-offline', 'resources-running'],
  },
  'own-error-without-prompt': { verdict: 'risk', codes: ['error-beside', 'resources-running'], never: LOST },
  'own-lines-not-understood': {
    verdict: 'trouble',
    codes: ['failures-unread', 'not-understood'],
    never: ['no-resources'],
  },
  'own-log-above': { verdict: 'trouble', codes: ['no-stonith-device'], never: LOST },
  'own-one-line-el7': { verdict: 'trouble', codes: ['group-end-unknown', 'node-offline'], never: LOST },
  'own-pdsh': { verdict: 'unknown', codes: ['not-running'], never: LOST, explained: 2 },
  'own-remarks-behind-lines': { verdict: 'trouble', never: LOST },
  'own-source-of-a-page': { verdict: 'fine', never: LOST },
  'own-split-two-prompts': { verdict: 'trouble', explained: 2, never: LOST },
  'own-terminal-of-80-columns': { verdict: 'fine', codes: ['resources-running'], never: LOST },
  'own-then-stopped': { verdict: 'unknown', codes: ['not-running'] },
  'own-ticket': { verdict: 'trouble', never: LOST },
  'own-watch-twice': { verdict: 'trouble', codes: ['node-unclean'], never: LOST },
  'own-word-processor': { verdict: 'fine', never: LOST },
  'own-xml-then-later-text': { verdict: 'trouble', codes: ['no-quorum'], never: LOST },
};

describe('what is said of texts as people paste them', () => {
  for (const [name, { verdict, codes = [], never = [], explained = 1 }] of Object.entries(PASTES))
    it(`is so of ${name}`, () => {
      const session = sessionOf(readOutputs(fixture(`pasted/${name}.txt`)));
      expect(session.explained).to.have.length(explained);
      const { state } = session.explained.at(-1) ?? expect.fail('nothing is explained');
      const items = diagnose(state);
      const said = items.map(({ code }) => code);
      for (const code of codes) expect(said).to.include(code);
      for (const code of never) expect(said).to.not.include(code);
      expect(summaryOf(state, items).verdict).to.equal(verdict);
    });
});
