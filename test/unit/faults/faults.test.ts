import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { abilitiesOf } from '../../../src/ports/backend.js';
import { driverOf as driverIn, type FaultDriver } from '../../../src/ports/fault.js';
import { createMemoryBackend } from '../../support/memory-lab.js';

const CASES: readonly ResolvedFault[] = [
  { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'admin' },
  { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'carrier' },
  { kind: 'power-off', node: 'ha-host1' },
  { kind: 'freeze', node: 'ha-host1' },
  { kind: 'controller-fail', node: 'ha-host1', how: 'unreachable' },
  { kind: 'controller-fail', node: 'ha-host1', how: 'lies' },
  { kind: 'controller-fail', node: 'ha-host1', how: 'slow', controller: 2 },
];

async function scene(without?: 'links' | 'power' | 'pause' | 'controllers') {
  const lab = createMemoryBackend();
  const instance = lab.instance();
  await lab.backend.up(instance, { onProgress: () => undefined });
  const backend = { ...lab.backend };
  if (without) delete backend[without];
  return {
    lab,
    context: {
      instance,
      backend,
      clock: lab.clock,
      transport: (node: string) => backend.connect(instance, node, { timeoutMs: 1_000 }),
    },
  };
}

const driverOf = (fault: ResolvedFault): FaultDriver => driverIn(FAULTS, fault);

describe('FAULTS', () => {
  for (const fault of CASES) {
    const name = `${fault.kind}${'by' in fault ? ` by ${fault.by}` : ''}${'how' in fault ? `, ${fault.how}` : ''}`;

    it(`${name}: is in force when injected and gone when undone, twice each`, async () => {
      const { context } = await scene();
      const driver = driverOf(fault);
      expect(await driver.isActive(fault, context)).to.equal(false);
      await driver.inject(fault, context);
      expect(await driver.isActive(fault, context)).to.equal(true);
      await driver.inject(fault, context);
      await driver.undo(fault, context);
      expect(await driver.isActive(fault, context)).to.equal(false);
      await driver.undo(fault, context);
      expect(await driver.isActive(fault, context)).to.equal(false);
    });
  }

  it('says in both languages what it does and what may come of it', () => {
    for (const [kind, driver] of Object.entries(FAULTS)) {
      expect(driver.kind).to.equal(kind);
      for (const text of [driver.summary, driver.expectedBehaviour]) {
        expect(text.en).to.not.equal('');
        expect(text.zh).to.match(/[\u4e00-\u9fff]/);
      }
    }
  });

  it('needs what the backend must have', async () => {
    const { lab } = await scene();
    for (const driver of Object.values(FAULTS))
      expect(abilitiesOf(lab.backend)).to.include.members([...driver.needs({})]);
  });

  for (const [fault, without] of [
    [CASES[0], 'links'],
    [CASES[2], 'power'],
    [CASES[3], 'pause'],
    [CASES[4], 'controllers'],
  ] as const) {
    it(`refuses without the ability ${without}`, async () => {
      const { context } = await scene(without);
      if (!fault) throw new Error('no fault');
      const attempt = async () => driverOf(fault).inject(fault, context);
      const failure = await attempt().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).to.have.property('code', 'ability-missing');
    });
  }
});
