import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { CHECKS } from '../../../src/checks/index.js';
import { form } from '../../../src/cluster/formation.js';
import { readingFromPcs } from '../../../src/cluster/read-status.js';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import { EMPTY_STATE, type StatusReading } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';
import type { FormationStage, Step } from '../../../src/model/scenario.js';
import type { Target } from '../../../src/model/target.js';
import type { Judgement } from '../../../src/model/verdict.js';
import { contextOf } from '../checks/fake-context.js';
import { AT } from '../checks/states.js';
import { type Answers, fakeFormation, PASSWORD, wordsOf } from './fake-transport.js';
import { fixture } from './fixture.js';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const dirs = { root: TOP, cwd: TOP };
const { lab } = loadLab('linuxha', dirs);
/** In the order in which a run has them. */
const WALKTHROUGH = [
  'walkthrough/10-form-cluster',
  'walkthrough/20-cluster-status',
  'set-ups/fencing-off',
  'walkthrough/30-virtual-ip',
  'walkthrough/40-interface-down',
  'walkthrough/50-resource-agents',
].map((name) => join(TOP, `scenarios/${name}.yaml`));
const { selected } = loadScenarios(WALKTHROUGH, lab, dirs);
const STEPS: ReadonlyMap<string, Step> = new Map(
  selected.flatMap((scenario) => scenario.steps.map((step) => [`${scenario.id}/${step.id}`, step] as const)),
);
const tutorial = (file: string): string => fixture(`tutorial/${file}`);
const COMMANDS = tutorial('commands.txt').trim().split('\n');

/** What is shown at a step: `pcs status` as this node gives it, this node's `ip a`, the output of the step's command. */
interface Shown {
  readonly node?: string;
  readonly status?: string;
  readonly addresses?: string;
  readonly output?: string;
}

const SHOWN: Readonly<Record<string, Shown>> = {
  'form-cluster/online': { node: 'ha-host1', status: 'status-new.txt' },
  'cluster-status/warned': { node: 'ha-host1', status: 'status-new.txt' },
  'virtual-ip/create': { node: 'ha-host1', status: 'status-vip.txt', addresses: 'ip-a-ha-host1.txt' },
  'interface-down/cut': { node: 'ha-host2', status: 'status-offline.txt', addresses: 'ip-a-ha-host2.txt' },
  'resource-agents/list': { output: 'resource-list.txt' },
  'resource-agents/describe': { output: 'resource-describe.txt' },
};

const STAGES: Readonly<Partial<Record<FormationStage, string>>> = {
  auth: 'auth.txt',
  setup: 'setup.txt',
  start: 'start.txt',
  enable: 'enable.txt',
};

const STATUS_KINDS = ['node', 'nodes', 'resource', 'quorum', 'dc', 'daemons', 'warning'];

/** Whether the tutorial shows what this expectation stands on. The cut host's own view it never shows. */
function isShown(expectation: KnownExpectation, { status, addresses, output }: Shown): boolean {
  if ('seenFrom' in expectation && expectation.seenFrom.kind !== 'majority') return false;
  if (STATUS_KINDS.includes(expectation.kind)) return status !== undefined;
  if (expectation.kind === 'address') return addresses !== undefined;
  return expectation.kind === 'output' && output !== undefined;
}

function readingOf({ node = '', status }: Shown): StatusReading {
  const stdout = status === undefined ? '' : tutorial(status);
  return { node, at: AT, ...readingFromPcs({ exitCode: 0, stdout, stderr: '', durationMs: 1 }) };
}

/** `ip a` as `ip -o` prints it. */
function oneLinePerAddress(printed: string): string {
  let device = '';
  return printed
    .split('\n')
    .flatMap((line) => {
      device = /^(\d+: [^:]+):/.exec(line)?.[1] ?? device;
      return /^\s*inet/.test(line) ? `${device}    ${line.trim()}\n` : [];
    })
    .join('');
}

