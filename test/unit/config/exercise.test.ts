import { resolve } from 'node:path';
import { expect } from 'chai';
import { loadLab } from '../../../src/config/files.js';
import { loadScenarios } from '../../../src/config/scenario-files.js';
import { readSource } from '../../../src/config/source.js';
import { vary } from '../../../src/config/vary.js';
import { isLabError } from '../../../src/model/errors.js';
import type { Scenario, Step } from '../../../src/model/scenario.js';

const root = resolve(import.meta.dirname, '../../..');
const project = { cwd: root, root };
const { lab } = loadLab('linuxha', project);

const GOOD = `id: my-address
title: "{cluster} holds {vary ip}"
exercise:
  goal: You can do it.
  minutes: 10
  level: 1
  teaches: [resource]
  after: [virtual-ip]
  vary:
    ip: { free-in: lan }
    home: { any-of: ha-nodes }
    other: { any-of: ha-nodes, other-than: home }
    seconds: { any-of: [7, 9] }
steps:
  - id: create
    say: Addresses such as {address vip}/{prefix vip} move.
    ask: { en: "Hold {vary ip} on {vary home}.", zh: "在 {vary home} 上" }
    solve:
      - pcs resource create a ocf:heartbeat:IPaddr2 ip={vary ip}
      - { on: all, line: "true {holder of a}" }
    expect:
      - { resource: a, is: started, on: "{vary home}" }
    hold: 5s
    points: 2
    until: drill
    hints:
      - id: stopped
        when:
          - { resource: a, is: stopped }
        look: Look.
        rule: A rule.
      - { id: begin, after: 2min, look: "At {vary ip}.", rule: Another. }
    mistakes:
      - { id: nothing, do: [pcs resource disable a], hint: stopped }
  - id: where
    answer:
      ask: Where?
      options:
        - { id: home, say: "{vary home}", when: [{ resource: a, is: started, on: "{vary home}" }] }
        - { id: else, say: elsewhere }
  - id: drill
    predict:
      ask: For how long?
      reason: true
      options:
        - { id: short, say: below 5 s, when: [{ outage: { of: a, below: 5s } }] }
        - { id: long, say: longer }
    fault: { kind: standby, node: "{holder of a}" }
    probe: { id: a, kind: ping, target: "{vary ip}", from: "{client}", every: 20ms }
    expect:
      - { resource: a, is: started }
`;

function read(text: string, variant?: { seed: string; student: string }): Scenario {
  const [scenario] = loadScenarios([], lab, project, {
    written: [{ file: 'mine.yaml', text }],
    ...(variant ? { variant } : {}),
  }).selected;
  if (scenario === undefined) throw new Error('nothing was read');
  return scenario;
}

function problemsOf(text: string): string {
  try {
    read(text);
    return 'none';
  } catch (error) {
    if (isLabError(error)) return error.message;
    throw error;
  }
}

describe('an exercise', () => {
  const exercise = read(GOOD);
  const [create, where, drill] = exercise.steps as [Step, Step, Step];
  const { ip = '', home = '', other, seconds } = exercise.exercise?.variant ?? {};

  it('has its goal and what was drawn, filled in everywhere', () => {
    expect(exercise.exercise).to.deep.include({ minutes: 10, level: 1, teaches: ['resource'], after: ['virtual-ip'] });
    expect(exercise.title.en).to.equal(`linuxha holds ${ip}`);
    expect(create.say?.en).to.equal('Addresses such as 192.168.56.24/24 move.');
    expect(create.task?.ask).to.deep.equal({ en: `Hold ${ip} on ${home}.`, zh: `在 ${home} 上` });
    expect(create.task?.hints[1]?.look.en).to.equal(`At ${ip}.`);
    expect(drill.probes[0]?.target).to.equal(ip);
    expect(create.expect[0]).to.deep.include({ kind: 'resource', resource: 'a' });
    expect(other).not.to.equal(home);
    expect(['7', '9']).to.include(seconds);
  });

  it("has a student's step, which halab does by typing the solution, a question and a drill", () => {
    expect(exercise.steps.map(({ task }) => task?.by)).to.deep.equal(['student', 'student', 'halab']);
    expect(create.action).to.deep.equal({
      kind: 'type',
      lines: [
        { on: { kind: 'node', name: 'ha-host1' }, line: `pcs resource create a ocf:heartbeat:IPaddr2 ip=${ip}` },
        {
          on: { kind: 'all' },
          line: 'true {holder of a}',
          roles: { '{holder of a}': { kind: 'holder', resource: 'a', was: false } },
        },
      ],
    });
    expect(where.action).to.deep.equal({ kind: 'none' });
    expect(drill.action.kind).to.equal('fault');
    expect(create.task).to.deep.include({ holdMs: 5000, points: 2, until: 'drill' });
    expect(where.task).to.deep.include({ holdMs: 3000, points: 1, solve: [] });
    expect(drill.task).to.deep.include({ points: 0 });
    expect(create.task?.hints.map(({ id, afterMs, when }) => [id, afterMs, when.length])).to.deep.equal([
      ['stopped', undefined, 1],
      ['begin', 120_000, 0],
    ]);
    expect(create.task?.mistakes).to.deep.equal([
      {
        id: 'nothing',
        hint: 'stopped',
        do: [{ on: { kind: 'node', name: 'ha-host1' }, line: 'pcs resource disable a' }],
      },
    ]);
    expect(drill.task?.predict).to.deep.include({ reason: true });
    expect(where.task?.answer?.options.map(({ id, when }) => [id, when.length])).to.deep.equal([
      ['home', 1],
      ['else', 0],
    ]);
  });

  it('shows the command of a step that has one as its solution', () => {
    const text = GOOD.replace(
      / {4}solve:\n(?: {6}.*\n){2}/,
      '    run: { on: "{dc}", argv: [echo, two words, "{holder of a}"] }\n',
    );
    const [step] = read(text).steps;
    expect(step?.action.kind).to.equal('run');
    expect(step?.task?.solve).to.deep.equal([
      {
        on: { kind: 'dc', was: false },
        line: "echo $'two words' {holder of a}",
        roles: { '{holder of a}': { kind: 'holder', resource: 'a', was: false } },
      },
    ]);
  });
});

