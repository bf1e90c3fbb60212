import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import { isLabError } from '../../../src/model/errors.js';
import type { Scenario, Step } from '../../../src/model/scenario.js';
import { GOOD_SCENARIO } from '../../support/bad-files.js';

const root = resolve(import.meta.dirname, '../../..');
const project = { cwd: root, root };
const { lab } = loadLab('linuxha', project);

const WALKTHROUGH = ['form-cluster', 'cluster-status', 'virtual-ip', 'interface-down', 'resource-agents'];

function idsOf(scenarios: Iterable<Scenario>): string[] {
  return [...scenarios].map(({ id }) => id);
}

describe('the walk-through', () => {
  for (const name of ['linuxha', 'two-node', 'five-node', 'separate-networks', 'redundant-links', 'quorum-device']) {
    it(`can be read for ${name}`, () => {
      const { selected, library } = loadScenarios(['scenarios/walkthrough'], loadLab(name, project).lab, project, {});
      expect(idsOf(selected)).to.deep.equal(WALKTHROUGH);
      expect([...library.keys()]).to.have.members([...WALKTHROUGH, 'fencing-off']);
    });
  }

  it('speaks Chinese everywhere', () => {
    const { library } = loadScenarios(['scenarios/walkthrough'], lab, project, {});
    for (const { id, title, summary, steps } of library.values()) {
      const texts = [
        title,
        summary,
        ...steps.flatMap(({ title, say, hint, expectedViolations }) => [
          title,
          say,
          hint,
          ...expectedViolations.map(({ because }) => because),
        ]),
      ];
      for (const text of texts) if (text) expect(text.zh, `${id}: ${text.en}`).to.match(/\p{Script=Han}/u);
    }
  });

  it('cuts the link as the seed does, filled in for the lab', () => {
    const { selected } = loadScenarios(['interface-down'], loadLab('separate-networks', project).lab, project, {});
    const [cut, mend] = selected[0]?.steps ?? [];
    const holder = { kind: 'holder', resource: 'vip', was: false };
    expect(cut?.action).to.deep.equal({
      kind: 'fault',
      fault: { kind: 'link-down', node: holder, link: 'eth1', by: 'admin' },
    });
    expect(cut?.probes).to.deep.equal([
      { id: 'vip', kind: 'ping', target: '192.168.57.24', from: { kind: 'client' }, everyMs: 20 },
    ]);
    expect(cut?.expect.map(({ kind }) => kind)).to.deep.equal([
      'node',
      'resource',
      'address',
      'quorum',
      'resource',
      'outage',
    ]);
    expect(mend?.action).to.deep.equal({ kind: 'heal', step: 'cut' });
    expect(selected[0]?.needs).to.deep.equal({ abilities: ['links'], haNodes: 3, addresses: 1, client: true });
  });

  it("creates the address with the seed's own command", () => {
    const { selected } = loadScenarios(['virtual-ip'], lab, project, {});
    const action = selected[0]?.steps[0]?.action;
    if (action?.kind !== 'run') throw new Error('no command');
    expect(action.argv.join(' ')).to.equal(
      'pcs resource create vip ocf:heartbeat:IPaddr2 ip=192.168.56.24 cidr_netmask=24 op monitor interval=30s',
    );
  });
});