/** The tutorial shows the interfaces of the holder alone: the other hosts are given none here. */
async function judge(expectation: KnownExpectation, shown: Shown): Promise<Judgement> {
  const reading = readingOf(shown);
  const addresses = shown.addresses === undefined ? '' : oneLinePerAddress(tutorial(shown.addresses));
  const holder = instancesOf(reading.textState ?? EMPTY_STATE).find(({ id }) => id === 'vip')?.nodes[0] ?? '';
  const context = {
    ...contextOf({
      // The tutorial shows no XML; the text stands in for it.
      readings: reading.textState === undefined ? [] : [{ ...reading, state: reading.textState }],
      pcsStatus: reading,
      exec: (node) => ({ stdout: node === shown.node ? `${addresses}--\n${addresses}` : '--\n' }),
      ...(shown.output === undefined ? {} : { command: { stdout: tutorial(shown.output) } }),
    }),
    lab,
    resolve: async (target: Target) => (target.kind === 'holder' && !target.was ? holder : 'ha-host1'),
  };
  const driver = CHECKS[expectation.kind];
  return driver.judge(expectation, await driver.observe(expectation, context));
}

/** Expectations but for the exit code 0 that every command is held to: a tutorial shows none. */
function expectationsOf(step: Step): readonly KnownExpectation[] {
  return (step.expect as readonly KnownExpectation[]).filter(
    (expectation) => !(expectation.kind === 'exit' && expectation.exit === 0),
  );
}

const NOTHING_YET = 'active unknown unknown \n';

/** Three CentOS 7 hosts on which nothing has been formed yet: pcs says what it says in the tutorial. */
const centos: Answers = (call) => {
  const words = wordsOf(call).join(' ');
  if (words === 'corosync pacemaker pcs')
    return {
      stdout: 'manager rpm\ncorosync installed 2.4.0\npacemaker installed 1.1.16\npcs installed 0.9.158\n',
    };
  if (words === 'corosync pacemaker') return { stdout: NOTHING_YET };
  const stage = Object.entries(STAGES).find(([name]) => words.includes(`pcs cluster ${name}`))?.[1];
  return stage === undefined ? {} : { stdout: tutorial(stage) };
};

/** The pcs or other command of a stage, without the script around it; nothing where a stage is a script alone. */
async function commandOf(stage: FormationStage): Promise<string> {
  const { context, calls } = fakeFormation(centos);
  await form(stage, context);
  const words = calls.map(wordsOf).find((argv) => argv.includes('cluster') || argv.includes('chpasswd')) ?? [];
  const start = words.indexOf('pcs');
  return words.slice(Math.max(start, 0)).join(' ');
}

async function runOf(step: Step): Promise<string> {
  if (step.action.kind === 'form') return commandOf(step.action.stage);
  return step.action.kind === 'run' ? step.action.argv.join(' ') : '';
}

