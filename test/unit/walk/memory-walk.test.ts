import { expect } from 'chai';
import { createRandom } from '../../../src/cli/run/request.js';
import { type ShrinkLimits, shrinkWalk } from '../../../src/cli/run/shrink-walk.js';
import type { FaultKind } from '../../../src/faults/index.js';
import { AUDITS, type AuditKind, type Finding } from '../../../src/model/audit.js';
import type { ScenarioResult } from '../../../src/model/event.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import type { AuditInput, Auditor, AuditTable } from '../../../src/ports/audit.js';
import { createExecutor, driveInOrder } from '../../../src/runner/run.js';
import { type DrawnFault, drawWalk } from '../../../src/walk/draw.js';
import { type Trouble, troubleOf } from '../../../src/walk/shrink.js';
import { LINUXHA } from '../../support/memory-lab.js';
import { createMemoryRun } from '../../support/memory-run.js';
import { readWalk, sceneWithVip } from './support/walks.js';

/** What the simulated lab can do. */
const KINDS: readonly FaultKind[] = ['link-down', 'power-off', 'freeze'];
const SCENE = sceneWithVip(LINUXHA, KINDS);
const LIMITS: ShrinkLimits = { runs: 12, ms: 60_000 };
const byCable = ({ fault }: DrawnFault) => fault.kind !== 'link-down' || fault.by === 'admin' || fault.by === 'carrier';

/** Which audit fails once the lab has had these faults, if one does. */
type Broken = (had: readonly ResolvedFault[]) => AuditKind | undefined;

function audits(isBroken: Broken): Auditor {
  const had: ResolvedFault[] = [];
  const judge = (kind: AuditKind) => ({
    kind,
    holds: { en: `${kind} holds` },
    reads: { en: 'nothing' },
    judge({ faults }: AuditInput): readonly Finding[] {
      for (const { fault } of faults) if (!had.includes(fault)) had.push(fault);
      const isFound = kind === isBroken(had);
      return isFound ? [{ verdict: 'failed', subjects: ['vip'], seen: 'vip is on two' }] : [];
    },
  });
  return {
    table: Object.fromEntries(AUDITS.map((kind) => [kind, judge(kind)])) as unknown as AuditTable,
    pendingActivityIn: () => undefined,
    observe: async ({ node }) => ({ node, answered: true, problems: {}, clockS: 0, controller: 'S_IDLE' }),
    askForMacs: async (_transport, { address }) => ({ address, from: 'iscsi-disks', macs: [] }),
  };
}

/** The walk on a lab of its own. */
async function walked(drawn: readonly DrawnFault[], isBroken: Broken): Promise<ScenarioResult> {
  const { session, lab } = await createMemoryRun({
    deps: { auditor: audits(isBroken), random: createRandom(1) },
  });
  for (const node of lab.world().nodes.values()) node.clusterEnabled = node.clusterRuns;
  lab.mischief.command = (node, argv) => {
    const line = argv.join(' ');
    if (line.includes('pcs resource')) return { exitCode: 0 };
    const addresses = lab.world().addressesOf(node);
    return line.includes('ip -o')
      ? { stdout: addresses.map((each) => `2: eth1 inet ${each}/24\n`).join('') }
      : undefined;
  };
  const { scenarios } = await driveInOrder(
    [{ scenario: readWalk(drawn, SCENE), asGiven: false, requires: [], isSetUp: false }],
    createExecutor(session),
  );
  return scenarios[0] ?? expect.fail('nothing was run');
}

async function shrunkWalk(isBroken: Broken, limits: Partial<ShrinkLimits> = {}, again: Broken = isBroken) {
  // One after the other, by means that the simulated lab has.
  const drawn = drawWalk(SCENE, createRandom(5), 40)
    .filter(byCable)
    .slice(0, 10)
    .map((each, index) => ({ ...each, number: index + 1, overlaps: false }));
  const first = await walked(drawn, isBroken);
  const trouble: Trouble = troubleOf(first) ?? expect.fail('it did not fail');
  let ms = 0;
  const shrunk = await shrinkWalk(
    { drawn, steps: readWalk(drawn, SCENE).steps.map(({ id }) => id) },
    trouble,
    { ...LIMITS, ...limits },
    {
      async runAgain(faults) {
        const found = troubleOf(await walked(faults, again));
        return found === undefined ? {} : { trouble: found };
      },
      nowMs: () => {
        ms += 1_000;
        return ms;
      },
      isInterrupted: () => false,
    },
  );
  return { drawn, first, shrunk };
}

const onceHad =
  (...kinds: readonly FaultKind[]): Broken =>
  (had) =>
    kinds.every((kind) => had.some((fault) => fault.kind === kind)) ? 'one-dc' : undefined;

describe('a walk on a simulated lab', function () {
  this.timeout(20_000);

  it('passes where nothing is broken, and leaves nothing in force', async () => {
    const drawn = drawWalk(SCENE, createRandom(2), 12).filter(byCable);
    const { verdict, reason } = await walked(drawn, () => undefined);
    expect(verdict, reason).to.equal('passed');
  });

  it('stops where an audit fails, and is shrunk to the one fault that it takes', async () => {
    const { first, shrunk } = await shrunkWalk(onceHad('freeze'));
    expect(first.verdict).to.equal('failed');
    expect(first.steps.filter(({ verdict }) => verdict === 'skipped')).to.not.be.empty;
    expect(shrunk.shortest?.map(({ fault }) => fault.kind)).to.deep.equal(['freeze']);
    expect(shrunk.tries[0]).to.include({ outcome: 'alike' });
    expect(shrunk.cutShort).to.equal(undefined);
  });

  it('keeps the earlier one that the failure takes', async () => {
    const { shrunk } = await shrunkWalk(onceHad('freeze', 'power-off'));
    expect(shrunk.shortest?.map(({ fault }) => fault.kind).sort()).to.deep.equal(['freeze', 'power-off']);
  });

  it('says so where it does not fail again', async () => {
    const { shrunk } = await shrunkWalk(onceHad('freeze'), {}, () => undefined);
    expect(shrunk.shortest).to.equal(undefined);
    expect(shrunk.tries.map(({ outcome }) => outcome)).to.deep.equal(['passed', 'passed']);
  });

  it('does not take another failure for the same', async () => {
    const { shrunk } = await shrunkWalk(onceHad('freeze'), {}, (had) =>
      onceHad('freeze')(had) ? 'no-crash' : undefined,
    );
    expect(shrunk.shortest).to.equal(undefined);
    expect(shrunk.tries.map(({ outcome }) => outcome)).to.deep.equal(['otherwise', 'otherwise']);
  });

  it('stops when it may not run any more, or its time is over, with the shortest so far', async () => {
    for (const [limits, why] of [
      [{ runs: 1 }, 'runs'],
      [{ ms: 2_000 }, 'time'],
    ] as const) {
      const { shrunk } = await shrunkWalk(onceHad('freeze', 'power-off'), limits);
      expect(shrunk.cutShort).to.equal(why);
      expect(shrunk.shortest?.length).to.equal(shrunk.stopped.faults);
    }
  });
});