describe('what differs from student to student', () => {
  const drawn = (seed: string, student: string, text = GOOD) =>
    vary(readSource('mine.yaml', text), lab, { seed, student }).variant;

  it('is the same for the same student of the same class, and always the same without one', () => {
    expect(drawn('autumn', 'Li Lei')).to.deep.equal(drawn('autumn', 'Li Lei'));
    expect(read(GOOD, { seed: 'autumn', student: 'Li Lei' }).exercise?.variant).to.deep.equal(
      drawn('autumn', 'Li Lei'),
    );
    expect(read(GOOD).exercise?.variant).to.deep.equal(read(GOOD).exercise?.variant);
  });

  it('differs between students, and between classes', () => {
    const students = Array.from({ length: 20 }, (_, index) => JSON.stringify(drawn('autumn', `student ${index}`)));
    expect(new Set(students).size).to.be.greaterThan(15);
    const classes = Array.from({ length: 20 }, (_, index) => JSON.stringify(drawn(`class ${index}`, 'Li Lei')));
    expect(new Set(classes).size).to.be.greaterThan(15);
  });

  it('draws addresses that nobody has, and never the same one twice', () => {
    const used = [...lab.nodes.flatMap(({ links }) => links), ...lab.addresses].map(({ address }) => address);
    const two = GOOD.replace('    home:', '    second: { free-in: lan }\n    home:');
    for (let index = 0; index < 300; index += 1) {
      const { ip = '', second } = drawn('class', `${index}`, two);
      expect(used).not.to.include(ip);
      expect(ip).to.match(/^192\.168\.56\.\d+$/);
      expect(['0', '1', '255']).not.to.include(ip.split('.')[3]);
      expect(second).not.to.equal(ip);
    }
  });

  it('keeps a number a number', () => {
    const text = GOOD.replace('points: 2', 'points: "{vary seconds}"');
    expect([7, 9]).to.include(read(text).steps[0]?.task?.points);
  });
});

