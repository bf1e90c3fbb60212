import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { type NewKind, newFile } from '../../../src/cli/commands/new.js';
import { readSettings, type Settings } from '../../../src/cli/settings.js';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';

const TOP = resolve(import.meta.dirname, '../../..');

describe('halab new', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-new-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const settings = (): Settings => ({ ...readSettings({}, {}, folder), root: TOP });
  /** What the command says on stdout. */
  function begin(kind: NewKind, file?: string, as: Settings = settings()): string {
    const { write } = process.stdout;
    let said = '';
    process.stdout.write = ((text: string) => {
      said += text;
      return true;
    }) as typeof write;
    try {
      expect(newFile(as, kind, file)).to.equal(0);
    } finally {
      process.stdout.write = write;
    }
    return said;
  }

  it('writes a lab and a scenario that can be read, the scenario for the lab', () => {
    begin('lab');
    begin('scenario', 'sub/first-try');
    const dirs = { cwd: folder, root: TOP };
    const { lab, warnings } = loadLab('./my-lab.yaml', dirs);
    expect(lab).to.include({ name: 'my-lab' });
    expect(warnings).to.deep.equal([]);
    const { selected, warnings: ofScenario } = loadScenarios(['sub/first-try.yaml'], lab, dirs);
    expect(selected.map(({ id }) => id)).to.deep.equal(['first-try']);
    expect(selected[0]?.steps.map(({ action }) => action.kind)).to.deep.equal(['none', 'fault', 'heal', 'run']);
    expect(ofScenario).to.deep.equal([]);
  });

  it('writes an exercise that can be read, with something of every kind in it', () => {
    begin('exercise');
    const dirs = { cwd: folder, root: TOP };
    const [exercise] = loadScenarios(['./my-exercise.yaml'], loadLab('linuxha', dirs).lab, dirs).selected;
    expect(exercise?.exercise?.variant).to.have.keys(['ip', 'home']);
    expect(exercise?.steps.map(({ action }) => action.kind)).to.deep.equal(['type', 'none', 'fault', 'heal']);
    expect(exercise?.steps.map(({ task }) => task?.by)).to.deep.equal(['student', 'student', 'halab', 'halab']);
  });

  it('writes them in Chinese to whoever reads that, with the same content', () => {
    const dirs = { cwd: folder, root: TOP };
    const language = { ...settings(), language: 'zh' } as const;
    for (const kind of ['lab', 'scenario'] as const) begin(kind, `zh/my-${kind}`, language);
    for (const kind of ['lab', 'scenario'] as const) begin(kind, `en/my-${kind}`);
    const labs = ['zh', 'en'].map((each) => loadLab(`./${each}/my-lab.yaml`, dirs).lab);
    expect(labs[0]?.title).to.deep.equal({ en: '两台主机和一块共享磁盘' });
    expect({ ...labs[0], title: '' }).to.deep.equal({ ...labs[1], title: '' });
    const steps = ['zh', 'en'].map((each) => {
      const [scenario] = loadScenarios([`${each}/my-scenario.yaml`], labs[0] as (typeof labs)[number], dirs).selected;
      return scenario?.steps.map(({ title: _title, hint: _hint, ...step }) => step);
    });
    expect(steps[0]).to.deep.equal(steps[1]);
    for (const kind of ['lab', 'scenario'])
      for (const line of readFileSync(join(folder, `zh/my-${kind}.yaml`), 'utf8').split('\n'))
        if (/^ *# (?!probe:|- \{|docs| {2}heartbeat| {2}halab)/.test(line)) expect(line).to.match(/\p{Script=Han}/u);
  });

  it('can be read with what is commented out, too', () => {
    begin('scenario');
    const path = join(folder, 'my-scenario.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/^( +)# ((?:probe:|- \{).*)$/gm, '$1$2'));
    const dirs = { cwd: folder, root: TOP };
    const [scenario] = loadScenarios([path], loadLab('linuxha', dirs).lab, dirs).selected;
    expect(scenario?.steps[1]?.probes).to.have.length(1);
    expect(scenario?.steps[1]?.expect.map(({ kind }) => kind)).to.include('outage');
  });

  it('says what to run next', () => {
    expect(begin('scenario')).to.equal(
      'my-scenario.yaml: a scenario to begin with\n  halab run ./my-scenario.yaml --dry-run\n',
    );
    expect(begin('lab', 'labs/mine.yaml')).to.equal('labs/mine.yaml: a lab to begin with\n  halab up labs/mine.yaml\n');
  });

  it('leaves what is there alone, and refuses what cannot be a name', () => {
    writeFileSync(join(folder, 'my-lab.yaml'), 'mine');
    expect(() => begin('lab')).to.throw('my-lab.yaml exists already');
    expect(readFileSync(join(folder, 'my-lab.yaml'), 'utf8')).to.equal('mine');
    expect(() => begin('lab', 'My_Lab')).to.throw("'My_Lab' cannot be the name of a lab");
    expect(() => begin('exercise', 'My_Try')).to.throw("'My_Try' cannot be the name of an exercise");
    expect(() => begin('scenario', 'my-lab.yaml/x')).to.throw(/cannot write my-lab\.yaml\/x\.yaml/);
  });
});
