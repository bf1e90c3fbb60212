import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AUDITS, type AuditKind } from '../../../src/model/audit.js';
import { findingsOf, textOf } from '../../support/real-lab/audits.js';
import { formedLab, HOSTS, VIP } from '../../support/real-lab/formed.js';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { laneLab, onFormedCluster } from '../../support/real-lab/labs.js';
import { stepOf } from '../../support/real-lab/runs.js';

const LAB = laneLab(import.meta.dirname);
const ON = ['--name', LAB];
const { on, holderOf, untilWhole } = formedLab(LAB);

const other = (...than: readonly string[]): string => HOSTS.find((host) => !than.includes(host)) ?? '';

/** A cluster that is really broken, and each audit that must notice; before and after each, everything holds. */
describe('audits of a real cluster', function () {
  this.timeout(120_000);
  const { env, folder } = onFormedCluster(LAB, 'at the end');

  beforeEach(async () => {
    expect([...(await findingsOf(LAB))], 'before it is broken').to.deep.equal([]);
  });

  it('all hold after a cluster was formed, and each says what it holds', async () => {
    const { exitCode, stdout } = await halab(['audit', ...ON]);
    expect(exitCode).to.equal(0);
    for (const kind of AUDITS) expect(stdout).to.match(new RegExp(`✔ ${kind} +\\S`));
  });

  it('the address added manually on a second node: by what the nodes report, and by which of them answers', async () => {
    const holder = await holderOf('vip');
    const second = other(holder);
    await on(second, `ip addr add ${VIP}/24 dev eth1`);
    try {
      const found = await findingsOf(LAB);
      expect(textOf(found.get('single-active')))
        .to.include('vip')
        .and.include(holder)
        .and.include(second);
      expect(textOf(found.get('one-mac'))).to.include(VIP);
      expect(found.get('single-active')?.every(({ verdict }) => verdict === 'failed')).to.equal(true);
      expect(found.get('one-mac')?.every(({ verdict }) => verdict === 'failed')).to.equal(true);
    } finally {
      await on(second, `ip addr del ${VIP}/24 dev eth1`);
    }
  });

  it('a CIB edited on a node while the cluster is stopped there, which would win when it joins', async () => {
    const node = other(await holderOf('vip'), 'ha-host1');
    await on(node, 'pcs cluster stop');
    try {
      await on(node, 'CIB_file=/var/lib/pacemaker/cib/cib.xml crm_attribute --name batch-limit --update 7');
      const found = await findingsOf(LAB);
      expect(textOf(found.get('same-cib'))).to.include(node);
      expect(found.get('same-cib')?.[0]?.verdict).to.equal('failed');
      expect(textOf(found.get('as-left')), 'a member whose daemons are down').to.include(node);
    } finally {
      await on(node, 'rm -f /var/lib/pacemaker/cib/*; pcs cluster start');
      await untilWhole();
    }
  });

  it('are inconclusive about a frozen node, and say so: exit code 3', async () => {
    const node = other(await holderOf('vip'), 'ha-host1');
    await halabJson(['fault', 'inject', 'freeze', node, '--no-probe', ...ON]);
    try {
      const { exitCode, stdout } = await halab(['audit', '--json', ...ON]);
      const answer = JSON.parse(stdout);
      expect(exitCode).to.equal(3);
      expect(answer.verdict).to.equal('unknown');
      const single = answer.results.find(({ audit }: { audit: AuditKind }) => audit === 'single-active');
      expect(single.verdict).to.equal('unknown');
      expect(textOf(single.findings)).to.include(node);
    } finally {
      await halabJson(['heal', ...ON]);
      await untilWhole();
    }
  });

  it('fail a run whose expectations all hold; an expected violation does not, and one that did not occur is reported', async () => {
    const holder = await holderOf('vip');
    const second = other(holder);
    const scenario = (violations: string) => `
id: twice
title: { en: The address on a second node }
steps:
  - id: add
    run: { on: ${second}, command: ip addr add ${VIP}/24 dev eth1 }
    expect: [{ resource: vip, is: started }]
    ${violations}
  - id: remove
    run: { on: ${second}, command: ip addr del ${VIP}/24 dev eth1 }
    expected-violations: [{ audit: one-dc, because: { en: not so } }]
`;
    const file = join(folder, 'twice.yaml');
    try {
      writeFileSync(file, scenario(''));
      const broken = await halab(['run', file, '--json', '--keep', 'always', ...ON], { env, timeoutMs: 180_000 });
      expect(broken.exitCode).to.equal(1);
      const step = stepOf(JSON.parse(broken.stdout), 'twice', 'add');
      expect(step.checks.every(({ verdict }: { verdict: string }) => verdict === 'passed')).to.equal(true);
      expect(step.verdict).to.equal('failed');
      expect(step.reason).to.match(/^audit single-active: /);
      expect(broken.stderr).to.include('single-active');
    } finally {
      await on(second, `ip addr del ${VIP}/24 dev eth1`);
    }
    const violations = `expected-violations:
      - { audit: single-active, of: [vip], because: { en: the step adds it manually } }
      - { audit: one-mac, because: { en: so two answer } }`;
    writeFileSync(file, scenario(violations));
    const expected = await halab(['run', file, '--keep', 'always', ...ON], { env, timeoutMs: 180_000 });
    expect(expected.exitCode, expected.stderr).to.equal(0);
    const run = JSON.parse(readFileSync(join(folder, 'runs/latest/summary.json'), 'utf8'));
    const audits = stepOf(run, 'twice', 'add').audits.results;
    expect(audits.find(({ audit }: { audit: AuditKind }) => audit === 'one-mac').expected[0].findings).to.have.length(
      1,
    );
    const unneeded = stepOf(run, 'twice', 'remove').audits.results;
    expect(unneeded.find(({ audit }: { audit: AuditKind }) => audit === 'one-dc').expected[0].findings).to.deep.equal(
      [],
    );
    expect(expected.stdout + expected.stderr, 'an expected violation that did not occur').to.match(
      /one-dc held although a violation was expected/,
    );
    const off = await halabJson(['run', file, '--no-audits', '--keep', 'always', ...ON], { env, timeoutMs: 180_000 });
    expect(stepOf(off, 'twice', 'add').audits).to.equal(undefined);
  });
});