describe('a mistake in an exercise', () => {
  const CASES: readonly (readonly [string, string, string, string])[] = [
    [
      'an unknown name of vary',
      'ip={vary ip}',
      'ip={vary ipp}',
      "19:56: unknown name of vary 'ipp', did you mean 'ip'?",
    ],
    [
      'an unknown network',
      'free-in: lan',
      'free-in: lam',
      "10:20: unknown network of lab linuxha 'lam', did you mean 'lan'?",
    ],
    [
      'a name that comes later',
      'other-than: home',
      'other-than: seconds',
      "12:44: unknown name above this one 'seconds'",
    ],
    ['an unknown word in a text', '{prefix vip} move', '{pre vip} move', "16:42: unknown word in braces 'pre'"],
    ['a role in a text', '{prefix vip} move', '{dc} move', '16:42: the role {dc} is not filled in here'],
    [
      'an unknown address in a text',
      '{address vip}/',
      '{address vop}/',
      "16:28: unknown address of lab linuxha 'vop', did you mean 'vip'?",
    ],
    [
      'an unknown word after what was drawn',
      'say: Addresses such as',
      'say: "{vary ip} {foo bar}" #',
      "16:21: unknown word in braces 'foo'",
    ],
    [
      'an unknown hint',
      'hint: stopped }',
      'hint: stoped }',
      "34:60: unknown hint of this step 'stoped', did you mean 'stopped'?",
    ],
    [
      'an unknown exercise before it',
      'after: [virtual-ip]',
      'after: [virtual-pi]',
      "8:11: unknown exercise 'virtual-pi', did you mean 'virtual-ip'?",
    ],
    [
      'a word of an exercise in a scenario',
      'exercise:\n  goal',
      'summary: x\nexercize:\n  goal',
      "4:1: unknown key 'exercize', did you mean 'exercise'?",
    ],
    ['a step that does not come later', 'until: drill', 'until: create', "25:12: unknown later step 'create'"],
    [
      'no solution',
      '    solve:\n      - pcs resource create a ocf:heartbeat:IPaddr2 ip={vary ip}\n      - { on: all, line: "true {holder of a}" }\n',
      '',
      "15:5: this student's step has no solution; add solve",
    ],
    [
      'nothing that shows when it is done',
      '    expect:\n      - { resource: a, is: started, on: "{vary home}" }\n',
      '',
      "15:5: nothing shows when this student's step is done",
    ],
    [
      'a form for the student',
      '    hold: 5s',
      '    form: start',
      'form is nothing that a student can type; write solve',
    ],
    [
      'a hint for halab',
      '    fault: {',
      '    hints: [{ id: a, look: b, rule: c }]\n    fault: {',
      '48:5: hints in a step that halab does',
    ],
    [
      'a question without options',
      '      options:\n        - { id: home, say: "{vary home}", when: [{ resource: a, is: started, on: "{vary home}" }] }\n        - { id: else, say: elsewhere }\n',
      '',
      "37:7: missing key 'options'; add at least two options",
    ],
    [
      'an option that is never reached',
      '        - { id: home, say: "{vary home}", when: [{ resource: a, is: started, on: "{vary home}" }] }',
      '        - { id: home, say: here }',
      "40:11: option 'else' is never reached, because 'home' before it has no when",
    ],
    [
      'two options of one id',
      '{ id: else, say: elsewhere }',
      '{ id: home, say: elsewhere }',
      "40:17: option id 'home' is there already",
    ],
    [
      'an outage in an answer',
      'when: [{ resource: a, is: started, on: "{vary home}" }]',
      'when: [{ outage: { of: a, below: 5s } }]',
      '39:52: an outage is not known at any time, as it must be here',
    ],
    ['an outage of no probe in a prediction', '{ outage: { of: a,', '{ outage: { of: b,', "unknown probe 'b'"],
    [
      'an unknown node in a hint',
      'when:\n          - { resource: a, is: stopped }',
      'when:\n          - { node: ha-host9, is: online }',
      "29:21: unknown node of lab linuxha 'ha-host9'",
    ],
    [
      'a probe where a student acts',
      '    hold: 5s\n',
      '    hold: 5s\n    probe: { id: b, kind: ping, target: "{vary ip}", from: "{client}", every: 20ms }\n',
      "24:5: halab measures nothing in a student's step; measure in a step that halab does",
    ],
    [
      'a time without a unit that there is',
      'after: 2min',
      'after: 2m',
      "32:29: '2m' is not a time; units are ms, s and min",
    ],
  ];
  for (const [what, from, to, says] of CASES)
    it(`is reported at its place: ${what}`, () => {
      expect(GOOD).to.include(from);
      expect(problemsOf(GOOD.replace(from, () => to))).to.include(says);
    });

  it('is reported where a scenario that is no exercise has words of one', () => {
    const text = 'id: a\ntitle: A\nsteps:\n  - id: b\n    ask: Do it.\n    expect:\n      - { quorum: true }\n';
    expect(problemsOf(text)).to.include(
      'mine.yaml:5:5: ask is for exercises, and this scenario is none; add exercise:',
    );
  });

  it('is reported where nothing is for the student', () => {
    const text = GOOD.slice(0, GOOD.indexOf('steps:')).concat('steps:\n  - { id: b, expect: [{ quorum: true }] }\n');
    expect(problemsOf(text)).to.include('3:1: no step of this exercise is for the student');
  });

  it('is reported with all the others at once', () => {
    const text = GOOD.replace('level: 1', 'level: 7')
      .replace('{ id: else,', '{ id: home,')
      .replace('after: 2min', 'after: 2m');
    const problems = problemsOf(text);
    expect(problems).to.match(/^3 problems in mine\.yaml/);
  });
});
