import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const LIMIT_MS = 60_000;

/** A kind that halab does not have, with a target under a key that no other kind has. */
const TOY = `
import { strict } from '../fields/schema.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { word } from '../fields/values.js';
import { camelKeys, defineCheck } from './define-check.js';

const schema = ({ target }: ScenarioFields) => strict({ toy: word, 'played-by': target }).transform(camelKeys);

export const toyCheck = defineCheck({
  kind: 'toy',
  schema,
  cost: 1,
  when: 'after-probe',
  finds: 'a toy',
  standsOnStatus: false,
  targets: ({ playedBy }) => [playedBy],
  references: ({ toy: id }) => [{ kind: 'probe', at: ['toy'], id, kinds: ['ping'] }],
  describe: ({ toy }) => \`\${toy} is played with\`,
  observe: async ({ playedBy }, context) => ({ node: await context.resolve(playedBy) }),
  judge: ({ toy }, { node }) => ({ verdict: 'passed', seen: \`\${node} plays with \${toy}\` }),
});
`;

const PROGRAM = `
import { CHECKS } from './src/checks/index.js';
import { loadLab } from './src/config/files.js';
import { jsonSchemas } from './src/config/json-schema.js';
import { readScenario } from './src/config/scenario.js';
import { readSource } from './src/config/source.js';
import { checkOf } from './src/ports/check.js';
import { isOfProbe } from './src/runner/poll.js';
import { judgeOnce } from './src/runner/round.js';

const { lab } = loadLab('linuxha', { cwd: process.cwd(), root: process.argv[2]! });
const read = (expectation: string, section = 'expect') =>
  readScenario(
    readSource('toy.yaml', \`id: toy
title: A toy
steps:
  - id: play
    run: { on: ha-host1, argv: [hostname] }
    probe: { id: p, kind: ping, target: '{address vip}', from: ha-host3, every: 20ms }
    \${section}: [\${expectation}]
\`),
    lab,
  );
const good = read("{ toy: p, played-by: '{was holder of vip}' }");
const toy = good.scenario?.steps[0]?.expect.at(-1);
if (toy === undefined) throw new Error(JSON.stringify(good.problems));
const context = { resolve: async () => 'ha-host2' };
console.log(JSON.stringify({
  toy,
  targets: checkOf(CHECKS, toy).targets(toy),
  isOfProbe: isOfProbe(CHECKS, toy),
  judgement: await judgeOnce(CHECKS, toy, context as never),
  text: checkOf(CHECKS, toy).describe(toy),
  isInSchema: JSON.stringify(jsonSchemas()['scenario.schema.json']).includes('"played-by"'),
  wrong: [
    read('{ toy: p, played-by: ha-hots1 }'),
    read('{ toy: q, played-by: ha-host1 }'),
    read('{ toy: p, played-by: ha-host1 }', 'unless'),
  ].map(({ problems }) => problems.map(({ message }) => message)),
}));
`;

/** The sources with one file more and, in the table, one line more. */
describe('a new kind of expectation', function () {
  this.timeout(2 * LIMIT_MS);
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-toy-check-'));
    cpSync(join(TOP, 'src'), join(folder, 'src'), { recursive: true });
    for (const name of ['package.json', 'tsconfig.json']) cpSync(join(TOP, name), join(folder, name));
    symlinkSync(join(TOP, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'src/checks/toy.ts'), TOY);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is one file and one line: files, JSON Schema, recorded targets and judging know it', () => {
    const table = join(folder, 'src/checks/index.ts');
    const text = readFileSync(table, 'utf8').replace('const PLAIN = [', 'const PLAIN = [\n  toyCheck,');
    writeFileSync(table, `import { toyCheck } from './toy.js';\n${text}`);
    writeFileSync(join(folder, 'program.ts'), PROGRAM);
    const printed = execFileSync(process.execPath, ['--import', 'tsx', 'program.ts', TOP], {
      cwd: folder,
      encoding: 'utf8',
      timeout: LIMIT_MS,
    });
    const holder = { kind: 'holder', resource: 'vip', was: true };
    expect(JSON.parse(printed)).to.deep.equal({
      toy: { kind: 'toy', toy: 'p', playedBy: holder },
      targets: [holder],
      isOfProbe: true,
      judgement: { verdict: 'passed', seen: 'ha-host2 plays with p' },
      text: 'p is played with',
      isInSchema: true,
      wrong: [
        ["unknown node of lab linuxha 'ha-hots1', did you mean 'ha-host1'?"],
        ["unknown probe 'q', did you mean 'p'?"],
        ['a toy cannot be known before the action'],
      ],
    });
  });

  it('does not compile without what everything else asks of it', () => {
    const members = ['targets', 'when', 'cost', 'judge'];
    for (const member of members) {
      const lines = TOY.split('\n').filter((line) => !line.startsWith(`  ${member}:`));
      writeFileSync(join(folder, `src/checks/toy-without-${member}.ts`), lines.join('\n'));
    }
    const config = join(folder, 'tsconfig.toys.json');
    const files = ['src/checks/toy.ts', ...members.map((member) => `src/checks/toy-without-${member}.ts`)];
    writeFileSync(config, JSON.stringify({ extends: './tsconfig.json', include: [], files }));
    const errors = compile(config)
      .split('\n')
      .filter((line) => line.includes('error TS'));
    for (const member of members)
      expect(
        errors.some((line) => line.startsWith(`src/checks/toy-without-${member}.ts`)),
        member,
      ).to.equal(true);
    expect(errors.filter((line) => line.startsWith('src/checks/toy.ts'))).to.deep.equal([]);
  });

  function compile(config: string): string {
    try {
      const argv = [join(TOP, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', config];
      execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS });
      return '';
    } catch (error) {
      return (error as { readonly stdout: string }).stdout;
    }
  }
});
