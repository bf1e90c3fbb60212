import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { CHECKS } from '../../../src/checks/index.js';
import { scenarioRows } from '../../../src/cli/commands/scenarios.js';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios, pickScenarios, readPicked } from '../../../src/config/scenario-files.js';
import { loadScripts } from '../../../src/config/script/load.js';
import { rehearseScripts } from '../../../src/config/script/rehearse.js';
import type { Problem } from '../../../src/config/source.js';
import type { Scenario } from '../../../src/model/scenario.js';
import type { Text } from '../../../src/model/text.js';
import { withScenarioTables } from '../../../tools/scenarios.js';

const TOP = resolve(import.meta.dirname, '../../..');

describe('docs/scenarios.md', () => {
  const page = readFileSync(join(TOP, 'docs/scenarios.md'), 'utf8');

  it('has the tables of the library and of the expectations (npm run generate writes them)', async () => {
    expect(await withScenarioTables(page)).to.equal(page);
  });

  it('has a row for every kind of expectation', () => {
    const kinds = [...page.matchAll(/^\| `([\w-]+)(?:: [^`]*)?` \| [^|]* \| [^|]+ \|$/gm)].map(([, kind = '']) => kind);
    expect(kinds).to.include.members(Object.keys(CHECKS));
  });

  it('has scripts that can be run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    const dirs = { root: TOP, cwd: folder };
    const { lab } = loadLab('linuxha', dirs);
    const texts = [...page.matchAll(/^```ts script\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
    expect(texts).to.have.length(1);
    writeFileSync(join(folder, 'told.scenario.ts'), texts[0] ?? '');
    const scripts = await loadScripts(['told.scenario.ts'], dirs);
    const problems: Problem[] = [];
    const read = readPicked(pickScenarios(['./told.scenario.ts'], dirs, { scripts }), lab, problems);
    expect(problems).to.deep.equal([]);
    const [rehearsed] = await rehearseScripts([read]);
    expect(rehearsed?.selected[0]?.steps.map(({ id }) => id)).to.include.members(['aside-1', 'ask-1', 'all-there']);
    rmSync(folder, { recursive: true });
  });

  it('has examples that can be run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'halab-docs-'));
    const dirs = { root: TOP, cwd: folder };
    const { lab } = loadLab('linuxha', dirs);
    const selected = [...page.matchAll(/^```yaml checks\n([\s\S]*?)^```/gm)].flatMap(([, text = ''], index) => {
      writeFileSync(join(folder, `${index}.yaml`), text);
      return loadScenarios([`./${index}.yaml`], lab, dirs).selected;
    });
    const kindsOf = (id: string) =>
      selected
        .flatMap((each) => (each.id === id ? each.steps.flatMap(({ expect }) => expect) : []))
        .map(({ kind }) => kind);
    expect(selected.map(({ id }) => id)).to.deep.equal(['commands', 'kept', 'midway', 'saved', 'state', 'counted']);
    expect(kindsOf('counted')).to.deep.equal([
      'failcount',
      'failcount',
      'constraint',
      'untouched',
      'untouched',
      'untouched',
      'not',
      'in-order',
      'score',
      'never',
      'fenced',
    ]);
    rmSync(folder, { recursive: true });
  });
});

describe('the texts of the library', () => {
  const dirs = { root: TOP, cwd: TOP };
  const textsOf = (value: unknown): readonly Text[] => {
    if (typeof value !== 'object' || value === null) return [];
    return 'en' in value ? [value as Text] : Object.values(value).flatMap(textsOf);
  };
  let scenarios: readonly Scenario[] = [];

  before(async () => {
    const rows = await scenarioRows(dirs, [], undefined);
    scenarios = [...new Set(rows.map(({ lab }) => lab))].flatMap((wanted) => {
      const ids = rows.filter(({ lab, file }) => lab === wanted && file.endsWith('.yaml')).map(({ id }) => id);
      return loadScenarios(ids, loadLab(wanted ?? 'linuxha', dirs).lab, dirs).selected;
    });
  });

  it('are in Chinese, too', () => {
    const lacking = scenarios.flatMap((scenario) =>
      textsOf(scenario)
        // The name of a host or a parameter is the same in every language.
        .filter(({ en, zh = '' }) => !/^[a-z][\w.-]*$/.test(en) && !/\p{Script=Han}/u.test(zh))
        .map(({ en }) => `${scenario.id}: ${en}`),
    );
    expect(lacking).to.deep.equal([]);
  });

  it('give reasons that can follow the word because', () => {
    const wrong = scenarios.flatMap(({ id, steps }) =>
      steps
        .flatMap(({ expectedViolations }) => expectedViolations.map(({ because }) => because))
        .filter(({ en, zh = '' }) => /^(?:So|Because|Therefore)\b/i.test(en) || /^(?:因此|因为|所以)/.test(zh))
        .map(({ en }) => `${id}: ${en}`),
    );
    expect(wrong).to.deep.equal([]);
  });
});
