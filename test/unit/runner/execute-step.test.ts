import { expect } from 'chai';
import type { KnownExpectation } from '../../../src/checks/index.js';
import { CHECKS } from '../../../src/checks/index.js';
import { LabError } from '../../../src/model/errors.js';
import type { Step } from '../../../src/model/scenario.js';
import type { Target } from '../../../src/model/target.js';
import type { CheckTable } from '../../../src/ports/check.js';
import { executeStep } from '../../../src/runner/execute-step.js';
import {
  createMemoryRun,
  cutHolder,
  HOLDER,
  MAJORITY,
  type MemoryRun,
  run,
  step,
  VIP,
  vipStarted,
  WAS_HOLDER,
  within,
} from '../../support/memory-run.js';

const place = { id: 'scene' };
const node = (name: string, is: 'online' | 'offline'): KnownExpectation => ({
  kind: 'node',
  node: { kind: 'node', name },
  is,
  seenFrom: MAJORITY,
});
const all: KnownExpectation = { kind: 'nodes', are: 'online', seenFrom: { kind: 'target', target: { kind: 'all' } } };
const execute = ({ session }: MemoryRun, one: Step) => executeStep(session, place, one);

describe('executeStep', () => {
  it('passes a step whose expectations hold, with the pcs status text as evidence', async () => {
    const memory = await createMemoryRun();
    const result = await execute(memory, step('look', { expect: [vipStarted(), node('ha-host2', 'online')] }));
    expect(result.verdict).to.equal('passed');
    expect(result.checks.map((check) => check.evidence)).to.deep.equal([
      ['evidence/status/scene/look-ha-host1.txt'],
      ['evidence/status/scene/look-ha-host1.txt'],
    ]);
    expect(memory.files.get('evidence/status/scene/look-ha-host1.txt')).to.contain('Cluster name: linuxha');
    expect(memory.kinds().filter((kind) => kind !== 'node-seen')).to.deep.equal(['step-started', 'step-finished']);
  });

  it('types lines in login shells, in order, with roles filled in, until one fails', async () => {
    const memory = await createMemoryRun();
    const typed: string[] = [];
    memory.lab.mischief.command = (name, argv) => {
      if (argv[0] !== 'bash') return undefined;
      typed.push(`${name}: ${argv.slice(1).join(' ')}`);
      return argv[2] === 'false' ? { exitCode: 1, stderr: 'Error: it is refused\n' } : { exitCode: 0 };
    };
    const line = (text: string) => ({ on: { kind: 'node', name: 'ha-host3' } as const, line: text });
    const lines = [
      { on: { kind: 'all' } as const, line: 'first' },
      { on: HOLDER, line: 'leave {holder of vip}', roles: { '{holder of vip}': HOLDER } },
    ];
    const passed = await execute(memory, step('do', { action: { kind: 'type', lines }, expect: [vipStarted()] }));
    expect(passed.verdict).to.equal('passed');
    expect(typed.toSorted()).to.deep.equal([
      'ha-host1: -lc first',
      'ha-host1: -lc leave ha-host1',
      'ha-host2: -lc first',
      'ha-host3: -lc first',
    ]);
    const wrong = { kind: 'type', lines: [line('false'), line('never')] } as const;
    const failed = await execute(memory, step('wrong', { action: wrong, expect: [vipStarted()] }));
    expect(failed.verdict).to.equal('failed');
    expect(failed.checks[0]).to.deep.include({
      expected: 'the line typed on ha-host3 succeeds: false',
      seen: 'it ended with exit code 1: Error: it is refused',
    });
    expect(typed.join()).not.to.include('never');
  });

  it('cuts the holder of the VIP, measures the outage, and remembers who it was', async () => {
    const memory = await createMemoryRun();
    const result = await execute(
      memory,
      step('cut', {
        action: cutHolder,
        probes: [{ id: 'vip', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 }],
        expect: [
          { kind: 'node', node: WAS_HOLDER, is: 'offline', seenFrom: MAJORITY },
          vipStarted({ notOn: WAS_HOLDER }),
          {
            kind: 'outage',
            probe: 'vip',
            below: {
              source: 'token + consensus + 5s',
              terms: [
                { kind: 'constant', constant: 'token', factor: 1 },
                { kind: 'constant', constant: 'consensus', factor: 1 },
                { kind: 'ms', ms: 5_000 },
              ],
            },
          },
        ],
        within: within(20_000),
      }),
    );
    expect(result.reason).to.equal(undefined);
    expect(result.verdict).to.equal('passed');
    expect(result.targets).to.deep.equal({ 'holder of vip': 'ha-host1', storage: 'iscsi-disks' });
    expect(result.checks[0]?.expected).to.equal('ha-host1 (was holder of vip) is offline');
    expect(result.checks[0]?.evidence).to.deep.equal(['evidence/status/scene/cut-ha-host2.txt']);
    expect(result.constants?.token).to.equal(3_650);
    const [window] = result.probes?.[0]?.windows ?? [];
    expect(window?.ended).to.equal(true);
    expect(window?.durationMs).to.be.within(8_000, 8_100);
    expect(memory.events).to.deep.include({
      kind: 'target-resolved',
      scenario: 'scene',
      step: 'cut',
      target: 'holder of vip',
      node: 'ha-host1',
    });
  });

  it('waits for the outage where nothing else is waited for', async () => {
    const memory = await createMemoryRun();
    const spec = { id: 'vip', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 } as const;
    const below: KnownExpectation = { kind: 'outage', probe: 'vip', below: within(1_000) };
    const result = await execute(
      memory,
      step('cut', { action: cutHolder, probes: [spec], expect: [below], within: within(20_000) }),
    );
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.match(/outage of 80\d\d ms/);
  });

  it('does not measure past the deadline', async () => {
    const memory = await createMemoryRun();
    const spec = { id: 'vip', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 } as const;
    const result = await execute(memory, step('cut', { action: cutHolder, probes: [spec], within: within(2_000) }));
    expect(result.probes?.[0]?.windows.map(({ ended }) => ended)).to.deep.equal([false]);
    expect(result.durationMs).to.be.within(2_000, 2_200);
  });

  it('has the fault on disk before it is injected', async () => {
    const memory = await createMemoryRun();
    await execute(memory, step('cut', { action: cutHolder }));
    const order = ['journal open link-down', 'fault-journalled', 'link ha-host1 down', 'fault-injected'];
    expect(memory.log.filter((line) => order.includes(line))).to.deep.equal(order);
  });

  it('is on each of several nodes, heals each, and touches each', async () => {
    const memory = await createMemoryRun();
    const nodes: readonly Target[] = [HOLDER, { kind: 'node', name: 'ha-host3' }];
    const freeze = step('cut', { action: { kind: 'fault', fault: { kind: 'freeze', nodes } } });
    expect((await execute(memory, freeze)).verdict).to.equal('passed');
    const entries = memory.deps.journal.pending();
    expect(entries.map(({ fault }) => fault)).to.deep.equal([
      { kind: 'freeze', node: 'ha-host1' },
      { kind: 'freeze', node: 'ha-host3' },
    ]);
    expect(new Set(entries.map(({ id }) => id)).size, 'ids of their own').to.equal(2);
    const isFrozen = () => ['ha-host1', 'ha-host3'].map((name) => memory.lab.world().nodes.get(name)?.isFrozen);
    expect(isFrozen()).to.deep.equal([true, true]);
    const mend = await execute(memory, step('mend', { action: { kind: 'heal', step: 'cut' } }));
    expect(mend.verdict, mend.reason).to.equal('passed');
    expect(isFrozen()).to.deep.equal([false, false]);
    expect(memory.deps.journal.pending()).to.deep.equal([]);
  });

  it('does not take two roles of one node for two', async () => {
    const memory = await createMemoryRun();
    const nodes: readonly Target[] = [HOLDER, { kind: 'dc', was: false }];
    const freeze = step('cut', { action: { kind: 'fault', fault: { kind: 'freeze', nodes } } });
    const result = await execute(memory, freeze);
    expect(result.verdict).to.equal('unknown');
    expect(result.reason).to.match(/two roles of freeze mean ha-host1/);
    expect(memory.deps.journal.pending()).to.deep.equal([]);
  });

  it('resolves both nodes of a one-way loss before it is on disk', async () => {
    const memory = await createMemoryRun();
    const loss = (from: Target) =>
      step('deaf', { action: { kind: 'fault', fault: { kind: 'one-way-loss', node: HOLDER, from, link: 'eth1' } } });
    memory.lab.mischief.command = (_node, argv) => {
      if (argv[0] !== 'nft') return undefined;
      return { stdout: argv[1] === 'list' ? 'table inet halab-eth1-from-ha-host3\n' : '' };
    };
    const result = await execute(memory, loss({ kind: 'node', name: 'ha-host3' }));
    expect(result.verdict, result.reason).to.equal('passed');
    const [entry] = memory.deps.journal.pending();
    expect(entry?.fault).to.deep.equal({ kind: 'one-way-loss', node: 'ha-host1', from: 'ha-host3', link: 'eth1' });
    const other = await execute(memory, loss({ kind: 'other', than: HOLDER }));
    expect(other.targets).to.have.property('any other than holder of vip').that.is.not.equal('ha-host1');
    const same = await execute(memory, loss({ kind: 'node', name: 'ha-host1' }));
    expect(same.verdict).to.equal('unknown');
    expect(same.reason).to.match(/mean ha-host1, and each must mean a different node/);
  });

  it('does not wait for the contrary of an exit code, and expects none of a command that it left out', async () => {
    const memory = await createMemoryRun();
    memory.lab.mischief.command = (_node, [program]) => (program === 'note' ? { exitCode: 1 } : undefined);
    const not: KnownExpectation = { kind: 'not', not: { kind: 'exit', exit: 1 } };
    const ran = await execute(memory, step('ask', { action: run(['note']), expect: [not], within: within(60_000) }));
    expect(ran.verdict).to.equal('failed');
    expect(ran.durationMs).to.be.below(1_000);
    const left = await execute(
      memory,
      step('leave', { action: run(['note']), unless: [node('ha-host1', 'online')], expect: [not] }),
    );
    expect(left).to.include({ verdict: 'passed' });
    expect(left.checks).to.deep.equal([]);
  });

  describe('with roles that are kept or stand in a command', () => {
    const ANY: Target = { kind: 'other', than: { kind: 'dc', was: false } };
    const VICTIM: Target = { kind: 'kept', name: 'victim' };
    /** Draws the last of two candidates, then the first, and so on. */
    async function createDrawing() {
      let draws = 0;
      const memory = await createMemoryRun({ deps: { random: () => (draws++ % 2 === 0 ? 0.9 : 0) } });
      const ran: string[] = [];
      memory.lab.mischief.command = (node, argv) => {
        if (argv[0] !== 'note') return undefined;
        ran.push([node, ...argv.slice(1)].join(' '));
        return {};
      };
      return { memory, ran };
    }

    it('draws {any other than …} again in each step that acts on it', async () => {
      const { memory, ran } = await createDrawing();
      for (const id of ['mark', 'look']) await execute(memory, step(id, { action: run(['note'], ANY) }));
      expect(ran).to.deep.equal(['ha-host3', 'ha-host2']);
    });

    it('draws it once where it is kept, for that step and those after it', async () => {
      const { memory, ran } = await createDrawing();
      const keeps = { victim: ANY };
      const first = await execute(memory, step('mark', { keeps, action: run(['note'], VICTIM) }));
      await execute(memory, step('look', { action: run(['note'], VICTIM) }));
      const expected: KnownExpectation = { kind: 'node', node: VICTIM, is: 'online', seenFrom: MAJORITY };
      const seen = await execute(memory, step('see', { expect: [expected] }));
      expect(ran).to.deep.equal(['ha-host3', 'ha-host3']);
      expect(first.targets).to.deep.equal({
        dc: 'ha-host1',
        'any other than dc': 'ha-host3',
        'as victim': 'ha-host3',
      });
      expect(seen.checks[0]).to.include({ verdict: 'passed', expected: 'ha-host3 (as victim) is online' });
    });

    it('means another node than the kept one by {any other than as victim}', async () => {
      const { memory, ran } = await createDrawing();
      const than: Target = { kind: 'other', than: VICTIM };
      await execute(memory, step('mark', { keeps: { victim: HOLDER }, action: run(['note'], than) }));
      expect(ran).to.deep.equal(['ha-host3']);
    });

    it('fills the roles of a command in, the same wherever the step names them', async () => {
      const { memory, ran } = await createDrawing();
      const roles = { '{holder of vip}': HOLDER, '{any other than dc}': ANY };
      const argv = ['note', 'from={holder of vip}', 'to={any other than dc}', '{print $1}'];
      const result = await execute(memory, step('move', { action: { kind: 'run', on: ANY, argv, roles } }));
      expect(ran).to.deep.equal(['ha-host3 from=ha-host1 to=ha-host3 {print $1}']);
      expect(result.targets).to.include({ 'holder of vip': 'ha-host1', 'any other than dc': 'ha-host3' });
      expect(memory.events.find(({ kind }) => kind === 'command-finished')).to.deep.include({
        argv: ['note', 'from=ha-host1', 'to=ha-host3', '{print $1}'],
      });
    });

    it('is inconclusive where a role of the command means no node', async () => {
      const { memory, ran } = await createDrawing();
      const action = { ...run(['note', '{as victim}']), roles: { '{as victim}': VICTIM } };
      const result = await execute(memory, step('move', { action }));
      expect(result).to.include({ verdict: 'unknown' });
      expect(result.reason).to.contain('{as victim} means no node');
      expect(ran).to.deep.equal([]);
    });
  });

  it('resolves every node of a partition, the rest among them', async () => {
    const memory = await createMemoryRun();
    const tables = new Map<string, string>();
    memory.lab.mischief.command = (node, argv, { stdin = '' }) => {
      if (argv[0] !== 'nft') return undefined;
      if (argv[1] === '-f') tables.set(node, /^add (table inet \S+)/.exec(stdin)?.[1] ?? '');
      return { stdout: `${tables.get(node) ?? ''}\n` };
    };
    const apart = (groups: readonly (readonly Target[])[]) =>
      step('apart', { action: { kind: 'fault', fault: { kind: 'partition', groups, rest: true } } });
    const result = await execute(memory, apart([[HOLDER]]));
    expect(result.verdict, result.reason).to.equal('passed');
    expect([...tables.keys()].sort()).to.deep.equal(['ha-host1', 'ha-host2', 'ha-host3']);
    const [entry] = memory.deps.journal.pending();
    expect(entry?.fault).to.deep.equal({ kind: 'partition', groups: [['ha-host1'], ['ha-host2', 'ha-host3']] });
    const named = ['ha-host1', 'ha-host2', 'ha-host3'].map((name) => ({ kind: 'node', name }) as const);
    expect((await execute(memory, apart([named]))).reason).to.match(/rest means no node/);
    expect((await execute(memory, apart([[HOLDER], [{ kind: 'node', name: 'ha-host1' }]]))).reason).to.match(
      /two roles of partition mean ha-host1/,
    );
  });

  it('heals the fault of an earlier step, twice if asked', async () => {
    const memory = await createMemoryRun();
    await execute(memory, step('cut', { action: cutHolder }));
    const mend = step('mend', { action: { kind: 'heal', step: 'cut' } });
    expect((await execute(memory, mend)).verdict).to.equal('passed');
    expect((await execute(memory, mend)).verdict).to.equal('passed');
    expect(memory.deps.journal.pending()).to.deep.equal([]);
    expect(memory.log.slice(-4, -1)).to.deep.equal([
      'link ha-host1 up',
      'journal close run-1/scene/cut/1',
      'fault-healed',
    ]);
  });

  it('keeps the recorded node for `was` when the role has moved on', async () => {
    const memory = await createMemoryRun();
    await execute(
      memory,
      step('cut', { action: cutHolder, expect: [vipStarted({ notOn: WAS_HOLDER })], within: within(20_000) }),
    );
    const result = await execute(memory, step('later', { expect: [vipStarted({ on: HOLDER, notOn: WAS_HOLDER })] }));
    expect(result.verdict).to.equal('passed');
    expect(result.targets).to.deep.equal({});
  });

  it('records a `was` role that nobody recorded, before the action', async () => {
    const memory = await createMemoryRun();
    const ban = run(['pcs', 'resource', 'ban', 'vip', 'ha-host1']);
    const result = await execute(memory, step('ban', { action: ban, expect: [vipStarted({ notOn: WAS_HOLDER })] }));
    expect(result.verdict).to.equal('passed');
    expect(result.targets).to.deep.equal({ 'holder of vip': 'ha-host1' });
  });

  it('chooses any other node by the run’s randomness and records the choice', async () => {
    const memory = await createMemoryRun({ deps: { random: () => 0.99 } });
    const result = await execute(memory, step('any', { action: run(['hostname'], { kind: 'other', than: HOLDER }) }));
    expect(result.targets).to.deep.equal({ 'holder of vip': 'ha-host1', 'any other than holder of vip': 'ha-host3' });
  });

  it('runs a command on every HA node for `all`, and one that fails speaks for them', async () => {
    const memory = await createMemoryRun();
    memory.lab.mischief.command = (name) => (name === 'ha-host2' ? { exitCode: 4 } : undefined);
    const result = await execute(memory, step('everywhere', { action: run(['hostname'], { kind: 'all' }) }));
    expect(memory.kinds().filter((kind) => kind === 'command-finished')).to.have.length(3);
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.contain('exit code 4 on ha-host2');
  });

  it('does not do what holds already', async () => {
    const memory = await createMemoryRun();
    const create = run(['pcs', 'resource', 'create', 'vip', 'ocf:heartbeat:IPaddr2']);
    const result = await execute(
      memory,
      step('create', { action: create, unless: [vipStarted()], expect: [vipStarted()] }),
    );
    expect(result.verdict).to.equal('passed');
    expect(memory.kinds()).to.not.include('command-finished');
  });

  it('does what does not hold yet', async () => {
    const memory = await createMemoryRun();
    await execute(memory, step('create', { action: run(['true']), unless: [vipStarted({ is: 'stopped' })] }));
    expect(memory.kinds()).to.include('command-finished');
  });

  describe('where nobody can say at first whether it holds already', () => {
    /** No host answers for as long. */
    async function silentFor(ms: number) {
      const memory = await createMemoryRun();
      const { clock, mischief } = memory.lab;
      const begunMs = clock.monotonicMs();
      let actedMs: number | undefined;
      mischief.command = (_node, [program]) => {
        if (program === 'note') actedMs = clock.monotonicMs() - begunMs;
        return undefined;
      };
      mischief.state = (seen) => {
        if (clock.monotonicMs() - begunMs < ms) throw new LabError('status-unreadable', 'crm_mon did not answer');
        return seen;
      };
      await execute(memory, step('create', { action: run(['note']), unless: [vipStarted()] }));
      return actedMs;
    }

    it('waits for an answer, and does not do what holds', async () => {
      expect(await silentFor(3_000)).to.equal(undefined);
    });

    it('does it after ten seconds without an answer', async () => {
      expect(await silentFor(60_000)).to.be.within(10_000, 11_000);
    });
  });

  describe('with a moment to act at', () => {
    const acting = { action: run(['note']) };
    const when = [vipStarted({ is: 'starting' })];
    /** The resource starts at this time and is up half a second later. */
    async function starting(atMs: number, parts: Parameters<typeof step>[1] = {}) {
      const memory = await createMemoryRun();
      const begunMs = memory.lab.clock.monotonicMs();
      const acted: number[] = [];
      const sinceMs = () => memory.lab.clock.monotonicMs() - begunMs;
      memory.lab.mischief.command = (_node, [program]) => {
        if (program !== 'note') return undefined;
        acted.push(sinceMs());
        return {};
      };
      memory.lab.mischief.state = (seen) => {
        const isStarting = sinceMs() >= atMs && sinceMs() < atMs + 500;
        const resources = seen.resources.map((each) => ({ ...each, role: isStarting ? 'Starting' : 'Started' }));
        return { ...seen, resources } as typeof seen;
      };
      const result = await execute(
        memory,
        step('midway', { ...acting, moment: { when, within: within(3_000) }, ...parts }),
      );
      return { result, acted, memory };
    }

    it('acts as soon as it has come, and says what it saw', async () => {
      const { result, acted } = await starting(1_000);
      expect(result.verdict).to.equal('passed');
      expect(acted).to.have.length(1);
      expect(acted[0]).to.be.within(1_000, 1_200);
      expect(result.checks[0]).to.deep.include({
        expected: 'before the action: vip is starting',
        verdict: 'passed',
        seen: 'vip Starting on ha-host1 (according to ha-host1, ha-host2, ha-host3)',
      });
    });

    it('does nothing if it does not come, and fails with what was seen last', async () => {
      const { result, acted } = await starting(60_000);
      expect(acted).to.deep.equal([]);
      expect(result).to.include({
        verdict: 'failed',
        reason:
          'expected “before the action: vip is starting”; last seen: vip Started on ha-host1 (according to ha-host1, ha-host2, ha-host3)',
      });
      expect(result.durationMs).to.be.within(3_000, 3_200);
      expect(result.checks, 'what follows the action is not judged').to.have.length(1);
    });

    it('is unknown where nobody could be asked', async () => {
      const memory = await createMemoryRun();
      for (const each of memory.lab.world().nodes.values()) each.clusterRuns = false;
      const result = await execute(memory, step('midway', { ...acting, moment: { when, within: within(500) } }));
      expect(result.verdict).to.equal('unknown');
      expect(memory.kinds()).to.not.include('command-finished');
    });

    it('waits for nothing where there is nothing to do', async () => {
      const { result, acted } = await starting(60_000, { unless: [vipStarted()] });
      expect(result.verdict).to.equal('passed');
      expect(acted).to.deep.equal([]);
      expect(result.durationMs).to.be.below(1_000);
    });
  });

  it('fails at the deadline with what was seen last', async () => {
    const memory = await createMemoryRun();
    const hint = { en: 'Look at the link.' };
    const result = await execute(
      memory,
      step('wait', { expect: [node('ha-host2', 'offline'), vipStarted()], within: within(3_000), hint }),
    );
    expect(result.verdict).to.equal('failed');
    expect(result.reason).to.equal(
      'expected “ha-host2 is offline”; last seen: ha-host2 online (according to ha-host1, ha-host2, ha-host3)',
    );
    expect(result.durationMs).to.be.within(3_000, 3_200);
    expect(result.hint).to.deep.equal(hint);
    expect(result.checks.map((check) => check.verdict)).to.deep.equal(['failed', 'passed']);
    expect(result.checks[0]?.evidence).to.deep.equal(['evidence/status/scene/wait-ha-host1.txt']);
    const told = memory.events.filter((event) => event.kind === 'step-waiting');
    expect(told.length).to.be.within(5, 7);
  });

  it('fails at once where the command failed, for it does not run again', async () => {
    const memory = await createMemoryRun();
    const result = await execute(
      memory,
      step('false', { action: run(['false']), expect: [vipStarted()], within: within(60_000) }),
    );
    expect(result.verdict).to.equal('failed');
    expect(result.durationMs).to.be.below(1_000);
    expect(result.checks.map((check) => check.verdict)).to.deep.equal(['failed', 'passed']);
  });

  it('lets a step expect a command to fail', async () => {
    const memory = await createMemoryRun();
    const result = await execute(
      memory,
      step('false', { action: run(['false']), expect: [{ kind: 'exit', exit: 'nonzero' }] }),
    );
    expect(result.verdict).to.equal('passed');
  });

  it('does not know what a node that lets nobody in would have said', async () => {
    const memory = await createMemoryRun();
    memory.lab.mischief.closed.add('ha-host2');
    const result = await execute(memory, step('ask', { action: run(['true'], { kind: 'node', name: 'ha-host2' }) }));
    expect(result.verdict).to.equal('unknown');
    expect(result.reason).to.contain('ha-host2 did not let us in');
  });

  it('does not know who a role means that nobody plays', async () => {
    const memory = await createMemoryRun();
    memory.lab.world().resources.clear();
    const result = await execute(memory, step('cut', { action: cutHolder }));
    expect(result.verdict).to.equal('unknown');
    expect(result.reason).to.equal('{holder of vip} means no node: there is no resource vip');
    expect(memory.deps.journal.pending()).to.deep.equal([]);
  });

  it('does not know whether a stage is formed that threw', async () => {
    const memory = await createMemoryRun({ bare: true });
    memory.lab.mischief.formation = { auth: 'ha-host2 refused the password' };
    const result = await execute(memory, step('auth', { action: { kind: 'form', stage: 'auth' } }));
    expect(result).to.include({ verdict: 'unknown', reason: 'ha-host2 refused the password' });
  });

  it('says what a formation stage found, and reads the constants only after it', async () => {
    const memory = await createMemoryRun({ bare: true });
    const deadline = {
      source: 'dc-deadtime',
      terms: [{ kind: 'constant', constant: 'dc-deadtime', factor: 1 }],
    } as const;
    const result = await execute(
      memory,
      step('start', {
        action: { kind: 'form', stage: 'start' },
        expect: [{ kind: 'nodes', are: 'online', seenFrom: MAJORITY }],
        within: deadline,
      }),
    );
    expect(result.verdict).to.equal('passed');
    expect(result.checks[0]).to.include({ verdict: 'passed', seen: 'start done' });
  });

  it('reads the constants anew after the cluster was formed anew', async () => {
    const memory = await createMemoryRun();
    const token = { source: 'token', terms: [{ kind: 'constant', constant: 'token', factor: 1 }] } as const;
    await execute(memory, step('before', { within: token }));
    memory.lab.mischief.constants = { token: 10_000, consensus: 12_000, 'dc-deadtime': 20_000 };
    expect((await execute(memory, step('still', { within: token }))).constants?.token).to.equal(3_650);
    const formed = await execute(memory, step('form', { action: { kind: 'form', stage: 'setup' }, within: token }));
    expect(formed.constants?.token).to.equal(10_000);
  });

  it('wants everything to hold in one and the same round', async () => {
    let looks = 0;
    // Each holds in every other round, never both in the same.
    const property: CheckTable['property'] = {
      ...CHECKS.property,
      observe: async (expectation) => {
        if (expectation.property === 'odd') looks += 1;
        return (looks % 2 === 1) === (expectation.property === 'odd');
      },
      judge: (_expectation, holds: boolean) => ({ verdict: holds ? 'passed' : 'failed', seen: `look ${looks}` }),
    };
    const memory = await createMemoryRun({ deps: { checks: { ...CHECKS, property } } });
    const both: readonly KnownExpectation[] = ['odd', 'even'].map((name) => ({
      kind: 'property',
      property: name,
      is: 'so',
    }));
    const result = await execute(memory, step('both', { expect: both, within: within(3_000) }));
    expect(result.verdict).to.equal('failed');
    expect(looks).to.be.greaterThan(10);
  });

  it('is interrupted in the middle of a look that hangs', async () => {
    const nodes: CheckTable['nodes'] = { ...CHECKS.nodes, observe: () => new Promise(() => undefined) };
    const memory = await createMemoryRun({ deps: { checks: { ...CHECKS, nodes } } });
    const running = execute(memory, step('look', { expect: [all] }));
    await memory.lab.clock.sleep(100);
    memory.abort.abort();
    expect(await running).to.include({ verdict: 'unknown', reason: 'interrupted' });
  });

  it('does not know when pcs status contradicts crm_mon until the deadline', async () => {
    const memory = await createMemoryRun();
    memory.lab.mischief.pcsStatus = (state) => ({
      ...state,
      nodes: state.nodes.map((each) => ({ ...each, online: false })),
    });
    const result = await execute(memory, step('look', { expect: [node('ha-host2', 'online')], within: within(2_000) }));
    expect(result.verdict).to.equal('unknown');
    expect(result.checks[0]?.seen).to.match(/^crm_mon: .*online.*; but pcs status: /);
    expect(result.durationMs).to.be.at.least(2_000);
  });

  it('passes when pcs status comes round', async () => {
    const memory = await createMemoryRun();
    let reads = 0;
    memory.lab.mischief.pcsStatus = (state) => {
      reads += 1;
      return reads > 3 ? state : { ...state, nodes: state.nodes.map((each) => ({ ...each, online: false })) };
    };
    const result = await execute(memory, step('look', { expect: [node('ha-host2', 'online')], within: within(2_000) }));
    expect(result.verdict).to.equal('passed');
  });

  it('is not held up in every round by a node that hangs', async () => {
    const memory = await createMemoryRun();
    const frozen: Step['action'] = {
      kind: 'fault',
      fault: { kind: 'freeze', node: { kind: 'node', name: 'ha-host3' } },
    };
    const result = await execute(
      memory,
      step('freeze', { action: frozen, expect: [node('ha-host3', 'offline')], within: within(30_000) }),
    );
    expect(result.verdict).to.equal('passed');
    expect(result.durationMs).to.be.within(8_000, 11_200);
    const mend = step('thaw', {
      action: { kind: 'heal', step: 'freeze' },
      expect: [
        { kind: 'nodes', are: 'online', seenFrom: { kind: 'target', target: { kind: 'node', name: 'ha-host3' } } },
      ],
      within: within(30_000),
    });
    const mended = await execute(memory, mend);
    expect(mended.verdict).to.equal('passed');
    expect(mended.durationMs).to.be.below(12_000);
  });

  it('reaches a node again that was without power', async () => {
    const memory = await createMemoryRun();
    const off: Step['action'] = { kind: 'fault', fault: { kind: 'power-off', node: HOLDER } };
    const cut = step('off', { action: off, expect: [vipStarted({ notOn: WAS_HOLDER })], within: within(30_000) });
    expect((await execute(memory, cut)).verdict).to.equal('passed');
    const mend = step('on', { action: { kind: 'heal', step: 'off' }, expect: [all], within: within(30_000) });
    const result = await execute(memory, mend);
    expect(result.reason).to.equal(undefined);
    expect(memory.lab.connects.get('ha-host1')).to.be.greaterThan(1);
    expect(memory.lab.connects.get('ha-host2')).to.equal(1);
  });

  it('ends a wait when it is interrupted, and does not know', async () => {
    const memory = await createMemoryRun();
    const running = execute(memory, step('wait', { expect: [node('ha-host2', 'offline')], within: within(60_000) }));
    await memory.lab.clock.sleep(1_000);
    memory.abort.abort(new Error('SIGINT'));
    const result = await running;
    expect(result).to.include({ verdict: 'unknown', reason: 'interrupted' });
    expect(result.durationMs).to.be.below(2_000);
  });

  it('stops its probe whatever happens', async () => {
    const memory = await createMemoryRun();
    let running = 0;
    const { probe } = memory.deps;
    const counted = await createMemoryRun({
      deps: {
        probe: {
          async start(...args) {
            const started = await probe.start(...args);
            running += 1;
            return { ...started, stop: () => started.stop().finally(() => (running -= 1)) };
          },
        },
      },
    });
    counted.lab.mischief.stuck.set('ha-host1/eth1', new LabError('fault-failed', 'the link does not obey'));
    const spec = { id: 'vip', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 } as const;
    const result = await execute(counted, step('cut', { action: cutHolder, probes: [spec] }));
    expect(result).to.include({ verdict: 'unknown', reason: 'the link does not obey' });
    expect(running).to.equal(0);
    expect(result.probes?.[0]?.answered).to.be.greaterThan(0);
    expect(counted.deps.journal.pending()).to.have.length(1);
  });

  it('lets our own bugs through', async () => {
    const broken = {
      ...CHECKS,
      nodes: {
        ...CHECKS.nodes,
        judge: () => {
          throw new TypeError('a bug');
        },
      },
    };
    const memory = await createMemoryRun({ deps: { checks: broken } });
    const failure = await execute(
      memory,
      step('look', { expect: [{ kind: 'nodes', are: 'online', seenFrom: MAJORITY }] }),
    ).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(TypeError);
  });
});
