import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import type { ExecResult } from '../../../src/ports/transport.js';
import { createMemoryBackend } from '../../support/memory-lab.js';
import { pretendStack } from './support/pretend-stack.js';

type Answers = (argv: readonly string[]) => Partial<ExecResult>;

async function labThat(answers: Answers) {
  const lab = createMemoryBackend();
  const instance = lab.instance();
  await lab.backend.up(instance, { onProgress: () => undefined });
  const asked: string[] = [];
  lab.mischief.command = (node, argv) => {
    asked.push(`${node}: ${argv.join(' ')}`);
    return answers(argv);
  };
  const transport = (node: string) => lab.backend.connect(instance, node, { timeoutMs: 1_000 });
  return { context: { instance, backend: lab.backend, clock: lab.clock, transport }, asked };
}

/** A service manager with one unit, which can be masked. */
function oneUnit(unit: string, state = { active: 'active', isMasked: false }): Answers {
  return ([, ...words]) => {
    const [verb = ''] = words.filter((word) => !word.startsWith('--'));
    if (verb === 'list-unit-files') return { stdout: words.includes(unit) ? `${unit} enabled\n` : '' };
    if (verb === 'show') return { stdout: `${state.active}\n` };
    if (verb === 'mask' || verb === 'unmask') state.isMasked = verb === 'mask';
    if (verb === 'kill') state.active = state.isMasked ? 'failed' : 'active';
    if (verb === 'stop') state.active = 'inactive';
    if (verb === 'start' && state.isMasked) return { exitCode: 1, stderr: `Unit ${unit} is masked.` };
    if (verb === 'start') state.active = 'active';
    return {};
  };
}

describe('faults of shared storage', () => {
  const stopped = { kind: 'target-stop', node: 'iscsi-disks' } as const;

  for (const unit of ['tgt.service', 'target.service']) {
    it(`target-stop: ${unit} is gone until it is healed, whatever its Restart= says, twice each`, async () => {
      const { context } = await labThat(oneUnit(unit));
      const { inject, isActive, undo } = FAULTS['target-stop'];
      expect(await isActive(stopped, context)).to.equal(false);
      for (let times = 0; times < 2; times += 1) {
        await inject(stopped, context);
        expect(await isActive(stopped, context)).to.equal(true);
      }
      for (let times = 0; times < 2; times += 1) {
        await undo(stopped, context);
        expect(await isActive(stopped, context)).to.equal(false);
      }
    });
  }

  it('target-stop: kills a program, and never asks it to say goodbye', async () => {
    const { context, asked } = await labThat(oneUnit('tgt.service'));
    await FAULTS['target-stop'].inject(stopped, context);
    expect(asked.filter((line) => /mask|kill|stop/.test(line))).to.deep.equal([
      'iscsi-disks: systemctl --quiet --runtime mask tgt.service',
      'iscsi-disks: systemctl kill --signal=KILL tgt.service',
    ]);
  });

  it('target-stop: refuses a node that serves nothing', async () => {
    const { context } = await labThat(() => ({}));
    const error = await FAULTS['target-stop'].inject(stopped, context).catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'fault-failed');
  });

  it('initiator-cut: drops what goes to and comes from the port of iSCSI, and nothing else', async () => {
    const { context, node } = await pretendStack();
    const cut = { kind: 'initiator-cut', node: 'ha-host1' } as const;
    await FAULTS['initiator-cut'].inject(cut, context);
    expect([...node().tables.values()].join('')).to.match(/input tcp sport 3260 drop[\s\S]*output tcp dport 3260 drop/);
    expect(await FAULTS['initiator-cut'].isActive(cut, context)).to.equal(true);
    await FAULTS['initiator-cut'].undo(cut, context);
    expect([...node().tables]).to.deep.equal([]);
  });

  describe('lun-fault', () => {
    const fault = { kind: 'lun-fault', node: 'ha-host1', disk: 'shared', how: 'full' } as const;
    const driver = FAULTS['lun-fault'];

    it('asks the initiator of that disk, by words and not by a command line of its own', async () => {
      const { context, asked } = await labThat(() => ({ stdout: 'done\n' }));
      await driver.inject(fault, context);
      expect(asked[0]).to.match(/^ha-host1: python3 - shared inject full \{.*"full":\{"errno":28/);
    });

    it('is in force where the initiator says so', async () => {
      for (const [said, active] of [
        ['active', true],
        ['well', false],
        ['absent', false],
      ] as const) {
        const { context } = await labThat(() => ({ stdout: `${said}\n` }));
        expect(await driver.isActive(fault, context), said).to.equal(active);
      }
    });

    it('needs somebody logged in to break, and nobody to mend', async () => {
      const { context } = await labThat(() => ({ stdout: 'absent\n' }));
      const error = await driver.inject(fault, context).catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'fault-failed');
      await driver.undo(fault, context);
    });

    it('fails with the words of the initiator', async () => {
      const { context } = await labThat(() => ({ exitCode: 1, stderr: 'Node lun not found' }));
      for (const act of [driver.inject, driver.undo]) {
        const error = await act(fault satisfies ResolvedFault, context).catch((reason: unknown) => reason);
        expect(error).to.have.property('message').that.includes('Node lun not found');
      }
    });
  });
});
