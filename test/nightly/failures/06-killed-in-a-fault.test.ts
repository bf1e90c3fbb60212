import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import type { FaultKind } from '../../../src/faults/index.js';
import { FAULTS } from '../../../src/faults/index.js';
import { formedLab } from '../../support/real-lab/formed.js';
import { halab, halabJson, startHalab } from '../../support/real-lab/halab.js';
import { statusOf } from '../../support/real-lab/labs.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { untilEvent } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';
import { type Case, KILLED } from '../support/killed-cases.js';
import { holders, type Place } from '../support/killed-looks.js';

const NAME = 'e2e-killed-fault';
const ON = ['--name', NAME];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const VIP = '192.168.56.24';
const MINUTE = 60_000;
const KINDS = Object.keys(FAULTS) as FaultKind[];

/** When the runner is killed: by the events that it has written. */
const MOMENTS = {
  'as soon as the journal has it': 'fault-journalled',
  'while it is in force': 'fault-injected',
} as const;

/** Both in one: a scenario finds only what it is given. */
const SET_UP = stringify({
  id: 'set-up',
  title: 'An address, and a disk that every host is logged in to',
  given: ['virtual-ip', 'shared-storage'],
  steps: [{ id: 'whole', expect: [{ nodes: 'all', are: 'online' }] }],
});

describe('a runner that is killed by SIGKILL in the midst of a fault', function () {
  this.timeout(4 * MINUTE);
  const folder = temporaryFolder();
  let possible: ReadonlyMap<string, readonly string[]> = new Map();

  before(async function () {
    this.timeout(8 * MINUTE);
    needsMachine(this);
    await takeDown(NAME);
    const env = { HALAB_REPORTS_DIR: join(folder, 'set-up') };
    const file = join(folder, 'set-up.yaml');
    writeFileSync(file, SET_UP);
    await halabJson(['run', file, '--keep', 'always', ...ON], { env, timeoutMs: 6 * MINUTE });
    const { faults } = await halabJson(['fault', 'list', ...ON]);
    possible = new Map(
      faults
        .filter((each: { possible: boolean }) => each.possible)
        .map(({ kind, needs }: { kind: string; needs: readonly string[] }) => [kind, needs]),
    );
  });

  after(async () => {
    await takeDown(NAME);
    expectNothingLeft(NAME);
  });

  it('has a case for every kind of fault there is', () => {
    expect(Object.keys(KILLED)).to.have.members(KINDS);
  });

  for (const kind of KINDS) {
    for (const [moment, event] of Object.entries(MOMENTS)) {
      it(`leaves ${kind} to be healed: killed ${moment}`, async function () {
        const found = KILLED[kind];
        if ('skip' in found) return skip(this, `${kind}: ${found.skip}`);
        if (!possible.has(kind)) return skip(this, `${kind}: this backend lacks what it needs`);
        await healsAfterwards(found as unknown as Case<FaultKind>, kind, event);
      });
    }
  }

  it('leaves a cluster that audits find nothing wrong with, but what the logs of the last minutes tell', async () => {
    const { stdout } = await halab(['audit', '--json', ...ON]);
    const { results } = JSON.parse(stdout) as { results: { audit: string; findings: readonly unknown[] }[] };
    const broken = results.filter(({ findings }) => findings.length > 0).map(({ audit }) => audit);
    expect(broken.filter((audit) => !['no-crash', 'no-failures'].includes(audit))).to.deep.equal([]);
  });

  async function healsAfterwards(one: Case<FaultKind>, kind: FaultKind, event: string): Promise<void> {
    const place = await placeOf();
    const before = (await one.before?.(place)) ?? '';
    const name = `${kind}-${event}`;
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, scenarioOf(one.fault(place)));
    const env = { HALAB_REPORTS_DIR: join(folder, name) };
    const running = startHalab(['run', file, '--keep', 'always', '--no-audits', ...ON], { env, timeoutMs: 3 * MINUTE });
    await untilEvent(env.HALAB_REPORTS_DIR, (events) => events.some((each) => each.kind === event), MINUTE);
    running.kill('SIGKILL');
    expect((await running.ended).signal).to.equal('SIGKILL');

    expect((await statusOf(NAME)).faults.map(({ fault }) => fault.kind)).to.deep.equal([kind]);
    if (event === 'fault-injected' && one.isThere)
      expect(await one.isThere(place, before), `${kind} is there, by the lab's own word`).to.equal(true);

    const { healed, failed } = await halabJson(['heal', ...ON], { timeoutMs: 3 * MINUTE });
    expect(failed).to.deep.equal([]);
    expect(healed).to.have.length(1);
    await until(`${kind} gone, by the lab's own word`, () => one.isGone(place, before), { withinMs: MINUTE });
    expect((await statusOf(NAME)).faults).to.deep.equal([]);
    expect((await halabJson(['heal', ...ON])).healed, 'nothing is left to heal').to.deep.equal([]);
    await formedLab(NAME).sweepAddress(kind);
  }
});

function skip(context: Mocha.Context, reason: string): void {
  process.stdout.write(`    skipped: ${reason}\n`);
  context.skip();
}

/** Waits for what never comes, so that the fault stays in force until the runner is killed. */
function scenarioOf(fault: object): string {
  const expectation = { resource: 'nobody', is: 'started' };
  const step = { id: 'break', fault, expect: [expectation], within: '2min' };
  return stringify({ id: 'killed', title: 'Waits to be killed', steps: [step] });
}

async function placeOf(): Promise<Place> {
  const where = { lab: NAME, hosts: HOSTS, vip: VIP };
  let node: string | undefined;
  const isPlaced = async () => {
    const found = await holders(where);
    [node] = found;
    return found.length === 1;
  };
  await until('the VIP on one host', isPlaced, { withinMs: MINUTE });
  const other = HOSTS.find((host) => host !== node);
  return { ...where, node: node ?? expect.fail(), other: other ?? expect.fail() };
}
