import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formedLab } from '../../support/real-lab/formed.js';
import { halab, halabJson, startHalab } from '../../support/real-lab/halab.js';
import { formCluster, laneLab, linkFlags, nodeOf, refusalOf, statusOf } from '../../support/real-lab/labs.js';
import { expectNothingLeft } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { saidOn } from '../../support/real-lab/on-node.js';
import { scenarioOf, stepOf, untilEvent } from '../../support/real-lab/runs.js';

const LAB = laneLab(import.meta.dirname);
const ON = ['--name', LAB];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];

const UNREACHABLE = `
id: asks-a-host-without-power
title: { en: A command on a host without power }
steps:
  - { id: unplug, fault: { kind: power-off, node: ha-host3 } }
  - { id: ask, run: { on: ha-host3, command: uptime } }
`;
const ENDLESS = `
id: endless
title: { en: A command that does not end by itself }
steps:
  - { id: wait, run: { on: ha-host1, command: sleep 600 } }
`;

describe('verdicts on a real cluster', function () {
  this.timeout(200_000);
  const folder = temporaryFolder();
  const reports = join(folder, 'runs');
  const env = { HALAB_REPORTS_DIR: reports };

  before(async function () {
    needsMachine(this);
    await formCluster(LAB, env);
  });

  after(async () => {
    await halab(['heal', ...ON]);
  });

  describe('where the address may not run anywhere else', () => {
    // biome-ignore lint/suspicious/noExplicitAny: as schemas/run.schema.json has it
    let run: any;
    let exitCode: number | null;
    let holder: string;

    before(async () => {
      holder = await holderOfVip();
      const others = HOSTS.filter((host) => host !== holder);
      await saidOn(LAB, holder, ['pcs', 'constraint', 'location', 'vip', 'avoids', ...others]);
      const answer = await halab(['run', 'interface-down', '--json', ...ON], { env, timeoutMs: 180_000 });
      exitCode = answer.exitCode;
      run = JSON.parse(answer.stdout);
    });

    after(async () => {
      for (const host of HOSTS.filter((each) => each !== holder)) {
        await saidOn(LAB, holder, ['pcs', 'constraint', 'delete', `location-vip-${host}--INFINITY`]);
      }
      await formedLab(LAB).sweepAddress();
    });

    it('ends failed, with exit code 1', () => {
      expect(run.verdict).to.equal('failed');
      expect(exitCode).to.equal(1);
      expect(scenarioOf(run, 'interface-down').verdict).to.equal('failed');
    });

    it('says which expectation did not hold, and what was seen', () => {
      const cut = stepOf(run, 'interface-down', 'cut');
      expect(cut.verdict).to.equal('failed');
      expect(cut.reason).to.include('vip').and.to.include('last seen');
      const failed = cut.checks.filter((check: { verdict: string }) => check.verdict === 'failed');
      expect(failed.map((check: { expected: string }) => check.expected).join('\n')).to.include('vip');
      const offline = cut.checks.find((check: { expected: string }) => /offline/.test(check.expected));
      expect(offline.verdict, 'the cut itself worked').to.equal('passed');
    });

    it('runs no step after the failed one, and says why', () => {
      for (const step of ['recover', 'sweep']) {
        const { verdict, reason } = stepOf(run, 'interface-down', step);
        expect(verdict, step).to.equal('skipped');
        expect(reason, step).to.include('cut');
      }
    });

    it('undoes the fault all the same', async () => {
      expect(run.faults.map(({ state }: { state: string }) => state)).to.deep.equal(['healed']);
      expect(await linkFlags(LAB, holder, 'eth1')).to.include.members(['UP', 'LOWER_UP']);
      expect((await statusOf(LAB)).faults).to.deep.equal([]);
    });
  });

  it('tells how long the address was away after a fault that was injected manually', async () => {
    const holder = await holderOfVip();
    const words = ['fault', 'inject', 'link-down', '{holder of vip}', '--probe', 'vip', ...ON];
    const { fault, targets, probes } = await halabJson(words);
    expect(fault).to.include({ kind: 'link-down', node: holder });
    expect(targets).to.deep.equal({ 'holder of vip': holder });
    expect(probes).to.have.length(1);
    expect(probes[0]).to.include({ probe: 'vip', target: '192.168.56.24' });
    expect(probes[0].windows.map(({ ended }: { ended: boolean }) => ended)).to.deep.equal([true]);
    expect((await halabJson(['heal', ...ON])).failed).to.deep.equal([]);
    await formedLab(LAB).sweepAddress();
  });

  describe('where it is inconclusive', () => {
    it('ends unknown with exit code 3 where a node cannot be reached, and gives it its power back', async () => {
      const scenario = join(folder, 'unreachable.yaml');
      writeFileSync(scenario, UNREACHABLE);
      const answer = await halab(['run', scenario, '--json', ...ON], { env, timeoutMs: 180_000 });
      const run = JSON.parse(answer.stdout);
      expect(answer.exitCode, answer.stderr).to.equal(3);
      expect(run.verdict).to.equal('unknown');
      expect(stepOf(run, 'asks-a-host-without-power', 'unplug').verdict).to.equal('passed');
      const ask = stepOf(run, 'asks-a-host-without-power', 'ask');
      expect(ask.verdict).to.equal('unknown');
      expect(ask.reason).to.include('ha-host3');
      expect((await nodeOf(LAB, 'ha-host3'))?.state).to.equal('running');
    });

    it('lets one command at a time at a lab, and ends it in order on Ctrl-C', async () => {
      const scenario = join(folder, 'endless.yaml');
      const mine = { HALAB_REPORTS_DIR: join(folder, 'endless') };
      writeFileSync(scenario, ENDLESS);
      const running = startHalab(['run', scenario, '--json', ...ON], { env: mine });
      await untilEvent(mine.HALAB_REPORTS_DIR, (events) => events.some(({ kind }) => kind === 'step-started'), 60_000);
      const { exitCode, code, words } = await refusalOf(['up', ...ON]);
      expect({ exitCode, code }).to.deep.equal({ exitCode: 3, code: 'lab-busy' });
      expect(words).to.include(`process ${running.pid}`).and.to.include('run');
      running.kill('SIGINT');
      const answer = await running.ended;
      expect(answer.exitCode).to.equal(130);
      expect(stepOf(JSON.parse(answer.stdout), 'endless', 'wait')).to.include({
        verdict: 'unknown',
        reason: 'interrupted',
      });
      expect((await statusOf(LAB)).state).to.equal('up');
    });

    it('is gone without a trace when it is taken down', async () => {
      await takeDown(LAB);
      expectNothingLeft(LAB);
    });
  });
});

async function holderOfVip(): Promise<string> {
  const { cluster } = await statusOf(LAB);
  const resources = cluster.flatMap(({ state }) => state?.resources ?? []);
  const holder = resources.find(({ id, role }) => id === 'vip' && role === 'Started')?.nodes[0];
  expect(HOSTS).to.include(holder);
  return holder;
}
