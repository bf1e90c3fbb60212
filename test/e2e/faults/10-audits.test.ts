import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AUDITS, type AuditKind, type Finding } from '../../../src/model/audit.js';
import { problemsBy } from '../../support/json-schemas.js';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { formCluster, laneLab } from '../../support/real-lab/labs.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { saidOn } from '../../support/real-lab/on-node.js';
import { stepOf } from '../../support/real-lab/runs.js';
import { until } from '../../support/real-lab/until.js';

const LAB = laneLab(import.meta.dirname);
const ON = ['--name', LAB];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const VIP = '192.168.56.24';

/** What the audits find broken now, or cannot tell; `undefined` where they hold. */
async function findings(): Promise<ReadonlyMap<AuditKind, readonly Finding[]>> {
  const { stdout, stderr } = await halab(['audit', '--json', ...ON]);
  const answer = JSON.parse(stdout || `{"stderr":${JSON.stringify(stderr)}}`);
  expect(problemsBy('audit', answer), stderr).to.deep.equal([]);
  const found = answer.results.filter(({ findings: each }: { findings: readonly Finding[] }) => each.length > 0);
  return new Map(found.map((each: { audit: AuditKind; findings: readonly Finding[] }) => [each.audit, each.findings]));
}

const on = (node: string, script: string) => saidOn(LAB, node, ['sh', '-c', script]);
const words = (found: readonly Finding[] | undefined): string => (found ?? []).map(({ seen }) => seen).join('\n');

async function holderOf(resource: string): Promise<string> {
  const xml = await on('ha-host1', 'crm_mon --output-as=xml');
  const [, node = ''] = new RegExp(`id="${resource}"[^>]*>\\s*<node name="([^"]+)"`).exec(xml) ?? [];
  return node;
}

const other = (...than: readonly string[]): string => HOSTS.find((host) => !than.includes(host)) ?? '';

