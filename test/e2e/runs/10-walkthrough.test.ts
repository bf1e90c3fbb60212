import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemsBy } from '../../support/json-schemas.js';
import { type Answer, halab, TOP } from '../../support/real-lab/halab.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';
import { eventsOf, filesBelow, scenarioOf, stepOf } from '../../support/real-lab/runs.js';

const NAME = 'e2e-walk';
const PASSWORD = 'Tell-nobody-4711';
const ASKED = ['form-cluster', 'cluster-status', 'virtual-ip', 'interface-down', 'resource-agents'];
const HOSTS = ['ha-host1', 'ha-host2', 'ha-host3'];
const NODES = ['iscsi-disks', ...HOSTS];

describe('the walk-through from nothing', function () {
  this.timeout(60_000);
  let before_: ReturnType<typeof hostNetwork>;
  let answer: Answer;
  // biome-ignore lint/suspicious/noExplicitAny: as schemas/run.schema.json has it
  let run: any;
  const reports = temporaryFolder();

  before(async function () {
    needsMachine(this);
    this.timeout(400_000);
    await takeDown(NAME);
    before_ = hostNetwork();
    const lab = join(reports, 'linuxha.yaml');
    const plain = readFileSync(join(TOP, 'labs/linuxha.yaml'), 'utf8');
    const cluster = `cluster: { name: linuxha, hacluster-password: ${PASSWORD} }`;
    writeFileSync(lab, plain.replace('cluster: { name: linuxha }', cluster));
    answer = await halab(['run', 'scenarios/walkthrough', '--json', '--seed', '7', '--lab', lab, '--name', NAME], {
      env: { HALAB_REPORTS_DIR: join(reports, 'runs') },
      timeoutMs: 390_000,
    });
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    run = JSON.parse(answer.stdout);
  });

  it('passes', () => {
    expect(run.verdict, answer.stderr).to.equal('passed');
    expect(answer.exitCode).to.equal(0);
    expect(run.finished).to.equal(true);
  });

  it('prints one JSON document on stdout, as its schema has it', () => {
    expect(run.schema).to.equal('halab.run/1');
    expect(problemsBy('run', run)).to.deep.equal([]);
  });

  it('runs the five scenarios that were asked for, and their set-ups', () => {
    const asked = run.scenarios.filter((each: { asGiven: boolean }) => !each.asGiven);
    expect(asked.map((each: { scenario: string }) => each.scenario)).to.deep.equal(ASKED);
    expect(scenarioOf(run, 'fencing-off')?.asGiven).to.equal(true);
    for (const { scenario, verdict } of run.scenarios) expect(verdict, scenario).to.equal('passed');
  });

  it('reports for each step its verdict, how long it took and what was seen', () => {
    for (const { scenario, steps } of run.scenarios) {
      expect(steps, scenario).to.not.have.length(0);
      for (const { step, verdict, durationMs, checks } of steps) {
        expect(verdict, step).to.equal('passed');
        expect(durationMs, step).to.be.greaterThan(0);
        expect(checks, step).to.not.have.length(0);
        for (const { seen } of checks) expect(seen, step).to.be.a('string').and.not.equal('');
      }
    }
  });

  it('measures the outage and says which host held the address', () => {
    const cut = stepOf(run, 'interface-down', 'cut');
    expect(run.outage).to.include({ scenario: 'interface-down', step: 'cut', ended: true });
    expect(run.outage.durationMs).to.be.greaterThan(0);
    if (run.outage.known) expect(cut.outageMs).to.equal(run.outage.durationMs);
    const [probe] = cut.probes;
    expect(probe.everyMs).to.be.at.most(20);
    const phases = probe.breakdown.phases.map(({ phase }: { phase: string }) => phase);
    expect(phases).to.include.members(['detect', 'membership', 'start', 'answers']);
    expect(probe.breakdown.resource).to.equal('vip');
    expect(cut.constants).to.include.keys('token', 'consensus');
    expect(HOSTS).to.include(cut.targets['holder of vip']);
  });

  it('writes down what ran: versions on every node, kernel, image and seed', () => {
    const info = JSON.parse(readFileSync(join(run.folder, 'run.json'), 'utf8'));
    for (const host of HOSTS) expect(info.packages[host], host).to.include.keys('corosync', 'pacemaker', 'pcs');
    expect(info.kernel).to.match(/^linux \d/);
    expect(info.imageHash).to.match(/^[0-9a-f]{12}$/);
    expect(info).to.include({ seed: 7, instance: NAME, image: 'debian-12', backend: 'embedded' });
  });

  it('writes every event as it happens, without a gap', () => {
    const events = eventsOf(run.folder);
    expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, index) => index));
    expect(events.at(0)?.kind).to.equal('run-started');
    expect(events.at(-1)?.kind).to.equal('run-finished');
  });

  it('writes the reports', () => {
    const read = (file: string) => readFileSync(join(run.folder, file), 'utf8');
    expect(JSON.parse(read('summary.json'))).to.deep.equal(run);
    expect(read('junit.xml')).to.match(/<testsuites[^>]* tests="\d+"[^>]* failures="0"/);
    expect(read('report.html'))
      .to.match(/^<!doctype html>/i)
      .and.to.include('interface-down');
  });

  it('fetches evidence of every node before the lab is gone', () => {
    const evidence = (node: string, file: string) => join(run.folder, 'evidence', node, file);
    for (const node of NODES) expect(readFileSync(evidence(node, 'journal.log'), 'utf8'), node).to.include(node);
    for (const host of HOSTS) {
      expect(readFileSync(evidence(host, 'cib.xml'), 'utf8'), host).to.include('<cib ');
      expect(readFileSync(evidence(host, 'corosync.log'), 'utf8'), host).to.include('TOTEM');
      expect(existsSync(evidence(host, 'pacemaker.log')), host).to.equal(true);
      expect(existsSync(evidence(host, 'pe-inputs.txt')), host).to.equal(true);
    }
  });

  it('keeps the real pcs status beside what was judged on it', () => {
    const texts = filesBelow(join(run.folder, 'evidence', 'status'));
    expect(texts).to.not.have.length(0);
    for (const file of texts) expect(readFileSync(file, 'utf8'), file).to.match(/^Cluster name: linuxha$/m);
    const judged = run.scenarios.flatMap((each: { steps: readonly { checks: readonly { evidence: string[] }[] }[] }) =>
      each.steps.flatMap(({ checks }) => checks.flatMap(({ evidence }) => evidence)),
    );
    for (const path of judged) expect(existsSync(join(run.folder, path)), path).to.equal(true);
  });

  it('does not disclose the password of hacluster', () => {
    for (const file of filesBelow(join(reports, 'runs'))) {
      expect(readFileSync(file).includes(PASSWORD), file).to.equal(false);
    }
    expect(answer.stdout + answer.stderr).to.not.include(PASSWORD);
  });

  it('leaves the machine as it was', () => {
    expectNothingLeft(NAME);
    expect(hostNetwork()).to.deep.equal(before_);
  });
});
