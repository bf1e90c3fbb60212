import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemsBy } from '../../support/json-schemas.js';
import { type Answer, halab } from '../../support/real-lab/halab.js';
import { expectNothingLeft, hostNetwork } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown, temporaryFolder } from '../../support/real-lab/machine.js';

const NAME = 'e2e-verify';

/** Of each thing that can be tried, as few as there can be. Those of the library are verified by the nightly tests. */
const EXERCISE = `
id: switched-off
title: { en: Switched off, zh: 被关掉了 }
needs: { ha-nodes: 3, addresses: 1, client: true }
given: [form-cluster, fencing-off, virtual-ip]
exercise:
  goal: { en: You switch a resource on., zh: 你会启用资源。 }
  minutes: 5
  level: 1
  teaches: [resource]
  vary:
    desk: { any-of: ha-nodes }
    spare: { free-in: lan }
steps:
  - id: holder
    title: { en: What runs where, zh: 什么运行在哪里 }
    answer:
      ask: { en: On which host does vip run?, zh: vip 在哪台主机上运行？ }
      options:
        - { id: host1, say: ha-host1, when: [{ resource: vip, is: started, on: ha-host1 }] }
        - { id: host2, say: ha-host2, when: [{ resource: vip, is: started, on: ha-host2 }] }
        - { id: host3, say: ha-host3, when: [{ resource: vip, is: started, on: ha-host3 }] }
    hints:
      - id: look
        look: { en: Read the line of vip in pcs status., zh: 看 pcs status 中 vip 那一行。 }
        rule: { en: The line ends with the host., zh: 该行末尾是主机。 }
  - id: quiet
    title: { en: Something has happened, zh: 出了点事 }
    by: halab
    run: { on: "{dc}", command: pcs resource disable vip --wait=60 }
    expect: [{ address: "{address}", on-exactly: 0 }]
  - id: repair
    title: { en: Bring it back, zh: 恢复服务 }
    ask:
      en: "Write {vary spare} into /root/desk on {vary desk}, and have the cluster run vip again."
      zh: "在 {vary desk} 上把 {vary spare} 写入 /root/desk，并让集群重新运行 vip。"
    solve:
      - { on: "{vary desk}", line: "echo {vary spare} > /root/desk" }
      - pcs resource enable vip --wait=60
    expect:
      - { prints: "{vary spare}", shell: cat /root/desk, on: "{vary desk}" }
      - { resource: vip, is: started }
    hints:
      - id: disabled
        when: [{ resource: vip, is: stopped }]
        look: { en: Read pcs resource config vip., zh: 查看 pcs resource config vip。 }
        rule: { en: A cleanup does not change what a resource is to be., zh: cleanup 不会改变资源应有的状态。 }
      - id: unsigned
        look: { en: Look into /root/desk., zh: 查看 /root/desk。 }
        rule: { en: Each host has its own disk., zh: 每台主机有自己的磁盘。 }
    mistakes:
      - { id: cleaned-up, do: [pcs resource cleanup vip], hint: disabled }
`;

describe('an exercise, verified as its author does', function () {
  this.timeout(10_000);
  const folder = temporaryFolder();
  let before_: ReturnType<typeof hostNetwork>;
  let answer: Answer;
  // biome-ignore lint/suspicious/noExplicitAny: as schemas/learn-verify.schema.json has it
  let verified: any;

  before(async function () {
    needsMachine(this);
    this.timeout(320_000);
    await takeDown(NAME);
    before_ = hostNetwork();
    const file = join(folder, 'switched-off.yaml');
    writeFileSync(file, EXERCISE);
    answer = await halab(['learn', 'verify', file, '--json', '--name', NAME], { timeoutMs: 300_000 });
    expect(answer.stdout, answer.stderr).to.match(/^\{/);
    verified = JSON.parse(answer.stdout);
  });

  it('is as it must be', () => {
    const [exercise] = verified.exercises;
    expect(exercise.findings, answer.stderr).to.deep.equal([]);
    expect(exercise.verdict).to.equal('passed');
    expect(answer.exitCode).to.equal(0);
  });

  it('was solved twice, with every mistake made, every question asked and every line left out once', () => {
    const [{ counts }] = verified.exercises;
    expect(counts.solution).to.deep.equal({ tried: 4, good: 4 });
    expect(counts.halab).to.deep.equal({ tried: 2, good: 2 });
    expect(counts.question).to.deep.equal({ tried: 2, good: 2 });
    expect(counts.unsolved).to.deep.equal({ tried: 2, good: 2 });
    expect(counts.mistake).to.deep.equal({ tried: 1, good: 1 });
    expect(counts['left-out']).to.deep.equal({ tried: 2, good: 2 });
  });

  it('was solved as two students have it, who drew other hosts', () => {
    const [{ variants }] = verified.exercises;
    expect(variants).to.have.length(2);
    expect(variants[0]).not.to.deep.equal(variants[1]);
  });

  it('is told as its schema has it, in one document on stdout', () => {
    expect(problemsBy('learn-verify', verified)).to.deep.equal([]);
  });

  it('leaves nothing of its lab', () => {
    expectNothingLeft(NAME);
    expect(hostNetwork()).to.deep.equal(before_);
  });
});
