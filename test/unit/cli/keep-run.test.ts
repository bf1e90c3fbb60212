import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readHistory } from '../../../src/cli/commands/history.js';
import { keepPast, keepRun } from '../../../src/cli/history/keep-run.js';
import { readSettings } from '../../../src/cli/settings.js';
import type { LastNights } from '../../../src/model/night-state.js';
import { openStoredRun } from '../../../src/store/stored-run.js';
import { dateOfNight, writeMadeRun } from '../../support/made-runs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a run that has ended', () => {
  const at = temporaryFolder();
  const reports = () => at('reports');
  const settingsFor = (env: Readonly<Record<string, string>> = {}) =>
    readSettings({}, { HALAB_STATE_DIR: at('state'), HALAB_REPORTS_DIR: at('reports'), ...env }, at());

  async function end(night: number, env?: Readonly<Record<string, string>>): Promise<string> {
    const folder = writeMadeRun(at('reports'), { at: `${dateOfNight(night)}T02:00:00.000Z`, outageMs: 8_400 + night });
    const settings = settingsFor(env);
    const run = openStoredRun(settings.reportsDir, folder, at());
    await keepRun(settings, run, run.events);
    return folder;
  }

  it('is in the history, and knows the nights before it and its own', async () => {
    await end(0);
    const folder = await end(1);
    const known = JSON.parse(readFileSync(join(folder, 'evidence/history.json'), 'utf8')) as LastNights[];
    expect(known).to.deep.equal([
      {
        scenario: 'interface-down',
        nights: [0, 1].map((night) => ({ night: dateOfNight(night), state: 'passed', outageMs: 8_400 + night })),
      },
    ]);
    expect((await readHistory(settingsFor(), 60)).runs).to.equal(2);
  });

  it('knows the last run that passed, and what differs from it', async () => {
    const at = (night: number) => ({ scenario: 'standby', at: `${dateOfNight(night)}T02:00:00.000Z` });
    writeMadeRun(reports(), at(0));
    const folder = writeMadeRun(reports(), { ...at(1), outcome: 'failed', pacemaker: '2.1.6' });
    await keepPast(settingsFor());
    const run = openStoredRun(reports(), folder, reports());
    await keepRun(settingsFor(), run, run.events);
    const [known] = JSON.parse(readFileSync(join(folder, 'evidence/history.json'), 'utf8')) as LastNights[];
    expect(known?.lastGreen).to.deep.include({
      ...{ night: dateOfNight(0), failedSince: dateOfNight(1) },
      differences: [{ what: 'pacemaker', before: '2.1.5', after: '2.1.6' }],
    });
  });

  it('ends all the same where the history cannot be written', async () => {
    writeFileSync(at('a-file'), '');
    await end(0, { HALAB_HISTORY: at('a-file', 'history.db') });
    await end(1, { HALAB_HISTORY: 'off' });
    expect((await readHistory(settingsFor(), 60)).runs).to.equal(2);
  });
});
