import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { COPY_TEST_MS, type CopyOfHalab, copyOfHalab, TOP } from '../../support/copy-of-halab.js';

/** A kind that halab does not have, with a target under a key that no other kind has. */
const kindFile = (kind: string, when: string, more = '') => `
import { strict } from '../fields/schema.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { word } from '../fields/values.js';
import { camelKeys, defineCheck } from './define-check.js';

const schema = ({ target }: ScenarioFields) => strict({ ${kind}: word, 'played-by': target }).transform(camelKeys);

export const ${kind}Check = defineCheck({
  kind: '${kind}',
  schema,
  cost: 1,
  when: '${when}',
  finds: 'a ${kind}',
  readsStatusText: false,
  targets: ({ playedBy }) => [playedBy],
  ${more}
  describe: ({ ${kind}: id }) => \`\${id} is played with\`,
  observe: async ({ playedBy }, context) => ({ node: await context.resolve(playedBy) }),
  judge: ({ ${kind}: id }, { node }) => ({ verdict: 'passed', seen: \`\${node} plays with \${id}\` }),
});
`;

/** Judged once the probe that it names has ended. */
const TOY = kindFile(
  'toy',
  'after-probe',
  `references: ({ toy: id }) => [{ kind: 'probe', at: ['toy'], id, kinds: ['ping'] }],`,
);
/** Judged at any time. */
const GAME = kindFile('game', 'now');

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

/** A step that cuts off the holder of the address, by name: nothing but the expectation of the new kind names the role. */
const STEP_PROGRAM = `
import { executeStep } from './src/runner/execute-step.js';
import { createMemoryRun, step, VIP, vipStarted, WAS_HOLDER, within } from './test/support/memory-run.js';

const { session } = await createMemoryRun();
const { verdict, targets, checks } = await executeStep(session, { id: 'scene' }, step('cut', {
  action: { kind: 'fault', fault: { kind: 'link-down', node: { kind: 'node', name: 'ha-host1' }, link: 'eth1', by: 'admin' } },
  probes: [{ id: 'p', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 }],
  expect: [
    vipStarted({ on: { kind: 'node', name: 'ha-host2' } }),
    KIND,
  ],
  within: within(20_000),
}));
console.log(JSON.stringify({ verdict, targets, seen: checks.map(({ seen }) => seen) }));
`;

/** The sources with one file more and, in the table, one line more. */
describe('a new kind of expectation', function () {
  this.timeout(COPY_TEST_MS);
  let copy: CopyOfHalab;

  before(() => {
    const memory = readdirSync(join(TOP, 'test/support')).filter((file) => file.startsWith('memory-'));
    copy = copyOfHalab(['src', 'node-programs', ...memory.map((file) => join('test/support', file))]);
    writeFileSync(copy.path('src/checks/toy.ts'), TOY);
    writeFileSync(copy.path('src/checks/game.ts'), GAME);
  });
  after(() => copy?.remove());

  it('is one file and one line: files, JSON Schema, recorded targets and judging know it', () => {
    const printed = printedBy(PROGRAM, ['toy']);
    const holder = { kind: 'holder', resource: 'vip', was: true };
    expect(printed).to.deep.equal({
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

  for (const when of ['now', 'after-probe'] as const) {
    const [kind, id] = when === 'now' ? ['game', 'chess'] : ['toy', 'p'];

    it(`has its roles recorded before the step acts, judged ${when}`, () => {
      const printed = printedBy(
        STEP_PROGRAM.replace('KIND', `{ kind: '${kind}', ${kind}: '${id}', playedBy: WAS_HOLDER }`),
        ['toy', 'game'],
      );
      expect(printed).to.deep.equal({
        verdict: 'passed',
        targets: { 'holder of vip': 'ha-host1', storage: 'iscsi-disks' },
        seen: ['vip Started on ha-host2 (according to ha-host2, ha-host3)', `ha-host1 plays with ${id}`],
      });
    });
  }

  it('does not compile without the members that everything else needs, and the compiler names the missing one', () => {
    const members = ['targets', 'when', 'cost', 'judge', 'readsStatusText'];
    for (const member of members) {
      const lines = TOY.split('\n').filter((line) => !line.startsWith(`  ${member}:`));
      writeFileSync(copy.path(`src/checks/toy-without-${member}.ts`), lines.join('\n'));
    }
    const files = ['src/checks/toy.ts', ...members.map((member) => `src/checks/toy-without-${member}.ts`)];
    writeFileSync(copy.path('tsconfig.toys.json'), JSON.stringify({ extends: './tsconfig.json', include: [], files }));
    const errors = copy
      .compile('tsconfig.toys.json')
      .split('\n')
      .filter((line) => line.includes('error TS'));
    for (const member of members) {
      const ofMember = errors.filter((line) => line.startsWith(`src/checks/toy-without-${member}.ts`));
      expect(ofMember.join('\n'), member).to.include(`Property '${member}' is missing`);
    }
    expect(errors.filter((line) => line.startsWith('src/checks/toy.ts'))).to.deep.equal([]);
  });

  /** What the program prints where the table has these kinds too. */
  function printedBy(program: string, kinds: readonly string[]): unknown {
    const table = readFileSync(join(TOP, 'src/checks/index.ts'), 'utf8');
    const imports = kinds.map((kind) => `import { ${kind}Check } from './${kind}.js';\n`).join('');
    const lines = kinds.map((kind) => `\n  ${kind}Check,`).join('');
    writeFileSync(
      copy.path('src/checks/index.ts'),
      imports + table.replace('const PLAIN = [', `const PLAIN = [${lines}`),
    );
    writeFileSync(copy.path('program.ts'), program);
    return JSON.parse(copy.run('program.ts', TOP));
  }
});