describe('a scenario file', () => {
  let folder: string;
  let count = 0;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-scenarios-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function one(steps: string): Scenario {
    const path = join(folder, `one-${count++}.yaml`);
    writeFileSync(path, `id: one\ntitle: One\nsteps:\n${steps}`);
    const [scenario] = loadScenarios([path], lab, { cwd: folder, root }, {}).selected;
    if (!scenario) throw new Error('nothing selected');
    return scenario;
  }

  it('implies exit code 0 for a command, unless the file speaks of it', () => {
    const exits = (rest: string) =>
      one(`  - id: a\n    run: { on: "{dc}", command: pcs status }\n${rest}`).steps[0]?.expect;
    expect(exits('')).to.deep.equal([{ kind: 'exit', exit: 0 }]);
    expect(exits('    expect: [ { exit: nonzero } ]')).to.deep.equal([{ kind: 'exit', exit: 'nonzero' }]);
    expect(exits('    expect: [ { any-of: [ [ { exit: 1 } ], [ { exit: 0 }, { quorum: true } ] ] } ]')).to.have.length(
      1,
    );
    expect(exits('    expect: [ { quorum: true } ]')?.map(({ kind }) => kind)).to.deep.equal(['exit', 'quorum']);
  });

  it('takes the first of two keys for the one that is meant', () => {
    const refused = (expectation: string) => {
      try {
        one(`  - id: a\n    expect: [ ${expectation} ]\n`);
      } catch (error) {
        return isLabError(error) ? error.message : String(error);
      }
      return 'nothing';
    };
    expect(refused('{ attribute: colour, node: ha-host1, is: red }')).to.contain(
      "unknown key 'node', did you mean 'on'?",
    );
    expect(refused('{ node: ha-host1, attribute: colour, is: online }')).to.contain("unknown key 'attribute'");
  });

  it('hands a script to a shell, whole', () => {
    const script = 'echo {cluster} > /run/y && cat /run/y\n';
    const { action } = one(`  - id: a\n    run:\n      on: "{dc}"\n      shell: |\n        ${script}`).steps[0] ?? {};
    const argv = ['bash', '-e', '-c', script.replace('{cluster}', 'linuxha')];
    expect(action).to.deep.equal({ kind: 'run', on: { kind: 'dc', was: false }, argv });
  });

  it('keeps nodes under names, and knows the roles in a command', () => {
    const { keeps, action } = one(
      '  - { id: a, as: { victim: "{any other than dc}" }, run: { on: "{as victim}", command: "pcs node standby {as victim}" } }\n',
    ).steps[0] as Step;
    const victim = { kind: 'kept', name: 'victim' };
    expect(keeps).to.deep.equal({ victim: { kind: 'other', than: { kind: 'dc', was: false } } });
    const argv = ['pcs', 'node', 'standby', '{as victim}'];
    expect(action).to.deep.equal({ kind: 'run', on: victim, argv, roles: { '{as victim}': victim } });
  });

  it('warns of the words of a shell in a command, where they stand', () => {
    const path = join(folder, 'shell-words.yaml');
    const steps = [
      '  - { id: a, run: { on: "{dc}", command: pcs status && true } }',
      '  - { id: b, run: { on: "{dc}", shell: pcs status && true } }',
      '  - { id: c, run: { on: "{dc}", argv: [find, /run, -exec, ls, "{}", ";"] } }',
    ];
    writeFileSync(path, `id: shell-words\ntitle: Words\nsteps:\n${steps.join('\n')}\n`);
    const { warnings } = loadScenarios([path], lab, { cwd: folder, root }, {});
    expect(warnings.map(({ line, column, message }) => `${line}:${column} ${message}`)).to.deep.equal([
      "4:53 command runs without a shell, so pcs gets '&&' as it stands",
    ]);
    expect(warnings[0]?.hint).to.contain('write shell instead of command');
    expect(loadScenarios([], lab, project, { set: 'ci' }).warnings, 'of the library').to.deep.equal([]);
  });

  it('has defaults: title, deadline, means of cutting, abilities that faults need', () => {
    const scenario = one(
      '  - { id: a, fault: { kind: link-down, node: ha-host1, link: eth1 } }\n  - { id: b, fault: { kind: freeze, node: ha-host2 } }\n',
    );
    const [step] = scenario.steps;
    expect(step).to.deep.include({ title: { en: 'a' }, unless: [], expect: [], expectedViolations: [] });
    expect(step?.within.terms).to.deep.equal([{ kind: 'ms', ms: 30_000 }]);
    expect(step?.settle).to.deep.equal({ source: '30s', terms: [{ kind: 'ms', ms: 30_000 }] });
    expect(step?.action).to.have.nested.property('fault.by', 'admin');
    expect(scenario.needs).to.deep.equal({ abilities: ['links', 'pause'], haNodes: 1 });
  });

  it('reads every kind of fault, and asks of the backend only what that kind is done by', () => {
    const written = [
      'kind: link-down, node: ha-host1, link: eth1, by: drop',
      'kind: one-way-loss, node: ha-host1, from: "{any other than dc}", link: eth1',
      'kind: daemon-kill, node: "{dc}", daemon: corosync',
      'kind: daemon-stop, node: ha-host1, daemon: based',
      'kind: cluster-stop, node: ha-host1',
      'kind: standby, node: ha-host1',
      'kind: maintenance, node: ha-host1',
      'kind: address-gone, node: ha-host1, address: "{address vip}"',
      'kind: failcount, node: ha-host1, resource: vip, value: 2',
      'kind: partition, groups: [["{dc}", "{storage}"], rest]',
      'kind: partition, groups: [[ha-host1], [ha-host2], [ha-host3]], link: eth1',
      'kind: isolate, node: "{dc}"',
      'kind: ring',
      'kind: shape, node: ha-host1, link: eth1, rate: 2mbit',
      'kind: reboot, node: ha-host1',
      'kind: daemon-kill, node: ha-host1, daemon: controld, times: 5, every: 500ms',
      'kind: daemon-kill, node: ha-host1, daemon: controld, times: 5',
      'kind: process-kill, node: ha-host1, process: nginx',
      'kind: monitor-fail, node: ha-host1, resource: vip',
      'kind: start-fail, node: ha-host1, resource: vip',
      'kind: stop-hang, node: ha-host1, resource: vip',
      'kind: disk-full, node: ha-host1',
      'kind: cpu-load, node: ha-host1',
      'kind: cpu-load, node: ha-host1, workers: 3',
      'kind: memory-load, node: ha-host1, megabytes: 512',
      'kind: target-stop, node: "{storage}"',
      'kind: initiator-cut, node: ha-host1',
      'kind: lun-fault, node: "{dc}", disk: shared, how: slow',
    ];
    const scenario = one(written.map((fault, index) => `  - { id: f${index}, fault: { ${fault} } }\n`).join(''));
    const node = { kind: 'node', name: 'ha-host1' };
    const dc = { kind: 'dc', was: false };
    const nodes = ['ha-host1', 'ha-host2', 'ha-host3'].map((name) => ({ kind: 'node', name }));
    expect(scenario.steps.map(({ action }) => action.kind === 'fault' && action.fault)).to.deep.equal([
      { kind: 'link-down', node, link: 'eth1', by: 'drop' },
      { kind: 'one-way-loss', node, from: { kind: 'other', than: dc }, link: 'eth1' },
      { kind: 'daemon-kill', node: dc, daemon: 'corosync' },
      { kind: 'daemon-stop', node, daemon: 'based' },
      { kind: 'cluster-stop', node },
      { kind: 'standby', node },
      { kind: 'maintenance', node },
      { kind: 'address-gone', node, address: '192.168.56.24' },
      { kind: 'failcount', node, resource: 'vip', value: 2 },
      { kind: 'partition', groups: [[dc, { kind: 'storage' }]], rest: true },
      { kind: 'partition', groups: nodes.map((each) => [each]), link: 'eth1' },
      { kind: 'isolate', node: dc },
      { kind: 'ring', nodes },
      { kind: 'shape', node, link: 'eth1', rateKbit: 2000 },
      { kind: 'reboot', node },
      { kind: 'daemon-kill', node, daemon: 'controld', times: 5, everyMs: 500 },
      { kind: 'daemon-kill', node, daemon: 'controld', times: 5, everyMs: 5000 },
      { kind: 'process-kill', node, process: 'nginx' },
      { kind: 'monitor-fail', node, resource: 'vip' },
      { kind: 'start-fail', node, resource: 'vip' },
      { kind: 'stop-hang', node, resource: 'vip' },
      { kind: 'disk-full', node, path: '/var/lib/pacemaker' },
      { kind: 'cpu-load', node },
      { kind: 'cpu-load', node, workers: 3 },
      { kind: 'memory-load', node, megabytes: 512 },
      { kind: 'target-stop', node: { kind: 'storage' } },
      { kind: 'initiator-cut', node },
      { kind: 'lun-fault', node: dc, disk: 'shared', how: 'slow' },
    ]);
    expect(scenario.needs.abilities).to.deep.equal(['shared-storage', 'lun-faults']);
  });

  it('reads a fault on several nodes, of every kind that is on one', () => {
    const written = [
      'kind: power-off, nodes: all',
      'kind: link-down, nodes: ["{holder of vip}", ha-host3], link: eth1',
      'kind: clock-skew, nodes: [ha-host2], by: +5s',
      'kind: isolate, nodes: [ha-host1, ha-host2]',
    ];
    const scenario = one(written.map((fault, index) => `  - { id: f${index}, fault: { ${fault} } }\n`).join(''));
    const host = (n: number) => ({ kind: 'node', name: `ha-host${n}` });
    expect(scenario.steps.map(({ action }) => action.kind === 'fault' && action.fault)).to.deep.equal([
      { kind: 'power-off', nodes: [host(1), host(2), host(3)] },
      {
        kind: 'link-down',
        nodes: [{ kind: 'holder', resource: 'vip', was: false }, host(3)],
        link: 'eth1',
        by: 'admin',
      },
      { kind: 'clock-skew', nodes: [host(2)], byMs: 5_000 },
      { kind: 'isolate', nodes: [host(1), host(2)] },
    ]);
    expect(scenario.needs.abilities).to.deep.equal(['power', 'links', 'clock']);
  });

  it('asks for netem where a link is shaped by more than a rate', () => {
    const shaped = 'kind: shape, node: ha-host1, link: eth1, delay: 100ms, jitter: 20ms, loss: 0.5%, rate: 1gbit';
    const scenario = one(`  - { id: a, fault: { ${shaped} } }\n`);
    expect(scenario.steps[0]?.action).to.have.deep.property('fault', {
      ...{ kind: 'shape', node: { kind: 'node', name: 'ha-host1' }, link: 'eth1' },
      ...{ delayMs: 100, jitterMs: 20, lossPercent: 0.5, rateKbit: 1_000_000 },
    });
    expect(scenario.needs.abilities).to.deep.equal(['netem']);
  });

  it('reads how far a clock is off, ahead or behind, which takes a clock', () => {
    const scenario = one(
      '  - { id: a, fault: { kind: clock-skew, node: ha-host1, by: +5min } }\n  - { id: b, fault: { kind: clock-skew, node: ha-host1, by: -1.5s } }\n',
    );
    const skews = scenario.steps.map(({ action }) => action.kind === 'fault' && action.fault);
    const node = { kind: 'node', name: 'ha-host1' };
    expect(skews).to.deep.equal([
      { kind: 'clock-skew', node, byMs: 300_000 },
      { kind: 'clock-skew', node, byMs: -1_500 },
    ]);
    expect(scenario.needs.abilities).to.deep.equal(['clock']);
  });

  it('reads what is expected of which audit, addresses filled in and roles as written, without anything expected', () => {
    const [step] = one(`  - id: a
    fault: { kind: link-down, node: "{holder of vip}", link: eth1 }
    expected-violations:
      - { audit: single-active, of: [vip, "{address vip}", "{was holder of vip}"], because: no fencing }
      - { audit: one-mac, because: { en: two answer, zh: 两台应答 } }
      - { audit: single-active, of: [db], because: likewise }
      - { audit: no-failures, of: [vip], operation: monitor, on: "{was holder of vip}", because: gone }
      - { audit: no-failures, of: [vip], operation: start, because: gone }
    settle: 2 * token + 1min
`).steps;
    expect(step?.expect).to.deep.equal([]);
    expect(step?.expectedViolations).to.deep.equal([
      { audit: 'single-active', of: ['vip', '192.168.56.24', '{was holder of vip}'], because: { en: 'no fencing' } },
      { audit: 'one-mac', because: { en: 'two answer', zh: '两台应答' } },
      { audit: 'single-active', of: ['db'], because: { en: 'likewise' } },
      {
        audit: 'no-failures',
        of: ['vip'],
        operation: 'monitor',
        on: '{was holder of vip}',
        because: { en: 'gone' },
      },
      { audit: 'no-failures', of: ['vip'], operation: 'start', because: { en: 'gone' } },
    ]);
    expect(step?.settle.terms).to.deep.equal([
      { kind: 'constant', constant: 'token', factor: 2 },
      { kind: 'ms', ms: 60_000 },
    ]);
  });

  it('takes a step that only waits for an idle cluster and has it audited', () => {
    const { steps } = one(
      '  - { id: a, settle: 60s }\n  - { id: b, expected-violations: [{ audit: as-left, because: so }] }\n',
    );
    expect(steps.map(({ action, expect: expected }) => [action.kind, expected.length])).to.deep.equal([
      ['none', 0],
      ['none', 0],
    ]);
  });

  it('reads the moment that an action waits for, and with whom a step is audited', () => {
    const [move, lost] = one(`  - id: move
    run: { on: "{dc}", command: crm_resource --move --resource vip }
    audit: with-next
  - id: lost
    when: [ { pending: vip, operation: start, on: ha-host2 }, { fenced: ha-host3, is: pending } ]
    when-within: token + 5s
    fault: { kind: freeze, node: ha-host2 }
`).steps;
    expect(move).to.deep.include({ isAuditedWithNext: true }).and.not.have.property('moment');
    expect(lost).to.not.have.property('isAuditedWithNext');
    expect(lost?.moment).to.deep.equal({
      when: [
        { kind: 'pending', resource: 'vip', operation: 'start', on: { kind: 'node', name: 'ha-host2' } },
        { kind: 'fenced', fenced: { kind: 'node', name: 'ha-host3' }, is: 'pending' },
      ],
      within: {
        source: 'token + 5s',
        terms: [
          { kind: 'constant', constant: 'token', factor: 1 },
          { kind: 'ms', ms: 5_000 },
        ],
      },
    });
    const [only] = one('  - { id: a, when: [ { quorum: true } ], run: { on: "{dc}", command: pcs status } }\n').steps;
    expect(only?.moment?.within.source).to.equal('30s');
  });

  it('turns every kind of expectation into the model', () => {
    const lines = [
      '{ node: ha-host1, is: standby, seen-from: all }',
      '{ resource: vip, is: absent, on: "{dc}" }',
      '{ dc: none, seen-from: "{any other than dc}" }',
      '{ property: stonith-enabled, is: false }',
      '{ property: stonith-enabled, is: unset }',
      '{ ssh: "{address vip}", from: iscsi-disks, lands-on: "{holder of vip}" }',
      '{ output: { contains: "ip={address vip}", lacks: [a, b], matches: "^x" } }',
      '{ agent: "ocf:heartbeat:IPaddr2", operations: { start: { timeout: 20s } } }',
    ];
    const list = lines.map((line) => `      - ${line}\n`).join('');
    const { steps } = one(
      `  - id: a\n    run: { on: all, argv: [echo, "{cluster}", "{print $1}"] }\n    expect:\n${list}`,
    );
    expect(steps[0]?.action).to.deep.equal({
      kind: 'run',
      on: { kind: 'all' },
      argv: ['echo', 'linuxha', '{print $1}'],
    });
    const majority = { kind: 'majority' };
    expect(steps[0]?.expect.slice(1)).to.deep.equal([
      {
        kind: 'node',
        node: { kind: 'node', name: 'ha-host1' },
        is: 'standby',
        seenFrom: { kind: 'target', target: { kind: 'all' } },
      },
      { kind: 'resource', resource: 'vip', is: 'absent', on: { kind: 'dc', was: false }, seenFrom: majority },
      {
        kind: 'dc',
        dc: 'none',
        seenFrom: { kind: 'target', target: { kind: 'other', than: { kind: 'dc', was: false } } },
      },
      { kind: 'property', property: 'stonith-enabled', is: 'false' },
      { kind: 'property', property: 'stonith-enabled', is: null },
      {
        kind: 'ssh',
        address: '192.168.56.24',
        from: { kind: 'node', name: 'iscsi-disks' },
        landsOn: { kind: 'holder', resource: 'vip', was: false },
      },
      { kind: 'output', contains: ['ip=192.168.56.24'], matches: '^x', lacks: ['a', 'b'] },
      { kind: 'agent', agent: 'ocf:heartbeat:IPaddr2', operations: { start: { timeout: '20s' } } },
    ]);
    expect(() => (steps as unknown[]).push(1)).to.throw(TypeError);
  });
});

