import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { pickScenarios, readPicked } from '../../../src/config/scenario-files.js';
import { loadScripts } from '../../../src/config/script/load.js';
import { rehearseScripts } from '../../../src/config/script/rehearse.js';
import { type Problem, refuseIfAny } from '../../../src/config/source.js';
import { FAULTS } from '../../../src/faults/index.js';
import type { Lab } from '../../../src/model/lab.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { planRun } from '../../../src/runner/plan.js';
import { createExecutor, driveInOrder } from '../../../src/runner/run.js';
import { createMemoryRun, type MemoryRun } from '../../support/memory-run.js';
import { rejection } from '../../support/rejection.js';

const TOP = resolve(import.meta.dirname, '../../..');
const offer = { backend: 'memory', abilities: ['links', 'power', 'pause'], haNodes: 3, faults: FAULTS } as const;

describe('a scripted scenario', () => {
  let top: string;

  before(() => {
    top = mkdtempSync(join(tmpdir(), 'halab-script-'));
  });
  after(() => rmSync(top, { recursive: true }));

  async function scenarioIn(name: string, text: string, lab: Lab): Promise<Scenario> {
    const folder = mkdtempSync(join(top, 'own-'));
    writeFileSync(join(folder, name), text);
    const dirs = { root: folder, cwd: folder };
    const picked = pickScenarios([name], dirs, { scripts: await loadScripts([name], dirs) });
    const problems: Problem[] = [];
    const selection = readPicked(picked, lab, problems);
    refuseIfAny(problems);
    const [read] = await rehearseScripts([selection]);
    const [scenario] = read?.selected ?? [];
    if (scenario === undefined) throw new Error('not read');
    return scenario;
  }

  const script = (lab: Lab, body: string) =>
    scenarioIn(
      'own.scenario.ts',
      `export default { id: 'own', title: 'Own', async steps(lab: any) {${body}} };\n`,
      lab,
    );

  async function play(memory: MemoryRun, scenario: Scenario) {
    const outcome = await driveInOrder(planRun([scenario], [], offer), createExecutor(memory.session));
    const [result] = outcome.scenarios;
    if (result === undefined) throw new Error('no result');
    return result;
  }

  /** Commands of `$` are run by this machine's bash, so that its quoting is what is tested. */
  async function runWithBash(): Promise<MemoryRun> {
    const memory = await createMemoryRun();
    memory.lab.mischief.command = (node, argv, { stdin }) => {
      if (argv[0] !== 'bash') return undefined;
      const [, ...words] = argv;
      const { status, stdout, stderr } = spawnSync('bash', ['--norc', ...words], {
        input: stdin ?? '',
        env: { NODE: node, PATH: '/bin:/usr/bin' },
      });
      return { exitCode: status ?? 1, stdout: stdout.toString(), stderr: stderr.toString() };
    };
    return memory;
  }

  it('gives the same events as the same steps written as data', async () => {
    const data = await createMemoryRun();
    const { lab } = data.deps.instance;
    const written = await scenarioIn(
      'same.yaml',
      `id: same
title: Same
steps:
  - { id: hello, run: { on: all, command: hostname } }
  - id: cut
    fault: { kind: link-down, node: '{holder of vip}', link: eth1, by: admin }
    expect: [{ node: '{was holder of vip}', is: offline }]
  - { id: back, heal: cut, expect: [{ nodes: all, are: online }] }
  - { id: no, run: { on: ha-host1, command: 'false' } }
  - { id: never, run: { on: ha-host1, command: hostname } }
`,
      lab,
    );
    const own = await scenarioIn(
      'same.scenario.ts',
      `import type { ScriptedScenario } from 'halab/scenario';
export default {
  id: 'same',
  title: 'Same',
  async steps({ command, inject, heal }) {
    const { stdout } = await command('hello', 'all', 'hostname');
    if (stdout !== 'ha-host1\\n') throw new Error(stdout);
    await inject('cut', { kind: 'link-down', node: '{holder of vip}', link: 'eth1', by: 'admin' }, {
      expect: [{ node: '{was holder of vip}', is: 'offline' }],
    });
    await heal('back', 'cut', { expect: [{ nodes: 'all', are: 'online' }] });
    await command('no', 'ha-host1', 'false');
    await command('never', 'ha-host1', 'hostname');
  },
} satisfies ScriptedScenario;
`,
      lab,
    );
    const scripted = await createMemoryRun();
    const results = [await play(data, written), await play(scripted, own)];
    const told = (memory: MemoryRun) =>
      memory.events.map((event) => [
        event.kind,
        'step' in event ? event.step : event.kind === 'step-finished' ? [event.result.step, event.result.verdict] : '',
      ]);
    const untilStop = told(scripted);
    expect(told(data).slice(0, -2)).to.deep.equal(untilStop.slice(0, -1));
    expect(new Set(told(data).map(([kind]) => kind))).to.deep.equal(new Set(untilStop.map(([kind]) => kind)));
    expect(results.map(({ verdict }) => verdict)).to.deep.equal(['failed', 'failed']);
    expect(results[1]?.reason).to.equal(results[0]?.reason);
  });

  it('runs $ on the node that it is bound to, in the step whose code it is', async () => {
    const memory = await runWithBash();
    const scenario = await script(
      memory.deps.instance.lab,
      `
      const holder = await lab.node('{holder of vip}');
      const said = await lab.act('look', async () => {
        const words = ['two words', "it's"];
        const lines = await holder.$\`echo $NODE; for w in \${words}; do echo "$w"; done\`.lines();
        const input = await holder.$({ input: 'given' })\`cat\`.text();
        const { exitCode } = await holder.$\`exit 3\`.nothrow();
        return [...lines, input, exitCode];
      });
      await lab.expect('said-' + said.length, [{ nodes: 'all', are: 'online' }], { title: said.join('|') });
    `,
    );
    const result = await play(memory, scenario);
    expect(result.verdict, result.reason).to.equal('passed');
    expect(result.steps[1]?.title).to.deep.equal({ en: "ha-host1|two words|it's|given|3" });
    const commands = memory.events.flatMap((event) =>
      event.kind === 'command-finished' ? [[event.step, event.node]] : [],
    );
    expect(commands).to.deep.equal([
      ['look', 'ha-host1'],
      ['look', 'ha-host1'],
      ['look', 'ha-host1'],
    ]);
  });

  it('takes values from one step into another, as a file does', async () => {
    const memory = await createMemoryRun();
    const { lab } = memory.deps.instance;
    const file = (text: string) => scenarioIn('saved.yaml', `id: saved\ntitle: Saved\nsteps:\n${text}`, lab);
    const result = await play(
      memory,
      await file(`  - { id: a, run: { on: ha-host2, command: hostname }, save: { name: 'ha-(host\\d)' } }
  - { id: b, run: { on: ha-host1, command: 'echo got {value name}' }, expect: [{ output: { contains: got host2 } }] }
  - { id: c, run: { on: ha-host1, command: hostname }, save: { none: 'x(\\d)' } }
`),
    );
    expect(result.steps.map(({ verdict }) => verdict)).to.deep.equal(['passed', 'passed', 'failed']);
    expect(result.reason).to.match(/the output has a value none at .*”; last seen: it has none: ha-host1/);
    const unsaved = file(`  - { id: b, run: { on: ha-host1, command: 'echo {value nam}' } }\n`);
    expect((await rejection(unsaved)).message).to.match(/unknown saved value 'nam'; a step before saves one with save/);
    const bare = file(`  - { id: b, save: { a: x }, expect: [{ quorum: true }] }\n`);
    expect((await rejection(bare)).message).to.match(/:4:14: save without a command to save from/);
  });

  it('heals what it leaves broken', async () => {
    const memory = await createMemoryRun();
    const scenario = await script(
      memory.deps.instance.lab,
      `await lab.inject('cut', { kind: 'link-down', node: 'ha-host2', link: 'eth1', by: 'admin' });`,
    );
    expect((await play(memory, scenario)).verdict).to.equal('passed');
    expect(memory.kinds().slice(-3)).to.deep.equal(['step-finished', 'fault-healed', 'scenario-finished']);
  });

  const ENDS: readonly (readonly [what: string, body: string, step: string, verdict: string, reason: RegExp])[] = [
    [
      'an assertion in the code of a step fails it',
      `const assert = await import('node:assert/strict'); await lab.act('look', () => assert.equal(1, 2, 'one is two'));`,
      'look',
      'failed',
      /last seen: one is two \(own\.scenario\.ts:1:\d+\)/,
    ],
    [
      'a command of $ that fails does so too',
      "await lab.act('look', async () => { await lab.nodes[0].$`echo no >&2; exit 4`; });",
      'look',
      'failed',
      /exit code 4: no/,
    ],
    [
      'any other error leaves it unknown',
      `await lab.act('look', () => { const a: any = undefined; return a.b; });`,
      'look',
      'unknown',
      /the script ended with TypeError: Cannot read properties of undefined.*\(own\.scenario\.ts:1:\d+\)/,
    ],
    [
      'an error between two steps is a step of its own',
      `const at = await lab.node('{dc}'); await lab.expect('look', [{ nodes: 'all', are: 'online' }]); if (!at.name.startsWith('{')) throw new Error('so it is');`,
      'script-ended',
      'unknown',
      /the script ended with Error: so it is \(own\.scenario\.ts:1:\d+\)/,
    ],
    [
      'a step with a mistake that only a lab shows ends the script, with its place',
      `const at = await lab.node('{dc}'); await lab.inject('cut', { kind: 'link-down', node: at.name, link: 'eth9', by: 'admin' });`,
      'script-ended',
      'unknown',
      /own\.scenario\.ts:1:\d+: fault\.link: unknown link of ha-host\d 'eth9'/,
    ],
    [
      '$ outside of a step is refused',
      'const at = await lab.node("{dc}"); await at.$`hostname`;',
      'script-ended',
      'unknown',
      /\$ of ha-host\d is used outside of a step/,
    ],
    [
      'a step inside of another is refused',
      `await lab.act('out', () => lab.expect('in', [{ quorum: true }]));`,
      'out',
      'unknown',
      /step in begins inside of the code of step out/,
    ],
    [
      'two steps at a time are refused',
      `const at = await lab.node('{dc}'); void lab.command('one', at.name, 'hostname'); await lab.command('two', at.name, 'hostname');`,
      'script-ended',
      'unknown',
      /step two begins while step one is still running.*\n→ write await in front of step one/,
    ],
    [
      'nothing is piped into a node',
      "await lab.act('look', async () => { await lab.nodes[0].$`echo x`.pipe(lab.nodes[1].$`cat`); });",
      'look',
      'unknown',
      /a node's command is not piped/,
    ],
  ];

  for (const [what, body, step, verdict, reason] of ENDS)
    it(what, async () => {
      const memory = await runWithBash();
      const result = await play(memory, await script(memory.deps.instance.lab, body));
      const last = result.steps.at(-1);
      expect(last, last?.reason).to.include({ step, verdict });
      expect(last?.reason).to.match(reason);
    });

  const REFUSED: readonly (readonly [what: string, text: string, told: RegExp])[] = [
    [
      'bad syntax',
      `export default {\n  id: 'x',\n  a: ;\n};`,
      /1 problem in bad\.scenario\.ts\nbad\.scenario\.ts:3:6: not valid TypeScript: Unexpected ";"/,
    ],
    [
      'a missing module',
      `import { y } from './nowhere.js';\nexport default y;`,
      /bad\.scenario\.ts:1:20: there is no module '\.\/nowhere\.js'/,
    ],
    [
      'an error at the top',
      `const a: any = undefined;\nexport default a.b;`,
      /bad\.scenario\.ts:2:18: the script throws when it is imported: Cannot read/,
    ],
    ['no export', `const a = 1;`, /bad\.scenario\.ts:1:1: the script exports no scenario; write export default/],
    [
      'no steps',
      `export default { id: 'x', title: 'X', steps: [] };`,
      /bad\.scenario\.ts:1:\d+: the script has no steps; add async steps/,
    ],
    [
      'an unknown key',
      `export default {\n  id: 'x', title: 'X',\n  neds: {},\n  async steps() {} };`,
      /bad\.scenario\.ts:3:3: unknown key 'neds', did you mean 'needs'/,
    ],
    [
      'a script that makes no step',
      `export default { id: 'x', title: 'X',\n  async steps() {} };`,
      /bad\.scenario\.ts:2:9: the script makes no step; call inject/,
    ],
    [
      'an error before the first answer',
      `export default { id: 'x', title: 'X',\n  async steps() { throw new TypeError('mine'); } };`,
      /bad\.scenario\.ts:2:25: the script throws TypeError: mine/,
    ],
    [
      'an unknown fault',
      `export default { id: 'x', title: 'X',\n  async steps({ inject }: any) {\n    await inject('cut', { kind: 'link-dwn' });\n  } };`,
      /bad\.scenario\.ts:3:11: fault\.kind: unknown value 'link-dwn', did you mean 'link-down'/,
    ],
    [
      'a step that is not audited by itself',
      `export default { id: 'x', title: 'X',\n  async steps({ expect }: any) {\n    await expect('a', [{ quorum: true }], { audit: 'with-next' });\n  } };`,
      /bad\.scenario\.ts:3:11: audit: each step of a script is audited by itself; remove it/,
    ],
    [
      'an id that is there already',
      `export default { id: 'x', title: 'X',\n  async steps({ expect }: any) {\n    await expect('a', [{ quorum: true }]);\n    await expect('a', [{ quorum: true }]);\n  } };`,
      /bad\.scenario\.ts:4:11: id: step id 'a' is there already/,
    ],
  ];

  for (const [what, text, told] of REFUSED)
    it(`is refused before anything is touched: ${what}`, async () => {
      const { lab } = loadLab('linuxha', { root: TOP, cwd: TOP });
      const refused = await rejection(scenarioIn('bad.scenario.ts', text, lab));
      expect(refused.message).to.match(told);
    });

  it('shows its steps and what they need without a lab', async () => {
    const { lab } = loadLab('linuxha', { root: TOP, cwd: TOP });
    const scenario = await script(
      lab,
      `
      await lab.expect('look', [{ nodes: 'all', are: 'online' }]);
      const holder = await lab.node('{holder of vip}');
      await lab.inject('cut', { kind: 'power-off', node: holder.name });
      if ((await lab.state()).nodes[0].online) await lab.heal('back', 'cut');
    `,
    );
    expect(scenario.steps.map(({ id }) => id)).to.deep.equal(['look', 'cut']);
    expect(scenario.needs.abilities).to.deep.equal(['power']);
    expect(scenario.script).to.include({ certain: 1, openEnd: 'what follows depends on what the lab answers' });
    const endless = await script(lab, `for (let i = 0; ; i += 1) await lab.expect('look-' + i, [{ quorum: true }]);`);
    expect(endless.script).to.include({ certain: 100, openEnd: 'it makes more than 100 steps' });
  });

  it('ends where it is interrupted', async () => {
    const memory = await createMemoryRun();
    const scenario = await script(
      memory.deps.instance.lab,
      `await lab.act('look', async () => { (globalThis as any).interruptTest(); await new Promise(() => {}); }); await lab.expect('b', [{ quorum: true }]);`,
    );
    Object.assign(globalThis, { interruptTest: () => memory.abort.abort() });
    const result = await play(memory, scenario);
    expect(result.steps.map(({ step, verdict, reason }) => [step, verdict, reason])).to.deep.equal([
      ['look', 'unknown', 'interrupted'],
    ]);
  });
});
