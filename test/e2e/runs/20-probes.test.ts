import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemsBy } from '../../support/json-schemas.js';
import { halab } from '../../support/real-lab/halab.js';
import { formCluster, laneLab } from '../../support/real-lab/labs.js';
import { needsMachine, temporaryFolder } from '../../support/real-lab/machine.js';
import { onNode } from '../../support/real-lab/on-node.js';
import { stepOf } from '../../support/real-lab/runs.js';

const LAB = laneLab(import.meta.dirname);
/** The recorder keeps its records on each node's own disk, so that what was acknowledged before a failover is lost by it. */
const SCENARIO = `
id: probes
title: { en: Every kind of probe }
needs: { abilities: [links], ha-nodes: 3 }
given: [form-cluster, fencing-off, virtual-ip]
steps:
  - id: bring
    install: recorder
  - id: create
    run:
      on: "{dc}"
      argv:
        - sh
        - -c
        - pcs resource create recorder ocf:halab:recorder directory=/srv/records op monitor interval=10s --disabled &&
          pcs constraint colocation add recorder with vip && pcs constraint order vip then recorder &&
          pcs resource enable recorder
    expect:
      - { agent: "ocf:halab:recorder", requires: [directory], knows: [port, address] }
      - { resource: recorder, is: started, on: "{holder of vip}" }
  - id: cut
    fault: { kind: link-down, node: "{holder of vip}", link: eth1, by: carrier }
    probe:
      - { id: ping, kind: ping, target: "{address vip}", from: "{storage}", every: 20ms }
      - { id: arp, kind: arp, target: "{address vip}", from: "{storage}", every: 20ms }
      - { id: tcp, kind: tcp, target: "{address vip}", port: 8080, from: "{storage}", every: 20ms, resource: recorder }
      - { id: web, kind: http, target: "{address vip}", port: 8080, from: "{storage}", every: 20ms, resource: recorder }
      - { id: log, kind: writer, target: "{address vip}", from: "{storage}", every: 20ms, resource: recorder }
    expect:
      - { resource: recorder, is: started, not-on: "{was holder of vip}" }
      - { answered-by: { of: web, node: "{holder of recorder}" } }
      - { outage: { of: ping, below: token + consensus + 20s } }
      - { outage: { of: ping, phase: detect, below: token + 10s } }
      - { writes: { of: log, lost: 1000000 } }
    within: token + consensus + 30s
  - id: mend
    heal: cut
    expect: [{ nodes: all, are: online }]
    within: 60s
`;

describe('probes', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  // biome-ignore lint/suspicious/noExplicitAny: as schemas/run.schema.json has it
  let run: any;

  before(async function () {
    needsMachine(this);
    this.timeout(400_000);
    await formCluster(LAB, { HALAB_REPORTS_DIR: join(folder, 'formed') });
    writeFileSync(join(folder, 'probes.yaml'), SCENARIO);
    const words = ['run', join(folder, 'probes.yaml'), '--json', '--name', LAB, '--keep', 'always', '--no-audits'];
    const answer = await halab(words, { env: { HALAB_REPORTS_DIR: join(folder, 'runs') }, timeoutMs: 390_000 });
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    run = JSON.parse(answer.stdout);
    expect(run.verdict, answer.stderr).to.equal('passed');
  });

  after(async () => {
    if (run !== undefined) await onNode(LAB, 'ha-host1', ['pcs', 'resource', 'delete', 'recorder']);
  });

  // biome-ignore lint/suspicious/noExplicitAny: as the schema has it
  const probe = (id: string): any => stepOf(run, 'probes', 'cut').probes.find((each: any) => each.probe === id);

  it('keep to the published schema', () => {
    expect(problemsBy('run', run)).to.deep.equal([]);
  });

  it('of every kind see the failover', () => {
    for (const id of ['ping', 'arp', 'tcp', 'web', 'log']) {
      const { windows, sent, answered } = probe(id);
      expect(answered, id).to.be.within(1, sent - 1);
      expect(windows.at(-1), id).to.include({ ended: true });
      const longest = Math.max(...windows.map((each: { durationMs: number }) => each.durationMs));
      expect(longest, id).to.be.greaterThan(2_000);
    }
  });

  it('report the phases of the outage, from the journals', () => {
    const { phases, missing, resource, clocks } = probe('ping').breakdown;
    expect(phases.map(({ phase }: { phase: string }) => phase)).to.deep.equal([
      ...['detect', 'membership', 'start', 'answers'],
    ]);
    expect(missing).to.deep.equal([{ phase: 'fence', why: 'not-fenced' }]);
    expect({ resource, clocks }).to.deep.equal({ resource: 'vip', clocks: [] });
    const sources = phases.map(({ source }: { source: string }) => source).join('\n');
    expect(sources).to.match(/A processor failed[\s\S]*A new membership[\s\S]*Result of start operation for vip/);
    expect(probe('web').breakdown.resource).to.equal('recorder');
  });

  it('report which node answered before and after', () => {
    const who = probe('web').answeredBy.map((each: { who: string }) => each.who);
    expect(who[0]).to.equal(stepOf(run, 'probes', 'cut').targets['holder of vip']);
    expect(who.at(-1))
      .to.match(/^ha-host\d$/)
      .and.not.equal(who[0]);
    expect(probe('arp').answeredBy[0].who).to.match(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
  });

  it('find out what a failover without shared storage loses', () => {
    const { acknowledged, lost, doubled, problem } = probe('log').writes;
    expect(problem).to.equal(undefined);
    expect(lost).to.not.have.length(0);
    expect(lost.length).to.be.lessThan(acknowledged);
    expect(doubled).to.deep.equal([]);
  });

  it('run with an agent that ocf-tester has nothing against', async () => {
    const agent = '/usr/lib/ocf/resource.d/halab/recorder';
    const argv = ['ocf-tester', '-n', 'tried', '-o', 'directory=/srv/tried', '-o', 'port=8099', agent];
    const { stdout, stderr } = await onNode(LAB, 'ha-host3', argv);
    // xmllint, which would hold the metadata against its DTD, is not in the image; a unit test does that.
    const complaints = `${stdout}${stderr}`.split('\n').filter((line) => /^\* rc=/.test(line));
    expect(complaints.filter((line) => !/rc=127: .*meta-data/.test(line))).to.deep.equal([]);
  });
});