describe('selecting scenarios', () => {
  let folder: string;
  const at = () => ({ cwd: folder, root: folder });
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'halab-library-'));
    mkdirSync(join(folder, 'scenarios', 'b'), { recursive: true });
    mkdirSync(join(folder, 'own'));
    write('scenarios/b/20-two.yaml', 'two', 'sets: [ci]\ngiven: [one]');
    write('scenarios/b/10-one.yaml', 'one', 'sets: [ci, nightly]');
    write('scenarios/broken.yaml', 'broken', 'colour: red');
    write('own/mine.yaml', 'mine', 'given: [two]');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, id: string, more: string): void {
    writeFileSync(join(folder, path), GOOD_SCENARIO.replace('id: cut-and-mend', `id: ${id}\n${more}`));
  }

  it('takes ids, files and folders, in order and once', () => {
    expect(idsOf(loadScenarios(['two', 'scenarios/b', 'own/mine.yaml'], lab, at(), {}).selected)).to.deep.equal([
      'two',
      'one',
      'mine',
    ]);
    expect(idsOf(loadScenarios(['scenarios/b'], lab, at(), {}).selected)).to.deep.equal(['one', 'two']);
  });

  it('takes along what is given, in the order it is needed, and leaves the rest unjudged', () => {
    const { selected, library } = loadScenarios([join(folder, 'own')], lab, at(), {});
    expect(idsOf(selected)).to.deep.equal(['mine']);
    expect([...library.keys()]).to.deep.equal(['one', 'two', 'mine']);
    expect(selected[0]?.file).to.equal('own/mine.yaml');
  });

  it('keeps only those of a set', () => {
    expect(idsOf(loadScenarios(['scenarios/b'], lab, at(), { set: 'nightly' }).selected)).to.deep.equal(['one']);
    expect(idsOf(loadScenarios([], lab, at(), { set: 'ci' }).selected)).to.deep.equal(['one', 'two']);
    const elsewhere = { ...at(), cwd: tmpdir() };
    expect(idsOf(loadScenarios(['scenarios/b'], lab, elsewhere, {}).selected), 'elsewhere').to.deep.equal([
      'one',
      'two',
    ]);
    expect(idsOf(loadScenarios(['scenarios'], lab, elsewhere, { set: 'ci' }).selected)).to.deep.equal(['one', 'two']);
    expect(() => loadScenarios([], lab, at(), { set: 'weekly' })).to.throw(/no scenario of set 'weekly'/);
  });

  it('reports every file that is needed', () => {
    write('own/bad.yaml', 'bad', 'color: blue');
    const both = expect(() => loadScenarios(['broken', 'own/bad.yaml'], lab, at(), {})).to.throw(
      /2 problems in 2 files/,
    );
    both.with.property('message').that.matches(/own\/bad\.yaml:2:1: .*\n.*scenarios\/broken\.yaml:2:1: /);
    rmSync(join(folder, 'own/bad.yaml'));
  });

  it('names what is near', () => {
    const thrown = expect(() => loadScenarios(['twoo'], lab, at(), {})).to.throw(
      /no scenario 'twoo', did you mean 'two'\?/,
    );
    thrown.with.property('code', 'scenario-not-found');
    thrown.with.property('hint').that.includes('one, two, broken');
    expect(() => loadScenarios(['own/gone.yaml'], lab, at(), {})).to.throw(
      /no scenario file or folder own\/gone\.yaml/,
    );
  });

  it('refuses an id that is taken', () => {
    write('own/again.yaml', 'two', 'sets: []');
    expect(() => loadScenarios(['own/again.yaml'], lab, at(), {})).to.throw(
      /own\/again\.yaml:1:5: scenario id 'two' is taken by scenarios\/b\/20-two\.yaml/,
    );
    rmSync(join(folder, 'own/again.yaml'));
  });

  it('refuses what is given in a circle', () => {
    write('own/a.yaml', 'a', 'given: [b]');
    write('own/b.yaml', 'b', 'given: [one, a]');
    const files = ['own/a.yaml', 'own/b.yaml'];
    expect(() => loadScenarios(files, lab, at(), {})).to.throw(
      /^1 problem in own\/b\.yaml\nown\/b\.yaml:2:14: given goes round in a circle: a → b → a/,
    );
    write('own/a.yaml', 'a', 'given: [a]');
    expect(() => loadScenarios(['own/a.yaml'], lab, at(), {})).to.throw(/own\/a\.yaml:2:9: 'a' is given to itself/);
    for (const file of files) rmSync(join(folder, file));
  });
});
