import { expect } from 'chai';
import { bringToSetUps, knownState } from '../../../src/cli/baselines.js';
import { readSettings } from '../../../src/cli/settings.js';
import { LabError } from '../../../src/model/errors.js';
import type { Scenario } from '../../../src/model/scenario.js';
import type { Baseline, BaselineAbility } from '../../../src/ports/backend.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import { createMemoryRun, scenario, step } from '../../support/memory-run.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const FORMED = scenario('formed', [step('once')]);

describe('the states that labs begin from', () => {
  const at = temporaryFolder();
  let kept: Baseline[];
  let log: string[];

  beforeEach(() => {
    kept = [];
    log = [];
  });

  /** A lab of this name that is not there yet, in a place of its own. */
  async function labCalled(name: string, broken?: string) {
    const env = { HALAB_STATE_DIR: at('state') };
    const settings = readSettings({}, env, at(), { platform: 'linux', home: at('home'), isRoot: true });
    const memory = await createMemoryRun({ bare: true });
    memory.lab.mischief.command = (node, argv) => {
      if (!argv.join(' ').includes('chpasswd')) return undefined;
      log.push(`password on ${node}`);
      return { exitCode: 0 };
    };
    const instance = memory.lab.instance(name);
    const baselines: BaselineAbility = {
      async keep(_, about) {
        log.push(`keep ${about.setUps.join(' ')}`);
        kept.unshift({ ...about, usedAt: String(kept.length) });
      },
      async begin(lab, key, options) {
        if (broken !== undefined) throw new LabError('backend-failed', broken);
        log.push(`begin ${lab.name} from ${kept.findIndex((each) => each.key === key)}`);
        await memory.lab.backend.up(lab, options);
      },
      list: () => kept,
      remove: (key) => {
        log.push('remove');
        kept = kept.filter((each) => each.key !== key);
      },
    };
    const backend = { ...memory.lab.backend, baselines };
    const { signal } = memory.deps;
    const run = createRunSession({ ...memory.deps, instance, backend });
    const bring = (...setUps: readonly Scenario[]) =>
      bringToSetUps({ settings, instance, backend, run, signal }, setUps, () => undefined);
    return {
      bring,
      known: () => knownState(settings, name),
      state: async () => (await backend.status(instance)).state,
    };
  }

  it('are saved by the first lab, and every further one begins from them with its own password', async () => {
    const first = await labCalled('first');
    await first.bring(FORMED);
    expect(log).to.deep.equal(['keep formed']);
    const second = await labCalled('second');
    await second.bring(FORMED);
    expect(log.slice(1, 2)).to.deep.equal(['begin second from 0']);
    expect(log.filter((line) => line.startsWith('password'))).to.have.length(3);
    expect(await second.state()).to.equal('up');
    expect(second.known()).to.deep.include({ key: kept[0]?.key });
    expect(second.known()?.setUps.map(({ id }) => id)).to.deep.equal(['formed']);
  });

  it('are another for each set-up, and for none there is none', async () => {
    const lab = await labCalled('third');
    await lab.bring(FORMED);
    await lab.bring(FORMED, scenario('more', [step('once')]));
    await lab.bring();
    expect(log).to.deep.equal(['keep formed', 'keep formed more']);
    expect(new Set(kept.map(({ key }) => key)).size).to.equal(2);
    expect(lab.known()).to.deep.include({ setUps: [] });
    expect(lab.known()).to.not.have.property('key');
  });

  it('are made once more where one cannot be restored', async () => {
    await (await labCalled('fourth')).bring(FORMED);
    await (await labCalled('fifth', 'another image')).bring(FORMED);
    expect(log).to.deep.equal(['keep formed', 'remove', 'keep formed']);
  });

  it('are eight at most, the last used', async () => {
    const lab = await labCalled('sixth');
    for (let number = 1; number <= 12; number += 1) await lab.bring(scenario(`set-up-${number}`, [step('once')]));
    expect(kept).to.have.length(8);
    expect(kept[0]?.setUps).to.deep.equal(['set-up-12']);
  });
});
