import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { RunRequest } from '../../../src/cli/run/request.js';
import { runOnce } from '../../../src/cli/run/run-once.js';
import { readSettings } from '../../../src/cli/settings.js';
import { createMemoryBackend } from '../../support/memory-lab.js';
import { scenario, step } from '../../support/memory-run.js';
import { rejection } from '../../support/rejection.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a run that cannot begin', () => {
  const at = temporaryFolder();

  it('leaves no lab and no folder where reports cannot be written', async () => {
    writeFileSync(at('reports'), 'a file, not a folder');
    const env = { HALAB_STATE_DIR: at('state'), HALAB_REPORTS_DIR: at('reports') };
    const settings = readSettings({}, env, at(), { platform: 'linux', home: at('home'), isRoot: true });
    const lab = createMemoryBackend();
    const request: RunRequest = {
      settings,
      instance: lab.instance(),
      backend: lab.backend,
      plan: [{ scenario: scenario('look', [step('once')]), asGiven: false, requires: [], isSetUp: false }],
      subject: 'look',
      keep: 'never',
      seed: 1,
      halab: '0.0.0',
      audits: true,
      signal: new AbortController().signal,
    };
    const error = await rejection(runOnce(request));
    expect(error).to.include({ code: 'usage' });
    expect(String(error)).to.include(`cannot make a run folder in ${at('reports')}`);
    expect(await lab.backend.list()).to.deep.equal([]);
    expect(existsSync(at('state')) ? readdirSync(at('state')) : []).to.deep.equal([]);
  });
});