describe('the walk-through on CentOS 7, as a tutorial shows it', () => {
  it('forms the cluster with the commands of pcs 0.9', async () => {
    const { context, calls } = fakeFormation(centos);
    for (const stage of ['packages', 'pcsd', 'password', 'auth', 'setup', 'start', 'enable'] as const) {
      const { changed, seen } = await form(stage, context);
      expect(changed, stage).to.equal(stage !== 'packages');
      expect(seen, stage).to.contain('ha-host1');
    }
    const auth = calls.find((call) => wordsOf(call).includes('auth'));
    expect(auth?.stdin).to.equal(`${PASSWORD}\n`);
    expect(JSON.stringify(calls.map(({ argv }) => argv))).to.not.contain(PASSWORD);
  });

  for (const [file, resources, online] of [
    ['status-new.txt', 0, 3],
    ['status-silenced.txt', 0, 3],
    ['status-vip.txt', 1, 3],
    ['status-offline.txt', 1, 2],
  ] as const) {
    it(`understands every line of ${file}`, () => {
      const { textState: state } = readingOf({ node: 'ha-host1', status: file });
      expect(state?.unparsed).to.deep.equal([]);
      expect(state?.clusterName).to.equal('linuxha');
      expect(state?.dc).to.deep.equal({ name: 'ha-host3', version: '1.1.16-12.el7_4.8-94ff4df' });
      expect(state?.resources).to.have.length(resources);
      expect(state?.nodes.filter((node) => node.online)).to.have.length(online);
    });
  }

  for (const [name, shown] of Object.entries(SHOWN)) {
    it(`passes what is shown at ${name}`, async () => {
      const expectations = expectationsOf(STEPS.get(name) ?? expect.fail(`no step ${name}`));
      const judged = expectations.filter((expectation) => isShown(expectation, shown));
      expect(judged).to.have.length.above(0);
      for (const expectation of judged) {
        const { verdict, seen } = await judge(expectation, shown);
        expect(verdict, `${JSON.stringify(expectation)}: ${seen}`).to.equal('passed');
      }
    });
  }

  it('does not pass at the wrong moment', async () => {
    const wrong: readonly (readonly [step: string, at: string])[] = [
      ['cluster-status/warned', 'virtual-ip/create'],
      ['virtual-ip/create', 'cluster-status/warned'],
      ['interface-down/cut', 'virtual-ip/create'],
      ['form-cluster/online', 'interface-down/cut'],
      ['resource-agents/describe', 'resource-agents/list'],
    ];
    for (const [name, at] of wrong) {
      const shown = SHOWN[at] ?? {};
      const expectations = expectationsOf(STEPS.get(name) ?? expect.fail(name)).filter((each) => isShown(each, shown));
      const judgements = await Promise.all(expectations.map((expectation) => judge(expectation, shown)));
      expect(
        judgements.map(({ verdict }) => verdict),
        `${name} at ${at}`,
      ).to.include('failed');
    }
  });

  it('describes IPaddr2 with the parameters and operations that the walk-through names', () => {
    const described = tutorial('resource-describe.txt');
    const steps = expectationsOf(STEPS.get('resource-agents/describe') as Step);
    const agent = steps.find((each) => each.kind === 'agent');
    if (agent?.kind !== 'agent') throw new Error('the step names no agent');
    for (const name of agent.requires ?? []) expect(described).to.match(new RegExp(`^${name} \\(required\\): `, 'm'));
    for (const name of agent.knows ?? []) expect(described).to.match(new RegExp(`^${name}: `, 'm'));
    for (const [name, { interval = '0s', timeout }] of Object.entries(agent.operations ?? {}))
      expect(described).to.include(`\n${name}: interval=${interval} timeout=${timeout}\n`);
  });
});

interface Row {
  readonly step: string;
  readonly typed: string;
  readonly run: string;
  readonly proof: string;
}

function rowsOf(page: string): readonly Row[] {
  const lines = page.split('\n').filter((line) => /^\| `[\w-]+\/[\w-]+` \|/.test(line));
  return lines.map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('`', ''));
    const [, step = '', typed = '', run = '', proof = ''] = cells;
    return { step, typed: typed.replace('–', ''), run: run.replace('–', ''), proof };
  });
}

/** Proven whole: the same command and all that is expected of it; in part: either of them. */
function proofOf(name: string, step: Step, { typed, run }: Row): string {
  const same = run === typed || run === '';
  if (step.action.kind === 'form') {
    const isOutputShown = STAGES[step.action.stage] !== undefined;
    return isOutputShown ? (same ? 'tutorial' : 'in part') : 'unproven';
  }
  const expectations = expectationsOf(step);
  const judged = expectations.filter((expectation) => isShown(expectation, SHOWN[name] ?? {}));
  if (judged.length === 0) return 'unproven';
  return judged.length === expectations.length && same ? 'tutorial' : 'in part';
}

describe('the table of proofs in docs/pcs-dialects.md', () => {
  const rows = rowsOf(readFileSync(join(TOP, 'docs/pcs-dialects.md'), 'utf8'));

  it('has a line for each step of the walk-through', () => {
    expect(rows.map(({ step }) => step)).to.deep.equal([...STEPS.keys()]);
  });

  for (const row of rows) {
    it(`tells what is known of ${row.step}`, async () => {
      const step = STEPS.get(row.step) ?? expect.fail('no such step');
      expect(row.run).to.equal(await runOf(step));
      if (row.typed !== '') expect(COMMANDS).to.include(row.typed);
      expect(row.proof).to.equal(proofOf(row.step, step, row));
    });
  }
});