/** A cluster that is broken for real, and each audit that must notice; before and after each, everything holds. */
describe('audits of a real cluster', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const env = { HALAB_REPORTS_DIR: join(folder, 'runs') };

  before(async function () {
    this.timeout(360_000);
    needsMachine(this);
    await formCluster(LAB, env);
  });

  beforeEach(async () => {
    expect([...(await findings())], 'before it is broken').to.deep.equal([]);
  });

  after(async () => {
    await halab(['heal', ...ON]);
  });

  it('all hold after a cluster was formed, and each says what it holds', async () => {
    const { exitCode, stdout } = await halab(['audit', ...ON]);
    expect(exitCode).to.equal(0);
    for (const kind of AUDITS) expect(stdout).to.match(new RegExp(`✔ ${kind} +\\S`));
  });

  it('the address added by hand on a second node: by the nodes’ own word, and by who answers for it', async () => {
    const holder = await holderOf('vip');
    const second = other(holder);
    await on(second, `ip addr add ${VIP}/24 dev eth1`);
    try {
      const found = await findings();
      expect(words(found.get('single-active')))
        .to.include('vip')
        .and.include(holder)
        .and.include(second);
      expect(words(found.get('one-mac'))).to.include(VIP);
      expect(found.get('single-active')?.every(({ verdict }) => verdict === 'failed')).to.equal(true);
      expect(found.get('one-mac')?.every(({ verdict }) => verdict === 'failed')).to.equal(true);
    } finally {
      await on(second, `ip addr del ${VIP}/24 dev eth1`);
    }
  });

  it('a second DC by a partition that no fault explains, and none where a fault does', async () => {
    const [cut = ''] = HOSTS.filter((host) => host !== 'ha-host1');
    await on(cut, 'ip link set eth1 down');
    try {
      await until('a partition', async () => /WITHOUT quorum/.test(await on(cut, 'crm_mon -1')), { withinMs: 30_000 });
      const found = await findings();
      expect(words(found.get('one-dc'))).to.include(cut);
      expect(found.get('one-dc')?.[0]?.verdict).to.equal('failed');
    } finally {
      await on(cut, 'ip link set eth1 up');
    }
    await untilWhole();
    await halabJson(['fault', 'inject', 'link-down', cut, ...ON]);
    try {
      await until('a partition', async () => /WITHOUT quorum/.test(await on(cut, 'crm_mon -1')), { withinMs: 30_000 });
      expect((await findings()).get('one-dc')).to.equal(undefined);
    } finally {
      await halabJson(['heal', ...ON]);
      await untilWhole();
      await sweepAddress();
    }
  });

  it('a CIB edited on a node while the cluster is stopped there, which would win when it joins', async () => {
    const node = other(await holderOf('vip'), 'ha-host1');
    await on(node, 'pcs cluster stop');
    try {
      await on(node, 'CIB_file=/var/lib/pacemaker/cib/cib.xml crm_attribute --name batch-limit --update 7');
      const found = await findings();
      expect(words(found.get('same-cib'))).to.include(node);
      expect(found.get('same-cib')?.[0]?.verdict).to.equal('failed');
      expect(words(found.get('as-left')), 'a member whose daemons are down').to.include(node);
    } finally {
      await on(node, 'rm -f /var/lib/pacemaker/cib/*; pcs cluster start');
      await untilWhole();
    }
  });

  it('a filesystem mounted on a second node', async () => {
    const all = HOSTS.map((host) => on(host, 'mkdir -p /srv/shared /mnt/shared'));
    await Promise.all(all);
    const create =
      'pcs resource create fs ocf:heartbeat:Filesystem device=/srv/shared directory=/mnt/shared fstype=none options=bind';
    await on('ha-host1', create);
    await until('fs', async () => (await holderOf('fs')) !== '', { withinMs: 20_000 });
    const holder = await holderOf('fs');
    const second = other(holder);
    try {
      expect([...(await findings())], 'mounted once').to.deep.equal([]);
      await on(second, 'mount --bind /srv/shared /mnt/shared');
      const found = await findings();
      for (const kind of ['one-mount', 'single-active'] as const) {
        expect(words(found.get(kind)), kind)
          .to.include('/mnt/shared')
          .and.include(holder)
          .and.include(second);
        expect(found.get(kind)?.[0]?.verdict, kind).to.equal('failed');
      }
    } finally {
      await on(second, 'umount /mnt/shared');
      await on('ha-host1', 'pcs resource delete fs');
    }
  });

  it('a monitor that failed, until it is cleaned up', async () => {
    await on('ha-host1', 'pcs resource create mock ocf:pacemaker:Dummy op monitor interval=1s');
    try {
      await until('mock', async () => (await holderOf('mock')) !== '', { withinMs: 20_000 });
      await on(await holderOf('mock'), 'rm -f /run/Dummy-mock.state /run/resource-agents/Dummy-mock.state');
      const failed = async () => /fail-count-mock/.test(await on('ha-host1', 'cibadmin --query --scope status'));
      await until('a failed monitor', failed, { withinMs: 20_000 });
      const found = await findings();
      expect(words(found.get('no-failures')))
        .to.include('mock')
        .and.include('monitor');
      expect(found.get('no-failures')?.[0]?.verdict).to.equal('failed');
      await on('ha-host1', 'pcs resource cleanup mock');
      expect((await findings()).get('no-failures')).to.equal(undefined);
    } finally {
      await on('ha-host1', 'pcs resource delete mock');
    }
  });

  it('does not mind where a resource is that nobody manages', async () => {
    const holder = await holderOf('vip');
    await on('ha-host1', 'pcs resource unmanage vip');
    await on('ha-host1', `pcs constraint location vip avoids ${holder}`);
    try {
      expect((await findings()).get('allowed-nodes'), 'unmanaged: nobody moves it').to.equal(undefined);
    } finally {
      await on('ha-host1', `pcs constraint delete location-vip-${holder}--INFINITY; pcs resource manage vip`);
    }
  });

  it('cannot tell of a node that is frozen, and says so: exit code 3', async () => {
    const node = other(await holderOf('vip'), 'ha-host1');
    await halabJson(['fault', 'inject', 'freeze', node, ...ON]);
    try {
      const { exitCode, stdout } = await halab(['audit', '--json', ...ON]);
      const answer = JSON.parse(stdout);
      expect(exitCode).to.equal(3);
      expect(answer.verdict).to.equal('unknown');
      const single = answer.results.find(({ audit }: { audit: AuditKind }) => audit === 'single-active');
      expect(single.verdict).to.equal('unknown');
      expect(words(single.findings)).to.include(node);
    } finally {
      await halabJson(['heal', ...ON]);
      await untilWhole();
    }
  });

  it('fail a run whose expectations all hold; what is excused does not, and what is excused in vain is told', async () => {
    const holder = await holderOf('vip');
    const second = other(holder);
    const scenario = (excuse: string) => `
id: twice
title: { en: The address on a second node }
steps:
  - id: add
    run: { on: ${second}, command: ip addr add ${VIP}/24 dev eth1 }
    expect: [{ resource: vip, is: started }]
    ${excuse}
  - id: remove
    run: { on: ${second}, command: ip addr del ${VIP}/24 dev eth1 }
    excuse: [{ audit: one-dc, because: { en: not so } }]
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
    const excuse = `excuse:
      - { audit: single-active, of: [vip], because: { en: the step adds it by hand } }
      - { audit: one-mac, because: { en: so two answer } }`;
    writeFileSync(file, scenario(excuse));
    const excused = await halab(['run', file, '--keep', 'always', ...ON], { env, timeoutMs: 180_000 });
    expect(excused.exitCode, excused.stderr).to.equal(0);
    const run = JSON.parse(readFileSync(join(folder, 'runs/latest/summary.json'), 'utf8'));
    const audits = stepOf(run, 'twice', 'add').audits.results;
    expect(audits.find(({ audit }: { audit: AuditKind }) => audit === 'one-mac').excused[0].findings).to.have.length(1);
    const inVain = stepOf(run, 'twice', 'remove').audits.results;
    expect(inVain.find(({ audit }: { audit: AuditKind }) => audit === 'one-dc').excused[0].findings).to.deep.equal([]);
    expect(excused.stdout + excused.stderr, 'an excuse that was not needed').to.match(/one-dc was excused and held/);
    const off = await halabJson(['run', file, '--no-audits', '--keep', 'always', ...ON], { env, timeoutMs: 180_000 });
    expect(stepOf(off, 'twice', 'add').audits).to.equal(undefined);
  });

  async function untilWhole(): Promise<void> {
    const isWhole = async () => {
      const views = await Promise.all(HOSTS.map((host) => on(host, 'crm_mon -1')));
      return views.every((view) => HOSTS.every((host) => new RegExp(`Online: \\[[^\\]]*${host}`).test(view)));
    };
    await until('everybody online', isWhole, { withinMs: 60_000 });
  }

  /** IPaddr2 leaves its address bound to an interface that was down when it should have stopped. */
  async function sweepAddress(): Promise<void> {
    const holder = await holderOf('vip');
    for (const host of HOSTS.filter((each) => each !== holder))
      await on(host, `ip addr del ${VIP}/24 dev eth1 2>/dev/null || true`);
  }
});
