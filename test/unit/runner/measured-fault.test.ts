import { expect } from 'chai';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { createRunSession } from '../../../src/runner/create-session.js';
import { injectMeasured } from '../../../src/runner/measured-fault.js';
import { createMemoryRun, cutHolder, type MemoryRun, step, VIP } from '../../support/memory-run.js';
import { rejection } from '../../support/rejection.js';

const SPEC = { id: 'vip', kind: 'ping', target: VIP, from: { kind: 'storage' }, everyMs: 20 } as const;
const CUT: ResolvedFault = { kind: 'link-down', node: 'ha-host1', link: 'eth1', by: 'admin' };

/** Nodes on the machine's own clock. */
async function onOneClock(): Promise<MemoryRun> {
  const memory = await createMemoryRun();
  return { ...memory, session: createRunSession({ ...memory.deps, backend: { ...memory.deps.backend, kernel: [] } }) };
}

function inject(
  { session, log }: MemoryRun,
  parts: { fault?: ResolvedFault; target?: string; withinMs?: number } = {},
) {
  const { fault = CUT, target = VIP, withinMs = 20_000 } = parts;
  return injectMeasured(session, {
    entries: [{ id: 'manual/1', at: '', run: 'manual', fault }],
    ...{ withinMs, probeNodes: ['iscsi-disks'] },
    step: step('cut', { action: cutHolder, probes: [{ ...SPEC, target }] }),
    onInjected: () => log.push('injected'),
  });
}

describe('a fault that is measured as it is injected', () => {
  it('waits until the address answers again, and leaves the fault in force', async () => {
    const memory = await onOneClock();
    const { probes, unanswered } = await inject(memory);
    expect(probes[0]?.windows).to.have.length(1);
    expect(probes[0]?.windows[0]).to.include({ ended: true });
    expect(probes[0]?.windows[0]?.durationMs).to.be.greaterThan(8_000);
    expect(probes[0]?.breakdown?.resource).to.equal('vip');
    expect(unanswered).to.deep.equal([]);
    expect(memory.deps.journal.pending().map(({ id, fault }) => [id, fault])).to.deep.equal([['manual/1', CUT]]);
    expect(memory.log.indexOf('injected')).to.be.greaterThan(memory.log.indexOf('journal open link-down'));
  });

  it('ends at the deadline where it does not answer', async () => {
    const { probes } = await inject(await onOneClock(), { withinMs: 3_000 });
    expect(probes[0]?.windows[0]).to.include({ ended: false });
    expect(probes[0]?.breakdown).to.equal(undefined);
  });

  it('says that there was no outage, after it has watched for a while', async () => {
    const { probes } = await inject(await onOneClock(), { fault: { ...CUT, node: 'ha-host3' } });
    expect(probes[0]?.windows).to.deep.equal([]);
    expect((probes[0]?.sent ?? 0) * 20).to.be.greaterThan(1_900);
  });

  it('measures nothing of an address that did not answer before', async () => {
    const { probes, unanswered } = await inject(await onOneClock(), { target: '192.168.56.99' });
    expect(probes).to.deep.equal([]);
    expect(unanswered).to.deep.equal(['vip']);
  });

  it('ends the measurement when it is interrupted, and not the fault', async () => {
    const memory = await onOneClock();
    const measuring = inject(memory);
    const stop = memory.lab.clock.sleep(4_000).then(() => memory.abort.abort());
    const { probes } = await measuring;
    await stop;
    expect(probes[0]?.windows[0]).to.include({ ended: false });
    expect(memory.deps.journal.pending()).to.have.length(1);
  });

  it('is refused where it is in force already, with nothing left behind', async () => {
    const memory = await onOneClock();
    await inject(memory);
    expect((await rejection(inject(memory))).message).to.match(/is in force already/);
    expect(memory.deps.journal.pending()).to.have.length(1);
  });
});
